/// The escapes that workbooks use for characters that XML can't hold: `_x000D_` is a carriage return (ECMA-376
/// part 1, 22.9.2.19, ST_Xstring).
enum EscapedText {
  /// Replaces the escapes in the bytes from `start` on.
  static func resolve(_ bytes: inout [UInt8], from start: Int) {
    var (from, to) = (start, start)
    while from < bytes.count {
      if let unit = unit(bytes, at: from) {
        for byte in String(unit).utf8 {
          bytes[to] = byte
          to += 1
        }
        from += 7
      } else {
        bytes[to] = bytes[from]
        (from, to) = (from + 1, to + 1)
      }
    }
    bytes.removeLast(from - to)
  }

  /// The text with what looks like an escape escaped itself: its first sign becomes `_x005F_`.
  static func escaped(_ text: String) -> String {
    let bytes = Array(text.utf8)
    var result: [UInt8] = []
    for offset in bytes.indices {
      if unit(bytes, at: offset) != nil {
        result += Array("_x005F_".utf8)
      } else {
        result.append(bytes[offset])
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// The character that the escape at `offset` stands for; nil where there is none, or half a surrogate pair.
  private static func unit(_ bytes: [UInt8], at offset: Int) -> Character? {
    guard bytes[offset] == UInt8(ascii: "_"), offset + 7 <= bytes.count,
      bytes[offset + 1] == UInt8(ascii: "x"),
      bytes[offset + 6] == UInt8(ascii: "_"),
      let value = UInt32(String(decoding: bytes[offset + 2..<offset + 6], as: UTF8.self), radix: 16)
    else { return nil }
    return Unicode.Scalar(value).map(Character.init)
  }
}
