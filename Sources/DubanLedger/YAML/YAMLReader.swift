public import DubanCore

/// Takes values out of a YAML tree by the type that is expected, and notes what is wrong on the way.
///
/// Every method gives nothing for a value of another type or for one that isn't there, so that reading goes on
/// and all mistakes are found in one run.
public struct YAMLReader {
  private var log = DiagnosticLog()

  /// What was found wrong, in the order of reading.
  public var diagnostics: [Diagnostic] { log.diagnostics }

  /// A reader that has found nothing yet.
  public init() {}

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
  public mutating func fields(
    of value: YAMLValue?, _ name: String, keys: [String]
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
        if !entry.value.isEmpty { fields[entry.key.text] = entry.value }
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
