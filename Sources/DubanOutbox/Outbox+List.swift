public import DubanCore
import Foundation

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
      let (sql, values) = Outbox.query(filter)
      try db.forEach(sql, values) { body(try Entry($0)) }
    }
  }

  private static func query(_ filter: EntryFilter) -> (String, [any SQLValue]) {
    var conditions: [String] = []
    var arguments: [any SQLValue] = []
    func add(_ condition: String, _ values: [any SQLValue]) {
      conditions.append(condition)
      arguments += values
    }
    if let states = filter.states?.map(\.rawValue).sorted() {
      add("state IN (\(Dialect.places(states.count)))", states)
    }
    if let to = filter.to { add("(person = ? OR recipient = ?)", [to, to]) }
    if let items = filter.items?.sorted() {
      add(
        "id IN (SELECT entry FROM reminder WHERE identity IN (\(Dialect.places(items.count))))",
        items)
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
      guard let entry = try db.row("SELECT * FROM entry WHERE id = ?", [id], Entry.init) else {
        throw OutboxError.noEntry(id)
      }
      let body: Data? = try db.first("SELECT bytes FROM body WHERE entry = ?", [id])
      return EntryDetails(
        entry: entry,
        attempts: try db.rows(
          "SELECT * FROM attempt WHERE entry = ? ORDER BY number", [id], Attempt.init),
        reminders: try db.rows(
          "SELECT * FROM reminder WHERE entry = ? ORDER BY key", [id], ReminderRecord.init),
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
        let count: Int = try db.first("SELECT count(*) FROM entry WHERE \(states)") ?? 0
        if count > 0 { backlog.counts[state] = count }
      }
      let due = "FROM entry WHERE state IN ('queued', 'deferred')"
      backlog.nextAttempt = try db.moment("SELECT min(nextAttempt) \(due)")
      let waiting = try [
        db.moment("SELECT min(queuedAt) \(due)"),
        db.moment("SELECT min(queuedAt) FROM entry WHERE state = 'sending'"),
      ].compactMap(\.self)
      let held = try db.moment(
        "SELECT min(queuedAt) FROM entry WHERE state IN ('held', 'failed') AND state = 'held'")
      backlog.waitingSince = waiting.min()
      backlog.oldest = (waiting + [held].compactMap(\.self)).min()
      return backlog
    }
  }

  /// When the next entry is due; nil where none waits. Quick, however long the queue.
  public func nextAttempt() throws(OutboxError) -> Timestamp? {
    try read { db in
      try db.moment("SELECT min(nextAttempt) FROM entry WHERE state IN ('queued', 'deferred')")
    }
  }

  /// When attempts began, after `since` and not after `now`, that the relay accepted or may have: what its limits
  /// count. What is under way counts too. Oldest first.
  public func handedOver(after since: Timestamp, through now: Timestamp) throws(OutboxError) -> [Timestamp] {
    try read { db in
      try db.rows("SELECT startedAt \(Outbox.handedOver()) ORDER BY startedAt", [since.seconds, now.seconds])
      {
        Timestamp(seconds: $0[0])
      }
    }
  }

  /// Whether the relay took a mail for certain since that moment.
  public func hasSent(since moment: Timestamp) throws(OutboxError) -> Bool {
    try read { db in
      try db.first(
        "SELECT EXISTS (SELECT 1 FROM attempt WHERE startedAt >= ? AND outcome = 'sent')", [moment.seconds])
        ?? false
    }
  }

  /// How many such attempts there were.
  static func handedOverCount(
    after since: Timestamp, through now: Timestamp, _ db: any Transaction
  ) throws -> Int {
    try db.first("SELECT count(*) \(Outbox.handedOver())", [since.seconds, now.seconds]) ?? 0
  }

  /// Where such attempts are; the numbers are those of the parameters.
  static func handedOver(after since: Int = 1, through now: Int = 2) -> String {
    """
    FROM attempt WHERE startedAt > ?\(since) AND startedAt <= ?\(now)
      AND (outcome IS NULL OR outcome = 'sent' OR possiblyDelivered = 1)
    """
  }
}

extension Transaction {
  /// The moment in the first column of the first row.
  fileprivate func moment(_ sql: String) throws -> Timestamp? {
    (try first(sql) as Int64?).map(Timestamp.init(seconds:))
  }
}

/// What is left to do, in figures.
public struct Backlog: Sendable, Hashable {
  /// How many entries are in each state that isn't `sent`; absent where there is none.
  public var counts: [EntryState: Int] = [:]
  /// When the oldest entry that is neither sent nor failed was queued.
  public var oldest: Timestamp?
  /// The same of those that nobody holds back.
  public var waitingSince: Timestamp?
  /// When the next entry is due.
  public var nextAttempt: Timestamp?

  /// An empty backlog.
  public init() {}

  /// How many entries are neither sent nor failed.
  public var open: Int { counts.filter { $0.key != .failed && $0.key != .sent }.values.reduce(0, +) }
}
