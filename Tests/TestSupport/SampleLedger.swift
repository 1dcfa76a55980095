public import DubanCore

/// Small ledgers built in code, for tests of what comes after reading.
public enum SampleLedger {
  /// A date that the test's author knows to exist.
  public static func day(_ text: String) -> CivilDate {
    guard let day = CivilDate(text) else { preconditionFailure("“\(text)” is no date") }
    return day
  }

  /// The contact of the sample plans.
  public static let contact = Contact(
    unit: "营商服务中心", person: "联络员", phone: "65650000", email: "contact@example.org")

  /// An owner with an address made from `mailbox`; nil for none.
  public static func owner(_ person: String, _ unit: String, _ mailbox: String?) -> Owner {
    Owner(person: person, unit: unit, email: mailbox.map { "\($0)@example.org" })
  }

  /// A measure of one owner that is due on `due`; nil makes it standing.
  public static func measure(
    _ id: String, due: String?, owners: [Owner], status: Measure.Status = .open, duties: [Duty] = []
  ) -> Measure {
    let reading =
      due.map {
        DeadlineReading(text: $0, status: .read, readings: [.date(due: day($0))])
      } ?? DeadlineReading(text: "长期", status: .read, readings: [.standing])
    return Measure(
      id: id, number: 1, title: "措施\(id)", text: "", units: owners.map(\.unit), persons: owners.map(\.person),
      deadline: Deadline(reading: reading), duties: duties, status: status)
  }

  /// A ledger of one area.
  public static func ledger(
    issued: String? = nil, reports: [String] = [], owners: [Owner], measures: [Measure]
  ) -> Ledger {
    Ledger(
      plan: Plan(title: "整改方案", number: "测〔2022〕1号", issued: issued.map(day), contact: contact),
      reports: reports.map(day), owners: owners,
      areas: [Area(index: 1, name: "领域一", problems: ["问题"], goal: "目标", measures: measures)])
  }

  /// National Day 2022 with both make-up days, and New Year 2023.
  public static let calendar = WorkdayCalendar(
    offDays: (1...7).map { day("2022-10-0\($0)") } + ["2022-12-31", "2023-01-01", "2023-01-02"].map(day),
    makeUpDays: ["2022-10-08", "2022-10-09"].map(day), knownYears: [2022, 2023])
}
