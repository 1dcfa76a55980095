internal import DubanCore

/// Scalars that are characters by themselves, which nearly all of our texts consists of: such a text is taken apart by
/// its bytes.
enum SimpleScalar {
  /// Whether a scalar joins no neighbour into one character (UAX #29) and has two columns exactly from U+2E80 on:
  /// no marks, no joiners, no controls, no Hangul, nothing past the basic plane.
  static func isSimple(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x20...0x7E, 0xA1...0xAC, 0xAE...0x2FF, 0x2010...0x2027, 0x2030...0x205E, 0x2070...0x20C0,
      0x2100...0x2BFF, 0x3000...0x3029, 0x3041...0x3096, 0x30A0...0x30FF, 0x3400...0x4DBF, 0x4E00...0x9FFF,
      0xFF01...0xFF60:
      true
    default: false
    }
  }

  /// Whether a simple scalar of U+4000 to U+9FFF starts there, in three bytes: nearly every Chinese character.
  static func isIdeograph(_ text: UnsafeBufferPointer<UInt8>, at index: Int) -> Bool {
    switch text[index] {
    case 0xE5...0xE9: true
    // U+4DC0 to U+4DFF are hexagrams.
    case 0xE4: text[index + 1] != 0xB7
    default: false
    }
  }

  /// The bytes of each scalar; nil for a text with a scalar that isn't simple.
  static func sizes(_ text: UnsafeBufferPointer<UInt8>) -> [Int]? {
    var sizes: [Int] = []
    sizes.reserveCapacity(text.count)
    var index = 0
    while index < text.count {
      let (scalar, size) = UTF8Scalar.at(index, of: text)
      guard isSimple(scalar) else { return nil }
      sizes.append(size)
      index += size
    }
    return sizes
  }
}
