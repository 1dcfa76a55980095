import DubanCore
import TestSupport
import Testing

private let owner = SampleLedger.owner("徐娟", "市场监管局", "xujuan")
private func day(_ text: String) -> CivilDate { SampleLedger.day(text) }

/// Reports that come again and again are reminded of as those on single days are.
@Suite struct RecurringReportTests {
  private static func planner(
    _ phrases: [String], reports: [String] = [], decisions: Decisions = Decisions()
  ) -> Planner {
    let reader = DeadlineReader(issued: day("2022-09-21"), calendar: SampleLedger.calendar)
    var ledger = SampleLedger.ledger(
      issued: "2022-09-21", reports: reports, owners: [owner],
      measures: [SampleLedger.measure("1.1", due: nil, owners: [owner])])
    ledger.recurringReports = phrases.map { RecurringReport(text: $0, rules: reader.read($0).recurrences) }
    return Planner(
      ledgers: [ledger], policy: Policy(), calendar: SampleLedger.calendar, decisions: decisions)
  }

  private static func reminders(_ planner: Planner, _ first: String, _ last: String) -> [String] {
    planner.plan(
      from: day(first), through: day(last), after: History(assumedThrough: day(first).adding(days: -1))
    )
    .flatMap { plan in
      plan.mails.filter { $0.recipient.person == owner.person }.flatMap(\.reminders).map {
        "\(plan.day) \($0.occurrence.due) \($0.stage)"
      }
    }
  }

  @Test(arguments: [
    (
      "每月28日前", "2022-11-01", "2022-12-10",
      ["2022-11-21 2022-11-28 advance:7", "2022-11-25 2022-11-28 advance:1", "2022-11-28 2022-11-28 due"]
    ),
    // February has no 30th: its last day, a Tuesday.
    (
      "每月30日前", "2023-02-15", "2023-03-05",
      [
        "2023-02-21 2023-02-28 advance:7", "2023-02-24 2023-02-28 advance:3",
        "2023-02-27 2023-02-28 advance:1", "2023-02-28 2023-02-28 due",
      ]
    ),
    (
      "每季度末月25日前", "2022-12-10", "2023-02-01",
      ["2022-12-16 2022-12-25 advance:7", "2022-12-22 2022-12-25 advance:3", "2022-12-23 2022-12-25 due"]
    ),
  ]) func areReminded(_ phrase: String, _ first: String, _ last: String, _ expected: [String]) {
    #expect(Self.reminders(Self.planner([phrase]), first, last) == expected)
  }

  @Test func standBesideSingleDays() {
    let planner = Self.planner(["每月28日前"], reports: ["2022-11-10", "2022-11-28"])
    let dates = Set(Self.reminders(planner, "2022-11-01", "2022-12-30").map { $0.split(separator: " ")[1] })
    #expect(dates.sorted() == ["2022-11-10", "2022-11-28", "2022-12-28"])
  }

  /// The report that is due next stands in the agenda, and those that passed since the issue, at most a quarter ago.
  @Test func standInTheAgenda() {
    let planner = Self.planner(["每月28日前"], reports: ["2023-06-30"])
    func dates(_ text: String) -> [String] {
      planner.agenda(on: day(text)).filter { $0.item.kind == .report }.compactMap { $0.due?.description }
        .sorted()
    }
    #expect(dates("2022-09-25") == ["2022-09-28", "2023-06-30"])
    #expect(dates("2022-11-01") == ["2022-09-28", "2022-10-28", "2022-11-28", "2023-06-30"])
    #expect(dates("2023-06-25").suffix(2) == ["2023-06-28", "2023-06-30"])
    #expect(planner.overview(on: day("2022-11-01")).reports.map(\.due).contains(day("2022-11-28")))
  }

  @Test func aReportThatCameInSilencesItsDateAlone() {
    let received = Decisions(
      received: [.init(plan: "测〔2022〕1号", unit: owner.unit, due: day("2022-11-28"))])
    let reminders = Self.reminders(Self.planner(["每月28日前"], decisions: received), "2022-11-01", "2022-12-30")
    #expect(reminders.allSatisfy { $0.contains("2022-12-28") } && !reminders.isEmpty)
  }

  @Test func theContactIsToldOfOtherWords() {
    let (before, after) = (Self.planner(["每月28日前"]).ledgers[0], Self.planner(["每季度末月25日前"]).ledgers[0])
    let changes = LedgerChange.between(LedgerSnapshot(before), LedgerSnapshot(after))
    #expect(changes.map(\.description) == ["定期报送由每月28日前改为每季度末月25日前。"])
    #expect(LedgerDigest(before) != LedgerDigest(after))
  }
}
