import DubanCore
import Foundation
import GRDB
import Glibc

extension Outbox {
  /// Copies everything into a new file that only its owner may read, and verifies the copy. The outbox may be in use
  /// meanwhile (SQLite's backup interface, sqlite.org/backup.html).
  public func backup(to file: String) throws(OutboxError) {
    try Outbox.translating(file) {
      let unfinished = file + ".unfinished"
      unlink(unfinished)
      defer { unlink(unfinished) }
      let descriptor = open(unfinished, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0o600)
      guard descriptor >= 0 else {
        throw OutboxError.inputOutput(file, detail: String(cString: strerror(errno)))
      }
      close(descriptor)
      let copy = try DatabaseQueue(path: unfinished)
      try engine.copy(to: copy)
      try copy.write(LogMark.renew)
      try Outbox.verify(copy, file)
      // Alone, without a log beside it.
      _ = try copy.writeWithoutTransaction { db in
        try String.fetchOne(db, sql: "PRAGMA journal_mode = DELETE")
      }
      try copy.close()
      // A link fails where the name is taken, which a rename would silently replace.
      guard link(unfinished, file) == 0 else {
        throw OutboxError.inputOutput(
          file, detail: errno == EEXIST ? "the file exists already" : String(cString: strerror(errno)))
      }
    }
  }

  /// Copies everything into another outbox, which holds nothing yet, and compares each row with what it became. Returns how
  /// many rows. Nothing else may write to either meanwhile.
  public func copy(to other: Outbox) throws(OutboxError) -> Int {
    try Outbox.translating(other.engine.name) { try OutboxCopy.run(from: engine, to: other.engine) }
  }

  /// Puts a backup in the place of a directory's outbox, after verifying it. What was there, with its log, stays beside it
  /// under the name `duban.sqlite.before-restore`. Nothing else may have the outbox open.
  public static func restore(_ file: String, into directory: String) throws(OutboxError) {
    let directory = try StateDirectory(directory)
    try translating(file) {
      guard access(file, R_OK) == 0 else {
        throw OutboxError.inputOutput(file, detail: String(cString: strerror(errno)))
      }
      var configuration = Configuration()
      configuration.readonly = true
      let beside = ["-wal", "-shm"].map { file + $0 }.filter { access($0, F_OK) != 0 }
      let backup = try DatabaseQueue(path: file, configuration: configuration)
      defer {
        // Reading a plain copy of a database leaves an empty log beside it.
        try? backup.close()
        for name in beside { unlink(name) }
      }
      try backup.read { db in
        try SQLiteEngine.checkOrigin(db, file)
        guard try db.tableExists("entry") else {
          throw OutboxError.damaged(file, detail: "the file holds no outbox")
        }
      }
      try verify(backup, file)
      try directory.exclusively {
        // A log beside another database would be laid over it without a word.
        let first = directory.database + ".before-restore"
        let old =
          access(first, F_OK) == 0
          ? (2...).lazy.map { "\(first)-\($0)" }.first { access($0, F_OK) != 0 } ?? first : first
        for suffix in ["", "-wal"] {
          rename(directory.database + suffix, old + suffix)
        }
        unlink(directory.database + "-shm")
        try directory.makeDatabase { path in
          let copy = try DatabaseQueue(path: path)
          try backup.backup(to: copy)
          try copy.write(LogMark.renew)
          try verify(copy, path)
          try copy.close()
        }
      }
    }
  }

  private static func verify(_ queue: DatabaseQueue, _ path: String) throws {
    let findings = try queue.read { db in try String.fetchAll(db, sql: "PRAGMA integrity_check") }
    guard findings == ["ok"] else {
      throw OutboxError.damaged(path, detail: findings.joined(separator: "; "))
    }
  }

}

/// A rehearsal (`delivery.redirectAllTo`) works on a copy of the state, in a directory of its own within: what it sends to
/// one address isn't recorded as sent to anybody else, and what waits in the real outbox waits until it is over.
public enum Rehearsal {
  /// Where it keeps its copy.
  public static func directory(in state: String) -> String { state + "/rehearsal" }

  /// Whether one has begun and wasn't ended.
  public static func isUnderWay(in state: String) -> Bool {
    access(directory(in: state) + "/" + StateDirectory.databaseName, F_OK) == 0
  }

  /// The rehearsal's outbox, a copy of the real one where it begins now; whatever waits in it goes to `address`.
  ///
  /// - Parameter database: where the real one is, if it isn't in the directory.
  public static func begin(
    in state: String, of database: PostgresAddress? = nil, redirectingTo address: String
  ) throws(OutboxError) -> Outbox {
    let folder = directory(in: state)
    if mkdir(folder, 0o700) != 0, errno != EEXIST {
      throw .inputOutput(folder, detail: String(cString: strerror(errno)))
    }
    let file = folder + "/" + StateDirectory.databaseName
    if access(file, F_OK) != 0 {
      if let database {
        try Outbox(database).backup(to: file)
      } else if access(state + "/" + StateDirectory.databaseName, F_OK) == 0 {
        try Outbox(directory: state).backup(to: file)
      }
    }
    let outbox = try Outbox(directory: folder)
    try outbox.write { db in
      try db.execute(
        """
        UPDATE entry SET recipient = ?
        WHERE state IN ('queued', 'sending', 'deferred', 'held') AND kind <> 'robot' AND recipient <> ?
        """, [address, address])
    }
    return outbox
  }

  /// Removes what a rehearsal has left. Does nothing where there was none.
  public static func end(in state: String) {
    let folder = directory(in: state)
    for name in ["", "-wal", "-shm", ".new", ".unfinished"] {
      unlink(folder + "/" + StateDirectory.databaseName + name)
    }
    rmdir(folder)
  }
}

/// Copies everything from one engine to another, and compares each row with what it became.
enum OutboxCopy {
  /// How many rows go with one statement.
  private static let rowsAtATime = 50

  /// Copies into tables that are empty, in one transaction; throws where they aren't, or where a row didn't come out as
  /// it went in. Returns how many rows.
  @discardableResult static func run(from source: any Engine, to target: any Engine) throws -> Int {
    try source.read { source in
      try target.write(.exclusive) { target in
        for table in OutboxTable.all {
          guard try target.first("SELECT EXISTS (SELECT 1 FROM \(table.name))") == false else {
            throw OutboxError.notEmpty(table.name)
          }
        }
        var rows = 0
        for table in OutboxTable.all { rows += try copy(table, source, target) }
        try target.goOnNumbering(after: try source.lastEntryNumber())
        return rows
      }
    }
  }

  private static func copy(
    _ table: OutboxTable, _ source: any Transaction, _ target: any Transaction
  ) throws -> Int {
    var names = try source.columns(of: table.name)
    names += table.order.filter { !names.contains($0) }
    let columns = names.joined(separator: ", ")
    var (waiting, count): ([[StoredValue?]], Int) = ([], 0)
    func flush() throws {
      guard !waiting.isEmpty else { return }
      let row = "(\(Dialect.places(names.count)))"
      let stored = try target.rows(
        """
        INSERT INTO \(table.name) (\(columns))
        VALUES \(Array(repeating: row, count: waiting.count).joined(separator: ", ")) RETURNING \(columns)
        """, waiting.flatMap { $0.map { $0?.value } }
      ) { row in names.indices.map { row.stored($0) } }
      guard stored == waiting else { throw OutboxError.copyDiffers(table.name) }
      count += waiting.count
      waiting = []
    }
    let order = table.order.joined(separator: ", ")
    try source.forEach("SELECT \(columns) FROM \(table.name) ORDER BY \(order)", []) { row in
      waiting.append(names.indices.map { row.stored($0) })
      if waiting.count == rowsAtATime { try flush() }
    }
    try flush()
    let copied: Int? = try target.first("SELECT count(*) FROM \(table.name)")
    guard copied == count else { throw OutboxError.copyDiffers(table.name) }
    return count
  }
}

/// A value of a column, whatever its type.
enum StoredValue: Equatable {
  case integer(Int64)
  case text(String)
  case bytes(Data)

  var value: any SQLValue {
    switch self {
    case .integer(let number): number
    case .text(let text): text
    case .bytes(let data): data
    }
  }

  static func == (one: StoredValue, other: StoredValue) -> Bool {
    switch (one, other) {
    case (.integer(let one), .integer(let other)): one == other
    // Byte by byte: texts that only look alike aren't the same. What PostgreSQL can't hold was replaced.
    case (.text(let one), .text(let other)): one.storable.utf8.elementsEqual(other.storable.utf8)
    case (.bytes(let one), .bytes(let other)): one == other
    default: false
    }
  }
}

/// A table as both engines have it: what is copied from one to the other.
struct OutboxTable {
  let name: String
  /// The columns by which its rows are in order.
  let order: [String]

  /// Every table; each comes after those that it refers to.
  static let all = [
    OutboxTable(name: "entry", order: ["id"]),
    OutboxTable(name: "body", order: ["entry"]),
    OutboxTable(name: "attempt", order: ["entry", "number"]),
    OutboxTable(name: "reminder", order: ["rowid"]),
    OutboxTable(name: "measure", order: ["plan", "identity"]),
    OutboxTable(name: "relay", order: ["id"]),
    OutboxTable(name: "badRecipient", order: ["address"]),
    OutboxTable(name: "fact", order: ["key"]),
    OutboxTable(name: "decision", order: ["id"]),
    OutboxTable(name: "mailbox", order: ["key"]),
    OutboxTable(name: "incoming", order: ["id"]),
    OutboxTable(name: "attachment", order: ["incoming", "number"]),
    OutboxTable(name: "bounce", order: ["incoming", "entry"]),
    OutboxTable(name: "proposal", order: ["id"]),
    OutboxTable(name: "token", order: ["token"]),
    OutboxTable(name: "ledgerVersion", order: ["number"]),
  ]
}
