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

/// Why the outbox couldn't do what was asked, and what to do about it.
public enum OutboxError: Error, Sendable, Hashable {
  /// The state directory doesn't exist.
  case noDirectory(String)
  case notADirectory(String)
  /// The database doesn't exist, and was only to be read.
  case noDatabase(String)
  /// The file system doesn't let us.
  case notPermitted(String)
  /// The file or its file system can't be written.
  case readOnly(String)
  /// No room left.
  case diskFull(String)
  /// Another process kept it locked for longer than we wait.
  case locked(String)
  /// The file is damaged, or no database at all.
  case damaged(String, detail: String)
  /// A newer duban has written it.
  case newer(String)
  /// The log beside the database is another database's.
  case foreignLog(String)
  /// Another file is in the place of the one that was opened, or none.
  case replaced(String)
  /// A database of another program.
  case foreign(String)
  /// Reading or writing failed below SQLite.
  case inputOutput(String, detail: String)
  /// The database server can't be reached, or has stopped answering.
  case unreachable(String, detail: String)
  /// The database server doesn't let us.
  case refusedByDatabase(String, detail: String)
  /// Another host has taken over what that lease is the right to.
  case leaseLost(String)
  /// A copy is to be made into tables that hold something.
  case notEmpty(String)
  /// A row of a copy isn't what it was.
  case copyDiffers(String)
  /// A value that the schema doesn't allow: a fault of ours, not of the machine.
  case notAllowed(String)
  case noEntry(Int64)
  /// The entry's state doesn't allow it.
  case refused(entry: Int64, why: String)
  /// `/proc` doesn't say which process this is.
  case noProcess
  /// The rights of the state directory's owner couldn't be taken.
  case cannotBecome(user: UInt32, directory: String)
}

extension OutboxError: CustomStringConvertible {
  /// What failed, and what to do.
  public var description: String {
    switch self {
    case .noDirectory(let path):
      "\(path): the state directory doesn't exist; as the user that the service runs as: mkdir -m 700 \(path)"
    case .notADirectory(let path): "\(path): this is no directory; name the state directory in `state:`"
    case .noDatabase(let path): "\(path): there is no outbox yet; the service makes it when it first runs"
    case .notPermitted(let path):
      "\(path): permission denied; run this as the state directory's owner or as root"
    case .readOnly(let path):
      "\(path): can't be written; check that the file system is mounted writable and who owns the directory"
    case .diskFull(let path): "\(path): no room left on the disk; make room, nothing is lost meanwhile"
    case .locked(let path):
      "\(path): another process keeps it locked; if no duban is at work, see what else has the file open"
    case .damaged(let path, let detail):
      "\(path): the outbox is damaged (\(detail)); move it away with its -wal and -shm files and restore a copy,"
        + " or start without: history is lost then, no measure is"
    case .newer(let path): "\(path): written by a newer duban; install that version again"
    case .foreignLog(let path):
      "\(path)-wal: this log is another database's: a copy was laid over \(path), and both together are neither; stop the"
        + " service, move the copy away and put it in with `duban restore COPY`, which sets the log aside"
    case .replaced(let path):
      "\(path): the database was removed or replaced while it was in use, and nothing is sent; stop the service and put the"
        + " file back, or a backup with `duban restore`"
    case .foreign(let path): "\(path): this is another program's database; name another `state:` directory"
    case .inputOutput(let path, let detail): "\(path): reading or writing failed (\(detail)); check the disk"
    case .unreachable(let name, let detail):
      "\(name): the database can't be reached (\(detail)); once it is back everything goes on by itself"
    case .refusedByDatabase(let name, let detail):
      "\(name): the database refused (\(detail)); see what rights the role has in it"
    case .leaseLost(let name): "another host has taken over (\(name)); this one waits for its turn"
    case .notEmpty(let table):
      "the copy would be laid over rows that are there (table \(table)); name an empty schema or directory"
    case .copyDiffers(let table): "a row of the copy differs (table \(table)); nothing was copied"
    case .notAllowed(let detail): "the outbox refused a value: \(detail)"
    case .noEntry(let id): "no entry has the number \(id); `duban queue list` and `duban history` have them"
    case .refused(let id, let why): "entry \(id): \(why)"
    case .noProcess: "/proc doesn't say which process this is; mount /proc"
    case .cannotBecome(let user, let directory):
      "\(directory): can't become its owner (uid \(user)); run this as that user"
    }
  }
}
