import CLinux
import Glibc

/// Which file is under a path.
struct FileIdentity: Sendable, Equatable {
  private let device: dev_t
  private let node: ino_t

  /// The file under this path; nil where there is none.
  init?(_ path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    (device, node) = (status.st_dev, status.st_ino)
  }
}

/// The directory that holds the database, and what the file system says about it.
struct StateDirectory {
  static let databaseName = "duban.sqlite"
  /// What a database of SQLite begins with, in bytes (its file format, section 1.3).
  private static let headerSize = 100
  /// How often, and after how many milliseconds, the directory's lock is asked for again: 10 seconds in all, as for the
  /// database's own.
  private static let (lockTries, lockWait) = (200, Int32(50))

  let path: String

  var database: String { path + "/" + StateDirectory.databaseName }

  init(_ path: String) throws(OutboxError) {
    var status = stat()
    guard stat(path, &status) == 0 else { throw StateDirectory.error(path) }
    guard status.st_mode & S_IFMT == S_IFDIR else { throw OutboxError.notADirectory(path) }
    self.path = path
  }

  /// Makes a database that only its owner may read, unless there is one: SQLite gives its other files the same mode.
  ///
  /// Under another name until it is whole, so that a start that is killed or finds no room leaves nothing behind that
  /// the next one would have to judge. Never opens a file that exists: closing it would drop the locks that SQLite holds
  /// on it in this process (fcntl(2), "Advisory record locking").
  func makeDatabase(_ make: (_ path: String) throws -> Void) throws {
    guard access(database, F_OK) != 0 else { return }
    guard errno == ENOENT else { throw StateDirectory.error(database) }
    let unfinished = database + ".new"
    defer { for suffix in ["", "-wal", "-shm", "-journal"] { unlink(unfinished + suffix) } }
    for suffix in ["", "-wal", "-shm", "-journal"] { unlink(unfinished + suffix) }
    let file = open(unfinished, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw StateDirectory.error(unfinished) }
    close(file)
    try make(unfinished)
    // Its log was copied into it when it was closed, unless there was no room for that: SQLite doesn't say so.
    guard access(unfinished + "-wal", F_OK) != 0 else { throw OutboxError.diskFull(database) }
    guard rename(unfinished, database) == 0 else { throw StateDirectory.error(database) }
    let directory = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    defer { close(directory) }
    guard directory >= 0, fsync(directory) == 0 else { throw StateDirectory.error(path) }
  }

  /// Whether there is a database that this process may open.
  func checkDatabase(writable: Bool) throws {
    guard access(database, F_OK) == 0 else {
      throw errno == ENOENT ? OutboxError.noDatabase(database) : StateDirectory.error(database)
    }
    guard access(database, writable ? R_OK | W_OK : R_OK) == 0 else { throw StateDirectory.error(database) }
    var status = stat()
    guard stat(database, &status) == 0 else { throw StateDirectory.error(database) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw OutboxError.damaged(database, detail: "it is no file")
    }
    // SQLite would take an empty one, or one of a byte, for a new one, and everything would go out again.
    if status.st_size < StateDirectory.headerSize {
      throw OutboxError.damaged(
        database, detail: status.st_size == 0 ? "the file is empty" : "the file is too short")
    }
  }

  /// Throws where this process may not write into the database, or make one where there is none.
  func checkWritable() throws {
    guard access(database, F_OK) != 0, errno == ENOENT else { return try checkDatabase(writable: true) }
    guard access(path, W_OK | X_OK) == 0 else { throw StateDirectory.error(path) }
  }

  /// Runs `work` while no other process opens the outbox: switching to WAL and migrating can't be shared.
  func exclusively<Value>(_ work: () throws -> Value) throws -> Value {
    let directory = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard directory >= 0 else { throw StateDirectory.error(path) }
    defer { close(directory) }
    // There is no flock(2) with a time limit: asked again and again, as SQLite does for its own locks.
    var tries = StateDirectory.lockTries
    while flock(directory, LOCK_EX | LOCK_NB) != 0 {
      guard errno == EWOULDBLOCK || errno == EINTR else { throw StateDirectory.error(path) }
      guard tries > 0 else { throw OutboxError.locked(path) }
      tries -= 1
      poll(nil, 0, StateDirectory.lockWait)
    }
    return try work()
  }

  /// Whether a log or its index lies beside the database: it holds more than the file, or a process has it open.
  var hasLog: Bool { ["-wal", "-shm"].contains { access(database + $0, F_OK) == 0 } }

  /// Whether another process has the database open: each connection locks a byte of its log's index
  /// (sqlite.org/walformat.html, 2.3).
  var isOpenElsewhere: Bool {
    let file = open(database + "-shm", O_RDWR | O_CLOEXEC)
    guard file >= 0 else { return false }
    defer { close(file) }
    var lock = flock()
    (lock.l_type, lock.l_whence) = (Int16(F_WRLCK), Int16(SEEK_SET))
    return fcntl(file, F_GETLK, &lock) == 0 && lock.l_type != Int16(F_UNLCK)
  }

  /// Whether the file lies on a file system that takes nothing.
  static func isMountedReadOnly(_ path: String) -> Bool { access(path, W_OK) != 0 && errno == EROFS }

  /// What `errno` means for `path`.
  private static func error(_ path: String) -> OutboxError {
    switch errno {
    case ENOENT: .noDirectory(path)
    case ENOTDIR: .notADirectory(path)
    case EACCES, EPERM: .notPermitted(path)
    case EROFS: .readOnly(path)
    case ENOSPC, EDQUOT: .diskFull(path)
    default: .inputOutput(path, detail: String(cString: strerror(errno)))
    }
  }
}

/// The user that a state directory belongs to.
///
/// Files that root makes in it would lock the service out of its own database, so every command becomes its owner
/// before it opens anything.
public struct StateOwner: Sendable, Hashable {
  /// The owner's number.
  public var user: UInt32
  /// The directory's group.
  public var group: UInt32

  /// What a process of `effectiveUser` has to become to work in a directory of this owner; nil: nothing. Pure.
  public func toBecome(from effectiveUser: UInt32) -> StateOwner? {
    effectiveUser == 0 && user != 0 ? self : nil
  }

  /// Who owns the directory.
  public static func of(_ directory: String) throws(OutboxError) -> StateOwner {
    var status = stat()
    guard stat(directory, &status) == 0 else {
      throw errno == ENOENT ? OutboxError.noDirectory(directory) : OutboxError.notPermitted(directory)
    }
    return StateOwner(user: status.st_uid, group: status.st_gid)
  }

  /// When this process is root and the directory is another user's, becomes that user for good: supplementary
  /// groups, group and user, in this order, since the rights to change the former go with the latter.
  ///
  /// Call it before any other thread is at work and before any file of the directory is opened.
  public static func assume(_ directory: String) throws(OutboxError) {
    guard let owner = try of(directory).toBecome(from: geteuid()) else { return }
    var groups = [gid_t(owner.group)]
    guard setgroups(groups.count, &groups) == 0, setgid(owner.group) == 0, setuid(owner.user) == 0,
      // A setuid that left a way back would be worse than none (setuid(2), "Notes").
      setuid(0) != 0
    else { throw OutboxError.cannotBecome(user: owner.user, directory: directory) }
    // A process that changed its user is hidden from that user's others under ProtectProc=invisible, and the
    // service would take it for dead (proc(5), hidepid; prctl(2), PR_SET_DUMPABLE).
    _ = duban_set_dumpable(1)
  }
}
