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

  /// Goes through every reminder planned for `day` or later, in the order of planning, without holding them.
  public func forEachReminder(
    plannedSince day: CivilDate, _ body: (PastReminder) throws -> Void
  ) throws(OutboxError) {
    try read { db in
      let rows = try Row.fetchCursor(
        db,
        sql: """
          SELECT plan, kind, item, due, stage, person, unit, plannedOn, identity FROM reminder
          WHERE plannedOn >= ? ORDER BY plannedOn, rowid
          """, arguments: [day.description])
      var last: PastReminder?
      while let row = try rows.next() {
        let reminder = try PastReminder(row, after: last)
        try body(reminder)
        last = reminder
      }
    }
  }

  /// The places, among so many keys of reminders, of those that were never queued.
  public func unqueued(of count: Int, _ key: (Int) -> String) throws(OutboxError) -> [Int] {
    guard count > 0 else { return [] }
    return try read { db in
      let statement = try db.cachedStatement(sql: "SELECT 1 FROM reminder WHERE key = ?")
      return try (0..<count).filter { try Int.fetchOne(statement, arguments: [key($0)]) == nil }
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
