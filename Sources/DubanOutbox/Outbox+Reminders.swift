public import DubanCore
import GRDB

extension Outbox {
  /// Every reminder planned for `day` or later, with what became of its mail, in the order of planning.
  public func reminders(plannedSince day: CivilDate) throws(OutboxError) -> [RecordedReminder] {
    try read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT reminder.*, entry.state FROM reminder JOIN entry ON entry.id = reminder.entry
          WHERE plannedOn >= ? ORDER BY plannedOn, reminder.rowid
          """, arguments: [day.description]
      ).map(RecordedReminder.init)
    }
  }

  /// Every reminder of one item, with what became of its mail, in the order of planning.
  public func reminders(of item: String, plan: String) throws(OutboxError) -> [RecordedReminder] {
    try read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT reminder.*, entry.state FROM reminder JOIN entry ON entry.id = reminder.entry
          WHERE item = ? AND plan = ? ORDER BY plannedOn, reminder.rowid
          """, arguments: [item, plan]
      ).map(RecordedReminder.init)
    }
  }

  /// For each person, the last day for which a mail of one of these kinds was planned.
  public func lastMailDays(kinds: Set<String>) throws(OutboxError) -> [LastMail] {
    try read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT person, unit, max(day) AS day FROM entry
          WHERE kind IN (\(kinds.map { _ in "?" }.joined(separator: ", ")))
          GROUP BY person, unit ORDER BY person, unit
          """, arguments: StatementArguments(kinds)
      ).map(LastMail.init)
    }
  }
}
