import CLinux
import Dispatch
import GRDB
import GRDBSQLite
import Glibc
import Synchronization

/// The database's log of commits: makes them last, and keeps it short, while others use the handle.
///
/// With `synchronous = FULL` SQLite waits for the disk before it lets go of the handle: at each commit and, every 1,000
/// pages, while it copies the log into the database. With `NORMAL`, which keeps the database as sound, a commit is left
/// in the system's cache (sqlite.org/pragma.html#pragma_synchronous): whoever has made one waits for the disk here, once
/// the handle is free again. Everything that was committed before is on disk then too. The log is copied by a handle of
/// its own (sqlite.org/wal.html, "Performance Considerations").
final class WriteAheadLog: Sendable {
  /// After so many more pages the log is copied.
  private static let step = 2000
  /// With as many pages whoever has committed copies the rest first: the log can't begin anew beside writers that never
  /// pause. 64 MiB.
  private static let most = 16_384

  private struct State {
    /// How many commits this process has made.
    var commits = 0
    /// The pages in the log after the last one.
    var pages = 0
    /// How many of them are copied.
    var copied = 0
    var isBeingCopied = false
  }

  private struct Disk {
    /// The log's; -1 until it is needed.
    var descriptor: Int32 = -1
    /// How many commits are known to be on disk.
    var commits = 0
  }

  private let database: String
  private let state = Mutex(State())
  private let disk = Mutex(Disk())
  private let copying = DispatchQueue(label: "duban.outbox.copying")
  /// The handle that copies; none until it is needed.
  private let copier = Mutex<DatabaseQueue?>(nil)
  /// The database's, for ``beginWriting()``; -1 until it is needed. It stays open for as long as the process lives:
  /// whoever closes any descriptor of a file takes all locks from it that SQLite has in this process
  /// (sqlite.org/howtocorrupt.html, section 2.2).
  private let descriptor = Mutex<Int32>(-1)

  init(of database: String) { self.database = database }

  deinit { disk.withLock { if $0.descriptor >= 0 { close($0.descriptor) } } }

  /// Has a handle tell of its commits, which mustn't be used for longer than this.
  func follow(_ db: Database) throws {
    try db.execute(sql: "PRAGMA synchronous = NORMAL")
    // Takes the place of the hook by which SQLite copies the log itself.
    sqlite3_wal_hook(
      db.sqliteConnection,
      { context, _, _, pages in
        let log = context.map { Unmanaged<WriteAheadLog>.fromOpaque($0).takeUnretainedValue() }
        log?.note(pages: Int(pages))
        return SQLITE_OK
      }, Unmanaged.passUnretained(self).toOpaque())
  }

  private func note(pages: Int) {
    state.withLock { state in
      state.commits += 1
      // It has begun anew.
      if pages < state.copied { state.copied = 0 }
      state.pages = pages
    }
  }

  /// Waits until every commit made so far is on disk.
  func settle() throws(OutboxError) {
    let wanted = state.withLock { $0.commits }
    try disk.withLock { disk throws(OutboxError) in
      // While others waited for it theirs were written too.
      guard disk.commits < wanted else { return }
      let made = state.withLock { $0.commits }
      if disk.descriptor < 0 { disk.descriptor = open(database + "-wal", O_RDONLY | O_CLOEXEC) }
      guard disk.descriptor >= 0 else { throw failure }
      while fdatasync(disk.descriptor) != 0 {
        guard errno == EINTR else { throw failure }
      }
      disk.commits = made
    }
  }

  /// What `errno` means.
  private var failure: OutboxError {
    switch errno {
    case ENOSPC, EDQUOT: .diskFull(database)
    case EROFS: .readOnly(database)
    default: .inputOutput(database, detail: String(cString: strerror(errno)))
    }
  }

  /// Has the log copied where it has become long: in the background, or by the caller's handle where that doesn't keep
  /// up.
  ///
  /// An error is of no consequence, as for SQLite's own copying: the commits are safe in the log, and the next call
  /// tries again.
  func shorten(by handle: DatabaseQueue) {
    enum Way { case none, background, handle }
    let way: Way = state.withLock { state in
      guard !state.isBeingCopied, state.pages - state.copied >= Self.step else { return .none }
      guard state.pages < Self.most else { return .handle }
      state.isBeingCopied = true
      return .background
    }
    switch way {
    case .none: break
    case .handle: copy(by: handle)
    case .background:
      copying.async { [self] in
        if let handle = openCopier() {
          copy(by: handle)
          beginWriting()
        }
        state.withLock { $0.isBeingCopied = false }
      }
    }
  }

  /// Has the system write to disk what was copied, and doesn't wait for that.
  ///
  /// SQLite asks for it only once the whole log is copied, and whoever copied the last page then waits for all of them,
  /// with everybody else behind him. What isn't begun here is written then.
  private func beginWriting() {
    descriptor.withLock { descriptor in
      if descriptor < 0 { descriptor = open(database, O_RDONLY | O_CLOEXEC) }
      _ = duban_begin_writing(descriptor)
    }
  }

  /// Copies what is left of a long log, and gives back the room and the memory that it takes: nothing is written for a
  /// while.
  ///
  /// The handle stays: Dispatch disposes of a handle's queue by its global queues, which then wake the process every
  /// second for the rest of its life.
  func rest() {
    copying.sync {
      guard let handle = copier.withLock({ $0 }) else { return }
      copy(by: handle, .truncate)
      handle.releaseMemory()
    }
  }

  /// Closes the handle that copies, once it has done what it does: whoever closes the last handle afterwards has SQLite
  /// copy the rest and remove the log. Nothing may be committed any more.
  func end() {
    copying.sync {
      copier.withLock { copier in
        // Where that fails the log stays, for the next to open the database.
        try? copier?.close()
        copier = nil
      }
    }
  }

  private func openCopier() -> DatabaseQueue? {
    copier.withLock { copier in
      if copier == nil {
        var configuration = Configuration()
        configuration.label = "duban.outbox.copier"
        copier = try? DatabaseQueue(path: database, configuration: configuration)
      }
      return copier
    }
  }

  private func copy(by handle: DatabaseQueue, _ mode: Database.CheckpointMode = .passive) {
    guard let (_, copied) = try? handle.writeWithoutTransaction({ db in try db.checkpoint(mode) }) else {
      return
    }
    state.withLock { state in
      // Otherwise it has begun anew meanwhile.
      if copied <= state.pages { state.copied = copied }
    }
  }
}
