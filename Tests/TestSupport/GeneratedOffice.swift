public import DubanCore

/// Ledgers, a policy, a calendar and decisions made up from a seed: strange ones too, but none that a reader would
/// refuse.
public struct GeneratedOffice {
  /// The ledgers; one or two.
  public private(set) var ledgers: [Ledger] = []
  /// The policy.
  public private(set) var policy = Policy()
  /// Random days off and make-up days.
  public private(set) var calendar: WorkdayCalendar
  /// What people decided.
  public private(set) var decisions = Decisions()
  /// The first of the days to look at.
  public let first = SampleLedger.day("2022-09-01")

  private var random: SeededGenerator

  /// What variety is wanted.
  public struct Options: Sendable {
    /// Whether the policy has overrides.
    public var hasOverrides = true
    /// Whether people decided something.
    public var hasDecisions = true

    /// Everything.
    public init() {}
  }

  /// The office of a seed.
  public init(seed: UInt64, _ options: Options = Options()) {
    random = SeededGenerator(seed: seed)
    calendar = WorkdayCalendar()
    calendar = madeUpCalendar()
    let owners = madeUpOwners()
    for number in 0..<(chance(30) ? 2 : 1) { ledgers.append(ledger(number, owners)) }
    policy = madeUpPolicy()
    if options.hasOverrides { policy.overrides = (0..<below(4)).map { _ in override(owners) } }
    if options.hasDecisions { decisions = madeUpDecisions() }
  }

  /// A planner over all of it.
  public var planner: Planner {
    Planner(ledgers: ledgers, policy: policy, calendar: calendar, decisions: decisions)
  }

  /// The same ledgers with areas, measures and owners in another order.
  public mutating func shuffled() -> [Ledger] {
    ledgers.map { ledger in
      var ledger = ledger
      ledger.owners.shuffle(using: &random)
      ledger.areas.shuffle(using: &random)
      for index in ledger.areas.indices { ledger.areas[index].measures.shuffle(using: &random) }
      return ledger
    }
  }

  /// A number from 0 to `bound` - 1.
  public mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &random) }

  /// True so often in a hundred.
  public mutating func chance(_ percent: Int) -> Bool { below(100) < percent }

  private mutating func day() -> CivilDate { first.adding(days: below(110) - 15) }

  private mutating func madeUpCalendar() -> WorkdayCalendar {
    var off: [CivilDate] = []
    for _ in 0..<below(3) {
      let start = day()
      off += (0..<1 + below(9)).map { start.adding(days: $0) }
    }
    let madeUp = (0..<below(5)).map { _ in day() }.filter { $0.weekday.isWeekend && !off.contains($0) }
    return WorkdayCalendar(offDays: off, makeUpDays: madeUp, knownYears: [2022])
  }

  private mutating func madeUpOwners() -> [Owner] {
    (0..<2 + below(6)).map { number in
      var owner = Owner(
        person: "人\(number)", unit: "单位\(below(3))",
        email: chance(15) ? nil : chance(20) ? "Office@example.org" : "p\(number)@example.org")
      owner.isHead = chance(25)
      if chance(15) { owner.copies = ["deputy@example.org", "office@example.org"] }
      if chance(8) { owner.email = SampleLedger.contact.email }
      return owner
    }
  }

  private mutating func ledger(_ number: Int, _ owners: [Owner]) -> Ledger {
    var contact = SampleLedger.contact
    if number == 1, chance(50) { contact.email = "second@example.org" }
    if chance(10) { (contact.person, contact.unit) = (owners[0].person, owners[0].unit) }
    let areas = (1...1 + below(3)).map { area in
      Area(
        index: area, name: "领域\(area)", problems: ["问题"], goal: "目标",
        measures: (1...1 + below(4)).map { measure("\(area).\($0)", $0, owners) })
    }
    return Ledger(
      plan: Plan(
        title: "方案", number: "\(number)号", issued: chance(70) ? first.adding(days: below(30)) : nil,
        contact: contact),
      reports: (0..<below(3)).map { _ in day() }.sorted(), owners: owners, areas: areas)
  }

  private mutating func measure(_ id: String, _ number: Int, _ owners: [Owner]) -> Measure {
    let chosen = Array(owners.shuffled(using: &random).prefix(1 + below(3)))
    let duties = (0..<(chance(25) ? 1 + below(2) : 0)).map { Duty(what: "座谈\($0)", rule: rule()) }
    let statuses: [Measure.Status] = [.open, .open, .open, .inProgress, .submitted, .closed]
    return Measure(
      id: id, number: number, title: "措施\(id)", text: "", units: chosen.map(\.unit),
      persons: chosen.map(\.person), deadline: deadline(), duties: duties,
      status: statuses[below(statuses.count)])
  }

  private mutating func deadline() -> Deadline {
    let readings: [Reading] =
      switch below(10) {
      case 0...4: [.date(due: day())]
      case 5: [.date(due: day()), .date(due: day())]
      case 6: [.standing]
      case 7: [.recurring(rule())]
      case 8: [.date(due: day()), .recurring(rule()), .recurring(rule())]
      default: [.immediate]
      }
    let status: DeadlineReading.Status = chance(5) ? .unread : .read
    let decided = chance(10) ? day() : nil
    return Deadline(
      reading: DeadlineReading(text: "时限", status: status, readings: status == .read ? readings : []),
      decided: decided)
  }

  private mutating func rule() -> Recurrence {
    let monthly = Recurrence(.monthly, monthDays: [1 + below(31)])
    let rules: [Recurrence] = [.halfYear, .quarter, .month, .week, Recurrence(.daily), monthly]
    return rules[below(rules.count)]
  }

  private mutating func span(_ bound: Int) -> Span { Span(below(bound), chance(30) ? .workday : .day) }

  private mutating func rhythm() -> Span? {
    chance(25) ? nil : Span(1 + below(6), chance(50) ? .workday : .day)
  }

  private mutating func madeUpPolicy() -> Policy {
    var policy = Policy()
    policy.measureSchedule = ReminderSchedule(
      advance: (0..<below(5)).map { _ in span(35) }, overdueEvery: rhythm())
    policy.dutySchedule = ReminderSchedule(
      advance: (0..<below(4)).map { _ in span(20) }, overdueEvery: chance(80) ? nil : rhythm())
    policy.reportSchedule = ReminderSchedule(
      advance: (0..<below(4)).map { _ in span(10) }, overdueEvery: chance(80) ? nil : rhythm())
    policy.escalation = Escalation(head: rhythm(), contact: rhythm())
    policy.digest = DigestSchedule(weekday: Weekday.allCases[below(7)], isDaily: chance(10))
    policy.quiet = (0..<below(3)).map { _ in period() }
    return policy
  }

  private mutating func period() -> ClosedRange<CivilDate> {
    let start = day()
    return start...start.adding(days: below(15))
  }

  private mutating func override(_ owners: [Owner]) -> PolicyOverride {
    let scopes: [PolicyOverride.Scope] = [
      .area("领域\(1 + below(3))"), .measure("1.\(1 + below(3))"), .owner("人\(below(owners.count))"),
    ]
    var override = PolicyOverride(scopes[below(3)])
    if chance(50) { override.advance = (0..<below(4)).map { _ in span(25) } }
    if chance(50) { override.overdueEvery = .some(rhythm()) }
    if chance(40) { override.quiet = [period()] }
    if case .owner = override.scope, chance(40) { override.copies = ["stand-in@example.org"] }
    return override
  }

  private mutating func madeUpDecisions() -> Decisions {
    var decisions = Decisions()
    let plan = ledgers[0].plan.key
    let ids = ledgers[0].measures.flatMap { one in
      [one.identity] + one.dutyIdentities.prefix(1).map { "\(one.identity)#\($0)" }
    }
    for _ in 0..<below(4) {
      decisions.done.insert(.init(plan: plan, item: ids[below(ids.count)], due: chance(50) ? nil : day()))
    }
    for _ in 0..<below(3) {
      let item = ids[below(ids.count)]
      decisions.put(off: Snooze(plan: plan, item: item, until: day(), by: "联络员", why: "等批复"))
    }
    for due in ledgers[0].reports where chance(40) {
      decisions.received.insert(.init(plan: plan, unit: "单位\(below(3))", due: due))
    }
    return decisions
  }
}
