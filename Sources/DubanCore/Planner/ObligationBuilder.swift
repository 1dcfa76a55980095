/// Turns the measures of one ledger, one by one, and its report dates into the items that the planner follows.
struct ObligationBuilder: Sendable {
  let ledger: Ledger
  let policy: Policy
  let exceptions: Exceptions
  let directory: OwnerDirectory
  let office: SendingCalendar

  init(_ ledger: Ledger, policy: Policy, calendar: WorkdayCalendar) {
    self.ledger = ledger
    self.policy = policy
    exceptions = Exceptions(policy.overrides)
    directory = ledger.directory
    office = SendingCalendar(workdays: calendar, quiet: policy.quiet)
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
    let settled: Silence? =
      switch measure.status {
      case .closed: .closed
      case .submitted: .submitted
      case .open, .inProgress: nil
      }
    let item = ItemID(measure, ofPlan: ledger.plan.key)
    func obligation(
      _ item: ItemID, _ subject: Reminder.Subject, _ schedule: Obligation.Schedule,
      _ ladder: Ladder, silence: Silence?, listeners: [Listener] = []
    ) -> Obligation {
      Obligation(
        item: item, subject: subject, owners: group,
        fellows: owners.map(\.recipient), listeners: listeners, schedule: schedule,
        ladder: self.ladder(ladder, with: overrides, isDated: schedule.isDated), sending: sending,
        issued: ledger.plan.issued,
        silence: silence, isClosed: measure.status == .closed)
    }
    let subject = Reminder.Subject.measure(measure, area: area.name)
    var found: [Obligation] = []
    let dates = measure.deadline.dueDates
    let rules = measure.deadline.decided == nil ? measure.deadline.reading.recurrences : []
    if !dates.isEmpty || rules.isEmpty {
      // Once per measure, however many groups its owners are followed in.
      let listeners = isFirst && !dates.isEmpty ? listeners(of: measure, in: area, owners) : []
      found.append(
        obligation(
          item, subject, .dates(dates), policy.ladder,
          silence: settled ?? (dates.isEmpty ? noDate(measure.deadline) : nil), listeners: listeners))
    }
    if !rules.isEmpty {
      found.append(
        obligation(
          item, subject, .rules(rules, besides: dates), policy.dutyLadder, silence: settled))
    }
    for (index, duty) in measure.duties.enumerated() {
      found.append(
        obligation(
          item.duty("#\(index + 1)"), .duty(duty, of: measure, area: area.name),
          .rules([duty.rule], besides: []), policy.dutyLadder, silence: settled))
    }
    return found
  }

  private func noDate(_ deadline: Deadline) -> Silence {
    if deadline.isStanding { return .standing }
    let isImmediate = deadline.reading.status == .read && deadline.reading.readings.contains(.immediate)
    return isImmediate ? .immediate : .noDate(deadline.reading.status)
  }

  /// Whoever answers for the measure hears of it as an owner, head or not.
  private func listeners(of measure: Measure, in area: Area, _ owners: [Owner]) -> [Listener] {
    let overrides = exceptions.applying(to: measure, in: area, person: nil)
    var found: [Listener] = []
    if let span = policy.escalation.head {
      found += directory.heads(over: owners).map { head in
        let own = exceptions.applying(to: head.person)
        return Listener(
          level: 1, span: span, recipient: head.recipient, head: head, sending: sending(overrides + own))
      }
    }
    if let span = policy.escalation.contact {
      let recipient = ledger.plan.contact.recipient
      found.append(
        Listener(level: 2, span: span, recipient: recipient, head: nil, sending: sending(overrides)))
    }
    return found
  }

  /// One obligation per owner with a measure that isn't closed: everyone reports on all of their own measures.
  func reports() -> [Obligation] {
    guard !ledger.reports.isEmpty else { return [] }
    let dates = Set(ledger.reports).sorted()
    let measures = OwnMeasures(of: ledger, directory)
    return ledger.owners.compactMap { owner in
      guard let own = measures.list(of: owner.recipient) else { return nil }
      return Obligation(
        item: ItemID(plan: ledger.plan.key, kind: .report, id: ItemID.reportID),
        subject: .report(on: own), owners: [owner],
        fellows: [], listeners: [], schedule: .dates(dates),
        ladder: policy.reportLadder, sending: sending(exceptions.applying(to: owner.person)),
        issued: ledger.plan.issued, silence: nil, isClosed: false)
    }
  }

  /// An item without exceptions that is due on these dates, to ask when such items remind.
  func plainItem(_ kind: ItemID.Kind, due: [CivilDate]) -> Obligation {
    Obligation(
      item: ItemID(plan: ledger.plan.key, kind: kind, id: ""), subject: .report(on: MeasureList()),
      owners: [],
      fellows: [], listeners: [], schedule: .dates(due),
      ladder: kind == .report ? policy.reportLadder : policy.ladder, sending: office,
      issued: ledger.plan.issued, silence: nil, isClosed: false)
  }

  /// Who hears of an overdue item without exceptions, where its units have that head.
  func plainListeners(head: Owner) -> [Listener] {
    let contact = ledger.plan.contact.recipient
    let steps = [(1, policy.escalation.head, head.recipient), (2, policy.escalation.contact, contact)]
    return steps.compactMap { level, span, recipient in
      span.map {
        Listener(
          level: level, span: $0, recipient: recipient, head: level == 1 ? head : nil, sending: office)
      }
    }
  }

  private func sending(_ overrides: [PolicyOverride]) -> SendingCalendar {
    let quiet = overrides.flatMap(\.quiet)
    return quiet.isEmpty
      ? office : SendingCalendar(workdays: office.workdays, quiet: office.quiet + quiet)
  }

  /// An override's rhythm is for what the policy calls overdue at all: a duty that nobody marked as done isn't.
  private func ladder(_ base: Ladder, with overrides: [PolicyOverride], isDated: Bool) -> Ladder {
    var ladder = base
    for override in overrides {
      if let advance = override.advance { ladder.advance = advance }
      if let every = override.overdueEvery, isDated || base.overdueEvery != nil {
        ladder.overdueEvery = every
      }
    }
    return ladder
  }
}
