/// Takes text that is known to be UTF-8, as every string is, apart by its bytes: iterating a string's scalars costs twice
/// as much.
public enum UTF8Scalar {
  /// The scalar that starts at `index` (RFC 3629, section 3), and how many bytes it takes.
  ///
  /// One outside the basic plane, of four bytes, is nothing that any caller tells from another: all of them are U+10FFFF
  /// here. Inlinable, since it is asked for each character of every mail and phrase.
  @inlinable
  public static func at(_ index: Int, of text: UnsafeBufferPointer<UInt8>) -> (scalar: UInt32, size: Int) {
    let first = UInt32(text[index])
    switch first {
    case 0..<0x80: return (first, 1)
    case 0..<0xE0: return ((first & 0x1F) << 6 | UInt32(text[index + 1]) & 0x3F, 2)
    case 0..<0xF0:
      let low = (UInt32(text[index + 1]) & 0x3F) << 6 | UInt32(text[index + 2]) & 0x3F
      return ((first & 0x0F) << 12 | low, 3)
    default: return (0x10FFFF, 4)
    }
  }
}
