public import DubanCore
import Yams

/// Reads a YAML file into a tree whose every piece knows its line and column, or says everything that is wrong.
///
/// Also reads JSON, which is YAML's flow style as far as these files use it, so that JSON files get places too.
public enum YAMLDocument {
  /// How many nodes a file may have, aliases written out: twice what 8 MiB of an honest ledger hold. The parser needs some
  /// hundred bytes for each.
  static let nodeLimit = 1_000_000

  /// The root of the YAML in `file`; nil with at least one error when there is none.
  public static func read(_ file: String) -> (root: YAMLValue?, diagnostics: [Diagnostic]) {
    switch SourceFile.bytes(file) {
    case .success(let bytes): parse(bytes, file: file)
    case .failure(let diagnostic): (nil, [diagnostic])
    }
  }

  /// The root of the YAML in `bytes`; `file` is only for messages.
  public static func parse(
    _ bytes: [UInt8], file: String
  ) -> (root: YAMLValue?, diagnostics: [Diagnostic]) {
    let (decoded, diagnostics) = SourceText.decode(bytes, file: file)
    guard let text = decoded else { return (nil, diagnostics) }
    let start = Diagnostic.Location(file: file, line: 1, column: 1)
    guard !AliasGuard.isBomb(text) else {
      return (
        nil,
        [
          Diagnostic(
            .error, at: start, "the file has more than \(AliasGuard.limit) aliases (*name)",
            help: "write the values out")
        ]
      )
    }
    guard mostNodes(of: text) <= nodeLimit else {
      return (
        nil,
        [
          Diagnostic(
            .error, at: start, "the file may hold more than \(nodeLimit) values",
            help:
              "is it the right file? A ledger of that size keeps its measures in a table (measures: NAME.csv)"
          )
        ]
      )
    }
    var composer = YAMLComposer(text: text, file: file)
    let root = composer.compose()
    if root == nil, composer.diagnostics.isEmpty {
      composer.diagnostics.append(
        Diagnostic(.error, at: start, "the file is empty", help: "expected a mapping of keys and values"))
    }
    return (root, composer.diagnostics.inFileOrder())
  }

  /// An upper bound of the nodes in a text: between two of them stands one of these bytes.
  private static func mostNodes(of text: String) -> Int {
    text.utf8.reduce(1) { count, byte in
      switch byte {
      case UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: ","), UInt8(ascii: ":"), UInt8(ascii: "["),
        UInt8(ascii: "{"),
        UInt8(ascii: "?"), UInt8(ascii: "-"):
        count + 1
      default: count
      }
    }
  }
}

/// A piece of a YAML file and where it stands.
public struct YAMLValue: Sendable {
  /// What it is.
  public enum Content: Sendable {
    /// Nothing, `~` or `null`.
    case empty
    /// A scalar as written; quotes and escapes are resolved, but `8` and `true` stay text.
    case text(String)
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
