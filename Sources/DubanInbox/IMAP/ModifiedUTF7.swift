/// Names of folders as IMAP carries them (RFC 3501, section 5.1.3).
enum ModifiedUTF7 {
  private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+,".utf8)

  /// `收件箱` is `&ZTZO9nux-`, and `a&b` is `a&-b`.
  static func encoded(_ name: String) -> String {
    var result: [UInt8] = []
    var units: [UInt16] = []
    func flush() {
      guard !units.isEmpty else { return }
      var (value, bits): (UInt32, Int) = (0, 0)
      result.append(0x26)
      for unit in units {
        (value, bits) = (value << 16 | UInt32(unit), bits + 16)
        while bits >= 6 {
          bits -= 6
          result.append(alphabet[Int(value >> UInt32(bits) & 0x3F)])
        }
        value &= (1 << UInt32(bits)) - 1
      }
      if bits > 0 { result.append(alphabet[Int(value << UInt32(6 - bits) & 0x3F)]) }
      result.append(0x2D)
      units = []
    }
    for unit in name.utf16 {
      guard (0x20...0x7E).contains(unit) else {
        units.append(unit)
        continue
      }
      flush()
      result += unit == 0x26 ? [0x26, 0x2D] : [UInt8(unit)]
    }
    flush()
    return String(decoding: result, as: UTF8.self)
  }
}
