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

  /// Goes through every reminder planned for `day` or later, or of one of these stages, in the order of planning,
  /// without holding them.
  public func forEachReminder(
    plannedSince day: CivilDate, orStages stages: [String] = [], _ body: (PastReminder) throws -> Void
  ) throws(OutboxError) {
    try read { db in
      let rows = try Row.fetchCursor(
        db,
        sql: """
          SELECT plan, kind, item, due, stage, person, unit, plannedOn, identity FROM reminder
          WHERE plannedOn >= ? \(stages.isEmpty ? "" : "OR stage IN (\(stages.map { _ in "?" }.joined(separator: ", ")))")
          ORDER BY plannedOn, rowid
          """, arguments: StatementArguments([day.description] + stages))
      var last: PastReminder?
      while let row = try rows.next() {
        let reminder = try PastReminder(row, after: last)
        try body(reminder)
        last = reminder
      }
    }
  }

  /// For each person, the last day for which a mail of one of these kinds was planned.
  public func lastMailDays(kinds: Set<String>) throws(OutboxError) -> [LastMail] {
    try read { db in
      let rows = try Row.fetchCursor(
        db,
        sql: """
          SELECT person, unit, max(day) AS day FROM entry
          WHERE kind IN (\(kinds.map { _ in "?" }.joined(separator: ", ")))
          GROUP BY person, unit ORDER BY person, unit
          """, arguments: StatementArguments(kinds))
      var mails: [LastMail] = []
      while let row = try rows.next() { mails.append(try LastMail(row)) }
      return mails
    }
  }
}
