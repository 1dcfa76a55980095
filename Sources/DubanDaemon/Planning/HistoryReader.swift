public import DubanCore
public import DubanOutbox

/// Turns the outbox's records into what the planner asks about the past.
public enum HistoryReader {
  /// How far back records matter, in days: an item that still reminds its owners has newer ones than a year ago. The steps
  /// past the owners come once, and matter as long as the item is open.
  static let reach = 400
  private static let escalations = EscalationLevel.allCases.map { Stage.escalation($0).description }

  /// What was queued before `day`, as far back as it matters on that day.
  public static func read(_ outbox: Outbox, before day: CivilDate) throws(OutboxError) -> History {
    try read(outbox, asOf: day, remindersBefore: day, mailsThrough: day.adding(days: -1))
  }

  /// Everything queued that matters today, mails of today and reminders of days that a clock set back has made
  /// future ones included.
  public static func read(_ outbox: Outbox, today: CivilDate) throws(OutboxError) -> History {
    try read(outbox, asOf: today, remindersBefore: CivilDate(dayNumber: .max), mailsThrough: today)
  }

  /// A mailbox that was refused for good counts as unreachable.
  private static func read(
    _ outbox: Outbox, asOf day: CivilDate, remindersBefore end: CivilDate, mailsThrough last: CivilDate
  ) throws(OutboxError) -> History {
    var history = History()
    let names = try UnitRenames(outbox)
    try outbox.forEachReminder(
      plannedSince: day.adding(days: -reach), orStages: escalations
    ) { reminder in
      // A stage or kind that this version doesn't know was written by a newer one, whose outbox doesn't open.
      guard reminder.plannedOn < end, let stage = Stage(reminder.stage),
        let kind = ItemID.Kind(rawValue: reminder.kind)
      else { return }
      history.note(
        stage,
        of: Occurrence(
          item: ItemID(plan: reminder.plan, kind: kind, id: reminder.item, identity: reminder.identity),
          due: reminder.due),
        to: Recipient(
          person: reminder.person, unit: names.current(reminder.unit, ofPlan: reminder.plan)),
        on: reminder.plannedOn)
    }
    for mail in try outbox.lastMailDays(kinds: [MailKind.scheduled]) {
      let recipient = Recipient(person: mail.person, unit: mail.unit)
      let lastDay = mail.day <= last ? mail.day : try lastMailDay(of: recipient, through: last, outbox)
      guard let lastDay else { continue }
      for recipient in names.currentNames(of: recipient) { history.noteMail(to: recipient, on: lastDay) }
    }
    history.unreachable = Set(try outbox.badRecipients().map { $0.address.lowercased() })
    return history
  }

  /// Looks past mails of later days, which there are after the clock was set back or when a past day is asked about.
  private static func lastMailDay(
    of recipient: Recipient, through last: CivilDate, _ outbox: Outbox
  ) throws(OutboxError) -> CivilDate? {
    var filter = EntryFilter()
    filter.to = recipient.person
    filter.through = last
    return try outbox.entries(filter).filter { $0.kind == MailKind.scheduled && $0.unit == recipient.unit }
      .map(\.day).max()
  }
}

/// Turns the recorded decisions into what the planner goes by: the latest word on each item counts.
public enum DecisionReader {
  /// What people decided, up to now or before a moment.
  public static func read(
    _ outbox: Outbox, before moment: Timestamp? = nil
  ) throws(OutboxError) -> Decisions {
    var decisions = Decisions()
    decisions.firstDay = try outbox.firstReminderDay()
    let names = try UnitRenames(outbox, before: moment)
    let known = try outbox.decisions().filter { decision in moment.map { decision.at < $0 } ?? true }
    for decision in known.inForce {
      switch decision.kind {
      case .done:
        let key = [decision.plan, decision.identity]
        let mark = Decisions.Done(
          plan: decision.plan, item: decision.identity, due: decision.occurrence)
        let earlier = decisions.madeFor[mark]
        decisions.madeFor[mark] = decision.madeFor(names)
        if decision.occurrence == nil {
          // Nobody can mark as a whole again what still is: the mark before had lapsed.
          decisions.done.remove(mark)
          decisions.statusWhenDone[key] = decision.statusWhenDone
        }
        if let last = decision.doneThrough {
          // What was marked when it was another's says nothing of this one's dates.
          let isSame = earlier == decisions.madeFor[mark]
          decisions.doneThrough[key] = max(isSame ? decisions.doneThrough[key] ?? last : last, last)
          continue
        }
        decisions.done.insert(mark)
      case .reportReceived:
        guard let due = decision.occurrence else { continue }
        // An answer by mail doesn't say which of a day's reports it brings.
        let item = decision.identity.isEmpty ? nil : decision.identity
        decisions.received.insert(
          .init(
            plan: decision.plan, item: item,
            unit: names.current(decision.person, ofPlan: decision.plan), due: due))
      case .snooze:
        guard let until = decision.until else { continue }
        decisions.put(
          off: Snooze(
            plan: decision.plan, item: decision.identity, until: until, by: decision.by, why: decision.why,
            madeFor: decision.madeFor(names)))
      case .due:
        guard let until = decision.until else { continue }
        decisions.postponements.append(
          Postponement(
            plan: decision.plan, item: decision.identity, words: decision.words, until: until, by: decision.by
          ))
      case .handover:
        decisions.handOvers.append(
          HandOver(
            plan: decision.plan, item: decision.identity, words: decision.words, former: decision.former,
            successor: decision.person))
      case .snoozeUndone, .doneUndone, .reportUndone, .dueUndone, .handoverUndone: continue
      }
    }
    for proposal in try outbox.proposals() {
      guard let until = proposal.pause, let due = proposal.due else { continue }
      decisions.pauses.insert(
        .init(
          plan: proposal.plan, item: proposal.identity, due: due,
          owner: Recipient(
            person: proposal.person, unit: names.current(proposal.unit, ofPlan: proposal.plan)),
          until: until))
    }
    return decisions
  }
}

extension Decision {
  /// The measure that was marked or put off, its units by their present names.
  func madeFor(_ names: UnitRenames) -> DecidedMeasure? {
    madeFor.map { decided in
      DecidedMeasure(
        title: decided.title, units: decided.units.map { names.current($0, ofPlan: plan) })
    }
  }
}
