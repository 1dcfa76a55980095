import Foundation
import GRDB
import GRDBSQLite
import Glibc

/// Whether the log beside a database is that database's own.
///
/// SQLite lays a log (`-wal`) over whatever lies under the database's name, a copy of another day included, and what comes
/// of it is neither. So each transaction that changes anything counts one up in `PRAGMA user_version`, from a number that
/// differs from database to database. That field stands in the first page, and with it in each transaction's part of the
/// log (sqlite.org/fileformat2.html, 1.3 and 4): the log's first such page follows the file's own count, or the file has
/// taken over a part of the log already.
enum LogMark {
  /// Where the field stands in the first page, in bytes.
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

  /// Whether the log is the file's own, as far as can be told.
  private static func isOwn(_ path: String) -> Bool {
    guard let log = LogHead(path), let mark = markOfFileAlone(path), mark != 0, let marks = log.marks() else {
      return true
    }
    let base = UInt32(bitPattern: marks.first) &- 1
    return UInt32(bitPattern: mark) &- base <= UInt32(bitPattern: marks.last) &- base
  }

  /// The count that the file holds without its log; nil where SQLite can't tell.
  ///
  /// By SQLite, since closing the file ourselves would drop the locks that it holds on it in this process.
  private static func markOfFileAlone(_ path: String) -> Int32? {
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
    return sqlite3_column_int(statement, 0)
  }

  /// The beginning of a log, and the file behind it.
  private struct LogHead {
    /// What each frame of this log repeats; another log's frames may follow.
    private let salt: Data
    private let pageSize: UInt64
    private let file: FileHandle

    /// Nil where there is no log, or nothing in it.
    init?(_ path: String) {
      guard let file = FileHandle(forReadingAtPath: path + "-wal"),
        let header = try? file.read(upToCount: 32), header.count == 32
      else { return nil }
      self.file = file
      pageSize = UInt64(LogHead.number(header[8..<12]))
      salt = header[16..<24]
    }

    /// The counts in the first and the last copy of page 1; nil without any.
    func marks() -> (first: Int32, last: Int32)? {
      var found: (first: Int32, last: Int32)?
      var place: UInt64 = 32
      while let frame = read(24, at: place), frame[8..<16].elementsEqual(salt) {
        if LogHead.number(frame[0..<4]) == 1, let bytes = read(4, at: place + 24 + UInt64(LogMark.place)) {
          let mark = Int32(bitPattern: LogHead.number(bytes))
          found = (found?.first ?? mark, mark)
        }
        place += 24 + pageSize
      }
      return found
    }

    private func read(_ count: Int, at place: UInt64) -> Data? {
      guard (try? file.seek(toOffset: place)) != nil, let bytes = try? file.read(upToCount: count),
        bytes.count == count
      else { return nil }
      return bytes
    }

    /// Big-endian, as all numbers of a log.
    private static func number(_ bytes: Data) -> UInt32 { bytes.reduce(0) { $0 << 8 | UInt32($1) } }
  }
}
