import DubanCore
import Foundation
import GRDB

extension Outbox {
  /// Queues all of `entries` or, when it throws, none.
  ///
  /// An entry whose key was ever queued, or any of whose reminders was, isn't queued again: two processes that
  /// plan the same day queue each reminder once.
  public func enqueue(_ entries: [NewEntry]) throws(OutboxError) -> EnqueueResult {
    try write { db in
      var result = EnqueueResult()
      for entry in entries {
        if let known = try Outbox.known(entry, db) {
          result.known.append(known)
        } else {
          result.queued.append(try Outbox.insert(entry, db))
        }
      }
      return result
    }
  }

  private static func known(_ entry: NewEntry, _ db: Database) throws -> EnqueueResult.Known? {
    let byKey = try db.cachedStatement(sql: "SELECT id FROM entry WHERE key = ?")
    if let id = try Int64.fetchOne(byKey, arguments: [entry.key]) {
      return EnqueueResult.Known(key: entry.key, reminder: nil, entry: id)
    }
    let byReminder = try db.cachedStatement(sql: "SELECT entry FROM reminder WHERE key = ?")
    for reminder in entry.reminders {
      if let id = try Int64.fetchOne(byReminder, arguments: [reminder.key]) {
        return EnqueueResult.Known(key: entry.key, reminder: reminder.key, entry: id)
      }
    }
    return nil
  }

  private static func insert(_ entry: NewEntry, _ db: Database) throws -> Int64 {
    try db.cachedStatement(
      sql: """
        INSERT INTO entry (key, kind, reversePath, recipient, person, unit, messageID, subject, day, queuedAt,
          notBefore, state, nextAttempt)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'queued', ?)
        """
    ).execute(arguments: [
      entry.key, entry.kind, entry.reversePath, entry.recipient, entry.person, entry.unit, entry.messageID,
      entry.subject,
      entry.day.description, entry.queuedAt.seconds, entry.notBefore.seconds,
      max(entry.queuedAt, entry.notBefore).seconds,
    ])
    let id = db.lastInsertedRowID
    try db.cachedStatement(sql: "INSERT INTO body (entry, bytes) VALUES (?, ?)")
      .execute(arguments: [id, Data(entry.body)])
    for reminder in entry.reminders { try insert(reminder, of: id, db) }
    for fact in entry.tells {
      try db.execute(
        sql: "INSERT INTO fact (key, value, at) VALUES (?, ?, ?) ON CONFLICT (key) DO NOTHING",
        arguments: [fact, String(id), entry.queuedAt.seconds])
    }
    return id
  }

  private static func insert(_ reminder: ReminderRecord, of entry: Int64, _ db: Database) throws {
    try db.cachedStatement(
      sql: """
        INSERT INTO reminder (key, entry, plan, kind, item, due, stage, person, unit, plannedOn, reason)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """
    ).execute(arguments: [
      reminder.key, entry, reminder.plan, reminder.kind, reminder.item, reminder.due.description,
      reminder.stage, reminder.person, reminder.unit, reminder.plannedOn.description, reminder.reason,
    ])
  }
}
