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
  public private(set) var decisions: Decisions
  let builders: [ObligationBuilder]
  let routes: Routes
  let reminderDays: [ReminderDays]
  let exceptions: Exceptions
  let tallies: [DeadlineTallies]

  /// A planner over these ledgers.
  public init(
    ledgers: [Ledger], policy: Policy, calendar: WorkdayCalendar, decisions: Decisions = Decisions()
  ) {
    self.ledgers = ledgers
    self.policy = policy
    self.calendar = calendar
    self.decisions = decisions
    for ledger in ledgers {
      for report in ledger.received {
        self.decisions.received.insert(
          .init(plan: ledger.plan.key, unit: report.unit, due: report.report))
      }
    }
    routes = Routes(ledgers)
    exceptions = Exceptions(policy.overrides)
    builders = ledgers.map { ObligationBuilder($0, policy: policy, calendar: calendar) }
    reminderDays = builders.map(ReminderDays.init)
    let decided = self.decisions
    tallies =
      policy.overrides.isEmpty
      ? zip(builders, reminderDays).map { builder, reminderDays in
        DeadlineTallies(builder.ledger, reminderDays, decided.measures(ofPlan: builder.ledger.plan.key))
      } : []
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
  public func plan(
    from first: CivilDate, through last: CivilDate, after history: History,
    _ body: (DayPlan) throws -> Void
  ) rethrows {
    var history = history
    // After a mere assumption, that everything was sent up to a day goes on being one. Only what was put off, and so
    // is sent later than it was due, has to be noted.
    let isAssumed = history.isAssumed
    var days = DayPlanner(self, unreachable: history.unreachable)
    for number in first.dayNumber...max(first.dayNumber, last.dayNumber) where first <= last {
      let day = CivilDate(dayNumber: number)
      let dayPlan = days.plan(on: day, after: history, noticesFor: [], notes: [])
      for mail in dayPlan.mails {
        if isAssumed { history.note(mail, ofPutOff: decisions) } else { history.note(mail) }
      }
      if isAssumed { history.plannedThrough = day }
      try body(dayPlan)
    }
  }

  /// Whether this person's mailbox had its mail of that day.
  public func wasMailed(_ recipient: Recipient, on day: CivilDate, after history: History) -> Bool {
    routes.wasMailed(recipient, on: day, history)
  }

  /// The contact of a plan.
  public func contact(ofPlan key: String) -> Contact? { ledgers.first { $0.plan.key == key }?.plan.contact }

  /// Whether mail goes out on that day at all: a working day that isn't quiet.
  public func officeIsOpen(on day: CivilDate) -> Bool { office.isOpen(day) }

  /// The first day on or after `day` on which mail goes out.
  public func nextOpenDay(onOrAfter day: CivilDate) -> CivilDate { office.open(onOrAfter: day) }

  var office: SendingCalendar { SendingCalendar(workdays: calendar, quiet: policy.quiet) }

  /// The rhythm that makes silence mean a fault: the week's digest, on its day or on the next one that works.
  func weeklyDigestIsDue(on day: CivilDate, last: CivilDate?, _ history: History) -> Bool {
    let back = (day.weekday.rawValue - policy.digest.weekday.rawValue + 7) % 7
    let sendOn = office.open(onOrAfter: day.adding(days: -back))
    guard sendOn <= day else { return false }
    guard let known = [last, history.assumedThrough].compactMap({ $0 }).max() else { return true }
    return known < sendOn
  }
}
