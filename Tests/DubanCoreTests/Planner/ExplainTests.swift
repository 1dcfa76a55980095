import DubanCore
import TestSupport
import Testing

/// How an answer of `explain` is worded.
@Suite struct ExplainTests {
  private static let owner = SampleLedger.owner("甲", "规划部", "a")

  private func explain(_ name: String, on day: String, askedOn today: String, due: String) -> [String] {
    let ledger = SampleLedger.ledger(
      owners: [Self.owner], measures: [SampleLedger.measure("1.1", due: due, owners: [Self.owner])])
    let planner = Planner(ledgers: [ledger], policy: Policy(), calendar: SampleLedger.calendar)
    let day = SampleLedger.day(day)
    return planner.explain(name, on: day, after: History(assumedThrough: day.adding(days: -1))).map { one in
      var one = one
      one.today = SampleLedger.day(today)
      return "\(one)"
    }
  }

  /// What is asked, and on which day: the past is told as the past, and what comes as what comes.
  @Test(arguments: [
    (
      "2022-12-20", "2022-12-31",
      "no mail: already sent (14 days before the date) on 2022-12-16; the next one goes out on 2022-12-23"
    ),
    (
      "2022-12-12", "2022-12-31",
      "no mail: sent before then (14 days before the date) on 2022-12-16; the next one goes out on 2022-12-23"
    ),
    (
      "2022-12-20", "2022-12-12",
      "no mail: already sent (6 working days after the date) on 2022-12-20; the next one goes out on 2022-12-23"
    ),
  ])
  func sent(today: String, due: String, says: String) {
    let day = due == "2022-12-12" ? "2022-12-21" : "2022-12-20"
    #expect(explain("甲", on: day, askedOn: today, due: due) == [says])
  }

  @Test func theContactIsToldLater() {
    let says = explain("联络员", on: "2022-12-16", askedOn: "2022-12-16", due: "2022-12-09")
    #expect(
      says == [
        "no mail: overdue, but not for so long yet that the contact is told: that comes on 2022-12-23; then in the contact's own digest"
      ])
  }

  @Test(
    "explain and agenda give the same reason for a measure without a date",
    arguments: [(false, "standing"), (true, "marked as done")])
  func withoutADate(isDone: Bool, says: String) throws {
    let measure = SampleLedger.measure("1.1", due: nil, owners: [Self.owner])
    let ledger = SampleLedger.ledger(owners: [Self.owner], measures: [measure])
    let planner = Planner(
      ledgers: [ledger], policy: Policy(), calendar: SampleLedger.calendar,
      decisions: Decisions(done: isDone ? [.init(plan: ledger.plan.key, item: "1.1", due: nil)] : []))
    let day = SampleLedger.day("2022-12-20")
    let reason = try #require(planner.agenda(on: day).first?.noReminder)
    #expect("\(reason)".contains(says))
    #expect(planner.explain("甲", on: day, after: History()).map(\.result) == [.silent(reason)])
  }

  /// The day that a reader is shown: the words, or what was decided with the words behind it.
  @Test(arguments: [
    ("12月底前", "2022-12-31", nil, "12月底前"), ("12月底前", "2022-12-31", "2022-12-31", "12月底前"),
    ("12月前", nil, "2022-12-04", "2022年12月4日（原文“12月前”）"), ("12月前", nil, nil, "12月前"),
    ("", nil, "2022-12-04", "2022年12月4日"),
  ])
  func aDecidedDeadline(words: String, read: String?, decided: String?, shown: String) {
    let reading = DeadlineReading(
      text: words, status: read == nil ? .ambiguous : .read,
      readings: read.map { [.date(due: SampleLedger.day($0))] } ?? [])
    #expect(Deadline(reading: reading, decided: decided.map(SampleLedger.day)).shown == shown)
  }
}
