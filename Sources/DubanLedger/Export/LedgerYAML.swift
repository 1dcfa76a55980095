public import DubanCore

/// Writes a ledger as YAML, in the block style in which people keep it by hand.
///
/// Reading the result gives the same ledger. Texts are on one line each, however long: a wrapped YAML text gets
/// spaces between its lines, which Chinese doesn't have.
public enum LedgerYAML {
  /// The ledger's YAML, in UTF-8 with a line feed at the end.
  public static func text(_ ledger: Ledger) -> String {
    var lines = plan(ledger.plan)
    if !ledger.reports.isEmpty {
      lines.append("reports: [\(ledger.reports.map(\.description).joined(separator: ", "))]")
    }
    if !ledger.recurringReports.isEmpty {
      lines.append("recurringReports: \(list(ledger.recurringReports.map(\.text)))")
    }
    if !ledger.received.isEmpty { lines.append("received:") }
    lines += ledger.received.map { received in
      "  - \(mapping([("unit", YAMLScalar.flow(received.unit)), ("report", received.report.description)]))"
    }
    lines.append(ledger.owners.isEmpty ? "owners: []" : "owners:")
    lines += ledger.owners.map { "  - \(owner($0))" }
    lines.append(ledger.areas.isEmpty ? "areas: []" : "areas:")
    lines += ledger.areas.flatMap(area)
    return lines.joined(separator: "\n") + "\n"
  }

  private static func plan(_ plan: Plan) -> [String] {
    var lines = ["plan:", "  title: \(YAMLScalar.block(plan.title))"]
    if !plan.number.isEmpty { lines.append("  number: \(YAMLScalar.block(plan.number))") }
    if let issued = plan.issued { lines.append("  issued: \(issued)") }
    lines.append("  contact: \(contact(plan.contact))")
    if !plan.contacts.isEmpty { lines.append("  contacts:") }
    return lines + plan.contacts.map { "    - \(contact($0))" }
  }

  private static func contact(_ contact: Contact) -> String {
    let fields = [
      ("unit", contact.unit), ("person", contact.person), ("phone", contact.phone), ("email", contact.email),
    ]
    return mapping(fields.map { ($0.0, YAMLScalar.flow($0.1)) })
  }

  private static func owner(_ owner: Owner) -> String {
    var fields = [("person", YAMLScalar.flow(owner.person)), ("unit", YAMLScalar.flow(owner.unit))]
    if let email = owner.email { fields.append(("email", YAMLScalar.flow(email))) }
    if !owner.copies.isEmpty { fields.append(("copies", list(owner.copies))) }
    if owner.isHead { fields.append(("head", "true")) }
    if !owner.phone.isEmpty { fields.append(("phone", YAMLScalar.quoted(owner.phone))) }
    if !owner.supervisor.isEmpty { fields.append(("supervisor", YAMLScalar.flow(owner.supervisor))) }
    return mapping(fields)
  }

  private static func area(_ area: Area) -> [String] {
    var lines = ["  - name: \(YAMLScalar.block(area.name))"]
    if !area.problems.isEmpty {
      lines.append("    problems:")
      lines += area.problems.map { "      - \(YAMLScalar.block($0))" }
    }
    if !area.goal.isEmpty { lines.append("    goal: \(YAMLScalar.block(area.goal))") }
    if !area.supervisor.isEmpty { lines.append("    supervisor: \(YAMLScalar.block(area.supervisor))") }
    let reports = area.reports
    if !reports.recurring.isEmpty {
      lines.append("    recurringReports: \(list(reports.recurring.map(\.text)))")
    }
    if let assigned = reports.assigned { lines.append("    assigned: \(assigned)") }
    if !reports.feedback.isEmpty { lines.append("    feedback:") }
    lines += reports.feedback.map {
      "      - \(mapping([("what", YAMLScalar.flow($0.what)), ("after", $0.after.description)]))"
    }
    lines.append(area.measures.isEmpty ? "    measures: []" : "    measures:")
    return lines + area.measures.flatMap(measure)
  }

  private static func measure(_ measure: Measure) -> [String] {
    var lines = ["      - id: \(YAMLScalar.quoted(measure.id))"]
    func add(_ key: String, _ value: String) { lines.append("        \(key): \(value)") }
    add("title", YAMLScalar.block(measure.title))
    add("text", YAMLScalar.block(measure.text))
    add("units", list(measure.units))
    if let lead = measure.lead { add("lead", YAMLScalar.block(lead)) }
    if !measure.supporting.isEmpty { add("supporting", list(measure.supporting)) }
    add("persons", list(measure.persons))
    if !measure.deadline.text.isEmpty { add("deadline", YAMLScalar.block(measure.deadline.text)) }
    if let due = measure.deadline.decided { add("due", due.description) }
    if !measure.duties.isEmpty {
      lines.append("        duties:")
      lines += measure.duties.map { "          - \(duty($0))" }
    }
    add("status", measure.isReturned ? measure.statusWord : measure.status.rawValue)
    if !measure.progress.isEmpty { add("progress", YAMLScalar.block(measure.progress)) }
    return lines
  }

  private static func duty(_ duty: Duty) -> String {
    let word = DutyWords.word(for: duty.rule)
    return mapping([
      ("what", YAMLScalar.flow(duty.what)),
      word.map { ("every", $0) } ?? ("rule", YAMLScalar.flow(duty.rule.rule)),
    ])
  }

  private static func mapping(_ fields: [(String, String)]) -> String {
    "{\(fields.map { "\($0.0): \($0.1)" }.joined(separator: ", "))}"
  }

  private static func list(_ values: [String]) -> String {
    "[\(values.map(YAMLScalar.flow).joined(separator: ", "))]"
  }
}

/// Writes a text as a YAML scalar (YAML 1.2.2, chapter 7): plain where it can't be misread, else in double quotes.
enum YAMLScalar {
  /// A scalar that is alone after a key or a dash.
  static func block(_ text: String) -> String { isPlain(text, inFlow: false) ? text : quoted(text) }

  /// A scalar inside `[…]` or `{…}`.
  static func flow(_ text: String) -> String { isPlain(text, inFlow: true) ? text : quoted(text) }

  /// A scalar in double quotes, with everything escaped that isn't printable.
  static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case let scalar where !isPrintable(scalar): result += escaped(scalar)
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }

  /// Whether a text reads back as itself without quotes, and as a text rather than a number, date, truth or nothing.
  private static func isPlain(_ text: String, inFlow: Bool) -> Bool {
    let scalars = Array(text.unicodeScalars)
    guard let first = scalars.first, let last = scalars.last, first != " ", last != " ", last != ":",
      !indicators.contains(first), scalars.allSatisfy(isPrintable), !resolves(text)
    else { return false }
    for (index, scalar) in scalars.enumerated() {
      if inFlow, flowIndicators.contains(scalar) { return false }
      if scalar == ":", index + 1 < scalars.count, scalars[index + 1] == " " || inFlow { return false }
      if scalar == "#", index > 0, scalars[index - 1] == " " { return false }
    }
    return true
  }

  /// What a plain scalar can't begin with (section 5.3); `-`, `?` and `.` are kept out for simplicity.
  private static let indicators: Set<Unicode.Scalar> = Set("-?:,[]{}#&*!|>'\"%@`=~.<+".unicodeScalars)
  private static let flowIndicators: Set<Unicode.Scalar> = Set(",[]{}".unicodeScalars)

  /// Whether a YAML 1.1 or 1.2 reader takes the word for something else than a text.
  private static func resolves(_ text: String) -> Bool {
    let words = ["true", "false", "yes", "no", "on", "off", "y", "n", "null"]
    if words.contains(text.lowercased()) { return true }
    return text.utf8.first.map { (0x30...0x39).contains($0) } ?? false
      && text.utf8.allSatisfy { $0 < 0x80 }
  }

  private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x20...0x7E, 0xA0...0x2027, 0x202A...0xD7FF, 0xE000...0xFEFE, 0xFF00...0xFFFD, 0x10000...0x10FFFF:
      true
    default: false
    }
  }

  private static func escaped(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    let (letter, width) = scalar.value <= 0xFF ? ("x", 2) : scalar.value <= 0xFFFF ? ("u", 4) : ("U", 8)
    return "\\\(letter)" + String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
