/// Turns ledgers and a policy into the list of items that the planner follows.
struct ObligationBuilder {
  let policy: Policy
  let calendar: WorkdayCalendar

  func obligations(of ledger: Ledger) -> [Obligation] {
    let directory = OwnerDirectory(ledger.owners)
    var found: [Obligation] = []
    for area in ledger.areas {
      for measure in area.measures {
        for owners in groups(directory.owners(of: measure)) {
          found.append(
            contentsOf: items(of: measure, in: area, of: ledger, owners: owners, directory: directory))
        }
      }
    }
    found.append(contentsOf: reports(of: ledger, directory: directory))
    return found
  }

  /// Owners with exceptions of their own are followed by themselves; all others together.
  private func groups(_ owners: [Owner]) -> [[Owner]] {
    let names = Set(policy.overrides.compactMap { if case .owner(let name) = $0.scope { name } else { nil } })
    let plain = owners.filter { !names.contains($0.person) }
    let own = owners.filter { names.contains($0.person) }.map { [$0] }
    return plain.isEmpty && !own.isEmpty ? own : [plain] + own
  }

  private func items(
    of measure: Measure, in area: Area, of ledger: Ledger, owners: [Owner], directory: OwnerDirectory
  ) -> [Obligation] {
    let silence: Silence? =
      switch measure.status {
      case .closed: .closed
      case .submitted: .submitted
      case .open, .inProgress: nil
      }
    func obligation(
      _ kind: ItemID.Kind, _ id: String, _ subject: Reminder.Subject, _ schedule: Obligation.Schedule,
      _ ladder: Ladder, silence: Silence?, heads: [Owner] = []
    ) -> Obligation {
      let exceptions = policy.overrides.filter { applies($0, to: measure, in: area, owners: owners) }
      return Obligation(
        item: ItemID(plan: ledger.plan.key, kind: kind, id: id), subject: subject, owners: owners,
        fellows: directory.owners(of: measure).map(\.recipient), heads: heads, schedule: schedule,
        ladder: self.ladder(ladder, with: exceptions),
        sending: SendingCalendar(workdays: calendar, quiet: policy.quiet + exceptions.flatMap(\.quiet)),
        issued: ledger.plan.issued, silence: silence, isClosed: measure.status == .closed)
    }
    let subject = Reminder.Subject.measure(measure, area: area.name)
    var found: [Obligation] = []
    let dates = measure.deadline.dueDates
    let rules = measure.deadline.decided == nil ? measure.deadline.reading.recurrences : []
    if !dates.isEmpty || rules.isEmpty {
      let noDate: Silence? =
        dates.isEmpty
        ? (measure.deadline.isStanding ? .standing : .noDate(measure.deadline.reading.status)) : nil
      found.append(
        obligation(
          .measure, measure.id, subject, .dates(dates), policy.ladder, silence: silence ?? noDate,
          heads: directory.heads(over: owners)))
    }
    for rule in rules {
      found.append(
        obligation(.measure, measure.id, subject, .rule(rule), policy.dutyLadder, silence: silence))
    }
    for (index, duty) in measure.duties.enumerated() {
      found.append(
        obligation(
          .duty, "\(measure.id)#\(index + 1)", .duty(duty, of: measure, area: area.name), .rule(duty.rule),
          policy.dutyLadder, silence: silence))
    }
    return found
  }

  /// One obligation per owner: everyone reports on all of their own measures.
  private func reports(of ledger: Ledger, directory: OwnerDirectory) -> [Obligation] {
    guard !ledger.reports.isEmpty else { return [] }
    var measures: [Recipient: [Measure]] = [:]
    for measure in ledger.measures where measure.status != .closed {
      for owner in directory.owners(of: measure) { measures[owner.recipient, default: []].append(measure) }
    }
    return ledger.owners.compactMap { owner in
      guard let own = measures[owner.recipient] else { return nil }
      let exceptions = policy.overrides.filter { $0.scope == .owner(owner.person) }
      return Obligation(
        item: ItemID(plan: ledger.plan.key, kind: .report, id: ItemID.reportID),
        subject: .report(on: own.sorted { NaturalOrder.isBefore($0.id, $1.id) }), owners: [owner],
        fellows: [], heads: [], schedule: .dates(ledger.reports.sorted()), ladder: policy.reportLadder,
        sending: SendingCalendar(workdays: calendar, quiet: policy.quiet + exceptions.flatMap(\.quiet)),
        issued: ledger.plan.issued, silence: nil, isClosed: false)
    }
  }

  private func ladder(_ base: Ladder, with exceptions: [PolicyOverride]) -> Ladder {
    var ladder = base
    for exception in exceptions {
      if let advance = exception.advance { ladder.advance = advance }
      if let every = exception.overdueEvery { ladder.overdueEvery = every }
    }
    return ladder
  }

  private func applies(
    _ exception: PolicyOverride, to measure: Measure, in area: Area, owners: [Owner]
  ) -> Bool {
    switch exception.scope {
    case .area(let name): name == area.name
    case .measure(let id): id == measure.id
    case .owner(let person): owners.count == 1 && owners[0].person == person
    }
  }
}
