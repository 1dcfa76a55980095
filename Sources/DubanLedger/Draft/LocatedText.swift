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
  /// Without white space (the ideographic space included) and characters that can't be seen (U+200B, U+FEFF) at either
  /// end.
  var trimmedWhitespace: String {
    var text = String(self)
    let isTrimmed = text.withUTF8 { bytes in !Self.mayHaveWhitespace(around: bytes) }
    if isTrimmed { return text }
    let isInk = { (scalar: Unicode.Scalar) in
      !scalar.properties.isWhitespace && scalar.properties.generalCategory != .format
    }
    let scalars = text.unicodeScalars
    guard let first = scalars.firstIndex(where: isInk), let last = scalars.lastIndex(where: isInk) else {
      return ""
    }
    return String(scalars[first...last])
  }

  /// False where the first and the last byte belong to no such character, which is the case of nearly every text: all of
  /// them are ASCII, or begin in UTF-8 with one of these bytes.
  private static func mayHaveWhitespace(around bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let first = bytes.first, let last = bytes.last else { return false }
    if first <= 0x20 || last <= 0x20
      || [0xC2, 0xD8, 0xDB, 0xDC, 0xE1, 0xE2, 0xEF, 0xF0, 0xF3].contains(first)
    {
      return true
    }
    if first == 0xE3 && bytes.count > 1 && bytes[1] == 0x80 { return true }
    let tail = bytes.suffix(4)
    return last >= 0x80 && tail.contains { [0xC2, 0x80, 0x81, 0x9A, 0xBB, 0xD8, 0xF3].contains($0) }
  }
}
