/// One item with everything the planner asks about it, worked out once per ledger and not once per day.
struct Obligation: Sendable {
  enum DueDates: Sendable {
    case fixed([CivilDate])
    /// The rules' dates, without those that the item has as fixed dates too.
    case rules([Recurrence], besides: [CivilDate])
    /// The reports of a plan that asks for some again and again: its days and the rules' dates together.
    case reports([CivilDate], [Recurrence])

    /// Whether a date that has passed is overdue.
    var areFixed: Bool { if case .fixed = self { true } else { false } }
  }

  let item: ItemID
  let subject: Reminder.Subject
  /// Who is reminded.
  let owners: [Owner]
  /// Everyone who answers for the item, the owners included.
  let fellows: [Recipient]
  /// Who else hears of it when it is overdue for long.
  let escalation: [EscalationTarget]
  let dueDates: DueDates
  let schedule: ReminderSchedule
  let sending: SendingCalendar
  /// Nothing goes out before the plan was issued.
  let issued: CivilDate?
  /// Set where the item is silent on every day and for everyone.
  let noReminder: NoReminderReason?
  let isClosed: Bool
}

/// A person besides the owners who hears of an item that is overdue for long.
struct EscalationTarget: Sendable {
  let level: EscalationLevel
  /// Overdue for so long.
  let span: Span
  let recipient: Recipient
  /// The head or supervisor; nil for the contact, whose digest says it.
  let person: Owner?
  /// The days on which this person can be mailed about it.
  let sending: SendingCalendar
}

extension Obligation {
  /// How far back a date that nobody was reminded of is still caught up where it can't be called overdue: a
  /// quarter, the longest usual distance between two reports.
  static let catchUpDays = 92

  private static func firstCaughtUp(on day: CivilDate) -> CivilDate { day.adding(days: -catchUpDays) }

  /// Whether a date that has passed isn't too long ago to be caught up.
  static func isCaughtUp(_ due: CivilDate, on day: CivilDate) -> Bool { due >= firstCaughtUp(on: day) }

  /// The dates of its rules before a day that can still be caught up, ascending.
  func passedDates(before day: CivilDate) -> [CivilDate] {
    let first = Self.firstCaughtUp(on: day)
    return occurrences(from: max(first, issued ?? first), through: day.adding(days: -1))
  }

  /// Whether a target is the owner's own head, or supervises them or the area.
  func isOver(_ owner: Recipient, _ target: EscalationTarget) -> Bool {
    guard let person = target.person else { return false }
    switch target.level {
    case .head: return person.unit == owner.unit
    case .supervisor:
      let supervised = owners.filter { $0.supervisor == person.person }
      return supervised.isEmpty || supervised.contains { $0.recipient == owner }
    case .contact: return false
    }
  }

  /// The dates that can matter on that day, ascending: every fixed date, and the rules' dates within the
  /// schedule's reach.
  func dates(around day: CivilDate) -> [CivilDate] {
    switch dueDates {
    case .fixed(let dates): return dates
    case .rules, .reports:
      let reach = schedule.advance.map { $0.unit == .day ? $0.count : $0.count * 2 + 14 }.max() ?? 0
      // A date that has passed matters only where it can be called overdue, or is a report's.
      let isAskedFor = item.kind == .report || item.kind == .summary || schedule.overdueEvery != nil
      let back = isAskedFor ? Self.firstCaughtUp(on: day) : day
      let first = max(back, issued ?? back)
      guard first <= day.adding(days: reach + 15) else { return [] }
      return occurrences(from: first, through: day.adding(days: reach + 15))
    }
  }

  /// The next date on or after that day; for rules within their longest interval.
  func nextDate(onOrAfter day: CivilDate) -> CivilDate? {
    switch dueDates {
    case .fixed(let dates): return dates.first { $0 >= day }
    case .rules(let rules, _), .reports(_, let rules):
      let start = max(day, issued ?? day)
      let years = rules.map { $0.frequency == .yearly ? $0.interval : 1 }.max() ?? 1
      return occurrences(from: start, through: start.adding(days: 366 * years)).first
    }
  }

  /// The date before a date of the rules, as far as a year back.
  func previousDate(before due: CivilDate) -> CivilDate? {
    for reach in [7, 32, 366] {
      let found = occurrences(from: due.adding(days: -reach), through: due.adding(days: -1)).last
      if let found { return found }
    }
    return nil
  }

  /// The rules' dates, ascending, each once, with the days of a plan's reports; none for an item with fixed dates.
  ///
  /// 每日 means every working day: nobody owes anything on a day off.
  func occurrences(from first: CivilDate, through last: CivilDate) -> [CivilDate] {
    let (rules, besides): ([Recurrence], [CivilDate])
    var found: Set<CivilDate> = []
    switch dueDates {
    case .fixed: return []
    case .rules(let own, let others): (rules, besides) = (own, others)
    case .reports(let days, let own):
      (rules, besides) = (own, [])
      found.formUnion(days.filter { (first...max(first, last)).contains($0) })
    }
    for rule in rules {
      let days = rule.occurrences(from: first, through: last)
      found.formUnion(rule.frequency == .daily ? days.filter(sending.workdays.isWorkday) : days)
    }
    return found.subtracting(besides).sorted()
  }
}

/// Turns the measures of one ledger, one by one, and its report dates into the items that the planner follows.
struct ObligationBuilder: Sendable {
  let ledger: Ledger
  let policy: Policy
  let exceptions: Exceptions
  /// The identities of measures that the ledger has open and that were marked as done.
  let finished: Set<String>
  let directory: OwnerDirectory
  let sendingDays: SendingCalendar

  init(_ ledger: Ledger, policy: Policy, calendar: WorkdayCalendar, finished: Set<String>) {
    self.ledger = ledger
    self.finished = finished
    self.policy = policy
    exceptions = Exceptions(policy.overrides)
    directory = ledger.directory
    sendingDays = SendingCalendar(workdays: calendar, quiet: policy.quiet)
  }

  /// What a measure asks of its owners: its dates, and each of its duties.
  func obligations(of measure: Measure, in area: Area) -> [Obligation] {
    let owners = directory.owners(of: measure)
    return groups(owners).enumerated().flatMap { index, group in
      items(of: measure, in: area, group: group, of: owners, isFirst: index == 0)
    }
  }

  /// Owners with exceptions of their own are followed by themselves; all others together.
  private func groups(_ owners: [Owner]) -> [[Owner]] {
    guard !exceptions.people.isEmpty else { return [owners] }
    let plain = owners.filter { !exceptions.people.contains($0.person) }
    let own = owners.filter { exceptions.people.contains($0.person) }.map { [$0] }
    return plain.isEmpty && !own.isEmpty ? own : [plain] + own
  }

  private func items(
    of measure: Measure, in area: Area, group: [Owner], of owners: [Owner], isFirst: Bool
  ) -> [Obligation] {
    let person = group.count == 1 ? group.first?.person : nil
    let overrides = exceptions.applying(to: measure, in: area, person: person)
    let sending = sending(overrides)
    let endReason: NoReminderReason? =
      switch measure.status {
      case .closed: .closed
      case .submitted: .submitted
      case .open, .inProgress: nil
      }
    let item = ItemID(measure, ofPlan: ledger.plan.key)
    func obligation(
      _ item: ItemID, _ subject: Reminder.Subject, _ dueDates: Obligation.DueDates,
      _ schedule: ReminderSchedule, noReminder: NoReminderReason?, escalation: [EscalationTarget] = []
    ) -> Obligation {
      Obligation(
        item: item, subject: subject, owners: group,
        fellows: owners.map(\.recipient), escalation: escalation, dueDates: dueDates,
        schedule: self.schedule(schedule, with: overrides, isDated: dueDates.areFixed), sending: sending,
        issued: ledger.plan.issued,
        noReminder: noReminder, isClosed: measure.status == .closed)
    }
    let subject = Reminder.Subject.measure(measure, area: area.name)
    var found: [Obligation] = []
    let dates = measure.deadline.dueDates
    let rules = measure.deadline.decided == nil ? measure.deadline.reading.recurrences : []
    if !dates.isEmpty || rules.isEmpty {
      // Once per measure, however many groups its owners are followed in.
      let escalation = isFirst && !dates.isEmpty ? escalation(of: measure, in: area, owners) : []
      found.append(
        obligation(
          item, subject, .fixed(dates), policy.measureSchedule,
          noReminder: endReason ?? (dates.isEmpty ? noDate(measure.deadline) : nil), escalation: escalation))
    }
    if !rules.isEmpty {
      found.append(
        obligation(
          item, subject, .rules(rules, besides: dates), policy.dutySchedule, noReminder: endReason))
    }
    let dutyIdentities = measure.dutyIdentities
    for (index, duty) in measure.duties.enumerated() {
      found.append(
        obligation(
          item.duty(number: index + 1, identity: dutyIdentities[index]),
          .duty(duty, of: measure, area: area.name),
          .rules([duty.rule], besides: []), policy.dutySchedule, noReminder: endReason))
    }
    return found
  }

  private func noDate(_ deadline: Deadline) -> NoReminderReason {
    if deadline.isStanding { return .standing }
    let isImmediate = deadline.reading.status == .read && deadline.reading.readings.contains(.immediate)
    return isImmediate ? .immediate : .noDate(deadline.reading.status)
  }

  /// Whether the policy has anyone besides the owners and the contact hear of what is overdue.
  var escalates: Bool {
    EscalationLevel.allCases.contains { $0 != .contact && policy.escalation.span(of: $0) != nil }
  }

  /// The people of a level, where the policy has it; who answers for the measure hears of it as an owner.
  func people(of level: EscalationLevel, over owners: [Owner], in area: Area) -> [Owner] {
    guard policy.escalation.span(of: level) != nil else { return [] }
    return switch level {
    case .head: directory.heads(over: owners)
    case .supervisor: directory.supervisors(over: owners, in: area)
    case .contact: []
    }
  }

  private func escalation(of measure: Measure, in area: Area, _ owners: [Owner]) -> [EscalationTarget] {
    let overrides = exceptions.applying(to: measure, in: area, person: nil)
    return EscalationLevel.allCases.flatMap { level -> [EscalationTarget] in
      guard let span = policy.escalation.span(of: level) else { return [] }
      if level == .contact {
        return [
          EscalationTarget(
            level: level, span: span, recipient: ledger.plan.contact.recipient, person: nil,
            sending: sending(overrides))
        ]
      }
      return people(of: level, over: owners, in: area).map { person in
        EscalationTarget(
          level: level, span: span, recipient: person.recipient, person: person,
          sending: sending(overrides + exceptions.applying(to: person.person)))
      }
    }
  }

  func reports() -> [Obligation] { planReports() + areaReports() }

  /// One obligation per owner with a measure that isn't closed: everyone reports on all of their own measures.
  private func planReports() -> [Obligation] {
    let (days, rules) = (Set(ledger.reports).sorted(), ledger.recurringReports.flatMap(\.rules))
    guard !days.isEmpty || !rules.isEmpty else { return [] }
    let dates: Obligation.DueDates = rules.isEmpty ? .fixed(days) : .reports(days, rules)
    var own: [Recipient: [Measure]] = [:]
    for area in ledger.areas {
      for measure in area.measures where isToBeReported(measure) {
        for owner in directory.owners(of: measure) { own[owner.recipient, default: []].append(measure) }
      }
    }
    return ledger.owners.compactMap { owner in
      own[owner.recipient].map { report(nil, on: $0, of: owner, dates, issued: ledger.plan.issued) }
    }
  }

  /// Whether a report has anything to say of the measure: neither closed nor marked as done.
  func isToBeReported(_ measure: Measure) -> Bool {
    measure.status != .closed && !finished.contains(measure.identity)
  }

  func report(
    _ part: AreaReport?, on measures: [Measure], of owner: Owner, _ dates: Obligation.DueDates,
    issued: CivilDate?
  ) -> Obligation {
    Obligation(
      item: ItemID(
        plan: ledger.plan.key, kind: .report,
        id: ItemID.reportID + (part.map { "#\($0.title)" } ?? "")),
      subject: .report(on: measures.sorted { NaturalOrder.isBefore($0.id, $1.id) }, of: part),
      owners: [owner],
      fellows: [], escalation: [], dueDates: dates, schedule: policy.reportSchedule,
      sending: sending(exceptions.applying(to: owner.person)), issued: issued, noReminder: nil,
      isClosed: false)
  }

  func sending(_ overrides: [PolicyOverride]) -> SendingCalendar {
    let quiet = overrides.flatMap(\.quiet)
    return quiet.isEmpty
      ? sendingDays : SendingCalendar(workdays: sendingDays.workdays, quiet: sendingDays.quiet + quiet)
  }

  /// An override's rhythm is for what the policy calls overdue at all: a duty that nobody marked as done isn't.
  private func schedule(
    _ base: ReminderSchedule, with overrides: [PolicyOverride], isDated: Bool
  ) -> ReminderSchedule {
    var schedule = base
    for override in overrides {
      if let advance = override.advance { schedule.advance = advance }
      if let every = override.overdueEvery, isDated || base.overdueEvery != nil {
        schedule.overdueEvery = every
      }
    }
    return schedule
  }
}

/// The policy's overrides, as the items of a ledger ask for them.
struct Exceptions {
  private let overrides: [PolicyOverride]
  /// Every area, by name, measure, by number, and person, by name, that has an override of its own.
  private(set) var areas: Set<String> = []
  private(set) var measures: Set<String> = []
  private(set) var people: Set<String> = []

  init(_ overrides: [PolicyOverride]) {
    self.overrides = overrides
    for override in overrides {
      switch override.scope {
      case .area(let name): areas.insert(name)
      case .measure(let id): measures.insert(id)
      case .owner(let person): people.insert(person)
      }
    }
  }

  /// Those for a measure, in the configuration's order, with those for `person` where one is named.
  func applying(to measure: Measure, in area: Area, person: String?) -> [PolicyOverride] {
    guard !overrides.isEmpty else { return [] }
    return overrides.filter { override in
      switch override.scope {
      case .area(let name): name == area.name
      case .measure(let id): id == measure.id
      case .owner(let name): name == person
      }
    }
  }

  func applying(to person: String) -> [PolicyOverride] {
    people.contains(person) ? overrides.filter { $0.scope == .owner(person) } : []
  }
}
