/// Looks at eight bytes of a text in one step (H. Warren, Hacker's Delight, 6-1).
enum EightBytes {
  private static let ones: UInt64 = 0x0101_0101_0101_0101
  private static let highs: UInt64 = 0x8080_8080_8080_8080

  /// The eight bytes at an offset, the first of them lowest.
  static func at(_ offset: Int, of text: UnsafePointer<UInt8>) -> UInt64 {
    UInt64(littleEndian: UnsafeRawPointer(text + offset).loadUnaligned(as: UInt64.self))
  }

  /// Whether two texts of the same length are the same: of a dozen bytes, for which a call to memcmp(3) takes longer.
  static func areSame(_ one: UnsafePointer<UInt8>, _ other: UnsafePointer<UInt8>, _ count: Int) -> Bool {
    guard count >= 8 else {
      for offset in 0..<count where one[offset] != other[offset] { return false }
      return true
    }
    var offset = 0
    while offset + 8 < count {
      if at(offset, of: one) != at(offset, of: other) { return false }
      offset += 8
    }
    // The last eight, some of which were among those before.
    return at(count - 8, of: one) == at(count - 8, of: other)
  }

  /// The same byte eight times.
  static func all(_ byte: UInt8) -> UInt64 { UInt64(byte) &* ones }

  /// The high bit of the first byte that is 0, and of some behind it; 0 where none is.
  static func zeros(_ word: UInt64) -> UInt64 { (word &- ones) & ~word & highs }

  /// Whether a byte is one that ``PlainText/measure(_:splits:)`` looks at: a control character, or the first of U+0080
  /// to U+00BF or of U+2000 to U+3FFF.
  static func mayPart(_ word: UInt64) -> Bool {
    let controls = (word &- all(0x20)) & ~word & highs
    let leads = zeros(word ^ all(0xC2)) | zeros((word | ones) ^ all(0xE3))
    return controls | leads | zeros(word ^ all(0x7F)) != 0
  }

  /// Whether the first six are two characters of three bytes, as of Chinese text: well-formed UTF-8 but for those that
  /// begin with E0 or ED, of which it says no.
  static func beginWithTwoOfThree(_ word: UInt64) -> Bool {
    guard word & 0xC0C0_F0C0_C0F0 == 0x8080_E080_80E0 else { return false }
    let (first, second) = (word & 0x0F, word >> 24 & 0x0F)
    return first != 0 && first != 0x0D && second != 0 && second != 0x0D
  }
}
