public import DubanCore
public import DubanOutbox

/// Turns the outbox's records into what the planner asks about the past.
public enum HistoryReader {
  /// How far back records matter, in days: an item that still reminds has newer ones than a year ago.
  static let reach = 400

  /// What was queued for days before `day`; a mailbox that was refused for good counts as unreachable.
  public static func read(
    _ outbox: Outbox, since: CivilDate, before day: CivilDate
  ) throws(OutboxError) -> History {
    var history = History()
    for record in try outbox.reminders(plannedSince: since) where record.reminder.plannedOn < day {
      let reminder = record.reminder
      // A stage or kind that this version doesn't know was written by a newer one, whose outbox doesn't open.
      guard let stage = Stage(reminder.stage), let kind = ItemID.Kind(rawValue: reminder.kind) else {
        continue
      }
      history.note(
        stage,
        of: Occurrence(item: ItemID(plan: reminder.plan, kind: kind, id: reminder.item), due: reminder.due),
        to: Recipient(person: reminder.person, unit: reminder.unit))
    }
    for last in try outbox.lastMailDays(kinds: [MailKind.scheduled]) where last.day < day {
      history.noteMail(to: Recipient(person: last.person, unit: last.unit), on: last.day)
    }
    history.unreachable = Set(try outbox.badRecipients().map { $0.address.lowercased() })
    return history
  }

  /// What was queued before `day`, as far back as it matters on that day.
  public static func read(_ outbox: Outbox, before day: CivilDate) throws(OutboxError) -> History {
    try read(outbox, since: day.adding(days: -reach), before: day)
  }

  /// Everything queued that matters today, mails of today and of days that a clock set back has made future ones
  /// included.
  public static func read(_ outbox: Outbox, today: CivilDate) throws(OutboxError) -> History {
    try read(outbox, since: today.adding(days: -reach), before: CivilDate(dayNumber: .max))
  }
}
