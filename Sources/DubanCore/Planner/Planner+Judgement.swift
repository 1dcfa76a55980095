/// What the planner says about one item, date, person and day.
public enum Judgement: Sendable, Equatable {
  /// A reminder goes out.
  case remind(Reminder)
  /// None does, and why.
  case silent(Silence)
}

extension Planner {
  /// The one place where it is decided whether an owner is reminded; `plan` and `explain` both ask here.
  func judge(
    _ obligation: Obligation, _ due: CivilDate, _ owner: Owner, on day: CivilDate, after history: History
  ) -> Judgement {
    if let silence = obligation.silence { return .silent(silence) }
    let occurrence = Occurrence(item: obligation.item, due: due)
    if let silence = decided(occurrence, owner) { return .silent(silence) }
    if isPast(obligation, due, on: day, after: history) { return .silent(.past) }
    let snooze = decisions.snooze(of: obligation.item, on: day)
    guard let rung = obligation.latestRung(of: due, asOf: day) else {
      guard let first = obligation.nextRung(of: due, after: day)?.sendOn else { return .silent(.past) }
      if let snooze, first < snooze.until { return .silent(.snoozed(snooze)) }
      return .silent(.notYet(first: first))
    }
    let thread = History.Thread(occurrence: occurrence, recipient: owner.recipient)
    let sent = history.stages[thread] ?? [:]
    if let (stage, sentOn) = lastSent(rung, sent, obligation, due, on: day, history) {
      let next = nextUnsent(sent, obligation, due, after: day)
      if let snooze, let next, next < snooze.until { return .silent(.snoozed(snooze)) }
      return .silent(.alreadySent(stage, on: sentOn, next: next))
    }
    if let snooze { return .silent(.snoozed(snooze)) }
    guard obligation.sending.isOpen(day) else {
      return .silent(.dayOff(next: obligation.sending.open(onOrAfter: day)))
    }
    if routes.wasMailed(owner.recipient, on: day, history) {
      return .silent(.mailedToday(next: obligation.sending.open(onOrAfter: day.adding(days: 1))))
    }
    return .remind(reminder(obligation, occurrence, rung, to: owner.recipient, on: day))
  }

  /// The same for a step past the owners. A snooze holds the head's back; the contact, who may have to answer for
  /// it, hears all the same.
  func judge(
    _ obligation: Obligation, _ due: CivilDate, _ listener: Listener, on day: CivilDate,
    after history: History
  ) -> Judgement {
    if let silence = obligation.silence { return .silent(silence) }
    let occurrence = Occurrence(item: obligation.item, due: due)
    if let silence = decided(occurrence, nil) { return .silent(silence) }
    let rung = obligation.rung(for: listener, of: due)
    let thread = History.Thread(occurrence: occurrence, recipient: listener.recipient)
    // Nobody is told before the day after the date.
    let sendOn = max(rung.sendOn, listener.sending.open(onOrAfter: due.adding(days: 1)))
    let assumed = history.assumption(for: obligation.item, decisions).flatMap { sendOn <= $0 ? sendOn : nil }
    if let sentOn = history.stages[thread]?[rung.stage] ?? assumed {
      return .silent(.alreadySent(rung.stage, on: sentOn, next: nil))
    }
    if let snooze = decisions.snooze(of: obligation.item, on: day), listener.head != nil {
      return .silent(.snoozed(snooze))
    }
    guard rung.sendOn <= day else { return .silent(.notYet(first: rung.sendOn)) }
    guard listener.sending.isOpen(day) else {
      return .silent(.dayOff(next: listener.sending.open(onOrAfter: day)))
    }
    if routes.wasMailed(listener.recipient, on: day, history) {
      return .silent(.mailedToday(next: listener.sending.open(onOrAfter: day.adding(days: 1))))
    }
    return .remind(reminder(obligation, occurrence, rung, to: listener.recipient, on: day))
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
    return decisions.isReceived(occurrence, from: owner.unit) ? .received : nil
  }

  /// What can't be called overdue: a duty's date is past once its day is over, since nobody says whether it was
  /// done; a report is asked for until the next one takes its place, and neither it nor a measure for ever.
  /// Nor is anybody asked for what was due before the service had its first day: it would demand reports that came
  /// in long ago.
  func isPast(
    _ obligation: Obligation, _ due: CivilDate, on day: CivilDate, after history: History
  ) -> Bool {
    guard day > due, obligation.ladder.overdueEvery == nil else { return false }
    if history.assumedThrough == nil, due < history.since ?? day { return true }
    if !obligation.schedule.isDated || day.days(since: due) > Obligation.catchUpDays { return true }
    if obligation.item.kind == .measure { return false }
    return obligation.dates(around: day).contains { $0 > due && $0 <= day }
  }

  /// The stage that makes `rung` superfluous: the rung itself on whatever day, or a later one, sent or taken to
  /// have been sent.
  ///
  /// A later one counts only if it was sent by `day`: what a clock that was wrong for an hour sent for a day in
  /// the future must not silence everything up to that day.
  private func lastSent(
    _ rung: Rung, _ sent: [Stage: CivilDate], _ obligation: Obligation, _ due: CivilDate, on day: CivilDate,
    _ history: History
  ) -> (Stage, CivilDate)? {
    if let sentOn = sent[rung.stage] { return (rung.stage, sentOn) }
    var latest: (stage: Stage, nominal: CivilDate, sentOn: CivilDate)?
    for (stage, sentOn) in sent where sentOn <= day && stage.name != "escalation" {
      let nominal = stage.nominalDay(due: due, calendar: calendar, escalation: policy.escalation)
      if latest.map({ ($0.nominal, $0.sentOn) < (nominal, sentOn) }) ?? true {
        latest = (stage, nominal, sentOn)
      }
    }
    if let through = history.assumption(for: obligation.item, decisions),
      let assumed = obligation.latestRung(of: due, asOf: through),
      latest.map({ $0.nominal < assumed.nominal }) ?? true
    {
      latest = (assumed.stage, assumed.nominal, assumed.sendOn)
    }
    guard let latest, rung.nominal <= latest.nominal else { return nil }
    return (latest.stage, latest.sentOn)
  }

  private func nextUnsent(
    _ sent: [Stage: CivilDate], _ obligation: Obligation, _ due: CivilDate, after day: CivilDate
  ) -> CivilDate? {
    var next = obligation.nextRung(of: due, after: day)
    while let rung = next, sent[rung.stage] != nil {
      next = obligation.nextRung(of: due, after: rung.sendOn)
    }
    return next?.sendOn
  }
}
