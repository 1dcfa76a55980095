import Glibc

/// One process on one start of one machine: who holds a lease.
///
/// A process number alone is used again after a while, so its start time and the machine's boot go with it. The
/// namespace tells whether its number means anything to us: a container has its own.
public struct ProcessIdentity: Sendable, Hashable {
  /// The kernel's identifier of this start of the machine.
  public var boot: String
  /// The namespace that the process number belongs to.
  public var namespace: String
  /// The process number.
  public var process: Int32
  /// When the process started, in the kernel's ticks since boot.
  public var start: UInt64

  /// An identity of these parts.
  public init(boot: String, namespace: String, process: Int32, start: UInt64) {
    self.boot = boot
    self.namespace = namespace
    self.process = process
    self.start = start
  }

  /// Whether a process still runs.
  public enum Liveness: Sendable, Hashable {
    case alive, dead
    /// It can't be seen from here: only its lease tells.
    case unknown
  }

  /// This process, as `/proc` has it.
  public static func current() throws(OutboxError) -> ProcessIdentity {
    let process = getpid()
    guard let boot = firstLine("/proc/sys/kernel/random/boot_id"), let start = startTime(of: process) else {
      throw OutboxError.noProcess
    }
    return ProcessIdentity(boot: boot, namespace: namespaceOfThisProcess(), process: process, start: start)
  }

  /// Whether this process runs, as far as `observer` can see.
  public func liveness(seenBy observer: ProcessIdentity) -> Liveness {
    guard boot == observer.boot else { return .dead }
    guard namespace == observer.namespace else { return .unknown }
    return ProcessIdentity.startTime(of: process) == start ? .alive : .dead
  }

  /// Field 22 of `/proc/PID/stat` (proc_pid_stat(5)); nil where there is no such process.
  private static func startTime(of process: Int32) -> UInt64? {
    // The second field is the command's name in brackets, which may hold anything, brackets too.
    guard let line = firstLine("/proc/\(process)/stat"), let end = line.lastIndex(of: ")") else { return nil }
    let fields = line[line.index(after: end)...].split(separator: " ")
    // A zombie has ended, whatever its parent does about it.
    guard fields.count > 19, fields[0] != "Z" else { return nil }
    return UInt64(fields[19])
  }

  private static func namespaceOfThisProcess() -> String {
    var buffer = [CChar](repeating: 0, count: 128)
    let length = readlink("/proc/self/ns/pid", &buffer, buffer.count)
    return String(decoding: buffer.prefix(max(length, 0)).map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  private static func firstLine(_ path: String) -> String? {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var buffer = [UInt8](repeating: 0, count: 4096)
    let length = read(file, &buffer, buffer.count)
    guard length > 0 else { return nil }
    return String(decoding: buffer[..<length].prefix { $0 != 0x0A }, as: UTF8.self)
  }
}

extension ProcessIdentity: LosslessStringConvertible {
  /// `BOOT NAMESPACE PID START`, as the database holds it.
  public var description: String { "\(boot) \(namespace) \(process) \(start)" }

  /// Reads back ``description``.
  public init?(_ description: String) {
    let parts = description.split(separator: " ", omittingEmptySubsequences: false)
    guard parts.count == 4, let process = Int32(parts[2]), let start = UInt64(parts[3]) else { return nil }
    self.init(boot: String(parts[0]), namespace: String(parts[1]), process: process, start: start)
  }
}
