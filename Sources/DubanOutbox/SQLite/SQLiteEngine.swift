import DubanCore
import Foundation
import GRDB
import GRDBSQLite
import Glibc

/// SQLite, through GRDB: one file, whose writers wait for each other.
struct SQLiteEngine: Engine {
  /// Seconds that a call waits while another process writes.
  private static let busyTimeout = 10.0

  let queue: DatabaseQueue
  let name: String
  /// The closed handle that made the file, if this one did. It is kept because Dispatch takes GRDB's queues apart on its
  /// own pool, whose monitor would then wake the process every second for the rest of its life.
  var maker: DatabaseQueue?
  /// The file that is open for writing.
  var file: FileIdentity?

  /// Opens the file of a directory, which is made where there is none.
  static func open(_ directory: StateDirectory) throws -> SQLiteEngine {
    let path = directory.database
    var maker: DatabaseQueue?
    let queue = try directory.exclusively {
      try directory.makeDatabase { path in
        maker = try open(path)
        try maker?.close()
      }
      try directory.checkDatabase(writable: true)
      try LogMark.check(path)
      return try open(path)
    }
    return SQLiteEngine(queue: queue, name: path, maker: maker, file: FileIdentity(path))
  }

  private static func open(_ path: String) throws -> DatabaseQueue {
    var configuration = Configuration()
    configuration.label = "duban.outbox"
    configuration.busyMode = .timeout(busyTimeout)
    configuration.prepareDatabase { db in
      try checkOrigin(db, path)
      try db.execute(sql: "PRAGMA journal_mode = WAL")
      // A commit must survive a power cut (sqlite.org/pragma.html#pragma_synchronous): a reminder that went out must not
      // go out again.
      try db.execute(sql: "PRAGMA synchronous = FULL")
      // Room for what one transaction queues (64 mails, some of them large): what doesn't fit is written twice.
      try db.execute(sql: "PRAGMA cache_size = -8192")
    }
    let queue = try DatabaseQueue(path: path, configuration: configuration)
    try Schema.migrator.migrate(queue)
    try LogMark.begin(queue)
    return queue
  }

  /// Opens it to look only: nothing is made or changed.
  static func openReadOnly(_ directory: StateDirectory) throws -> SQLiteEngine {
    let path = directory.database
    try directory.checkDatabase(writable: false)
    try LogMark.check(path)
    var configuration = Configuration()
    configuration.label = "duban.outbox"
    configuration.readonly = true
    configuration.busyMode = .timeout(busyTimeout)
    configuration.prepareDatabase { db in try checkOrigin(db, path) }
    // SQLite can't make its log's index on a disk that takes nothing, and needs none where nobody can write
    // (sqlite.org/uri.html, immutable).
    let isFixed = StateDirectory.isMountedReadOnly(path) && !directory.hasLog
    let name = isFixed ? URL(fileURLWithPath: path).absoluteString + "?immutable=1" : path
    let queue = try DatabaseQueue(path: name, configuration: configuration)
    guard try queue.read(Schema.migrator.hasCompletedMigrations) else { throw OutboxError.noDatabase(path) }
    return SQLiteEngine(queue: queue, name: path)
  }

  /// Refuses another program's database, and one whose newer tables this version doesn't know.
  ///
  /// A first start of an earlier version that was killed or found no room has left GRDB's table of migrations alone, with
  /// none in it: that is ours, and goes on.
  static func checkOrigin(_ db: Database, _ path: String) throws {
    let tables = try String.fetchAll(db, sql: "SELECT name FROM sqlite_master WHERE type = 'table'")
    if tables.isEmpty { return }
    if tables == ["grdb_migrations"], try Schema.migrator.appliedIdentifiers(db).isEmpty { return }
    guard try Int.fetchOne(db, sql: "PRAGMA application_id") == Schema.applicationID else {
      throw OutboxError.foreign(path)
    }
    guard try !Schema.migrator.hasBeenSuperseded(db) else { throw OutboxError.newer(path) }
  }

  func write<Value>(_ mode: LockMode, _ updates: (any Transaction) throws -> Value) throws -> Value {
    // What goes into a file that was removed or replaced is nowhere after the end, and everything would go out again.
    if let file, FileIdentity(name) != file { throw OutboxError.replaced(name) }
    return try queue.write { db in
      let changes = db.totalChangesCount
      let value = try updates(SQLiteTransaction(db: db))
      if db.totalChangesCount != changes { try LogMark.advance(db) }
      return value
    }
  }

  func read<Value>(_ fetch: (any Transaction) throws -> Value) throws -> Value {
    try queue.read { try fetch(SQLiteTransaction(db: $0)) }
  }

  /// A statement costs no round trip here.
  func advanceAsUsual(
    _ finished: [FinishedClaim], claiming count: Int, on terms: LeasePolicy, within limits: [ClaimLimit],
    now: Timestamp
  ) -> [Claim]? { nil }

  func copy(to file: DatabaseQueue) throws { try queue.backup(to: file) }

  func damage() throws -> [String] {
    try queue.read { db in
      let findings =
        try String.fetchAll(db, sql: "PRAGMA integrity_check")
        + (try Row.fetchAll(db, sql: "PRAGMA foreign_key_check")).map { "foreign key: \($0)" }
      return findings == ["ok"] ? [] : findings
    }
  }
}

extension OutboxError {
  /// SQLite's result codes (sqlite.org/rescode.html) in our words.
  init(_ error: DatabaseError, _ path: String) {
    let detail = error.message ?? "code \(error.extendedResultCode.rawValue)"
    self =
      switch error.resultCode {
      case .SQLITE_FULL: .diskFull(path)
      // The log's index has no room to grow in.
      case .SQLITE_IOERR where error.extendedResultCode == .SQLITE_IOERR_SHMSIZE: .diskFull(path)
      case .SQLITE_READONLY: .readOnly(path)
      case .SQLITE_BUSY, .SQLITE_LOCKED: .locked(path)
      // SQLite can't make its log's index on a disk that is mounted read-only, and only says that it can't open.
      case .SQLITE_PERM, .SQLITE_AUTH, .SQLITE_CANTOPEN:
        StateDirectory.isMountedReadOnly(path) ? .readOnly(path) : .notPermitted(path)
      case .SQLITE_CORRUPT, .SQLITE_NOTADB: .damaged(path, detail: detail)
      case .SQLITE_CONSTRAINT, .SQLITE_MISMATCH, .SQLITE_TOOBIG: .notAllowed(detail)
      default: .inputOutput(path, detail: detail)
      }
  }
}

/// A transaction of SQLite's. Every statement is prepared once and kept.
private struct SQLiteTransaction: Transaction {
  let db: Database

  var dialect: Dialect {
    Dialect(
      numbers: "SELECT value FROM json_each(?)", texts: "SELECT value FROM json_each(?)",
      insert: "INSERT OR FAIL INTO", forUpdate: "", skippingLocked: "")
  }

  func execute(_ sql: String, _ values: [(any SQLValue)?]) throws -> Int {
    try db.cachedStatement(sql: sql).execute(arguments: arguments(values))
    return db.changesCount
  }

  func forEach(_ sql: String, _ values: [(any SQLValue)?], _ body: (ResultRow) throws -> Void) throws {
    let rows = try Row.fetchCursor(db.cachedStatement(sql: sql), arguments: arguments(values))
    while let row = try rows.next() { try body(ResultRow(source: .sqlite(row))) }
  }

  func columns(of table: String) throws -> [String] {
    try column("SELECT name FROM pragma_table_info(?)", [table])
  }

  func takeEntryNumbers(_ count: Int) throws -> [Int64] {
    let last = try lastEntryNumber()
    return (0..<count).map { last + 1 + Int64($0) }
  }

  func lastEntryNumber() throws -> Int64 {
    try first("SELECT seq FROM sqlite_sequence WHERE name = 'entry'") ?? 0
  }

  func goOnNumbering(after last: Int64) throws {
    // The rows have seen to all but entries that are gone.
    _ = try execute("UPDATE sqlite_sequence SET seq = ? WHERE name = 'entry'", [last])
  }

  private func arguments(_ values: [(any SQLValue)?]) -> StatementArguments {
    StatementArguments(values.map { $0 as (any DatabaseValueConvertible)? })
  }
}

/// Whether the log beside a database is that database's own.
///
/// SQLite lays a log (`-wal`) over whatever is under the database's name, a copy of another day included, and neither it nor
/// the file says whose a log is. So each transaction that changes anything counts one up in `PRAGMA user_version`, from a
/// number that differs from database to database: it is in the first page, and so in each transaction's part of the log.
/// The log's first such page has to follow the file's own count, or the file has taken over a part of the log already.
enum LogMark {
  /// Where the first page has the count, in bytes (sqlite.org/fileformat2.html, 1.3).
  private static let place = 60

  /// Counts one up; in the transaction that changes something.
  static func advance(_ db: Database) throws {
    let mark = try Int32.fetchOne(db.cachedStatement(sql: "PRAGMA user_version")) ?? 0
    try db.execute(sql: "PRAGMA user_version = \(mark &+ 1)")
  }

  /// Begins the count at a number of its own, unless it has begun.
  static func begin(_ queue: DatabaseQueue) throws {
    let begins = try queue.write { db in
      guard try Int32.fetchOne(db, sql: "PRAGMA user_version") == 0 else { return false }
      try renew(db)
      return true
    }
    // Out of the log, which began before the count did; where another process reads it, the next log begins with it.
    if begins { _ = try? queue.writeWithoutTransaction { db in try db.checkpoint(.truncate) } }
  }

  /// Gives a copy a count of its own: what follows is no longer what followed in the original.
  static func renew(_ db: Database) throws {
    try db.execute(sql: "PRAGMA user_version = \(Int32.random(in: 1...(.max)))")
  }

  /// Refuses a database with another one's log beside it.
  ///
  /// Where another process writes meanwhile, what was read of log and file may not belong together, or a page may be half
  /// written: only what is found again and again is so.
  static func check(_ path: String) throws {
    for _ in 0..<tries {
      if isOwn(path) { return }
      poll(nil, 0, wait)
    }
    throw OutboxError.foreignLog(path)
  }

  /// How often, and after how many milliseconds, a log that doesn't fit is looked at again.
  private static let (tries, wait) = (5, Int32(20))

  /// Whether the log is the file's own, as far as can be seen.
  private static func isOwn(_ path: String) -> Bool {
    guard let log = counts(inLogOf: path), let file = count(inFileAlone: path), file != 0 else { return true }
    return file &- (log.first &- 1) <= log.last &- (log.first &- 1)
  }

  /// The counts in the first and the last copy of page 1 in a log (sqlite.org/fileformat2.html, 4.1); nil without any.
  private static func counts(inLogOf path: String) -> (first: UInt32, last: UInt32)? {
    // Frame by frame: a log may be as large as it ever was.
    guard let log = FileHandle(forReadingAtPath: path + "-wal") else { return nil }
    func bytes(_ count: Int, at place: Int) -> [UInt8]? {
      guard (try? log.seek(toOffset: UInt64(place))) != nil, let data = try? log.read(upToCount: count),
        data.count == count
      else { return nil }
      return [UInt8](data)
    }
    func number(_ bytes: some Sequence<UInt8>) -> UInt32 { bytes.reduce(0) { $0 << 8 | UInt32($1) } }
    guard let header = bytes(32, at: 0) else { return nil }
    let (frame, salt) = (24 + Int(number(header[8..<12])), header[16..<24])
    guard frame > 24 + place + 4 else { return nil }
    var found: (first: UInt32, last: UInt32)?
    // The frames of an older log may follow.
    var start = header.count
    while let head = bytes(24, at: start), head[8..<16] == salt {
      if number(head[..<4]) == 1, let count = bytes(4, at: start + 24 + place).map(number) {
        found = (found?.first ?? count, count)
      }
      start += frame
    }
    return found
  }

  /// The count that the file holds without its log; nil where SQLite can't tell.
  ///
  /// By a handle of SQLite's, since closing the file ourselves would drop the locks that it holds on it in this process,
  /// and not by one of GRDB's (see ``SQLiteEngine/maker``).
  private static func count(inFileAlone path: String) -> UInt32? {
    var handle: OpaquePointer?
    var statement: OpaquePointer?
    defer {
      sqlite3_finalize(statement)
      sqlite3_close(handle)
    }
    let uri = URL(fileURLWithPath: path).absoluteString + "?immutable=1"
    guard sqlite3_open_v2(uri, &handle, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, nil) == SQLITE_OK,
      sqlite3_prepare_v2(handle, "PRAGMA user_version", -1, &statement, nil) == SQLITE_OK,
      sqlite3_step(statement) == SQLITE_ROW
    else { return nil }
    return UInt32(bitPattern: sqlite3_column_int(statement, 0))
  }
}
