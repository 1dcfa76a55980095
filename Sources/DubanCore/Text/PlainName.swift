/// Names that Unicode writes in one way only, which nearly all are: whether two of them are the same, their bytes say.
///
/// Of other names Swift's strings know which are the same (canonical equivalence): é may be one character or two, and
/// some ideographs have a second code.
public enum PlainName {
  /// Whether a name, in well-formed UTF-8, holds nothing but characters that stand for themselves in Unicode's form C
  /// whatever stands beside them: `NFC_Quick_Check=Yes` and no combining marks.
  ///
  /// That is said here of U+0000 to U+02FF (ASCII and Latin letters), U+3000 to U+3029 (、 and its like), U+3400 to
  /// U+9FFF (ideographs), U+E000 to U+F8FF (where older codes keep rare ones), U+FF00 to U+FF7F (（ and its like), and
  /// U+20000 to U+2EFFF (rare ideographs of names).
  public static func isPlain(_ name: UnsafeBufferPointer<UInt8>) -> Bool {
    var offset = 0
    while offset < name.count {
      let byte = name[offset]
      if byte < 0x80 {
        offset += 1
      } else if (0xC2...0xCB).contains(byte) {
        offset += 2
      } else if byte == 0xF0, offset + 3 < name.count {
        guard (0xA0...0xAE).contains(name[offset + 1]) else { return false }
        offset += 4
      } else if byte >= 0xE3, offset + 2 < name.count {
        guard isPlain(byte, name[offset + 1], name[offset + 2]) else { return false }
        offset += 3
      } else {
        return false
      }
    }
    return true
  }

  /// The same of a character of three bytes.
  private static func isPlain(_ first: UInt8, _ second: UInt8, _ third: UInt8) -> Bool {
    switch first {
    case 0xE3: second == 0x80 && third < 0xAA || second >= 0x90
    case 0xE4...0xE9: true
    case 0xEE: true
    case 0xEF: second < 0xA4 || second == 0xBC || second == 0xBD
    default: false
    }
  }
}
