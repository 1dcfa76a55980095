import GRDB

/// The durable queue of finished mails and the record of what was sent, in one database.
///
/// Any number of processes may have it open at once; each call is one transaction, on disk before it returns.
/// Calls block, and may come from any thread; calls on one handle wait for each other.
public final class Outbox: Sendable {
  /// How an outbox is opened.
  public enum Access: Sendable {
    /// Read and write; a database is made where there is none.
    case readWrite
    /// Look only; nothing is made or changed.
    case readOnly
  }

  let engine: any Engine
  /// What has to be held for a write to count.
  let fence: Lease?

  init(engine: any Engine, fence: Lease? = nil) { (self.engine, self.fence) = (engine, fence) }

  /// Opens the outbox in a directory, which must exist: SQLite's.
  public init(directory: String, access: Access = .readWrite) throws(OutboxError) {
    let directory = try StateDirectory(directory)
    fence = nil
    engine = try Outbox.translating(directory.database) {
      switch access {
      case .readWrite: try SQLiteEngine.open(directory)
      case .readOnly: try SQLiteEngine.openReadOnly(directory)
      }
    }
  }

  /// Opens the outbox in a schema of a PostgreSQL.
  public init(_ address: PostgresAddress, access: Access = .readWrite) throws(OutboxError) {
    fence = nil
    engine = try Outbox.translating(address.name) { try PostgresEngine(address, access) }
  }

  /// Throws why this process couldn't write into a directory's database, or make one; nothing is opened.
  public static func checkWritable(_ directory: String) throws(OutboxError) {
    try translating(directory) { try StateDirectory(directory).checkWritable() }
  }

  /// Whether another process has a directory's database open, whether or not it reads as one: only asked before anything
  /// of it is opened here, since closing a file drops this process's own locks on it.
  public static func isOpenElsewhere(_ directory: String) -> Bool {
    (try? StateDirectory(directory))?.isOpenElsewhere ?? false
  }

  /// One transaction that may write, on disk when it returns.
  @discardableResult func write<Value>(
    _ mode: LockMode = .exclusive, _ updates: (any Transaction) throws -> Value
  ) throws(OutboxError) -> Value {
    try translating {
      try engine.write(mode) { db in
        if let fence { try Outbox.check(fence, db) }
        return try updates(db)
      }
    }
  }

  func read<Value>(_ fetch: (any Transaction) throws -> Value) throws(OutboxError) -> Value {
    try translating { try engine.read(fetch) }
  }

  /// Runs the engine's own check of everything; throws ``OutboxError/damaged(_:detail:)`` with what it found.
  public func checkIntegrity() throws(OutboxError) {
    let findings = try translating { try engine.damage() }
    guard findings.isEmpty else {
      throw OutboxError.damaged(engine.name, detail: findings.joined(separator: "; "))
    }
  }

  func translating<Value>(_ work: () throws -> Value) throws(OutboxError) -> Value {
    try Outbox.translating(engine.name, work)
  }

  /// Runs `work`; what an engine throws comes out as an ``OutboxError`` about the database of that name.
  static func translating<Value>(_ name: String, _ work: () throws -> Value) throws(OutboxError) -> Value {
    do {
      return try work()
    } catch let error as OutboxError {
      throw error
    } catch let error as UnreadableColumn {
      throw .damaged(name, detail: "the column \(error.name) holds what duban never wrote")
    } catch let error as DatabaseError {
      throw OutboxError(error, name)
    } catch let error as PostgresFailure {
      throw OutboxError(error, name)
    } catch {
      throw .inputOutput(name, detail: "\(error)")
    }
  }
}
