public import DubanCore

/// A piece of a YAML file and where it stands.
public struct YAMLValue: Sendable {
  /// What it is.
  public enum Content: Sendable {
    /// Nothing, `~` or `null`.
    case empty
    /// A scalar as written; quotes and escapes are resolved, but `8` and `true` stay text.
    case text(String)
    /// A sequence.
    case list([YAMLValue])
    /// A mapping, in the file's order; each key once.
    case mapping([Entry])
  }

  /// A key with its value.
  public struct Entry: Sendable {
    /// The key and its place.
    public var key: LocatedText
    /// What follows the colon; null where nothing does.
    public var value: YAMLValue
  }

  /// What it is.
  public var content: Content
  /// Where it begins.
  public var location: Diagnostic.Location

  /// A piece of these parts.
  public init(content: Content, location: Diagnostic.Location) {
    self.content = content
    self.location = location
  }

  /// What kind of thing it is, for messages.
  var kind: String {
    switch content {
    case .empty: "nothing"
    case .text(let text): "the text “\(text.excerpt)”"
    case .list: "a list"
    case .mapping: "a mapping"
    }
  }
}

extension String {
  /// The first characters on one line, for quoting in a message.
  var excerpt: String {
    let line = split(whereSeparator: \.isNewline).joined(separator: " ")
    return line.count <= 40 ? line : line.prefix(39) + "…"
  }
}
