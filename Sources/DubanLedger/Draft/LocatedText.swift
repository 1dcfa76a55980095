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
    guard let first = firstIndex(where: { !$0.isWhitespace }),
      let last = lastIndex(where: { !$0.isWhitespace })
    else { return "" }
    return String(self[first...last])
  }
}
