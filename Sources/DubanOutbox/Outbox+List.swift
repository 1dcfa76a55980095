public import DubanCore
import Foundation
import GRDB

extension Outbox {
  /// The entries that pass `filter`.
  public func entries(_ filter: EntryFilter) throws(OutboxError) -> [Entry] {
    var entries: [Entry] = []
    try forEachEntry(filter) { entries.append($0) }
    return entries
  }

  /// Calls `body` with each entry that passes `filter`, one at a time: a long history needs no memory.
  public func forEachEntry(_ filter: EntryFilter, _ body: (Entry) -> Void) throws(OutboxError) {
    try read { db in
      let (sql, arguments) = Outbox.query(filter)
      let rows = try Row.fetchCursor(db, sql: sql, arguments: arguments)
      while let row = try rows.next() { body(try Entry(row)) }
    }
  }

  private static func query(_ filter: EntryFilter) -> (String, StatementArguments) {
    var conditions: [String] = []
    var arguments = StatementArguments()
    func add(_ condition: String, _ values: StatementArguments) {
      conditions.append(condition)
      arguments += values
    }
    if let states = filter.states?.map(\.rawValue).sorted() {
      add("state IN (\(states.map { _ in "?" }.joined(separator: ", ")))", StatementArguments(states))
    }
    if let to = filter.to { add("(person = ? OR recipient = ?)", [to, to]) }
    if let items = filter.items?.sorted() {
      add(
        "id IN (SELECT entry FROM reminder WHERE identity IN (\(items.map { _ in "?" }.joined(separator: ", "))))",
        StatementArguments(items))
    }
    if let from = filter.from { add("day >= ?", [from.description]) }
    if let through = filter.through { add("day <= ?", [through.description]) }
    var sql = "SELECT * FROM entry"
    if !conditions.isEmpty { sql += " WHERE " + conditions.joined(separator: " AND ") }
    sql += filter.newestFirst ? " ORDER BY id DESC" : " ORDER BY id"
    if let limit = filter.limit {
      sql += " LIMIT ?"
      arguments += [limit]
    }
    return (sql, arguments)
  }

  /// Everything that is known of one entry; throws ``OutboxError/noEntry(_:)``.
  public func show(_ id: Int64) throws(OutboxError) -> EntryDetails {
    try read { db in
      guard let row = try Row.fetchOne(db, sql: "SELECT * FROM entry WHERE id = ?", arguments: [id]) else {
        throw OutboxError.noEntry(id)
      }
      let attempts = try Row.fetchAll(
        db, sql: "SELECT * FROM attempt WHERE entry = ? ORDER BY number", arguments: [id])
      let reminders = try Row.fetchAll(
        db, sql: "SELECT * FROM reminder WHERE entry = ? ORDER BY key", arguments: [id])
      let body = try Data.fetchOne(db, sql: "SELECT bytes FROM body WHERE entry = ?", arguments: [id])
      return EntryDetails(
        entry: try Entry(row), attempts: try attempts.map(Attempt.init),
        reminders: try reminders.map(ReminderRecord.init),
        body: body.map(Array.init))
    }
  }

  /// What is left to do, in figures; doesn't slow down as the history grows.
  public func backlog() throws(OutboxError) -> Backlog {
    try read { db in
      var backlog = Backlog()
      for (states, state) in [
        ("state IN ('queued', 'deferred') AND state = 'queued'", EntryState.queued),
        ("state IN ('queued', 'deferred') AND state = 'deferred'", .deferred),
        ("state = 'sending'", .sending), ("state IN ('held', 'failed') AND state = 'held'", .held),
        ("state IN ('held', 'failed') AND state = 'failed'", .failed),
      ] {
        let count = try Int.fetchOne(db, sql: "SELECT count(*) FROM entry WHERE \(states)") ?? 0
        if count > 0 { backlog.counts[state] = count }
      }
      let due = "FROM entry WHERE state IN ('queued', 'deferred')"
      backlog.nextAttempt = try Int64.fetchOne(db, sql: "SELECT min(nextAttempt) \(due)")
        .map(Timestamp.init(seconds:))
      backlog.oldest = try Int64.fetchOne(
        db,
        sql: """
          SELECT min(queuedAt) FROM (
            SELECT queuedAt \(due)
            UNION ALL SELECT queuedAt FROM entry WHERE state = 'sending'
            UNION ALL SELECT queuedAt FROM entry WHERE state IN ('held', 'failed') AND state = 'held')
          """
      ).map(Timestamp.init(seconds:))
      return backlog
    }
  }

  /// When the next entry is due; nil where none waits. Quick, however long the queue.
  public func nextAttempt() throws(OutboxError) -> Timestamp? {
    try read { db in
      try Int64.fetchOne(
        db, sql: "SELECT min(nextAttempt) FROM entry WHERE state IN ('queued', 'deferred')"
      ).map(Timestamp.init(seconds:))
    }
  }

  /// When attempts began, after `since` and not after `now`, that the relay accepted or may have: what its limits
  /// count. What is under way counts too. Oldest first.
  public func handedOver(after since: Timestamp, through now: Timestamp) throws(OutboxError) -> [Timestamp] {
    try read { db in
      try Int64.fetchAll(
        db, sql: "SELECT startedAt \(Outbox.handedOver) ORDER BY startedAt",
        arguments: [since.seconds, now.seconds]
      ).map(Timestamp.init(seconds:))
    }
  }

  /// How many such attempts there were.
  public func handedOverCount(after since: Timestamp, through now: Timestamp) throws(OutboxError) -> Int {
    try read { db in
      try Int.fetchOne(
        db, sql: "SELECT count(*) \(Outbox.handedOver)", arguments: [since.seconds, now.seconds]) ?? 0
    }
  }

  private static let handedOver = """
    FROM attempt WHERE startedAt > ? AND startedAt <= ?
      AND (outcome IS NULL OR outcome = 'sent' OR possiblyDelivered = 1)
    """
}
