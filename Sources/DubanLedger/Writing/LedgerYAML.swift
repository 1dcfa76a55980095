public import DubanCore

/// Writes a ledger as YAML, in the block style in which people keep it by hand.
///
/// Reading the result gives the same ledger. Texts stand on one line each, however long: a wrapped YAML text gets
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
    add("status", measure.isReturned ? StatusWords.word(for: measure) : measure.status.rawValue)
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
