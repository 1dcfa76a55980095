import Foundation
import GRDB

/// PostgreSQL, through libpq: one connection, made anew when it is lost.
///
/// `@unchecked Sendable`: everything that changes is used under `lock` alone.
final class PostgresEngine: Engine, @unchecked Sendable {
  /// How long a call tries to find the database again, as after a failover, before it says that it can't be reached.
  private static let patience = Duration.seconds(20)
  /// Milliseconds between two tries.
  private static let wait: Int32 = 250

  let address: PostgresAddress
  private let access: Outbox.Access
  /// This handle, among all that write.
  private let writer = UUID().uuidString
  private let lock = NSLock()
  private var connection: PostgresConnection?
  /// Counts the transactions of this handle that may write.
  private var transactions = 0
  /// The newest history of the database that was seen.
  private var history: PostgresHistory?

  var name: String { address.name }

  /// Connects; makes or upgrades the tables unless they are only to be read.
  init(_ address: PostgresAddress, _ access: Outbox.Access) throws {
    self.address = address
    self.access = access
    let migrator = PostgresMigrator(try connected(), address)
    switch access {
    case .readWrite: try migrator.migrate()
    case .readOnly: try migrator.check()
    }
  }

  /// The version of TLS that the connection is under; nil where it is under none.
  var encryption: String? { lock.withLock { connection?.encryption } }

  func write<Value>(_ turn: Turn, _ updates: (any Transaction) throws -> Value) throws -> Value {
    try lock.withLock {
      let end = ContinuousClock.now + Self.patience
      while true {
        do {
          switch try transact(turn, updates) {
          case .committed(let value): return value
          case .unanswered(let value, let words): if try happened(until: end, words) { return value }
          }
        } catch PostgresFailure.refused(let state, _) where state == "40001" || state == "40P01" {
          // Two of them stood in each other's way, and this one was undone.
          guard ContinuousClock.now < end else { throw OutboxError.locked(name) }
        } catch PostgresFailure.lost(let words) {
          try pause(until: end, words)
        }
      }
    }
  }

  private enum Outcome<Value> {
    case committed(Value)
    /// The commit was sent, and its answer was lost.
    case unanswered(Value, words: String)
  }

  private func transact<Value>(
    _ turn: Turn, _ updates: (any Transaction) throws -> Value
  ) throws -> Outcome<Value> {
    let connection = try connected()
    transactions += 1
    let value: Value
    do {
      let turn = turn == .alone ? "pg_advisory_xact_lock" : "pg_advisory_xact_lock_shared"
      try connection.run(
        """
        BEGIN; SELECT \(turn)(hashtextextended('duban.\(address.schema)', 0));
        INSERT INTO writer VALUES ('\(writer)', \(transactions), clock_timestamp())
        ON CONFLICT (id) DO UPDATE SET turn = excluded.turn, at = excluded.at
        """)
      value = try updates(PostgresTransaction(connection: connection))
    } catch {
      try rollBack(connection, error)
      throw error
    }
    do {
      try connection.run("COMMIT")
    } catch PostgresFailure.lost(let words) {
      return .unanswered(value, words: words)
    }
    return .committed(value)
  }

  private func rollBack(_ connection: PostgresConnection, _ error: any Error) throws {
    if case PostgresFailure.lost = error { return }
    try connection.run("ROLLBACK")
  }

  /// Whether the last transaction happened, though its answer was lost. Waits for one that is still on its way.
  private func happened(until end: ContinuousClock.Instant, _ words: String) throws -> Bool {
    var words = words
    while true {
      try pause(until: end, words)
      do {
        let rows = try connected().execute("SELECT turn FROM writer WHERE id = ? FOR UPDATE", [.text(writer)])
        return rows.rows > 0 && PostgresRow(result: rows, row: 0).value(0) == transactions
      } catch PostgresFailure.lost(let more) { words = more }
    }
  }

  func read<Value>(_ fetch: (any Transaction) throws -> Value) throws -> Value {
    try lock.withLock {
      let connection = try readingConnection()
      do {
        let value = try fetch(PostgresTransaction(connection: connection))
        try connection.run("COMMIT")
        return value
      } catch {
        // Rows may have been given away already, so that it isn't begun anew.
        try rollBack(connection, error)
        throw error
      }
    }
  }

  /// A connection with a transaction begun that only reads.
  private func readingConnection() throws -> PostgresConnection {
    let end = ContinuousClock.now + Self.patience
    while true {
      do {
        let connection = try connected()
        try connection.run("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        return connection
      } catch PostgresFailure.lost(let words) { try pause(until: end, words) }
    }
  }

  /// The connection, made now where there is none or it was lost.
  private func connected() throws -> PostgresConnection {
    if let connection, !connection.isLost { return connection }
    connection = nil
    let fresh = try PostgresConnection.open(address, toWrite: access == .readWrite)
    let found = try PostgresHistory(fresh)
    let known = history ?? address.directory.flatMap(PostgresHistory.init(rememberedIn:))
    if let known, !found.continues(known) {
      throw PostgresFailure.lost("this server has an older history: a primary that was replaced")
    }
    if found != known, access == .readWrite, let directory = address.directory {
      try found.remember(in: directory)
    }
    (history, connection) = (found, fresh)
    return fresh
  }

  /// Waits before the next try, or gives up.
  private func pause(until end: ContinuousClock.Instant, _ words: String) throws {
    guard ContinuousClock.now < end else { throw OutboxError.unreachable(name, detail: words) }
    poll(nil, 0, Self.wait)
  }

  func copy(to file: DatabaseQueue) throws {
    try Schema.migrator.migrate(file)
    try OutboxCopy.run(from: self, to: SQLiteEngine(queue: file, name: file.path))
  }

  func damage() throws -> [String] {
    // The server checks its own pages; what can be asked is whether every table can be read.
    try read { db in
      for table in OutboxTable.all { let _: Int? = try db.first("SELECT count(*) FROM \(table.name)") }
      return []
    }
  }

  func releaseMemory() {}
}

extension OutboxError {
  /// SQLSTATEs (postgresql.org/docs/15/errcodes-appendix.html) in our words.
  init(_ failure: PostgresFailure, _ name: String) {
    self =
      switch failure {
      case .lost(let words): .unreachable(name, detail: words)
      case .refused("53100", _): .diskFull(name)
      case .refused("55P03", _), .refused("40001", _), .refused("40P01", _): .locked(name)
      case .refused(let state, let words) where state.hasPrefix("23"): .notAllowed(words)
      // Its words may quote the value.
      case .refused(let state, _) where state.hasPrefix("22"): .notAllowed("SQLSTATE \(state)")
      case .refused(let state, let words): .refusedByDatabase(name, detail: "\(words), SQLSTATE \(state)")
      }
  }
}

/// Which of a cluster's histories a server has: each promotion of a standby begins a new one.
struct PostgresHistory: Equatable {
  var system: Int64
  var timeline: Int64

  init(_ connection: PostgresConnection) throws {
    let rows = try connection.execute(
      """
      SELECT s.system_identifier, CASE WHEN pg_is_in_recovery() THEN c.timeline_id::bigint
        ELSE ('x' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8))::bit(32)::bigint END
      FROM pg_control_system() s, pg_control_checkpoint() c
      """, [])
    let row = PostgresRow(result: rows, row: 0)
    (system, timeline) = (row.value(0), row.value(1))
  }

  private static let file = "postgresql-history"

  /// What an earlier process of this machine saw; nil where that is lost, or none did.
  init?(rememberedIn directory: String) {
    let text = try? String(contentsOfFile: "\(directory)/\(Self.file)", encoding: .utf8)
    let numbers = text?.split(whereSeparator: \.isWhitespace).compactMap { Int64($0) } ?? []
    guard numbers.count == 2 else { return nil }
    (system, timeline) = (numbers[0], numbers[1])
  }

  func remember(in directory: String) throws {
    let path = "\(directory)/\(Self.file)"
    do { try "\(system) \(timeline)\n".write(toFile: path, atomically: true, encoding: .utf8) } catch {
      throw OutboxError.notPermitted(path)
    }
  }

  /// Whether it is the other one, or what it became.
  func continues(_ other: PostgresHistory) -> Bool { system == other.system && timeline >= other.timeline }
}

/// A transaction of PostgreSQL's. Every statement is prepared once a connection.
private struct PostgresTransaction: Transaction {
  let connection: PostgresConnection

  var dialect: Dialect {
    let list = "json_array_elements_text(CAST(? AS json)) AS list (value)"
    return Dialect(
      numbers: "SELECT CAST(value AS bigint) FROM \(list)", texts: "SELECT value FROM \(list)",
      insert: "INSERT INTO", forUpdate: "FOR UPDATE", skippingLocked: "FOR UPDATE OF entry SKIP LOCKED")
  }

  func execute(_ sql: String, _ values: [(any SQLValue)?]) throws -> Int {
    try connection.execute(sql, values.map { $0?.parameter }).changed
  }

  func forEach(_ sql: String, _ values: [(any SQLValue)?], _ body: (ResultRow) throws -> Void) throws {
    try connection.forEach(sql, values.map { $0?.parameter }) { try body(ResultRow(source: .postgres($0))) }
  }

  func takeEntryNumbers(_ count: Int) throws -> [Int64] {
    let last: Int64? = try first("UPDATE lastEntry SET number = number + ? RETURNING number", [count])
    guard let last else { throw UnreadableColumn(name: "number") }
    return (0..<count).map { last - Int64(count) + 1 + Int64($0) }
  }

  func lastEntryNumber() throws -> Int64 { try first("SELECT number FROM lastEntry") ?? 0 }

  func goOnNumbering(after last: Int64) throws {
    _ = try execute("UPDATE lastEntry SET number = ?", [last])
    for (table, column) in [
      ("reminder", "rowid"), ("decision", "id"), ("incoming", "id"), ("proposal", "id"),
    ] {
      let _: Int64? = try first(
        """
        SELECT setval(pg_get_serial_sequence('\(table)', '\(column)'), max(\(column))) FROM \(table)
        HAVING max(\(column)) IS NOT NULL
        """)
    }
  }
}
