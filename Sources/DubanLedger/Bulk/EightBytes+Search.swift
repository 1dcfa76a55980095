import DubanCore

/// Looks for bytes among eight (H. Warren, Hacker's Delight, 6-1).
extension EightBytes {
  private static let ones: UInt64 = 0x0101_0101_0101_0101
  private static let highs: UInt64 = 0x8080_8080_8080_8080

  /// The same byte eight times.
  static func all(_ byte: UInt8) -> UInt64 { UInt64(byte) &* ones }

  /// The high bit of the first byte that is 0, and of some behind it; 0 where none is.
  static func zeros(_ word: UInt64) -> UInt64 { (word &- ones) & ~word & highs }

  /// The high bit of the first byte that is a control character or, where `marks` holds an ASCII character eight times,
  /// that character; and of some bytes behind it. 0 where none is.
  static func ends(_ word: UInt64, _ marks: UInt64) -> UInt64 {
    (((word ^ marks) &- ones) | (word &- all(0x20))) & ~word & highs
  }

  /// How many of the eight bytes, from the first, are ASCII and no NUL.
  static func plainStart(_ word: UInt64) -> Int {
    (zeros(word) | word & highs).trailingZeroBitCount / 8
  }

  /// Whether a byte is one that ``PlainText/measure(_:splits:)`` looks at: a control character, or the first of U+0080
  /// to U+00BF or of U+2000 to U+3FFF.
  static func mayPart(_ word: UInt64) -> Bool {
    let controls = (word &- all(0x20)) & ~word & highs
    let leads = zeros(word ^ all(0xC2)) | zeros((word | ones) ^ all(0xE3))
    return controls | leads | zeros(word ^ all(0x7F)) != 0
  }

  /// Whether the first three are one character, as of Chinese text: the same as below for one.
  static func beginWithThree(_ word: UInt64) -> Bool {
    let first = word & 0x0F
    return word & 0xC0_C0F0 == 0x80_80E0 && first != 0 && first != 0x0D
  }

  /// Whether the first six are two characters of three bytes, as of Chinese text: well-formed UTF-8 but for those that
  /// begin with E0 or ED, of which it says no.
  static func beginWithTwoOfThree(_ word: UInt64) -> Bool {
    guard word & 0xC0C0_F0C0_C0F0 == 0x8080_E080_80E0 else { return false }
    let (first, second) = (word & 0x0F, word >> 24 & 0x0F)
    return first != 0 && first != 0x0D && second != 0 && second != 0x0D
  }
}
