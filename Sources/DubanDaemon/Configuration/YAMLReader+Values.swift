import DubanCore
import DubanLedger

/// The kinds of values that a configuration is made of. Each gives nil, with an error, for anything else.
extension YAMLReader {
  mutating func integer(_ value: YAMLValue?, _ name: String, in range: ClosedRange<Int>) -> Int? {
    guard let text = text(value, name) else { return nil }
    if let number = Int(text.text), range.contains(number) { return number }
    error(
      text.location, "\(name): “\(text.text)” is no number that can be used",
      help: "expected \(range.lowerBound) to \(range.upperBound)")
    return nil
  }

  /// A number, or `none` for no limit; the outer nil is for a value that isn't there or is wrong.
  mutating func limit(_ value: YAMLValue?, _ name: String, in range: ClosedRange<Int>) -> Int?? {
    guard let text = text(value, name) else { return nil }
    if text.text == "none" { return .some(nil) }
    if let number = Int(text.text), range.contains(number) { return number }
    error(
      text.location, "\(name): “\(text.text)” is no limit",
      help: "expected \(range.lowerBound) to \(range.upperBound), or none")
    return nil
  }

  mutating func span(_ value: YAMLValue?, _ name: String) -> Span? {
    text(value, name).flatMap { span($0, name) }
  }

  mutating func spans(_ value: YAMLValue?, _ name: String) -> [Span]? {
    guard let value, !value.isEmpty else { return nil }
    return texts(value, name).compactMap { span($0, name) }
  }

  private mutating func span(_ text: LocatedText, _ name: String) -> Span? {
    if let span = Span(text.text) { return span }
    error(
      text.location, "\(name): “\(text.text)” is no number of days",
      help: "expected days like 7, or working days like 5wd")
    return nil
  }

  /// A span of at least one day, or `never`; the outer nil is for a value that isn't there or is wrong.
  mutating func rhythm(_ value: YAMLValue?, _ name: String) -> Span?? {
    guard let text = text(value, name) else { return nil }
    if text.text == "never" { return .some(nil) }
    if let span = Span(text.text), span.count > 0 { return span }
    error(
      text.location, "\(name): “\(text.text)” is no rhythm",
      help: "expected days like 7, working days like 3wd, or never")
    return nil
  }

  mutating func time(_ value: YAMLValue?, _ name: String) -> CivilTime? {
    guard let text = text(value, name) else { return nil }
    if let time = CivilTime(text.text) { return time }
    error(
      text.location, "\(name): “\(text.text)” is no time of day",
      help: "expected \"08:30\", from 00:00 to 23:59")
    return nil
  }

  mutating func date(_ value: YAMLValue?, _ name: String) -> CivilDate? {
    guard let text = text(value, name) else { return nil }
    if let date = CivilDate(text.text) { return date }
    error(text.location, "\(name): “\(text.text)” is no date", help: "expected a date like 2022-12-31")
    return nil
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
    guard let text = text(value, name) else { return nil }
    if text.text.utf8.count == 7, text.text.hasPrefix("#"),
      text.text.dropFirst().allSatisfy({ $0.isHexDigit && $0.isASCII })
    {
      return text.text
    }
    error(text.location, "\(name): “\(text.text)” is no colour", help: "expected \"#rrggbb\", in quotes")
    return nil
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
