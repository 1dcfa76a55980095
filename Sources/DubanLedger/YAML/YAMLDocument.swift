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
    func refused(_ message: String, help: String) -> (root: YAMLValue?, diagnostics: [Diagnostic]) {
      let start = Diagnostic.Location(file: file, line: 1, column: 1)
      return (nil, [Diagnostic(.error, at: start, message, help: help)])
    }
    guard !AliasGuard.isBomb(text) else {
      return refused(
        "the file has more than \(AliasGuard.limit) aliases (*name)", help: "write the values out")
    }
    guard mostNodes(of: text) <= nodeLimit else {
      return refused(
        "the file may hold more than \(nodeLimit) values",
        help: "is it the right file? A ledger of that size keeps its measures in a table (measures: NAME.csv)"
      )
    }
    var composer = YAMLComposer(text: text, file: file)
    let root = composer.compose()
    if root == nil, composer.diagnostics.isEmpty {
      return refused("the file is empty", help: "expected a mapping of keys and values")
    }
    return (root, composer.diagnostics.inFileOrder())
  }

  /// An upper bound of the nodes in a text: between two of them is one of these bytes.
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

/// A piece of a YAML file and where it is.
public struct YAMLValue: Sendable {
  /// What it is.
  public enum Content: Sendable {
    /// Nothing, `~` or `null`.
    case empty
    /// A scalar as written; quotes and escapes are resolved, but `8` and `true` stay text.
    case text(String)
    case list([YAMLValue])
    /// A mapping, in the file's order; each key once.
    case mapping([Pair])
  }

  /// A key with its value.
  public struct Pair: Sendable {
    /// The key and its place.
    public var key: LocatedText
    /// What follows the colon; null where nothing does.
    public var value: YAMLValue
  }

  /// What it is.
  public var content: Content
  /// Where it begins.
  public var location: Diagnostic.Location

  /// A piece at its place.
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

/// Takes values out of a YAML tree by the type that is expected, and notes what is wrong on the way.
///
/// Every method gives nothing for a value of another type or for one that isn't there, so that reading goes on
/// and all mistakes are found in one run.
public struct YAMLReader {
  private var log = DiagnosticLog()
  /// Whether a key without a value is warned of.
  private let warnsOfEmpty: Bool

  /// What was found wrong, in the order of reading.
  public var diagnostics: [Diagnostic] { log.diagnostics }

  /// A reader that has found nothing yet.
  ///
  /// - Parameter warnsOfEmpty: whether a key without a value is warned of: in a configuration it was forgotten.
  public init(warnsOfEmpty: Bool = false) { self.warnsOfEmpty = warnsOfEmpty }

  /// Notes a mistake.
  public mutating func error(
    _ location: Diagnostic.Location, _ message: @autoclosure () -> String,
    help: @autoclosure () -> String = ""
  ) {
    log.append(.error, at: location, message(), help: help())
  }

  /// Notes something that may be meant otherwise.
  public mutating func warning(
    _ location: Diagnostic.Location, _ message: @autoclosure () -> String,
    help: @autoclosure () -> String = ""
  ) {
    log.append(.warning, at: location, message(), help: help())
  }

  /// The values of a mapping by key; an error for each key that isn't among `keys`, naming the nearest that is.
  ///
  /// A key without a value counts as not there.
  ///
  /// - Parameters:
  ///   - needed: which keys must have a value where they are, since their absence means the opposite.
  ///   - sections: which keys may be left with nothing below them.
  public mutating func fields(
    of value: YAMLValue?, _ name: String, keys: [String], needed: [String] = [], sections: [String] = []
  ) -> [String: YAMLValue] {
    guard let value, !value.isEmpty else { return [:] }
    guard case .mapping(let entries) = value.content else {
      error(
        value.location, "\(name): expected a mapping, found \(value.kind)",
        help: "write the keys \(keys.joined(separator: ", "))")
      return [:]
    }
    var fields: [String: YAMLValue] = [:]
    for entry in entries {
      if keys.contains(entry.key.text) {
        if entry.value.isEmpty {
          noteEmpty(
            entry.key, isNeeded: needed.contains(entry.key.text), isSection: sections.contains(entry.key.text)
          )
        } else {
          fields[entry.key.text] = entry.value
        }
      } else {
        error(
          entry.key.location, "unknown key “\(entry.key.text.excerpt)” in \(name)",
          help: FullWidth(entry.key.text).map { "\($0.message): \($0.help)" }
            ?? Nearest.word(to: entry.key.text, among: keys).map { "did you mean “\($0)”?" }
            ?? "expected one of \(keys.joined(separator: ", "))")
      }
    }
    return fields
  }

  private mutating func noteEmpty(_ key: LocatedText, isNeeded: Bool, isSection: Bool) {
    if isNeeded {
      error(key.location, "\(key.text) has no value", help: "write one, or take the key out")
    } else if warnsOfEmpty, !isSection {
      warning(
        key.location, "\(key.text) has no value, and counts as not there",
        help: "write one, or take the key out")
    }
  }

  /// A scalar's text.
  public mutating func text(_ value: YAMLValue?, _ name: String) -> LocatedText? {
    guard let value, !value.isEmpty else { return nil }
    guard case .text(let text) = value.content else {
      error(value.location, "\(name): expected a text, found \(value.kind)")
      return nil
    }
    return LocatedText(text, at: value.location)
  }

  /// A list's values.
  public mutating func list(_ value: YAMLValue?, _ name: String) -> [YAMLValue] {
    guard let value, !value.isEmpty else { return [] }
    guard case .list(let values) = value.content else {
      error(
        value.location, "\(name): expected a list, found \(value.kind)",
        help: "write [one, two], or one per line after “- ”")
      return []
    }
    return values
  }

  /// A list's texts; an empty entry is an empty text.
  public mutating func texts(_ value: YAMLValue?, _ name: String) -> [LocatedText] {
    list(value, name).compactMap { entry in
      entry.isEmpty ? LocatedText("", at: entry.location) : text(entry, "an entry of \(name)")
    }
  }
}

extension YAMLValue {
  /// Whether there is nothing.
  public var isEmpty: Bool { if case .empty = content { true } else { false } }
}
