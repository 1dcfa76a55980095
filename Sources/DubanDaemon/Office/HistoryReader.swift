public import DubanCore
public import DubanOutbox

/// Turns the outbox's records into what the planner asks about the past.
public enum HistoryReader {
  /// How far back records matter, in days: past a year, an item that still reminds has newer ones.
  static let reach = 400

  /// What was queued up to now; a mailbox that was refused for good counts as unreachable.
  public static func read(_ outbox: Outbox, today: CivilDate) throws(OutboxError) -> History {
    var history = History()
    for record in try outbox.reminders(plannedSince: today.adding(days: -reach)) {
      note(record.reminder, in: &history)
    }
    for (recipient, day) in try outbox.lastDays(ofKeysStarting: EntryKey.scheduledPrefix) {
      history.noteMail(to: recipient, on: day)
    }
    history.unreachable = Set(try outbox.badRecipients().map { $0.address.lowercased() })
    return history
  }

  /// A stage that this version doesn't know was written by a newer one, which the outbox refuses to open.
  private static func note(_ record: ReminderRecord, in history: inout History) {
    guard let stage = Stage(record.stage) else { return }
    history.note(
      stage, of: Occurrence(item: ItemID(plan: record.plan, id: record.item), due: record.due),
      to: Recipient(person: record.person, unit: record.unit))
  }
}
