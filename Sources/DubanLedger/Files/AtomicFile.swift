import Glibc

/// Writes whole files: a reader sees the old content or the new one, never a part of it.
public enum AtomicFile {
  /// Why a file wasn't written.
  public struct Failure: Error, Sendable {
    /// What went wrong, in English.
    public var reason: String
  }

  /// Writes `bytes` to `file`, durably, by way of a temporary file in the same folder. Where there is a link, the file that
  /// it leads to is written; where there is a device or pipe, the bytes go into it.
  ///
  /// - Parameter replacing: whether a file that is there already is replaced; otherwise it stays and this fails,
  ///   also when it appears in the meantime.
  /// - Parameter mode: the permissions, whatever the process's mask; nil for those that the mask leaves.
  public static func write(
    _ bytes: [UInt8], to file: String, replacing: Bool, mode: UInt32? = nil
  ) throws(Failure) {
    var status = stat()
    if stat(file, &status) == 0, status.st_mode & S_IFMT != S_IFREG { return try writeInto(file, bytes) }
    let file = replacing ? real(file) : file
    let temporary = "\(file).\(getpid()).tmp"
    // With our own number in its name, it can only be what a process that was killed has left.
    unlink(temporary)
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw failure("can't be written") }
    defer { unlink(temporary) }
    let permitted = mode.map { fchmod(descriptor, $0) == 0 } ?? true
    let written = permitted && store(bytes, in: descriptor) && fsync(descriptor) == 0
    let problem = errno
    guard close(descriptor) == 0, written else {
      throw Failure(reason: "can't be written: \(SystemWords.of(problem))")
    }
    if replacing {
      guard rename(temporary, file) == 0 else { throw failure("can't be replaced") }
    } else {
      // A link fails where the name is taken, which a rename would silently replace.
      guard link(temporary, file) == 0 else {
        throw errno == EEXIST ? Failure(reason: "the file exists already") : failure("can't be written")
      }
    }
  }

  /// The file that a path leads to, past links; the path itself where there is none yet.
  private static func real(_ path: String) -> String {
    guard let found = realpath(path, nil) else { return path }
    defer { free(found) }
    return String(cString: found)
  }

  /// Writes into what is no plain file, such as /dev/null or a pipe: a file in its place would take it from everybody.
  private static func writeInto(_ file: String, _ bytes: [UInt8]) throws(Failure) {
    // Non-blocking, or else opening a named pipe would wait for a reader for ever; writing may wait.
    let descriptor = open(file, O_WRONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      throw errno == ENXIO ? Failure(reason: "nobody reads from this pipe") : failure("can't be written")
    }
    defer { close(descriptor) }
    guard fcntl(descriptor, F_SETFL, O_WRONLY) == 0 else { throw failure("can't be written") }
    guard store(bytes, in: descriptor) else { throw failure("can't be written") }
  }

  /// Refuses what is there and no plain file: a pipe that nobody reads would be waited for without an end.
  public static func refuseSpecial(_ file: String) throws(Failure) {
    var status = stat()
    guard stat(file, &status) == 0 else { return }
    switch status.st_mode & S_IFMT {
    case S_IFREG: return
    case S_IFDIR: throw Failure(reason: "this is a directory; expected a file")
    default: throw Failure(reason: "this is no regular file; name another")
    }
  }

  /// Refuses a file whose folder isn't there.
  public static func refuseMissingFolder(of file: String) throws(Failure) {
    let folder = file.lastIndex(of: "/").map { file[...$0] } ?? "."
    guard access(String(folder), F_OK) == 0 else { throw failure("its folder can't be opened") }
  }

  /// Makes a folder, and those above it, where there is none.
  ///
  /// - Parameter mode: the new folder's permissions, whatever the process's mask; nil for those that the mask leaves.
  public static func makeFolder(_ folder: String, mode: UInt32? = nil) throws(Failure) {
    var ends = folder.indices.filter { $0 != folder.startIndex && folder[$0] == "/" }
    ends.append(folder.endIndex)
    for end in ends {
      if mkdir(String(folder[..<end]), 0o777) == 0 {
        if let mode, end == folder.endIndex { chmod(folder, mode) }
      } else if errno != EEXIST, end == folder.endIndex {
        throw failure("the folder can't be made")
      }
    }
    var status = stat()
    guard stat(folder, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
      throw Failure(reason: "the folder can't be made: \(SystemWords.of(ENOTDIR))")
    }
  }

  /// Writes all of `bytes`, in as many calls as that takes; false where one fails, as `errno` says.
  public static func store(_ bytes: [UInt8], in descriptor: Int32) -> Bool {
    // write(2) may take a part: the rest goes on from within the same bytes.
    bytes.withUnsafeBytes { buffer in
      var offset = 0
      while offset < buffer.count {
        let count = Glibc.write(descriptor, buffer.baseAddress.map { $0 + offset }, buffer.count - offset)
        if count < 0, errno == EINTR { continue }
        if count <= 0 { return false }
        offset += count
      }
      return true
    }
  }

  private static func failure(_ what: String) -> Failure {
    Failure(reason: "\(what): \(SystemWords.of(errno))")
  }
}
