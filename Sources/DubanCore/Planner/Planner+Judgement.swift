/// What the planner says about one item, date, person and day.
public enum Judgement: Sendable, Equatable {
  /// A reminder goes out.
  case remind(Reminder)
  /// None does, and why.
  case silent(Silence)
}

extension Planner {
  /// The one place where it is decided whether a reminder goes out; `plan` and `explain` both ask here.
  func judge(
    _ obligation: Obligation, _ due: CivilDate, _ owner: Owner, on day: CivilDate, after history: History
  ) -> Judgement {
    if let silence = obligation.silence { return .silent(silence) }
    let occurrence = Occurrence(item: obligation.item, due: due)
    if let silence = decided(occurrence, owner) { return .silent(silence) }
    if isPast(obligation, due, on: day) { return .silent(.past) }
    guard let rung = obligation.latestRung(of: due, asOf: day) else {
      return .silent(obligation.nextRung(of: due, after: day).map { .notYet(first: $0.sendOn) } ?? .past)
    }
    if let sent = lastSent(obligation, occurrence, owner.recipient, history), rung.nominal <= sent.nominal {
      return .silent(
        .alreadySent(sent.stage, next: obligation.nextRung(of: due, after: max(day, sent.sendOn))?.sendOn))
    }
    if let snooze = decisions.snoozes[obligation.item.id], day < snooze.until {
      return .silent(.snoozed(snooze))
    }
    guard obligation.sending.isOpen(day) else {
      return .silent(.dayOff(next: obligation.sending.open(onOrAfter: day)))
    }
    if let last = history.lastMail[owner.recipient], last >= day {
      return .silent(.mailedToday(next: obligation.sending.open(onOrAfter: last.adding(days: 1))))
    }
    return .remind(reminder(obligation, occurrence, rung, to: owner.recipient, on: day))
  }

  /// The steps past the owners: the unit's heads (level 1), and then the contact (level 2, nil), each once.
  func escalations(
    of obligation: Obligation, _ due: CivilDate, on day: CivilDate, after history: History
  ) -> [(Reminder, to: Owner?)] {
    guard case .measure = obligation.subject, case .dates = obligation.schedule, day > due,
      let contact = ledgers.first(where: { $0.plan.key == obligation.item.plan })?.plan.contact
    else { return [] }
    let occurrence = Occurrence(item: obligation.item, due: due)
    guard decided(occurrence, nil) == nil else { return [] }
    func step(_ level: Int, _ recipient: Recipient) -> Reminder? {
      guard let span = level == 1 ? policy.escalation.head : policy.escalation.contact else { return nil }
      let nominal = span.after(due, in: calendar)
      let rung = Rung(
        stage: .escalation(level), nominal: nominal, sendOn: obligation.sending.open(onOrAfter: nominal))
      guard rung.sendOn <= day, history.assumedThrough.map({ rung.sendOn > $0 }) ?? true else { return nil }
      let thread = History.Thread(occurrence: occurrence, recipient: recipient)
      guard history.stages[thread]?.contains(rung.stage) != true else { return nil }
      return reminder(obligation, occurrence, rung, to: recipient, on: day)
    }
    let heads = obligation.heads.compactMap { head in
      history.lastMail[head.recipient].map { $0 >= day } == true
        ? nil : step(1, head.recipient).map { ($0, Optional(head)) }
    }
    return heads + (step(2, contact.recipient).map { [($0, nil)] } ?? [])
  }

  private func reminder(
    _ obligation: Obligation, _ occurrence: Occurrence, _ rung: Rung, to recipient: Recipient,
    on day: CivilDate
  ) -> Reminder {
    Reminder(
      occurrence: occurrence, stage: rung.stage, recipient: recipient,
      reason: Reason(rung: rung, due: occurrence.due, on: day), subject: obligation.subject,
      fellows: obligation.fellows.filter { $0 != recipient },
      light: policy.lights.light(
        due: occurrence.due, isClosed: obligation.isClosed, on: day, calendar: calendar))
  }

  private func decided(_ occurrence: Occurrence, _ owner: Owner?) -> Silence? {
    if decisions.isDone(occurrence) { return .done }
    guard occurrence.item.kind == .report, let owner else { return nil }
    return decisions.received.contains(.init(unit: owner.unit, due: occurrence.due)) ? .received : nil
  }

  /// What can't be called overdue is caught up only until the next date takes its place, and not for ever.
  private func isPast(_ obligation: Obligation, _ due: CivilDate, on day: CivilDate) -> Bool {
    guard day > due, obligation.ladder.overdueEvery == nil else { return false }
    if day.days(since: due) > Obligation.catchUpDays { return true }
    if case .measure = obligation.item.kind, case .dates = obligation.schedule { return false }
    return obligation.dates(around: day).contains { $0 > due && $0 <= day }
  }

  /// The latest rung that was sent, or is taken to have been sent.
  private func lastSent(
    _ obligation: Obligation, _ occurrence: Occurrence, _ recipient: Recipient, _ history: History
  ) -> Rung? {
    let thread = History.Thread(occurrence: occurrence, recipient: recipient)
    let recorded = (history.stages[thread] ?? []).map { stage in
      let nominal = stage.nominalDay(due: occurrence.due, calendar: calendar, escalation: policy.escalation)
      return Rung(stage: stage, nominal: nominal, sendOn: nominal)
    }
    let assumed = history.assumedThrough.flatMap { obligation.latestRung(of: occurrence.due, asOf: $0) }
    return (recorded + [assumed].compactMap { $0 }).max { $0.nominal < $1.nominal }
  }
}
