import DubanCore
import TestSupport
import Testing

/// What supervisors (分管领导) are told; Scenarios/supervisors tells the story over several weeks.
@Suite struct SupervisorTests {
  private let ledger: Ledger
  private let boss = SampleLedger.owner("丁一", "管委会", "ding")

  init() {
    var owner = SampleLedger.owner("甲一", "规划部", "jia")
    let other = SampleLedger.owner("乙二", "财政局", "yi")
    owner.supervisor = "丁一"
    ledger = SampleLedger.ledger(
      issued: "2022-09-21", owners: [owner, other, boss],
      measures: [
        SampleLedger.measure("1.1", due: "2022-11-30", owners: [owner]),
        SampleLedger.measure("1.2", due: "2022-12-20", owners: [owner]),
        SampleLedger.measure("1.3", due: "2022-12-30", owners: [other]),
        SampleLedger.measure("1.4", due: "2022-11-30", owners: [owner], status: .closed),
        SampleLedger.measure("1.5", due: "2022-12-31", owners: [owner], status: .submitted),
        SampleLedger.measure("1.6", due: nil, owners: [owner]),
      ])
  }

  private func summary(
    _ ledger: Ledger, on day: String, policy: Policy = Policy(), after history: History? = nil
  ) -> SupervisorSummary? {
    let day = SampleLedger.day(day)
    let planner = Planner(ledgers: [ledger], policy: policy, calendar: SampleLedger.calendar)
    let mails = planner.plan(on: day, after: history ?? History(assumedThrough: day.adding(days: -1))).mails
    let own = mails.filter { $0.recipient == boss.recipient }.flatMap(\.reminders)
    for reminder in own { if case .summary(let summary) = reminder.subject { return summary } }
    return nil
  }

  @Test("due, overdue, done, and nothing else of theirs")
  func lists() throws {
    let found = try #require(summary(ledger, on: "2022-12-12"))
    #expect(found.units == ["规划部"])
    #expect(found.overdue.map(\.item.id) == ["1.1"])
    #expect(found.due.map(\.item.id) == ["1.2"])
    #expect(found.done.map(\.item.id) == ["1.4", "1.5"])
    #expect(found.total == 5)
  }

  @Test("an area's supervisor answers for the area, whoever its owners are")
  func area() throws {
    var ledger = ledger
    for place in ledger.owners.indices { ledger.owners[place].supervisor = "" }
    ledger.areas[0].supervisor = "丁一"
    let found = try #require(summary(ledger, on: "2022-12-12"))
    #expect(found.areas == ["领域一"] && found.units == [])
    #expect(found.total == 6)
  }

  @Test(
    "once a week, on the digest's day",
    arguments: [
      ("2022-12-12", true), ("2022-12-13", false), ("2022-12-16", false), ("2022-12-19", true),
      // 2 January is off: the working day before.
      ("2022-12-30", true), ("2023-01-03", false), ("2023-01-09", true),
    ])
  func weekly(day: String, goesOut: Bool) {
    #expect((summary(ledger, on: day) != nil) == goesOut)
  }

  @Test("a week that was missed is caught up within it")
  func caughtUp() {
    var history = History()
    history.note(
      .due,
      of: Occurrence(
        item: ItemID(plan: ledger.plan.key, kind: .summary, id: ItemID.summaryID),
        due: SampleLedger.day("2022-12-05")), to: boss.recipient, on: SampleLedger.day("2022-12-05"))
    #expect(summary(ledger, on: "2022-12-15", after: history) != nil)
    #expect(summary(ledger, on: "2022-12-09", after: history) == nil)
  }

  @Test(
    "what goes out ahead of a day off takes the missed week's place",
    arguments: [("2022-12-29", ["2022-12-26"]), ("2022-12-30", ["2023-01-02"])])
  func caughtUpOnce(day: String, dues: [String]) {
    var history = History()
    let item = ItemID(plan: ledger.plan.key, kind: .summary, id: ItemID.summaryID)
    history.note(
      .due, of: Occurrence(item: item, due: SampleLedger.day("2022-12-19")), to: boss.recipient,
      on: SampleLedger.day("2022-12-19"))
    let planner = Planner(ledgers: [ledger], policy: Policy(), calendar: SampleLedger.calendar)
    let mails = planner.plan(on: SampleLedger.day(day), after: history).mails
    // Not as the contact's digest names them.
    let own = mails.filter { $0.kind == .reminders }.flatMap(\.reminders)
      .filter { $0.occurrence.item.kind == .summary }
    #expect(own.map(\.occurrence.due) == dues.map(SampleLedger.day))
  }

  @Test("nobody is written to by a guess")
  func namesakes() {
    var ledger = ledger
    ledger.owners.append(SampleLedger.owner("丁一", "党工委", "other"))
    #expect(summary(ledger, on: "2022-12-12") == nil)
  }

  @Test("none where the policy wants none, or all is closed")
  func silent() {
    var policy = Policy()
    policy.summarisesForSupervisors = false
    #expect(summary(ledger, on: "2022-12-12", policy: policy) == nil)
    var closed = ledger
    for place in closed.areas[0].measures.indices { closed.areas[0].measures[place].status = .closed }
    #expect(summary(closed, on: "2022-12-12") == nil)
  }

  @Test("explain says when the next one comes, and to whom escalated items went")
  func explain() {
    var policy = Policy()
    policy.escalation.supervisor = Span(5, .workday)
    let planner = Planner(ledgers: [ledger], policy: policy, calendar: SampleLedger.calendar)
    let day = SampleLedger.day("2022-12-13")
    let lines = planner.explain("丁一", on: day, after: History(assumedThrough: day.adding(days: -1)))
      .map { "\($0.item.id) \($0.due?.description ?? ""): \($0)" }
    #expect(
      lines == [
        "1.1 2022-11-30: no mail: already sent (to the supervisor) on 2022-12-07; nothing follows",
        "1.4 2022-11-30: no mail: closed in the ledger (销号)",
        "summary 2022-12-12: no mail: already sent (on the date) on 2022-12-12; nothing follows",
        "summary 2022-12-19: no mail: not due yet: the first reminder goes out on 2022-12-19",
      ])
  }
}
