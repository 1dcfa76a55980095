public import DubanMail
internal import Foundation
internal import Synchronization

/// Writes messages into a Maildir (https://cr.yp.to/proto/maildir.html) in place of sending them: for rehearsals.
///
/// A message is written and synced under `tmp`, then renamed into `new`, and both the file and the name are on the
/// disk when ``deliver(_:)`` returns. Line ends are LF, as mail stores have them.
public final class MaildirCourier: Courier {
  private let directory: String
  /// Parts the names of files that one process delivers within one microsecond.
  private static let count = Atomic<Int>(0)

  /// A courier into this directory, which is made with the first message.
  public init(directory: String) { self.directory = directory }

  /// The system refused a call.
  private struct CallError: Error {
    let text: String

    init(_ call: String, _ path: String) {
      text = "\(call) \(path): \(String(cString: strerror(errno)))"
    }
  }

  /// Stores one message: at once, before anyone could take over.
  public func deliver(_ message: Message, until deadline: SendDeadline?) -> AttemptResult {
    if let fault = message.fault { return AttemptResult(step: .check, result: .failed, text: fault) }
    do throws(CallError) {
      let name = try store(message.data.filter { $0 != 0x0D })
      return AttemptResult(step: .store, result: .accepted, text: "stored as \(printableLine(name))")
    } catch {
      return AttemptResult(step: .store, result: .failed, text: printableLine(error.text))
    }
  }

  /// Nothing to end.
  public func close() {}

  private func store(_ bytes: [UInt8]) throws(CallError) -> String {
    for folder in ["", "/tmp", "/new", "/cur"] { try makeDirectory(directory + folder) }
    let count = Self.count.add(1, ordering: .relaxed).newValue
    let draft = "\(directory)/tmp/\(getpid())_\(count)_\(UUID().uuidString)"
    let name: String
    do throws(CallError) {
      name = "\(directory)/new/\(try write(bytes, to: draft, count: count))"
      guard rename(draft, name) == 0 else { throw CallError("rename to", name) }
    } catch {
      unlink(draft)
      throw error
    }
    try sync(directory: "\(directory)/new")
    return name
  }

  /// Writes and syncs the draft; the file's own time makes the unique name, so that no clock is read.
  private func write(_ bytes: [UInt8], to path: String, count: Int) throws(CallError) -> String {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw CallError("create", path) }
    defer { Glibc.close(descriptor) }
    do { try FileHandle(fileDescriptor: descriptor).write(contentsOf: bytes) } catch {
      throw CallError("write", path)
    }
    var status = stat()
    guard fsync(descriptor) == 0, fstat(descriptor, &status) == 0 else { throw CallError("sync", path) }
    let time = status.st_mtim
    let unique = "M\(time.tv_nsec / 1000)P\(getpid())V\(status.st_dev)I\(status.st_ino)Q\(count)"
    return "\(time.tv_sec).\(unique).\(Self.hostName.isEmpty ? "localhost" : Self.hostName)"
  }

  private func makeDirectory(_ path: String) throws(CallError) {
    guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw CallError("make", path) }
  }

  private func sync(directory: String) throws(CallError) {
    let descriptor = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw CallError("open", directory) }
    defer { Glibc.close(descriptor) }
    guard fsync(descriptor) == 0 else { throw CallError("sync", directory) }
  }

  /// maildir(5): `/` and `:` in the host's name are written as octal numbers.
  private static let hostName =
    HostAddresses.ownName.replacing("/", with: "\\057").replacing(":", with: "\\072")
}
