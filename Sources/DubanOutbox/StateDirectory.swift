import Glibc

/// The directory that holds the database, and what the file system says about it.
struct StateDirectory {
  /// The database's name inside.
  static let databaseName = "duban.sqlite"

  let path: String

  var database: String { path + "/" + StateDirectory.databaseName }

  /// Checks that the directory is one.
  init(_ path: String) throws(OutboxError) {
    var status = stat()
    guard stat(path, &status) == 0 else { throw StateDirectory.error(path) }
    guard status.st_mode & S_IFMT == S_IFDIR else { throw OutboxError.notADirectory(path) }
    self.path = path
  }

  /// Makes an empty database that only its owner may read, unless there is one: SQLite gives its other files
  /// the same mode.
  ///
  /// Never opens a file that exists: closing it would drop the locks that SQLite holds on it in this process
  /// (fcntl(2), "Advisory record locking").
  func createDatabase() throws {
    let file = open(database, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0o600)
    if file >= 0 {
      close(file)
    } else if errno != EEXIST {
      throw StateDirectory.error(database)
    }
  }

  /// Whether there is a database that this process may open.
  func checkDatabase(writable: Bool) throws {
    guard access(database, F_OK) == 0 else {
      throw errno == ENOENT ? OutboxError.noDatabase(database) : StateDirectory.error(database)
    }
    guard access(database, writable ? R_OK | W_OK : R_OK) == 0 else { throw StateDirectory.error(database) }
  }

  /// Runs `work` while no other process opens the outbox: switching to WAL and migrating can't be shared.
  func exclusively<Value>(_ work: () throws -> Value) throws -> Value {
    let directory = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard directory >= 0 else { throw StateDirectory.error(path) }
    defer { close(directory) }
    while flock(directory, LOCK_EX) != 0 {
      guard errno == EINTR else { throw StateDirectory.error(path) }
    }
    return try work()
  }

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
