import GRDB

/// The durable queue of finished mails and the record of what was sent, in one SQLite file.
///
/// Any number of processes may have it open at once; each call is one transaction, on disk before it returns.
/// Calls block, and may come from any thread; calls on one handle wait for each other.
public final class Outbox: Sendable {
  /// Seconds that a call waits while another process writes.
  private static let busyTimeout = 10.0

  /// How an outbox is opened.
  public enum Access: Sendable {
    /// Read and write; a database is made where there is none.
    case readWrite
    /// Look only; nothing is made or changed.
    case readOnly
  }

  let queue: DatabaseQueue
  /// Where the database is, for errors.
  let path: String

  /// Opens the outbox in a directory, which must exist.
  public init(directory: String, access: Access = .readWrite) throws(OutboxError) {
    let directory = try StateDirectory(directory)
    path = directory.database
    queue = try Outbox.translating(path) {
      switch access {
      case .readWrite:
        try directory.exclusively {
          try directory.makeDatabase { _ = try Outbox.open($0) }
          try directory.checkDatabase(writable: true)
          return try Outbox.open(directory.database)
        }
      case .readOnly: try Outbox.openReadOnly(directory)
      }
    }
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
    return queue
  }

  private static func openReadOnly(_ directory: StateDirectory) throws -> DatabaseQueue {
    let path = directory.database
    try directory.checkDatabase(writable: false)
    var configuration = Configuration()
    configuration.label = "duban.outbox"
    configuration.readonly = true
    configuration.busyMode = .timeout(busyTimeout)
    configuration.prepareDatabase { db in try checkOrigin(db, path) }
    let queue = try DatabaseQueue(path: path, configuration: configuration)
    guard try queue.read(Schema.migrator.hasCompletedMigrations) else { throw OutboxError.noDatabase(path) }
    return queue
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

  /// Gives back the memory of pages that were read or written; the next call reads them again.
  public func releaseMemory() { queue.releaseMemory() }

  /// One transaction that may write, on disk when it returns.
  func write<Value>(_ updates: (Database) throws -> Value) throws(OutboxError) -> Value {
    try Outbox.translating(path) { try queue.write(updates) }
  }

  /// One transaction that only reads.
  func read<Value>(_ fetch: (Database) throws -> Value) throws(OutboxError) -> Value {
    try Outbox.translating(path) { try queue.read(fetch) }
  }

  /// Runs SQLite's own check of the whole file; throws ``OutboxError/damaged(_:detail:)`` with what it found.
  public func checkIntegrity() throws(OutboxError) {
    let findings = try read { db in
      try String.fetchAll(db, sql: "PRAGMA integrity_check")
        + (try Row.fetchAll(db, sql: "PRAGMA foreign_key_check")).map { "foreign key: \($0)" }
    }
    guard findings == ["ok"] else {
      throw OutboxError.damaged(path, detail: findings.joined(separator: "; "))
    }
  }
}
