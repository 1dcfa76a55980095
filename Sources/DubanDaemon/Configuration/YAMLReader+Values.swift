import DubanCore
import DubanLedger

/// The kinds of values that a configuration is made of. Each gives nil, with an error, for anything else.
extension YAMLReader {
  /// A value that `parse` makes of its text; where it makes none, an error says what the text isn't.
  mutating func parsed<Value>(
    _ value: YAMLValue?, _ name: String, isNot kind: String, expected: String, _ parse: (String) -> Value?
  ) -> Value? {
    text(value, name).flatMap { parsed($0, name, isNot: kind, expected: expected, parse) }
  }

  private mutating func parsed<Value>(
    _ text: LocatedText, _ name: String, isNot kind: String, expected: String, _ parse: (String) -> Value?
  ) -> Value? {
    if let value = parse(text.text) { return value }
    error(text.location, "\(name): “\(text.text)” \(kind)", help: "expected \(expected)")
    return nil
  }

  mutating func integer(_ value: YAMLValue?, _ name: String, in range: ClosedRange<Int>) -> Int? {
    parsed(
      value, name, isNot: "is no number that can be used",
      expected: "\(range.lowerBound) to \(range.upperBound)"
    ) { text in Int(text).flatMap { range.contains($0) ? $0 : nil } }
  }

  /// A number, or `none` for no limit; the outer nil is for a value that isn't there or is wrong.
  mutating func limit(_ value: YAMLValue?, _ name: String, in range: ClosedRange<Int>) -> Int?? {
    parsed(
      value, name, isNot: "is no limit", expected: "\(range.lowerBound) to \(range.upperBound), or none"
    ) { text -> Int?? in
      if text == "none" { return .some(nil) }
      guard let number = Int(text), range.contains(number) else { return nil }
      return number
    }
  }

  mutating func span(_ value: YAMLValue?, _ name: String) -> Span? {
    text(value, name).flatMap { span($0, name) }
  }

  mutating func spans(_ value: YAMLValue?, _ name: String) -> [Span]? {
    guard let value, !value.isEmpty else { return nil }
    return texts(value, name).compactMap { span($0, name) }
  }

  private mutating func span(_ text: LocatedText, _ name: String) -> Span? {
    parsed(
      text, name, isNot: "is no number of days", expected: "days like 7, or working days like 5wd"
    ) { Span($0) }
  }

  /// A span of at least one day, or `never`; the outer nil is for a value that isn't there or is wrong.
  mutating func rhythm(_ value: YAMLValue?, _ name: String) -> Span?? {
    parsed(
      value, name, isNot: "is no rhythm", expected: "days like 7, working days like 3wd, or never"
    ) { text -> Span?? in
      if text == "never" { return .some(nil) }
      guard let span = Span(text), span.count > 0 else { return nil }
      return span
    }
  }

  mutating func time(_ value: YAMLValue?, _ name: String) -> CivilTime? {
    parsed(value, name, isNot: "is no time of day", expected: "\"08:30\", from 00:00 to 23:59") {
      CivilTime($0)
    }
  }

  mutating func date(_ value: YAMLValue?, _ name: String) -> CivilDate? {
    parsed(value, name, isNot: "is no date", expected: "a date like 2022-12-31") { CivilDate($0) }
  }

  mutating func choice<Value>(
    _ value: YAMLValue?, _ name: String, _ choices: KeyValuePairs<String, Value>
  ) -> Value? {
    guard let text = text(value, name) else { return nil }
    if let chosen = choices.first(where: { $0.key == text.text }) { return chosen.value }
    let nearest = Nearest.word(to: text.text, among: choices.map(\.key))
    error(
      text.location, "\(name): “\(text.text)” is unknown",
      help: nearest.map { "did you mean “\($0)”?" }
        ?? "expected \(choices.map(\.key).joined(separator: ", "))")
    return nil
  }

  /// `#rrggbb`.
  mutating func color(_ value: YAMLValue?, _ name: String) -> String? {
    parsed(value, name, isNot: "is no colour", expected: "\"#rrggbb\", in quotes") { text in
      let digits = text.dropFirst()
      let isColor =
        text.utf8.count == 7 && text.hasPrefix("#") && digits.allSatisfy { $0.isHexDigit && $0.isASCII }
      return isColor ? text : nil
    }
  }

  mutating func address(_ value: YAMLValue?, _ name: String) -> String? {
    text(value, name).flatMap { address($0, name) }
  }

  mutating func addresses(_ value: YAMLValue?, _ name: String) -> [String] {
    texts(value, name).compactMap { address($0, name) }
  }

  private mutating func address(_ text: LocatedText, _ name: String) -> String? {
    guard let problem = MailAddress.problem(in: text.text) else { return text.text }
    error(
      text.location, "\(name): “\(text.text)” \(problem)", help: "expected an address like name@example.org")
    return nil
  }

  /// Periods of days: a list of `{from, to}`, both included.
  mutating func periods(_ value: YAMLValue?, _ name: String) -> [ClosedRange<CivilDate>] {
    list(value, name).compactMap { entry in
      let fields = fields(of: entry, "a period of \(name)", keys: ["from", "to"])
      let from = date(fields["from"], "from")
      let to = date(fields["to"], "to")
      for key in ["from", "to"] where fields[key] == nil {
        error(
          entry.location, "a period of \(name) has no \(key)",
          help: "write {from: 2023-01-16, to: 2023-01-20}")
      }
      guard let from, let to else { return nil }
      guard from <= to else {
        error(entry.location, "a period of \(name) ends on \(to), before it begins on \(from)")
        return nil
      }
      return from...to
    }
  }
}
