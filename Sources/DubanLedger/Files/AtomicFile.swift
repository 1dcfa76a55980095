import Glibc

/// Writes whole files: a reader sees the old content or the new one, never a part of it.
public enum AtomicFile {
  /// Why a file wasn't written.
  public struct Failure: Error, Sendable {
    /// What went wrong, in English.
    public var reason: String
  }

  /// Writes `bytes` to `file`, durably, by way of a temporary file in the same folder.
  ///
  /// - Parameter replacing: whether a file that is there already is replaced; otherwise it stays and this fails,
  ///   also when it appears in the meantime.
  /// - Parameter mode: the permissions, whatever the process's mask; nil for those that the mask leaves.
  public static func write(
    _ bytes: [UInt8], to file: String, replacing: Bool, mode: UInt32? = nil
  ) throws(Failure) {
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
      throw Failure(reason: "can't be written: \(words(problem))")
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

  private static func store(_ bytes: [UInt8], in descriptor: Int32) -> Bool {
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

  private static func failure(_ what: String) -> Failure { Failure(reason: "\(what): \(words(errno))") }

  private static func words(_ code: Int32) -> String { String(cString: strerror(code)) }
}
