import DubanCore
import Foundation
import TestSupport
import Testing

private let owner = SampleLedger.owner("徐娟", "市场监管局", "xujuan")
private func day(_ text: String) -> CivilDate { SampleLedger.day(text) }

/// One owner's planned mails as lines: day, item, stage.
private func lines(_ days: [DayPlan], for person: String = "徐娟") -> [String] {
  days.flatMap { plan in
    plan.mails.filter { $0.recipient.person == person }.flatMap(\.reminders).map {
      "\(plan.day) \($0.occurrence.item.id) \($0.stage)"
    }
  }
}

private func planner(
  _ measures: [Measure], reports: [String] = [], policy: Policy = Policy(),
  decisions: Decisions = Decisions(),
  owners: [Owner] = [owner]
) -> Planner {
  Planner(
    ledgers: [SampleLedger.ledger(reports: reports, owners: owners, measures: measures)], policy: policy,
    calendar: SampleLedger.calendar, decisions: decisions)
}

@Suite struct PlannerTests {
  @Test func takesTheStepsAndMovesThemOffDaysOff() {
    let planner = planner([SampleLedger.measure("1.1", due: "2022-12-31", owners: [owner])])
    let plan = planner.plan(
      from: day("2022-11-25"), through: day("2023-01-16"), after: History(assumedThrough: day("2022-11-24")))
    #expect(
      lines(plan) == [
        "2022-12-01 1.1 advance:30", "2022-12-16 1.1 advance:14", "2022-12-23 1.1 advance:7",
        "2022-12-28 1.1 advance:3", "2022-12-30 1.1 due", "2023-01-05 1.1 overdue:3wd",
        "2023-01-10 1.1 overdue:6wd", "2023-01-13 1.1 overdue:9wd",
      ])
  }

  @Test func nobodyIsMailedOnADayOffAndMakeUpDaysWork() {
    let planner = planner([SampleLedger.measure("1.1", due: "2022-10-09", owners: [owner])])
    let plan = planner.plan(
      from: day("2022-09-26"), through: day("2022-10-20"), after: History(assumedThrough: day("2022-09-25")))
    #expect(
      lines(plan) == [
        "2022-09-30 1.1 advance:3", "2022-10-08 1.1 advance:1", "2022-10-09 1.1 due",
        "2022-10-12 1.1 overdue:3wd", "2022-10-17 1.1 overdue:6wd", "2022-10-20 1.1 overdue:9wd",
      ])
    #expect(plan.filter { !$0.mails.isEmpty }.allSatisfy { SampleLedger.calendar.isWorkday($0.day) })
  }

  @Test func aWeekMissedCollapsesIntoTheLatestStep() {
    let planner = planner([
      SampleLedger.measure("1.1", due: "2022-12-31", owners: [owner]),
      SampleLedger.measure("1.2", due: "2022-12-28", owners: [owner]),
    ])
    var history = History()
    history.note(planner.plan(on: day("2022-12-20"), after: history).mails[0])
    let after = planner.plan(on: day("2022-12-28"), after: history)
    #expect(lines([after]) == ["2022-12-28 1.2 due", "2022-12-28 1.1 advance:3"])
    #expect(after.mails.filter { $0.recipient == owner.recipient }.count == 1)
    history.note(after.mails[0])
    #expect(lines([planner.plan(on: day("2022-12-28"), after: history)]).isEmpty)
  }

  @Test func aMovedDeadlineIsANewOccurrence() {
    var history = History()
    let before = planner([SampleLedger.measure("1.1", due: "2022-12-31", owners: [owner])])
    for mail in before.plan(on: day("2022-12-20"), after: history).mails { history.note(mail) }
    let moved = planner([SampleLedger.measure("1.1", due: "2022-12-28", owners: [owner])])
    #expect(lines([moved.plan(on: day("2022-12-21"), after: history)]) == ["2022-12-21 1.1 advance:7"])
  }

  @Test func standingMeasuresAreReportedOnAndNeverOverdue() {
    let planner = planner(
      [SampleLedger.measure("1.1", due: nil, owners: [owner])], reports: ["2022-09-27", "2022-12-27"])
    let plan = planner.plan(
      from: day("2022-09-01"), through: day("2023-06-30"), after: History(assumedThrough: day("2022-08-31")))
    #expect(
      lines(plan) == [
        "2022-09-20 report advance:7", "2022-09-23 report advance:3", "2022-09-26 report advance:1",
        "2022-09-27 report due", "2022-12-20 report advance:7", "2022-12-23 report advance:3",
        "2022-12-26 report advance:1", "2022-12-27 report due",
      ])
    #expect(planner.agenda(on: day("2030-01-01")).allSatisfy { $0.light != .red })
  }

  @Test func aPersonWithoutAnAddressIsEntrustedToTheContact() throws {
    let silent = SampleLedger.owner("马鹏", "自创中心", nil)
    let planner = planner(
      [SampleLedger.measure("1.1", due: "2022-12-30", owners: [silent])], owners: [silent])
    let mails = planner.plan(on: day("2022-12-23"), after: History()).mails
    let digest = try #require(mails.first)
    #expect(mails.count == 1)
    #expect(digest.address == SampleLedger.contact.email)
    #expect(digest.entrusted.map(\.recipient.person) == ["马鹏"])
    var history = History()
    history.note(digest)
    #expect(planner.plan(on: day("2022-12-26"), after: history).mails.first?.entrusted.isEmpty != false)
  }

  @Test func theContactHearsEveryWeekEvenWhenNothingIsDue() {
    let planner = planner([SampleLedger.measure("1.1", due: nil, owners: [owner])])
    let days = planner.plan(
      from: day("2022-09-26"), through: day("2022-10-31"), after: History(assumedThrough: day("2022-09-25"))
    ).filter { !$0.mails.isEmpty }.map(\.day.description)
    #expect(days == ["2022-09-26", "2022-10-08", "2022-10-10", "2022-10-17", "2022-10-24", "2022-10-31"])
  }

  @Test(arguments: [Measure.Status.closed, .submitted])
  func settledMeasuresFallSilent(status: Measure.Status) {
    let planner = planner([SampleLedger.measure("1.1", due: "2022-12-31", owners: [owner], status: status)])
    let plan = planner.plan(from: day("2022-11-01"), through: day("2023-03-01"), after: History())
    #expect(lines(plan).isEmpty)
  }

  @Test func aDutyRemindsOfEachOccurrence() {
    let duty = Duty(what: "召开座谈会", rule: .halfYear)
    let planner = planner([SampleLedger.measure("8.3", due: nil, owners: [owner], duties: [duty])])
    let plan = planner.plan(
      from: day("2022-11-25"), through: day("2023-06-30"), after: History(assumedThrough: day("2022-11-24")))
    #expect(
      lines(plan).map { $0.split(separator: " ").first.map(String.init) ?? "" } == [
        "2022-12-01", "2022-12-16", "2022-12-23", "2022-12-28", "2022-12-30", "2023-05-31", "2023-06-16",
        "2023-06-23", "2023-06-27", "2023-06-29", "2023-06-30",
      ])
  }

  @Test func decisionsSilenceWhatTheySayAndNothingElse() {
    let measures = ["1.1", "1.2", "1.3"].map { SampleLedger.measure($0, due: "2022-12-31", owners: [owner]) }
    let decisions = Decisions(
      done: [.init(plan: "测〔2022〕1号", item: "1.1", due: day("2022-12-31"))],
      snoozes: [
        Snooze(
          plan: "测〔2022〕1号", item: "1.2", until: day("2022-12-28"), by: "联络员", why: "等批复")
      ],
      received: [.init(plan: "测〔2022〕1号", unit: "市场监管局", due: day("2022-12-27"))])
    let planner = planner(measures, reports: ["2022-12-27"], decisions: decisions)
    let plan = planner.plan(from: day("2022-12-22"), through: day("2022-12-28"), after: History())
    #expect(
      lines(plan) == [
        "2022-12-22 1.3 advance:14", "2022-12-23 1.3 advance:7", "2022-12-28 1.2 advance:3",
        "2022-12-28 1.3 advance:3",
      ])
  }

  @Test func longOverdueMeasuresReachTheHeadAndThenTheContactOnce() {
    var head = SampleLedger.owner("局长", "市场监管局", "head")
    head.isHead = true
    let planner = planner(
      [SampleLedger.measure("1.1", due: "2022-10-10", owners: [owner])], owners: [owner, head])
    let plan = planner.plan(from: day("2022-10-10"), through: day("2022-11-30"), after: History())
    #expect(lines(plan, for: "局长") == ["2022-10-17 1.1 escalation:1"])
    let escalated = plan.flatMap(\.mails).filter { !$0.escalated.isEmpty }.map(\.on.description)
    #expect(escalated == ["2022-10-24"])
  }

  /// A head's own quiet days aren't the measure's: nothing else that the measure has says when the head is told.
  @Test func aHeadWhoIsAwayHearsOfItAfterwards() {
    var head = SampleLedger.owner("局长", "市场监管局", "head")
    head.isHead = true
    var policy = Policy()
    policy.measureSchedule.overdueEvery = nil
    policy.overrides = [PolicyOverride(.owner("局长"), quiet: [day("2022-10-17")...day("2022-10-18")])]
    let planner = planner(
      [SampleLedger.measure("1.1", due: "2022-10-10", owners: [owner])], policy: policy,
      owners: [owner, head])
    let plan = planner.plan(
      from: day("2022-10-10"), through: day("2022-11-30"), after: History(assumedThrough: day("2022-10-09")))
    #expect(lines(plan, for: "局长") == ["2022-10-19 1.1 escalation:1"])
  }

  @Test func aPersonWithTwoAddressesGetsOneMailAsNumbered() {
    let ids = ["10.1", "2.1", "2.2"]
    let addresses = ["first", "second"]
    let ledgers = addresses.enumerated().map { number, address in
      let owner = SampleLedger.owner("徐娟", "市场监管局", address)
      var ledger = SampleLedger.ledger(
        owners: [owner], measures: ids.map { SampleLedger.measure($0, due: "2022-12-30", owners: [owner]) })
      ledger.plan.number = "\(2 - number)号"
      return ledger
    }
    let planner = Planner(ledgers: ledgers, policy: Policy(), calendar: SampleLedger.calendar)
    let mails = planner.plan(on: day("2022-12-23"), after: History(assumedThrough: day("2022-12-22"))).mails
    let owners = mails.filter { $0.kind == .reminders }
    #expect(owners.map(\.address) == ["first@example.org"])
    let items = owners.flatMap(\.reminders).map { $0.occurrence.item.plan + $0.occurrence.item.id }
    #expect(items == ["1号2.1", "1号2.2", "1号10.1", "2号2.1", "2号2.2", "2号10.1"])
    #expect(mails.last?.reminders == owners.first?.reminders)
  }

  /// Whichever way their names are written, people are the same, and mails stand in the order of strings.
  @Test func namesInOtherCodesAreTheSamePeople() {
    let names = [("José", "局"), ("Jose\u{301}", "局"), ("金明", "é处"), ("\u{F90A}明", "e\u{301}处"), ("徐娟", "局")]
    let owners = names.enumerated().map { number, name in
      SampleLedger.owner(name.0, name.1, "owner\(number / 2)")
    }
    let ledgers = [[0, 2, 4], [3, 1]].enumerated().map { number, places in
      let own = places.map { owners[$0] }
      var ledger = SampleLedger.ledger(
        owners: own,
        measures: own.enumerated().map { SampleLedger.measure("1.\($0)", due: "2022-12-30", owners: [$1]) })
      ledger.plan.number = "\(number)号"
      return ledger
    }
    let planner = Planner(ledgers: ledgers, policy: Policy(), calendar: SampleLedger.calendar)
    let mails = planner.plan(on: day("2022-12-23"), after: History(assumedThrough: day("2022-12-22"))).mails
    let found = mails.filter { $0.kind == .reminders }
    #expect(found.map(\.recipient) == [2, 0, 4].map { owners[$0].recipient }.sorted())
    #expect(found.map(\.reminders.count).sorted() == [1, 2, 2])
  }

  @Test func thePlanOfARangeIsTheConcatenationOfItsDays() {
    let planner = planner(
      [
        SampleLedger.measure("1.1", due: "2022-10-09", owners: [owner]),
        SampleLedger.measure("1.2", due: "2022-12-31", owners: [owner]),
      ], reports: ["2022-12-27"])
    let whole = planner.plan(
      from: day("2022-09-01"), through: day("2023-01-31"), after: History(assumedThrough: day("2022-08-31")))
    for plan in whole {
      let alone = planner.plan(
        on: plan.day, after: History(assumedThrough: plan.day.adding(days: -1)))
      #expect(lines([alone]) == lines([plan]), "\(plan.day)")
    }
  }

  /// A pass, a second one, and a third after somebody of theirs was mailed: each is one mail or none.
  @Test func manyWithOneMailboxGetOneMail() {
    let owners = (0..<3_000).map { SampleLedger.owner("人\($0)", "局\($0)", "all") }
    let planner = planner(
      owners.enumerated().map { SampleLedger.measure("1.\($0)", due: "2022-12-30", owners: [$1]) },
      owners: owners)
    var history = History()
    let mails = planner.plan(on: day("2022-12-30"), after: history).mails.filter { $0.kind == .reminders }
    #expect(mails.map(\.reminders.count) == [3_000])
    history.noteMail(to: owners[7].recipient, on: day("2022-12-30"))
    #expect(planner.wasMailed(owners[2_999].recipient, on: day("2022-12-30"), after: history))
    #expect(!planner.wasMailed(owners[2_999].recipient, on: day("2022-12-31"), after: history))
    #expect(planner.plan(on: day("2022-12-30"), after: history).mails.allSatisfy { $0.kind != .reminders })
    history.noteMail(to: owners[7].recipient, on: day("2022-12-31"))
    #expect(
      planner.wasMailed(owners[0].recipient, on: day("2022-12-30"), after: history), "a later one counts")
  }

  /// Of two units that answer for a measure, one has two heads and a supervisor: only its own people are told when these
  /// hear of it, and that they have; nobody is before the date. Of the heads the one who hears first counts.
  @Test(
    arguments: [
      ("甲", "2022-12-23", []), ("甲", "2022-12-30", ["1 2023-01-05", "3 2023-01-10"]),
      ("甲", "2023-01-05", ["1 2023-01-05", "3 2023-01-10"]),
      ("甲", "2023-01-10", ["1 2023-01-05", "3 2023-01-10"]),
      ("甲", "2023-01-13", ["1 2023-01-05", "3 2023-01-10"]), ("乙", "2022-12-30", []), ("乙", "2023-01-13", []),
    ] as [(String, String, [String])])
  func onlyTheOwnUnitsHeadIsAnnounced(_ person: String, _ day: String, _ hearings: [String]) throws {
    var owners = [SampleLedger.owner("甲", "规划部", "a"), SampleLedger.owner("乙", "经济部", "b")]
    owners[0].supervisor = "丁"
    let heads = ["戊", "丙"].map { Owner(person: $0, unit: "规划部", email: "c@example.org", isHead: true) }
    var policy = Policy()
    let quiet = SampleLedger.day("2023-01-05")...SampleLedger.day("2023-01-06")
    policy.overrides = [PolicyOverride(.owner("戊"), quiet: [quiet])]
    (policy.escalation.head, policy.escalation.supervisor) = (Span(3, .workday), Span(6, .workday))
    (policy.measureSchedule.advance, policy.measureSchedule.overdueEvery) = ([Span(7)], Span(1, .workday))
    let planner = planner(
      [SampleLedger.measure("1.1", due: "2022-12-30", owners: owners)], policy: policy,
      owners: owners + heads + [SampleLedger.owner("丁", "管委会", "d")])
    var own: Reminder?
    let (first, last) = (SampleLedger.day("2022-12-20"), SampleLedger.day(day))
    planner.plan(from: first, through: last, after: History()) { plan in
      own = plan.mails.flatMap(\.reminders).first { $0.recipient.person == person } ?? own
    }
    let reminder = try #require(own)
    #expect(reminder.reason.on == SampleLedger.day(day))
    #expect(reminder.hearings.map { "\($0.level.rawValue) \($0.day)" } == hearings)
  }

  /// What was marked as done isn't asked about, and who has nothing else owes no report.
  @Test(
    arguments: [
      ("as a whole", [Decisions.Done(plan: "测〔2022〕1号", item: "1.1", due: nil)], ["1.2"], 2),
      ("for its date", [.init(plan: "测〔2022〕1号", item: "1.1", due: day("2022-12-31"))], ["1.2"], 2),
      (
        "for another date", [.init(plan: "测〔2022〕1号", item: "1.1", due: day("2022-11-30"))], ["1.1", "1.2"], 2
      ),
      ("a measure whose duties go on", [.init(plan: "测〔2022〕1号", item: "1.2", due: nil)], ["1.1", "1.2"], 2),
      ("the only one of another", [.init(plan: "测〔2022〕1号", item: "1.3", due: nil)], ["1.1", "1.2"], 1),
    ] as [(String, Set<Decisions.Done>, [String], Int)])
  func aReportLeavesOutWhatIsDone(
    _ name: String, _ done: Set<Decisions.Done>, _ asked: [String], _ owing: Int
  ) {
    let other = SampleLedger.owner("马鹏", "自创中心", "mapeng")
    let duty = Duty(what: "座谈", rule: Recurrence(.monthly))
    let planner = planner(
      [
        SampleLedger.measure("1.1", due: "2022-12-31", owners: [owner]),
        SampleLedger.measure("1.2", due: "2022-12-31", owners: [owner], duties: [duty]),
        SampleLedger.measure("1.3", due: nil, owners: [other]),
      ], reports: ["2022-12-27"], decisions: Decisions(done: done), owners: [owner, other])
    let today = day("2022-12-20")
    let reports = planner.plan(on: today, after: History(assumedThrough: today.adding(days: -1))).mails
      .filter { $0.kind == .reminders }.flatMap(\.reminders).compactMap { reminder -> [String]? in
        guard case .report(let measures, _) = reminder.subject else { return nil }
        return reminder.recipient == owner.recipient ? measures.map(\.id) : nil
      }
    #expect(reports == [asked], "\(name)")
    #expect(planner.overview(on: today).reports.map(\.owing.count) == [owing], "\(name)")
  }
}
