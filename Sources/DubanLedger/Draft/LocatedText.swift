public import DubanCore

/// A piece of a file's text and where it stands.
public struct LocatedText: Sendable, Hashable {
  /// The text, without the spaces around it.
  public var text: String
  /// Where it begins.
  public var location: Diagnostic.Location

  /// The text at that place; white space around it is dropped.
  public init(_ text: String, at location: Diagnostic.Location) {
    self.text = text.trimmedWhitespace
    self.location = location
  }
}

extension StringProtocol {
  /// Without white space (the ideographic space included) at either end.
  var trimmedWhitespace: String {
    var text = String(self)
    let isTrimmed = text.withUTF8 { bytes in !Self.mayHaveWhitespace(around: bytes) }
    if isTrimmed { return text }
    guard let first = firstIndex(where: { !$0.isWhitespace }),
      let last = lastIndex(where: { !$0.isWhitespace })
    else { return "" }
    return String(self[first...last])
  }

  /// False where the first and the last byte belong to no white space, which is the case of nearly every text.
  private static func mayHaveWhitespace(around bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let first = bytes.first, let last = bytes.last else { return false }
    if first <= 0x20 || last <= 0x20 { return true }
    // Beyond ASCII (Unicode's White_Space): U+0085, U+00A0, U+1680, U+2000 to U+200A, U+2028, U+2029, U+202F, U+205F
    // and U+3000. In UTF-8 they begin with these bytes, and end with these two.
    if [0xC2, 0xE1, 0xE2].contains(first) || first == 0xE3 && bytes.count > 1 && bytes[1] == 0x80 {
      return true
    }
    return last >= 0x80 && bytes.count > 1 && [0xC2, 0x80, 0x81, 0x9A].contains(bytes[bytes.count - 2])
  }
}
