/// The reminder rule: whether a person is reminded of one date of an item on a day, and why or why not.
///
/// A pure function of the item, the policy, the working days, what people decided, the day and what was sent. There is
/// no other: plan, agenda, `explain`, overview, digest and report page all ask here. On which days the steps of a date
/// come is in ``Obligation/steps(before:)``.
struct ReminderRule: Sendable {
  let policy: Policy
  let calendar: WorkdayCalendar
  let decisions: Decisions
  let routing: MailRouting

  /// Whether an owner is reminded.
  func result(
    of obligation: Obligation, _ due: CivilDate, for owner: Recipient, on day: CivilDate,
    after history: History
  ) -> RuleResult {
    let occurrence = Occurrence(item: obligation.item, due: due)
    if let reason = endReason(obligation, due, unit: owner.unit) { return .silent(reason) }
    if isPast(obligation, due, on: day, after: history) { return .silent(.past) }
    let snooze = decisions.snooze(of: obligation.item, on: day)
    guard let step = obligation.latestStep(of: due, asOf: day) else {
      guard let first = obligation.nextStep(of: due, after: day)?.sendOn else { return .silent(.past) }
      if let snooze, first < snooze.until { return .silent(.snoozed(snooze)) }
      return .silent(.notYet(first: first))
    }
    let sent = history.stages[History.Thread(occurrence: occurrence, recipient: owner)] ?? [:]
    if let (stage, sentOn) = lastSent(step, sent, obligation, due, on: day, history) {
      let next = nextUnsent(sent, obligation, due, after: day)
      if let snooze, let next, next < snooze.until { return .silent(.snoozed(snooze)) }
      return .silent(.alreadySent(stage, on: sentOn, next: next))
    }
    if let snooze { return .silent(.snoozed(snooze)) }
    if let until = decisions.pause(of: occurrence, for: owner, on: day) {
      return .silent(.reported(until: until))
    }
    if let reason = noMail(to: owner, obligation.sending, on: day, history) { return .silent(reason) }
    var reminder = reminder(obligation, occurrence, step, to: owner, on: day)
    let isOnRecord = history.assumption(for: obligation.item, decisions) == nil
    reminder.reminded = isOnRecord ? sent.count : nil
    if day >= due {
      reminder.hearings =
        obligation.escalation.filter { obligation.isOver(owner, $0) }
        .compactMap { hearing($0, obligation, due, on: day, after: history) }.earliest
    }
    return .remind(reminder)
  }

  /// When a person past the owners has heard of a date or will; nil where that isn't certain.
  private func hearing(
    _ target: EscalationTarget, _ obligation: Obligation, _ due: CivilDate, on day: CivilDate,
    after history: History
  ) -> Reminder.Hearing? {
    switch result(of: obligation, due, for: target, on: day, after: history) {
    case .remind: .init(level: target.level, on: day)
    case .silent(.alreadySent(_, on: let sent, next: _)): .init(level: target.level, on: sent)
    case .silent(.notYet(first: let first)) where first > day: .init(level: target.level, on: first)
    case .silent: nil
    }
  }

  /// The same for a step past the owners. A snooze holds the head's and the supervisor's back; the contact, who may
  /// have to answer for it, hears all the same.
  func result(
    of obligation: Obligation, _ due: CivilDate, for target: EscalationTarget, on day: CivilDate,
    after history: History
  ) -> RuleResult {
    let occurrence = Occurrence(item: obligation.item, due: due)
    if let reason = endReason(obligation, due) { return .silent(reason) }
    let step = obligation.step(for: target, of: due)
    let thread = History.Thread(occurrence: occurrence, recipient: target.recipient)
    let assumed = history.assumption(for: obligation.item, decisions).flatMap {
      step.sendOn <= $0 ? step.sendOn : nil
    }
    if let sentOn = history.stages[thread]?[step.stage] ?? assumed {
      return .silent(.alreadySent(step.stage, on: sentOn, next: nil))
    }
    if let snooze = decisions.snooze(of: obligation.item, on: day), target.person != nil {
      return .silent(.snoozed(snooze))
    }
    guard step.sendOn <= day else { return .silent(.notYet(first: step.sendOn)) }
    if let reason = noMail(to: target.recipient, target.sending, on: day, history) { return .silent(reason) }
    return .remind(reminder(obligation, occurrence, step, to: target.recipient, on: day))
  }

  /// What the rule says of everyone past the owners; of nobody before the day after the date.
  func escalations(
    of obligation: Obligation, _ due: CivilDate, on day: CivilDate, after history: History
  ) -> [(target: EscalationTarget, result: RuleResult)] {
    guard day > due else { return [] }
    return obligation.escalation.map { ($0, result(of: obligation, due, for: $0, on: day, after: history)) }
  }

  /// Since when a date is overdue for so long that the contact is to step in; nil while it isn't.
  func contactStepsIn(on obligation: Obligation, _ due: CivilDate, by day: CivilDate) -> CivilDate? {
    guard day > due, obligation.noReminder == nil,
      let contact = obligation.escalation.first(where: { $0.level == .contact })
    else { return nil }
    let sendOn = obligation.step(for: contact, of: due).sendOn
    return sendOn <= day ? sendOn : nil
  }

  /// Whether nobody at all is reminded of an item, whatever owners it has and whatever was sent: `history` has no
  /// record of mails, which can only silence more.
  func remindsNobody(of obligation: Obligation, on day: CivilDate, after history: History) -> Bool {
    if obligation.noReminder != nil { return true }
    let anybody = Recipient(person: "", unit: "")
    return obligation.dates(around: day).allSatisfy { due in
      result(of: obligation, due, for: anybody, on: day, after: history).isSilent
        && escalations(of: obligation, due, on: day, after: history).allSatisfy(\.result.isSilent)
    }
  }

  /// Why nothing is sent on any day, which the ledger or a person decided.
  func endReason(_ obligation: Obligation, _ due: CivilDate, unit: String = "") -> NoReminderReason? {
    if let reason = obligation.noReminder { return reason }
    let occurrence = Occurrence(item: obligation.item, due: due)
    if obligation.item.kind == .report, decisions.isReceived(occurrence, from: unit) { return .received }
    return decisions.isDone(occurrence) ? .done : nil
  }

  /// What the ledger or a person said that keeps back a date, or an item without one, on a day.
  func reasonGiven(
    _ obligation: Obligation, _ due: CivilDate?, unit: String = "", on day: CivilDate
  ) -> NoReminderReason? {
    guard let due else {
      return !obligation.isClosed && decisions.isDone(obligation.item) ? .done : obligation.noReminder
    }
    return endReason(obligation, due, unit: unit)
      ?? decisions.snooze(of: obligation.item, on: day).map { .snoozed($0) }
  }

  /// The passed dates of an item's rules that are asked for still, ascending, whatever was decided about them.
  func openPassedDates(of obligation: Obligation, on day: CivilDate) -> [CivilDate] {
    obligation.passedDates(before: day).filter { !isSuperseded(obligation, $0, on: day) }
  }

  /// The light of a date of an item on a day.
  func light(of obligation: Obligation, _ due: CivilDate?, isDone: Bool = false, on day: CivilDate) -> Light {
    policy.lights.light(
      due: due, isClosed: obligation.isClosed || isDone, isReported: obligation.noReminder == .submitted,
      on: day, calendar: calendar)
  }

  /// Why a person isn't mailed that day at all.
  private func noMail(
    to recipient: Recipient, _ sending: SendingCalendar, on day: CivilDate, _ history: History
  ) -> NoReminderReason? {
    guard sending.isOpen(day) else { return .dayOff(next: sending.open(onOrAfter: day)) }
    guard routing.wasMailed(recipient, on: day, history) else { return nil }
    return .mailedToday(next: sending.open(onOrAfter: day.adding(days: 1)))
  }

  private func reminder(
    _ obligation: Obligation, _ occurrence: Occurrence, _ step: ReminderStep, to recipient: Recipient,
    on day: CivilDate
  ) -> Reminder {
    Reminder(
      occurrence: occurrence, stage: step.stage, recipient: recipient,
      reason: Reason(step: step, due: occurrence.due, on: day), subject: obligation.subject,
      fellows: obligation.fellows.filter { $0 != recipient },
      light: light(of: obligation, occurrence.due, on: day))
  }

  /// What is asked for no more. Nor is anybody asked for what was due before the service had its first day: it would
  /// demand reports that came in long ago.
  private func isPast(
    _ obligation: Obligation, _ due: CivilDate, on day: CivilDate, after history: History
  ) -> Bool {
    guard day > due, obligation.schedule.overdueEvery == nil else { return false }
    return history.assumedThrough == nil && due < history.since ?? day
      || isSuperseded(obligation, due, on: day)
  }

  /// What can't be called overdue: a duty's date is past once its day is over, since nobody says whether it was
  /// done; a report is asked for until the next one takes its place, and neither it nor a measure for ever. A
  /// summary is like a report in that.
  private func isSuperseded(_ obligation: Obligation, _ due: CivilDate, on day: CivilDate) -> Bool {
    guard day > due, obligation.schedule.overdueEvery == nil else { return false }
    if case .rules = obligation.dueDates { return true }
    if !Obligation.isCaughtUp(due, on: day) { return true }
    if obligation.item.kind == .measure { return false }
    return obligation.dates(around: day).contains { later in
      guard later > due else { return false }
      // The next summary says what this one would, also where it goes out ahead of a day off.
      let isSaid = obligation.item.kind == .summary && obligation.latestStep(of: later, asOf: day) != nil
      return later <= day || isSaid
    }
  }

  /// The stage that makes `step` superfluous: the step itself on whatever day, or a later one, sent or taken to
  /// have been sent.
  ///
  /// A later one counts only if it was sent by `day`: what a clock that was wrong for an hour sent for a day in
  /// the future must not silence everything up to that day.
  private func lastSent(
    _ step: ReminderStep, _ sent: [Stage: CivilDate], _ obligation: Obligation, _ due: CivilDate,
    on day: CivilDate, _ history: History
  ) -> (Stage, CivilDate)? {
    if let sentOn = sent[step.stage] { return (step.stage, sentOn) }
    var latest: (stage: Stage, nominal: CivilDate, sentOn: CivilDate)?
    for (stage, sentOn) in sent where sentOn <= day {
      if case .escalation = stage { continue }
      let nominal = stage.nominalDay(due: due, calendar: calendar, escalation: policy.escalation)
      if latest.map({ ($0.nominal, $0.sentOn) < (nominal, sentOn) }) ?? true {
        latest = (stage, nominal, sentOn)
      }
    }
    if let through = history.assumption(for: obligation.item, decisions),
      let assumed = obligation.latestStep(of: due, asOf: through),
      latest.map({ $0.nominal < assumed.nominal }) ?? true
    {
      latest = (assumed.stage, assumed.nominal, assumed.sendOn)
    }
    guard let latest, step.nominal <= latest.nominal else { return nil }
    return (latest.stage, latest.sentOn)
  }

  private func nextUnsent(
    _ sent: [Stage: CivilDate], _ obligation: Obligation, _ due: CivilDate, after day: CivilDate
  ) -> CivilDate? {
    var next = obligation.nextStep(of: due, after: day)
    while let step = next, sent[step.stage] != nil {
      next = obligation.nextStep(of: due, after: step.sendOn)
    }
    return next?.sendOn
  }
}

/// What the rule says about one item, date, person and day.
public enum RuleResult: Sendable, Equatable {
  case remind(Reminder)
  /// None does, and why.
  case silent(NoReminderReason)

  var isSilent: Bool { if case .silent = self { true } else { false } }
}

/// Why no reminder goes out for an item, a person and a day: what `explain` quotes.
public enum NoReminderReason: Sendable, Hashable {
  /// The ledger says 销号.
  case closed
  /// The ledger says that it was reported as done and waits for confirmation.
  case submitted
  /// No end date.
  case standing
  /// At once, without a date.
  case immediate
  /// No date could be read for certain and nobody decided one.
  case noDate(DeadlineReading.Status)
  /// The first step comes on that day.
  case notYet(first: CivilDate)
  /// The latest step, or a later one, was already sent on a day; the next one comes on `next`, nil for none.
  case alreadySent(Stage, on: CivilDate, next: CivilDate?)
  /// A day off or a quiet day; the next day on which mail goes out.
  case dayOff(next: CivilDate)
  /// This person was already mailed today; the next day on which mail goes out.
  case mailedToday(next: CivilDate)
  /// Put off by a person.
  case snoozed(Snooze)
  /// The owner says that it is done, and nobody has confirmed it yet; reminders go on on that day.
  case reported(until: CivilDate)
  /// Marked as done by a person.
  case done
  case received
  /// A later occurrence has taken its place, or it lies too far back to catch up.
  case past
}

extension NoReminderReason: CustomStringConvertible {
  /// One English sentence without a full stop.
  public var description: String {
    switch self {
    case .closed: "closed in the ledger (销号)"
    case .submitted: "reported as done, waiting for confirmation"
    case .standing: "standing (长期): it has no end date"
    case .immediate:
      "to be done at once (立行立改): there is no date to remind of; write due: in the ledger for one"
    case .noDate(let status): "no certain date: \(words(status)); write due: in the ledger to decide it"
    case .notYet(let first): "not due yet: the first reminder goes out on \(first)"
    case .alreadySent(let stage, let day, let next):
      "already sent (\(stage.words)) on \(day)"
        + (next.map { "; the next one goes out on \($0)" } ?? "; nothing follows")
    case .dayOff(let next): "a day off or a quiet day: mail goes out again on \(next)"
    case .mailedToday(let next): "this person had today's mail already: the next one goes out on \(next)"
    case .snoozed(let snooze):
      "snoozed by \(snooze.by): reminders go on from \(snooze.until)"
        + (snooze.why.isEmpty ? "" : " (\(snooze.why))")
    case .reported(let until):
      "the owner answered that it is done; unless that is confirmed, reminders go on from \(until)"
    case .done: "marked as done"
    case .received: "the report was received"
    case .past: "past, and nothing is caught up for it any more"
    }
  }

  private func words(_ status: DeadlineReading.Status) -> String {
    switch status {
    case .read, .none: "the deadline names no day"
    case .ambiguous: "the deadline's words have more than one meaning"
    case .unread: "the deadline's words can't be read"
    case .invalid: "the deadline's words name a day that doesn't exist"
    }
  }
}
