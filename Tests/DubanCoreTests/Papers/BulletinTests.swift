import DubanCore
import TestSupport
import Testing

/// The figures of a 通报 and the colours of a 督办单, by cases.
@Suite struct BulletinTests {
  private let first = SampleLedger.owner("甲", "规划建设部", "a")
  private let second = SampleLedger.owner("乙", "经济运行部", "b")

  private func planner(_ ledger: Ledger, _ decisions: Decisions = Decisions()) -> Planner {
    Planner(ledgers: [ledger], policy: Policy(), calendar: SampleLedger.calendar, decisions: decisions)
  }

  private func ledger(_ measures: [Measure]) -> Ledger {
    SampleLedger.ledger(reports: ["2022-12-27"], owners: [first, second], measures: measures)
  }

  /// How each way to meet 15 December counts at the month's end: in time, late, undated, overdue.
  @Test(arguments: [
    ("closed before its day", [("2022-11-01", Measure.Status.open), ("2022-12-10", .closed)], [1, 0, 0, 0]),
    ("closed on its day", [("2022-11-01", .open), ("2022-12-15", .closed)], [1, 0, 0, 0]),
    ("closed a day late", [("2022-11-01", .open), ("2022-12-16", .closed)], [0, 1, 0, 0]),
    (
      "reported in time, confirmed later",
      [("2022-11-01", .open), ("2022-12-14", .submitted), ("2022-12-20", .closed)], [1, 0, 0, 0]
    ),
    (
      "sent back and done late",
      [("2022-11-01", .open), ("2022-12-14", .submitted), ("2022-12-16", .open), ("2022-12-20", .closed)],
      [0, 1, 0, 0]
    ),
    ("reported and not confirmed", [("2022-11-01", .open), ("2022-12-14", .submitted)], [0, 0, 0, 0, 1]),
    ("reported on its day", [("2022-11-01", .open), ("2022-12-15", .submitted)], [0, 0, 0, 0, 1]),
    ("reported late", [("2022-11-01", .open), ("2022-12-16", .submitted)], [0, 0, 0, 1]),
    ("reported before the record", [("2022-12-20", .submitted)], [0, 0, 0, 0, 1]),
    (
      "reported in time, and sent back",
      [("2022-11-01", .open), ("2022-12-14", .submitted), ("2022-12-16", .open)],
      [0, 0, 0, 1]
    ),
    ("open", [("2022-11-01", .open)], [0, 0, 0, 1]),
    ("closed before the record", [("2022-12-20", .closed)], [0, 0, 1, 0]),
    ("closed when the record began, before its day", [("2022-12-01", .closed)], [1, 0, 0, 0]),
  ])
  func aDateIsMet(_ name: String, _ states: [(String, Measure.Status)], _ expected: [Int]) throws {
    let versions = states.map { from, status in
      LedgerVersion(
        from: SampleLedger.day(from),
        ledger: ledger([SampleLedger.measure("1.1", due: "2022-12-15", owners: [first], status: status)]))
    }
    let day = SampleLedger.day("2022-12-31")
    let bulletin = try #require(
      planner(versions[versions.count - 1].ledger).bulletin(
        ofPlan: "测〔2022〕1号", Bulletin.month(through: day), FinishRecord(versions)))
    let total = bulletin.total
    let counts = [total.inTime, total.late, total.undated, total.overdue, total.unconfirmed]
    #expect(counts == expected + Array(repeating: 0, count: 5 - expected.count), "\(name)")
    #expect(total.due == 1 && bulletin.overdue.count == total.overdue)
    // What waits for a confirmation counts neither way.
    #expect((total.rate == nil) == (total.undated + total.unconfirmed > 0))
  }

  /// December's deadline in January's figures: due, in time, late, overdue.
  @Test(arguments: [
    ("closed late", [("2022-11-01", Measure.Status.open), ("2023-01-10", .closed)], [0, 0, 1, 0]),
    ("closed late, in February", [("2022-11-01", .open), ("2023-02-02", .closed)], [0, 0, 0, 0]),
    (
      "reported in time, confirmed in January",
      [("2022-11-01", .open), ("2022-12-14", .submitted), ("2023-01-10", .closed)], [1, 1, 0, 0]
    ),
    (
      "reported late, confirmed in January",
      [("2022-11-01", .open), ("2022-12-20", .submitted), ("2023-01-10", .closed)], [0, 0, 1, 0]
    ),
    ("closed in December", [("2022-11-01", .open), ("2022-12-14", .closed)], [0, 0, 0, 0]),
    ("closed before the record", [("2023-01-10", .closed)], [0, 0, 0, 0]),
    ("open", [("2022-11-01", .open)], [0, 0, 0, 1]),
  ])
  func aMonthCountsWhatWasSettledInIt(
    _ name: String, _ states: [(String, Measure.Status)], _ expected: [Int]
  ) throws {
    let versions = states.map { from, status in
      LedgerVersion(
        from: SampleLedger.day(from),
        ledger: ledger([SampleLedger.measure("1.1", due: "2022-12-15", owners: [first], status: status)]))
    }
    let line = try #require(
      planner(versions[versions.count - 1].ledger).bulletin(
        ofPlan: "测〔2022〕1号", Bulletin.month(through: SampleLedger.day("2023-01-31")), FinishRecord(versions))
    ).total
    #expect([line.due, line.inTime, line.late, line.overdue] == expected, "\(name)")
  }

  /// What is reported as done waits for the office, and nobody calls it overdue.
  @Test(arguments: [(Measure.Status.open, 1), (.inProgress, 1), (.submitted, 0), (.closed, 0)])
  func whatIsReportedAsDoneIsntOverdue(_ status: Measure.Status, _ overdue: Int) {
    let measure = SampleLedger.measure("1.1", due: "2022-12-15", owners: [first], status: status)
    let overview = planner(ledger([measure])).overview(on: SampleLedger.day("2022-12-20"))
    #expect(overview.overdue.count == overdue && overview.outlook.overdue == overdue)
    // Nor near, before its day.
    let before = planner(ledger([measure])).overview(on: SampleLedger.day("2022-12-14"))
    let ahead = before.upcoming.filter { $0.item.kind == .measure }
    #expect((before.total.lights[.yellow] ?? 0) == overdue && ahead.count == overdue)
    #expect((before.outlook.nearest == nil) == (overdue == 0))
    #expect(overview.submitted.count == (status == .submitted ? 1 : 0))
  }

  @Test func aMarkCountsFromItsDay() throws {
    let measure = SampleLedger.measure("1.1", due: "2022-12-15", owners: [first])
    let start = LedgerVersion(from: SampleLedger.day("2022-11-01"), ledger: ledger([measure]))
    let done = Decisions(done: [.init(plan: "测〔2022〕1号", item: "1.1", due: nil)])
    for (day, inTime, late) in [("2022-12-15", 1, 0), ("2022-12-16", 0, 1)] {
      var record = FinishRecord([start])
      record.mark("1.1", due: SampleLedger.day("2022-12-15"), on: SampleLedger.day(day))
      let line = try #require(
        planner(start.ledger, done).bulletin(
          ofPlan: "测〔2022〕1号", Bulletin.month(through: SampleLedger.day("2022-12-31")), record)
      ).total
      #expect([line.inTime, line.late, line.overdue] == [inTime, late, 0])
    }
  }

  @Test func unitsAreRankedAndReportsCounted() throws {
    let now = ledger([
      SampleLedger.measure("1.1", due: "2022-12-15", owners: [first], status: .closed),
      SampleLedger.measure("1.2", due: "2022-12-16", owners: [first, second]),
      SampleLedger.measure("1.3", due: "2022-11-16", owners: [second]),
      SampleLedger.measure("1.4", due: "2023-01-16", owners: [second]),
    ])
    var decisions = Decisions()
    decisions.received.insert(
      .init(plan: "测〔2022〕1号", unit: "经济运行部", due: SampleLedger.day("2022-12-27")))
    let record = FinishRecord([
      LedgerVersion(
        from: SampleLedger.day("2022-11-01"),
        ledger: ledger([SampleLedger.measure("1.1", due: "2022-12-15", owners: [first])])),
      LedgerVersion(from: SampleLedger.day("2022-12-12"), ledger: now),
    ])
    let bulletin = try #require(
      planner(now, decisions).bulletin(
        ofPlan: "测〔2022〕1号", Bulletin.month(through: SampleLedger.day("2022-12-31")), record))
    #expect(bulletin.units.map(\.name) == ["规划建设部", "经济运行部"])
    #expect(bulletin.units.map(\.due) == [2, 1])
    #expect(bulletin.units.map(\.rate) == [500, 0])
    #expect(bulletin.units.map(\.rank) == [1, 2])
    #expect(bulletin.units.map(\.overdue) == [1, 2])
    #expect(bulletin.units.map { [$0.reportsDue, $0.reported] } == [[1, 0], [1, 1]])
    #expect([bulletin.total.due, bulletin.total.overdue, bulletin.total.reportsDue] == [2, 2, 2])
    #expect(bulletin.overdue.map { $0.item.id } == ["1.3", "1.2"])
  }

  /// A measure and a report that are due on the last day: due, not done in time, still pending; reports due.
  @Test(arguments: [
    ("the day isn't over", false, Measure.Status.open, [0, 1, 0]),
    ("the day is over", true, .open, [1, 0, 1]),
    ("done, though the day isn't over", false, .closed, [1, 0, 0]),
  ])
  func nobodyIsLateBeforeTheDayIsOver(
    _ name: String, _ isOver: Bool, _ status: Measure.Status, _ expected: [Int]
  ) throws {
    func state(_ status: Measure.Status) -> Ledger {
      ledger([SampleLedger.measure("1.1", due: "2022-12-27", owners: [first], status: status)])
    }
    let record = FinishRecord([
      LedgerVersion(from: SampleLedger.day("2022-11-01"), ledger: state(.open)),
      LedgerVersion(from: SampleLedger.day("2022-12-20"), ledger: state(status)),
    ])
    let total = try #require(
      planner(state(status)).bulletin(
        ofPlan: "测〔2022〕1号", Bulletin.month(through: SampleLedger.day("2022-12-27")), record, isOver: isOver)
    ).total
    #expect([total.due, total.pending, total.reportsDue] == expected, "\(name)")
    if !isOver, status == .open { #expect(total.rate == nil) }
  }

  /// Ten measures that are all due on the month's last day: at its end each is done in time, or overdue.
  @Test func theMonthsLastDayAddsUp() throws {
    func state(_ closed: Set<Int>) -> Ledger {
      ledger(
        (1...10).map {
          SampleLedger.measure(
            "1.\($0)", due: "2022-12-31", owners: [first], status: closed.contains($0) ? .closed : .open)
        })
    }
    let now = state([1, 2])
    var record = FinishRecord([
      LedgerVersion(from: SampleLedger.day("2022-11-01"), ledger: state([])),
      LedgerVersion(from: SampleLedger.day("2022-12-20"), ledger: now),
    ])
    record.mark("1.3", due: SampleLedger.day("2022-12-31"), on: SampleLedger.day("2022-12-31"))
    let done = Decisions(done: [.init(plan: "测〔2022〕1号", item: "1.3", due: nil)])
    let bulletin = try #require(
      planner(now, done).bulletin(
        ofPlan: "测〔2022〕1号", Bulletin.month(through: SampleLedger.day("2022-12-31")), record))
    for line in [bulletin.total] + bulletin.units + bulletin.areas {
      #expect([line.due, line.inTime, line.late, line.overdue, line.pending] == [10, 3, 0, 7, 0])
    }
    #expect(bulletin.overdue.count == 7)
  }

  /// Nobody recorded before the service's first day which reports came in.
  @Test(arguments: [(nil, 1), ("2022-12-27", 1), ("2022-12-28", 0)])
  func reportsBeforeTheFirstDayArentMissed(_ firstDay: String?, _ count: Int) throws {
    var decisions = Decisions()
    decisions.firstDay = firstDay.map(SampleLedger.day)
    let ledger = ledger([SampleLedger.measure("1.1", due: "2023-12-27", owners: [first])])
    let planner = planner(ledger, decisions)
    let day = SampleLedger.day("2022-12-31")
    #expect(planner.overview(on: day).reports.count == count)
    let version = LedgerVersion(from: SampleLedger.day("2022-12-01"), ledger: ledger)
    let bulletin = planner.bulletin(
      ofPlan: "测〔2022〕1号", Bulletin.month(through: day), FinishRecord([version]))
    #expect(bulletin?.total.reportsDue == count)
  }

  @Test func aPeriodIsAMonthOrTheTimeSinceTheReportBefore() {
    let day = SampleLedger.day
    #expect(Bulletin.month(through: day("2022-12-20")) == day("2022-12-01")...day("2022-12-20"))
    #expect(
      Bulletin.periodBefore(Bulletin.month(through: day("2023-01-20")), reports: nil) == day(
        "2022-12-01")...day("2022-12-31"))
    let reports = ["2022-09-27", "2022-12-27"].map(day)
    #expect(
      Bulletin.periodBefore(day("2022-12-28")...day("2023-01-20"), reports: reports) == day(
        "2022-09-28")...day("2022-12-27"))
    #expect(
      Bulletin.reportPeriod(through: day("2022-12-27"), reports: reports) == day(
        "2022-09-28")...day("2022-12-27"))
    #expect(
      Bulletin.reportPeriod(through: day("2022-09-20"), reports: reports) == day(
        "2022-09-01")...day("2022-09-20"))
  }

  /// 20 December 2022: due date, status, progress → the colour.
  @Test(arguments: [
    ColourCase("2022-12-19", .open, "", "红色"), ColourCase("2022-12-19", .inProgress, "正在办理", "红色"),
    ColourCase("2022-12-19", .submitted, "", nil), ColourCase("2022-12-19", .closed, "", nil),
    ColourCase("2022-12-20", .open, "", "黄色"), ColourCase("2022-12-27", .open, "", "黄色"),
    ColourCase("2022-12-27", .open, "已启动", "蓝色"), ColourCase("2022-12-27", .inProgress, "", "蓝色"),
    ColourCase("2022-12-28", .open, "", "蓝色"), ColourCase("2023-01-03", .open, "", "蓝色"),
    ColourCase("2023-01-04", .open, "", nil), ColourCase(nil, .open, "", nil),
  ])
  func aMeasureGetsItsColour(_ row: ColourCase) {
    var measure = SampleLedger.measure("1.1", due: row.due, owners: [first], status: row.status)
    measure.progress = row.progress
    let due = planner(ledger([measure])).dueSlips(
      levels: SlipLevel.suqian, on: SampleLedger.day("2022-12-20"))
    #expect(due.first?.slip(for: "规划建设部")?.level.name == row.level)
  }
}

/// A measure's due date, status and progress, and the colour that it gets.
struct ColourCase: Sendable {
  let due: String?
  let status: Measure.Status
  let progress: String
  let level: String?

  init(_ due: String?, _ status: Measure.Status, _ progress: String, _ level: String?) {
    (self.due, self.status, self.progress, self.level) = (due, status, progress, level)
  }
}
