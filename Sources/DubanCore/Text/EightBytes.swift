/// Looks at eight bytes of a text in one step.
///
/// Inlinable, because a reader of tables in another module does it for every cell.
public enum EightBytes {
  /// The eight bytes at an offset, the first of them lowest.
  @inlinable
  public static func at(_ offset: Int, of text: UnsafePointer<UInt8>) -> UInt64 {
    UInt64(littleEndian: UnsafeRawPointer(text + offset).loadUnaligned(as: UInt64.self))
  }

  /// Whether two texts of the same length are the same: of a dozen bytes, for which a call to memcmp(3) takes longer.
  @inlinable
  public static func areSame(
    _ one: UnsafePointer<UInt8>, _ other: UnsafePointer<UInt8>, _ count: Int
  ) -> Bool {
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

  /// A hash of a text, eight bytes at a time, mixed by multiplication (as in wyhash): for texts of the same file, not of
  /// an attacker who could win more than his own time.
  @inlinable
  public static func hash(_ text: UnsafeBufferPointer<UInt8>) -> UInt64 {
    var hash = UInt64(text.count) &* 0x9E37_79B9_7F4A_7C15
    guard let base = text.baseAddress, text.count >= 8 else {
      var word: UInt64 = 0
      for byte in text { word = word << 8 | UInt64(byte) }
      return mixed(hash ^ word)
    }
    var offset = 0
    while offset + 8 < text.count {
      hash = mixed(hash ^ at(offset, of: base))
      offset += 8
    }
    // The last eight, some of which were among those before.
    return mixed(hash ^ at(text.count - 8, of: base))
  }

  @inlinable
  static func mixed(_ value: UInt64) -> UInt64 {
    let product = value.multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
    return product.high ^ product.low
  }
}
