/// Works out who is mailed what on which day, and why: a pure function of ledgers, policy, calendar, decisions,
/// day and history.
public struct Planner: Sendable {
  /// The ledgers in force.
  public let ledgers: [Ledger]
  /// Who is reminded when.
  public let policy: Policy
  /// The working days.
  public let calendar: WorkdayCalendar
  /// What people decided, with the reports that the ledgers say came in.
  public let decisions: Decisions
  let rule: ReminderRule
  let builders: [ObligationBuilder]
  /// Ledger by ledger, which measures the rule tells apart.
  let groups: [MeasureGroups]

  /// A planner over these ledgers.
  public init(
    ledgers: [Ledger], policy: Policy, calendar: WorkdayCalendar, decisions: Decisions = Decisions()
  ) {
    var decisions = decisions
    for ledger in ledgers {
      decisions.dropOutdated(by: ledger)
      for report in ledger.received {
        decisions.received.insert(.init(plan: ledger.plan.key, unit: report.unit, due: report.report))
      }
    }
    let ledgers = ledgers.map { $0.applying(decisions) }
    self.ledgers = ledgers
    self.policy = policy
    self.calendar = calendar
    self.decisions = decisions
    rule = ReminderRule(
      policy: policy, calendar: calendar, decisions: decisions, routing: MailRouting(ledgers))
    builders = ledgers.map {
      ObligationBuilder($0, policy: policy, calendar: calendar, finished: decisions.finished(in: $0))
    }
    groups = builders.map { MeasureGroups($0, decided: decisions.measures(ofPlan: $0.ledger.plan.key)) }
  }

  /// The mails of one day.
  ///
  /// - Parameters:
  ///   - day: the day; nothing goes out on a day off.
  ///   - history: what was sent before.
  ///   - noticesFor: the plans whose contacts the service has something else to tell.
  ///   - notes: what else there is to say to owners.
  public func plan(
    on day: CivilDate, after history: History, noticesFor: Set<String> = [], notes: [OwnerNote] = []
  ) -> DayPlan {
    var days = DayPlanner(self, unreachable: history.unreachable)
    return days.plan(on: day, after: history, noticesFor: noticesFor, notes: notes)
  }

  /// The mails of a range of days, each day planned as if the one before had been sent.
  public func plan(from first: CivilDate, through last: CivilDate, after history: History) -> [DayPlan] {
    guard first <= last else { return [] }
    var plans: [DayPlan] = []
    plan(from: first, through: last, after: history) { plans.append($0) }
    return plans
  }

  /// The same, day by day: a long range over a large ledger needn't be held as a whole.
  ///
  /// - Parameter news: what else is said on one of the days.
  public func plan(
    from first: CivilDate, through last: CivilDate, after history: History, telling news: DayNews? = nil,
    _ body: (DayPlan) throws -> Void
  ) rethrows {
    var history = history
    // After a mere assumption, that everything was sent up to a day goes on being one. Only what was put off, and so
    // is sent later than it was due, has to be noted.
    let isAssumed = history.isAssumed
    var days = DayPlanner(self, unreachable: history.unreachable)
    for number in first.dayNumber...max(first.dayNumber, last.dayNumber) where first <= last {
      let day = CivilDate(dayNumber: number)
      let news = news?.day == day ? news : nil
      let dayPlan = days.plan(
        on: day, after: history, noticesFor: news?.noticesFor ?? [], notes: news?.notes ?? [])
      for mail in dayPlan.mails {
        if isAssumed { history.note(mail, ofPutOff: decisions) } else { history.note(mail) }
      }
      if isAssumed { history.plannedThrough = day }
      try body(dayPlan)
    }
  }

  /// Whether this person's mailbox had its mail of that day.
  public func wasMailed(_ recipient: Recipient, on day: CivilDate, after history: History) -> Bool {
    rule.routing.wasMailed(recipient, on: day, history)
  }

  /// The contact of a plan.
  public func contact(ofPlan key: String) -> Contact? { ledgers.first { $0.plan.key == key }?.plan.contact }

  /// Whether mail goes out on that day at all: a working day that isn't quiet.
  public func officeIsOpen(on day: CivilDate) -> Bool { sendingDays.isOpen(day) }

  /// The first day on or after `day` on which mail goes out.
  public func nextOpenDay(onOrAfter day: CivilDate) -> CivilDate { sendingDays.open(onOrAfter: day) }

  var sendingDays: SendingCalendar { SendingCalendar(workdays: calendar, quiet: policy.quiet) }

  /// The rhythm that makes silence mean a fault: the week's digest, on its day or on the next one that works.
  func weeklyDigestIsDue(on day: CivilDate, last: CivilDate?, _ history: History) -> Bool {
    let sendOn = nextOpenDay(onOrAfter: digestDay(onOrBefore: day))
    guard sendOn <= day else { return false }
    guard let known = [last, history.assumedThrough].compactMap({ $0 }).max() else { return true }
    return known < sendOn
  }

  /// The day on which the week's digest goes out next.
  func nextWeeklyDigest(after day: CivilDate) -> CivilDate {
    nextOpenDay(onOrAfter: digestDay(onOrBefore: day).adding(days: 7))
  }

  private func digestDay(onOrBefore day: CivilDate) -> CivilDate {
    day.adding(days: -((day.weekday.rawValue - policy.digest.weekday.rawValue + 7) % 7))
  }
}

/// What is said on a day besides the reminders.
public struct DayNews: Sendable, Equatable {
  /// The day on which it goes out.
  public var day: CivilDate
  /// The plans whose contacts have something to hear.
  public var noticesFor: Set<String>
  /// What else there is to say to owners.
  public var notes: [OwnerNote]

  package init(day: CivilDate, noticesFor: Set<String>, notes: [OwnerNote]) {
    (self.day, self.noticesFor, self.notes) = (day, noticesFor, notes)
  }
}

/// Everything that goes out on one day.
public struct DayPlan: Sendable, Equatable {
  /// The day on which they go out.
  public var day: CivilDate
  /// One mail per recipient, owners by unit and name, contacts last; empty on a day off.
  public var mails: [PlannedMail]

  /// A plan of these mails.
  public init(day: CivilDate, mails: [PlannedMail]) {
    self.day = day
    self.mails = mails
  }
}

/// Plans days one after the other.
struct DayPlanner {
  private let planner: Planner
  /// Ledger by ledger, the reports that everyone owes: the same on all days.
  private let reports: [[Obligation]]
  /// Ledger by ledger, the summaries of what supervisors answer for: likewise.
  private let summaries: [[Obligation]]
  private var mails: MailAssembler

  /// A planner of days after which the same mailboxes are unreachable.
  init(_ planner: Planner, unreachable: Set<String>) {
    self.planner = planner
    reports = planner.builders.map { $0.reports() }
    summaries = planner.builders.map { $0.summaries() }
    mails = MailAssembler(
      planner.rule.routing, Exceptions(planner.policy.overrides), unreachable: unreachable)
  }

  /// The mails of one day; see ``Planner/plan(on:after:noticesFor:notes:)``.
  mutating func plan(
    on day: CivilDate, after history: History, noticesFor: Set<String>, notes: [OwnerNote]
  ) -> DayPlan {
    guard planner.officeIsOpen(on: day) else { return DayPlan(day: day, mails: []) }
    let unrecorded = history.withoutRecord
    for (place, builder) in planner.builders.enumerated() {
      let groups = planner.groups[place]
      let isSilent = groups.samples.map { sample in
        sample.allSatisfy { planner.rule.remindsNobody(of: $0, on: day, after: unrecorded) }
      }
      for (area, groups) in zip(builder.ledger.areas, groups.groups) {
        for (measure, group) in groups.enumerated() where !isSilent[group] {
          for obligation in builder.obligations(of: area.measures[measure], in: area) {
            remind(of: obligation, on: day, after: history)
          }
        }
      }
      for item in reports[place] + summaries[place] { remind(of: item, on: day, after: history) }
    }
    for note in notes where !planner.wasMailed(note.owner.recipient, on: day, after: history) {
      mails.add(note)
    }
    let digest = planner.policy.digest
    return DayPlan(
      day: day,
      mails: mails.mails(
        on: day, after: history,
        isForced: { plans in digest.isDaily || plans.contains(where: noticesFor.contains) },
        weeklyIsDue: { planner.weeklyDigestIsDue(on: day, last: $0, history) }))
  }

  /// Puts the reminders of an item into the day's mails.
  private mutating func remind(of obligation: Obligation, on day: CivilDate, after history: History) {
    guard obligation.noReminder == nil else { return }
    let rule = planner.rule
    for due in obligation.dates(around: day) {
      for owner in obligation.owners {
        let result = rule.result(of: obligation, due, for: owner.recipient, on: day, after: history)
        if case .remind(let reminder) = result { mails.add(planner.filled(reminder), to: owner) }
      }
      for (target, result) in rule.escalations(of: obligation, due, on: day, after: history) {
        guard case .remind(let reminder) = result else { continue }
        if let person = target.person { mails.add(reminder, to: person) } else { mails.escalate(reminder) }
      }
    }
  }
}

/// The measures of a ledger in groups that the reminder rule can't tell apart, but for whom they belong to and what was
/// sent: what it says of one measure on a day is remembered for its group.
struct MeasureGroups: Sendable {
  /// What makes the difference.
  private struct Inputs: Hashable {
    let deadline: Deadline
    let duties: [Duty]
    let status: Measure.Status
    /// The levels at which a person of the ledger hears of it.
    let levels: [EscalationLevel]
    /// The area's name, where the policy has an exception for it.
    let area: String?
    /// The measure itself, where an exception or a decision is about it or a person who answers for it.
    let alone: Int?

    /// The dates tell nearly all of them apart, without a look at the words.
    func hash(into hasher: inout Hasher) {
      hasher.combine(deadline.dueDates)
      hasher.combine(duties)
      hasher.combine(status)
      hasher.combine(area)
      hasher.combine(alone)
    }
  }

  /// By group, what the first measure of it asks of its owners.
  private(set) var samples: [[Obligation]] = []
  /// By group, how many measures it has.
  private(set) var counts: [Int] = []
  /// By area and by measure, its group.
  private(set) var groups: [[Int]] = []

  init(_ builder: ObligationBuilder, decided: Set<String>) {
    var known: [Inputs: Int] = [:]
    var number = 0
    for area in builder.ledger.areas {
      groups.append(
        area.measures.map { measure in
          number += 1
          let inputs = Self.inputs(of: measure, in: area, builder, decided, number)
          if let group = known[inputs] {
            counts[group] += 1
            return group
          }
          known[inputs] = samples.count
          samples.append(builder.obligations(of: measure, in: area))
          counts.append(1)
          return samples.count - 1
        })
    }
  }

  private static func inputs(
    of measure: Measure, in area: Area, _ builder: ObligationBuilder, _ decided: Set<String>, _ number: Int
  ) -> Inputs {
    let exceptions = builder.exceptions
    let asksForOwners = builder.escalates || !exceptions.people.isEmpty
    let owners = asksForOwners ? builder.directory.owners(of: measure) : []
    func haveExceptions(_ people: [Owner]) -> Bool {
      people.contains { exceptions.people.contains($0.person) }
    }
    var (levels, isExcepted): ([EscalationLevel], Bool) = ([], haveExceptions(owners))
    for level in EscalationLevel.allCases where builder.escalates {
      let people = builder.people(of: level, over: owners, in: area)
      if !people.isEmpty { levels.append(level) }
      isExcepted = isExcepted || haveExceptions(people)
    }
    let isAlone =
      isExcepted || decided.contains(measure.identity) || exceptions.measures.contains(measure.id)
    return Inputs(
      deadline: measure.deadline, duties: measure.duties, status: measure.status,
      levels: levels, area: exceptions.areas.contains(area.name) ? area.name : nil,
      alone: isAlone ? number : nil)
  }
}
