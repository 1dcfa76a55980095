public import DubanCore

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
  ///   - needed: which keys must have a value where they stand, since their absence means the opposite.
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
