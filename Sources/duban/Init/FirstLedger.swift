import DubanCore
import DubanLedger

/// A newcomer's ledger: one area with one measure, which the contact owns, to be replaced by the plan's own.
struct FirstLedger {
  /// So far ahead that the first reminder comes within days and nothing is overdue.
  private static let daysAhead = 30

  var title, unit, person, email: String

  /// The ledger's YAML.
  func text(today: CivilDate) -> String {
    let contact = Contact(unit: unit, person: person, phone: "", email: email)
    let due = today.adding(days: Self.daysAhead)
    let reading = DeadlineReading(text: due.description, status: .read, readings: [.date(due: due)])
    let measure = Measure(
      id: "1.1", number: 1, title: "核对台账", text: "把方案的领域、措施、责任单位和责任人写进台账，替换本条。", units: [unit],
      persons: [person], deadline: Deadline(reading: reading), duties: [], status: .open)
    let ledger = Ledger(
      plan: Plan(title: title, number: "", issued: today, contact: contact), reports: [],
      owners: [Owner(person: person, unit: unit, email: email)],
      areas: [Area(index: 1, name: "台账管理", problems: [], goal: "", measures: [measure])])
    return
      "# The ledger, see duban-ledger(5). Or make one of the plan's text: duban import PLAN -o ledger.yaml\n"
      + LedgerYAML.text(ledger)
  }
}
