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

  /// PostgreSQL's words.
  static let dialect: Dialect = {
    let list = "json_array_elements_text(CAST(? AS json)) AS list (value)"
    return Dialect(
      numbers: "SELECT CAST(value AS bigint) FROM \(list)", texts: "SELECT value FROM \(list)",
      insert: "INSERT INTO", forUpdate: "FOR UPDATE", skippingLocked: "FOR UPDATE OF entry SKIP LOCKED")
  }()
  var dialect: Dialect { Self.dialect }

  /// The version of TLS that the connection is under; nil where it is under none.
  var encryption: String? { lock.withLock { connection?.encryption } }

  func write<Value>(_ mode: LockMode, _ updates: (any Transaction) throws -> Value) throws -> Value {
    try repeating { end in
      switch try transact(mode, updates) {
      case .committed(let value): value
      case .unanswered(let value, let words): try happened(until: end, words) ? value : nil
      }
    }
  }

  /// Does `work` under the lock, and again while it comes to nothing because of others or of the connection.
  private func repeating<Value>(
    _ work: (_ end: ContinuousClock.Instant) throws -> Value?
  ) throws -> Value {
    try lock.withLock {
      let end = ContinuousClock.now + Self.patience
      while true {
        do {
          if let value = try work(end) { return value }
        } catch PostgresFailure.refused(let state, _) where Self.asksForAnother.contains(state) {
          guard ContinuousClock.now < end else {
            throw OutboxError.unreachable(name, detail: OutboxError.othersHoldUp)
          }
          // What was prepared before another version changed a table.
          if state == "0A000" { connection = nil }
        } catch PostgresFailure.lost(let words) {
          try pause(until: end, words)
        }
      }
    }
  }

  /// SQLSTATEs of transactions that were in each other's way, and of a statement that was prepared for a table as it was.
  private static let asksForAnother: Set<String> = ["40001", "40P01", "0A000"]

  private enum CommitAnswer<Value> {
    case committed(Value)
    /// The commit was sent, and its answer was lost.
    case unanswered(Value, words: String)
  }

  private func transact<Value>(
    _ mode: LockMode, _ updates: (any Transaction) throws -> Value
  ) throws -> CommitAnswer<Value> {
    let connection = try connected()
    transactions += 1
    let value: Value
    do {
      _ = try connection.execute(beginning(mode))
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

  /// Begins a transaction that may write, and takes note of it.
  private func beginning(_ mode: LockMode) -> [PostgresConnection.Command] {
    let lock = mode == .exclusive ? "pg_advisory_xact_lock" : "pg_advisory_xact_lock_shared"
    return [
      ("BEGIN", []), ("SELECT \(lock)(hashtextextended(?, 0))", [.text("duban.\(address.schema)")]),
      (
        """
        WITH noted AS (
          INSERT INTO writer VALUES (?, ?, clock_timestamp())
          ON CONFLICT (id) DO UPDATE SET turn = excluded.turn, at = excluded.at WHERE writer.turn < excluded.turn
          RETURNING 1)
        SELECT 1 / count(*) FROM noted
        """, [.text(writer), transactions.parameter]
      ),
    ]
  }

  /// One transaction of statements that need nothing of each other's results, in one round trip. Nil, and nothing is
  /// done, where one of them refuses by dividing by zero: a statement has no other way to.
  ///
  /// - Parameters:
  ///   - read: makes the value of the last statement's result.
  ///   - recall: makes it from the database where the transaction happened and its answer was lost.
  func writeAtOnce<Value>(
    _ mode: LockMode, _ statements: [SQLStatement], _ read: (PostgresResult) throws -> Value,
    recall: (any Transaction, _ writer: String) throws -> Value
  ) throws -> Value? {
    try repeating { end in
      let connection = try connected()
      transactions += 1
      let commands = statements.map { ($0.sql, $0.values.map { $0?.parameter }) }
      do {
        let results = try connection.execute(beginning(mode) + commands + [("COMMIT", [])])
        return try read(results[results.count - 2])
      } catch PostgresFailure.refused("22012", _) {
        try connection.run("ROLLBACK")
        return Value?.none
      } catch PostgresFailure.lost(let words) {
        guard try happened(until: end, words) else { return nil }
        return try recall(PostgresTransaction(connection: try connected()), writer)
      } catch {
        try rollBack(connection, error)
        throw error
      }
    }
  }

  private func rollBack(_ connection: PostgresConnection, _ error: any Error) throws {
    if case PostgresFailure.lost = error { return }
    try connection.run("ROLLBACK")
  }

  /// Whether the last transaction happened, though its answer was lost. Waits for one that is under way; one of which
  /// the server hasn't seen anything yet is refused when it gets there (``beginning(_:)``).
  private func happened(until end: ContinuousClock.Instant, _ words: String) throws -> Bool {
    var words = words
    while true {
      try pause(until: end, words)
      do {
        let rows = try connected().execute(
          """
          INSERT INTO writer VALUES ($1, CAST($2 AS bigint) + 1, clock_timestamp())
          ON CONFLICT (id) DO UPDATE SET turn = greatest(writer.turn, excluded.turn) WHERE writer.turn <> $2
          RETURNING turn
          """, [.text(writer), transactions.parameter])
        // A row that says so stays as it is, with the number of that transaction (`xmin`).
        guard rows.rows > 0 else { return true }
        transactions = PostgresRow(result: rows, row: 0).value(0)
        return false
      } catch PostgresFailure.lost(let more) { words = more }
    }
  }

  func read<Value>(_ fetch: (any Transaction) throws -> Value) throws -> Value {
    try lock.withLock {
      let connection = try readingConnection()
      do {
        let value = try fetch(PostgresTransaction(connection: connection, keepsStatements: false))
        // Nothing depends on its end: the server may have ended it, where the rows were given away slowly.
        _ = try? connection.run("COMMIT")
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
        // Many rows may be given away slowly, as to a pager: the server counts that too.
        try connection.run(
          "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL statement_timeout = 0")
        return connection
      } catch PostgresFailure.lost(let words) { try pause(until: end, words) }
    }
  }

  /// How often this handle's connection waited for an answer.
  var roundTrips: Int { lock.withLock { connection?.roundTrips ?? 0 } }

  /// The connection, made now where there is none or it was lost.
  private func connected() throws -> PostgresConnection {
    if let connection, !connection.isLost { return connection }
    connection = nil
    let known = history ?? address.directory.flatMap(PostgresHistory.init(rememberedIn:))
    // A primary that was replaced may be back, first in the list and before anyone has seen the one that replaced it:
    // the newest history of all counts.
    var candidates = openAll()
    if candidates.isEmpty { candidates = [try open(nil)] }
    let newest = candidates.filter { known.map($0.1.continues) ?? true }.max { $0.1.timeline < $1.1.timeline }
    guard let (fresh, found) = newest else {
      throw PostgresFailure.lost("this server has an older history: a primary that was replaced")
    }
    if found != known, access == .readWrite, let directory = address.directory {
      try found.remember(in: directory)
    }
    (history, connection) = (found, fresh)
    return fresh
  }

  /// Leaves this server where another of the list has a newer history: a standby that was promoted while this one could
  /// still be reached, or couldn't be when the connection was made. Returns whether there is one.
  func leaveReplaced() -> Bool {
    // Asked without the lock: a machine that is gone takes its time to say nothing.
    let others = openAll().map(\.1)
    return lock.withLock {
      guard let known = history,
        let newest = others.filter({ $0 != known && $0.continues(known) }).max(by: {
          $0.timeline < $1.timeline
        })
      else { return false }
      (history, connection) = (newest, nil)
      return true
    }
  }

  /// Every server of a list that can be used at the moment.
  private func openAll() -> [(PostgresConnection, PostgresHistory)] {
    address.hosts.compactMap { try? open($0) }
  }

  private func open(_ host: PostgresAddress.NamedHost?) throws -> (PostgresConnection, PostgresHistory) {
    let fresh = try PostgresConnection.open(address, host, toWrite: access == .readWrite)
    return (fresh, try PostgresHistory(fresh))
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
}

extension OutboxError {
  /// Why a transaction gets nowhere though the server answers.
  fileprivate static let othersHoldUp =
    "others' transactions don't end, as where a commit waits for a synchronous standby that is gone"

  /// SQLSTATEs (postgresql.org/docs/15/errcodes-appendix.html) in our words.
  init(_ failure: PostgresFailure, _ name: String) {
    self =
      switch failure {
      case .lost(let words): .unreachable(name, detail: words)
      case .refused("53100", _): .diskFull(name)
      case .refused("55P03", _), .refused("40001", _), .refused("40P01", _):
        .unreachable(name, detail: Self.othersHoldUp)
      case .refused(let state, let words) where state.hasPrefix("23"): .notAllowed(words)
      // Its words may quote the value.
      case .refused(let state, _) where state.hasPrefix("22"): .notAllowed("SQLSTATE \(state)")
      case .refused(let state, let words): .refusedByDatabase(name, detail: "\(words), SQLSTATE \(state)")
      }
  }
}

/// A transaction of PostgreSQL's.
private struct PostgresTransaction: Transaction {
  let connection: PostgresConnection
  /// Whether each statement is prepared once a connection. Where it isn't begun anew it doesn't: a host of the next version
  /// may have changed a table meanwhile, and what was prepared before is refused then.
  var keepsStatements = true

  var dialect: Dialect { PostgresEngine.dialect }

  func execute(_ sql: String, _ values: [(any SQLValue)?]) throws -> Int {
    try connection.execute(sql, values.map { $0?.parameter }, isKept: keepsStatements).changed
  }

  func forEach(_ sql: String, _ values: [(any SQLValue)?], _ body: (ResultRow) throws -> Void) throws {
    try connection.forEach(sql, values.map { $0?.parameter }, isKept: keepsStatements) {
      try body(ResultRow(source: .postgres($0)))
    }
  }

  func columns(of table: String) throws -> [String] {
    try column(
      """
      SELECT CAST(attname AS text) FROM pg_attribute
      WHERE attrelid = to_regclass(CAST(? AS text)) AND attnum > 0 AND NOT attisdropped ORDER BY attnum
      """, [table])
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
