import DubanCore

/// A ledger as `duban ledger --json` prints it: what was read, how its deadlines were read, and the diagnostics.
public struct LedgerJSON: Encodable {
  private let reading: LedgerReading

  /// The JSON form of a reading. Without a ledger, only `diagnostics` has something in it and `plan` is null.
  public init(_ reading: LedgerReading) { self.reading = reading }

  private enum Key: String, CodingKey { case plan, reports, recurringReports, areas, diagnostics }

  /// Writes `{"plan","reports","recurringReports","areas","diagnostics"}`.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    let ledger = reading.ledger
    try container.encode(ledger.map { PlanJSON($0.plan) }, forKey: .plan)
    try container.encode(ledger?.reports ?? [], forKey: .reports)
    try container.encode(ledger?.recurringReports.map(\.text) ?? [], forKey: .recurringReports)
    try container.encode((ledger?.areas ?? []).map(AreaJSON.init), forKey: .areas)
    try container.encode(reading.diagnostics, forKey: .diagnostics)
  }
}

struct PlanJSON: Encodable {
  struct ContactJSON: Encodable {
    let unit, person, phone, email: String
  }

  let title, number: String
  let issued: CivilDate?
  let contact: ContactJSON

  init(_ plan: Plan) {
    (title, number, issued) = (plan.title, plan.number, plan.issued)
    contact = ContactJSON(
      unit: plan.contact.unit, person: plan.contact.person, phone: plan.contact.phone,
      email: plan.contact.email)
  }

  private enum Key: String, CodingKey { case title, number, issued, contact }

  /// Spelt out because `issued` is null, not left out, where the plan has no date of issue.
  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(title, forKey: .title)
    try container.encode(number, forKey: .number)
    try container.encode(issued, forKey: .issued)
    try container.encode(contact, forKey: .contact)
  }
}

private struct AreaJSON: Encodable {
  let index: Int
  let name: String
  let problems: [String]
  let goal: String
  let measures: [MeasureJSON]

  init(_ area: Area) {
    (index, name, problems, goal) = (area.index, area.name, area.problems, area.goal)
    measures = area.measures.map(MeasureJSON.init)
  }
}

/// `lead`, `supporting`, `due` and `progress` are written only where the document tells the units apart, and where a person decided or wrote something.
struct MeasureJSON: Encodable {
  struct DutyJSON: Encodable {
    let what, rule: String
  }

  let id: String
  let number: Int
  let title, text: String
  let units: [String]
  let lead: String?
  let supporting: [String]?
  let persons: [String]
  let status: String
  let deadline: DeadlineReading
  let due: CivilDate?
  let duties: [DutyJSON]
  let progress: String?

  init(_ measure: Measure) {
    (id, number, title, text) = (measure.id, measure.number, measure.title, measure.text)
    (lead, supporting) = (measure.lead, measure.supporting.isEmpty ? nil : measure.supporting)
    (units, persons, status) = (measure.units, measure.persons, measure.status.rawValue)
    (deadline, due) = (measure.deadline.reading, measure.deadline.decided)
    duties = measure.duties.map { DutyJSON(what: $0.what, rule: $0.rule.rule) }
    progress = measure.progress.isEmpty ? nil : measure.progress
  }
}
