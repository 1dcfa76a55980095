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
    // Letters, signs and Chinese characters need no look into Unicode's tables.
    let isInk = { (scalar: Unicode.Scalar) in
      (0x21...0x7E).contains(scalar.value) || (0x4E00...0x9FFF).contains(scalar.value)
        || !scalar.properties.isWhitespace && scalar.properties.generalCategory != .format
    }
    let scalars = String(self).unicodeScalars
    guard let first = scalars.firstIndex(where: isInk), let last = scalars.lastIndex(where: isInk) else {
      return ""
    }
    return String(scalars[first...last])
  }
}
