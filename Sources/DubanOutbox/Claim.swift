public import DubanCore
import Foundation

/// The right to hand one entry over, and all that is needed for it.
public struct Claim: Sendable, Hashable {
  /// The entry's number.
  public var entry: Int64
  /// Which attempt this is, from 1; counted already.
  public var attempt: Int
  /// Who holds the lease.
  public var owner: ProcessIdentity
  /// `MAIL FROM`, without angle brackets.
  public var reversePath: String
  /// `RCPT TO`, without angle brackets.
  public var recipient: String
  /// The Message-ID with its angle brackets.
  public var messageID: String
  /// The subject as people read it.
  public var subject: String
  /// The bytes to send.
  public var body: [UInt8]
  /// The items that the mail reminds of, in the order of their reminders.
  public var items: [String]
  /// When the entry was queued; its lifetime counts from here.
  public var queuedAt: Timestamp
  /// When the attempt before this one began, if its process ended during it; nil where it had an answer or there
  /// was none.
  public var lostAttemptAt: Timestamp?
  /// The entry's state before it was claimed, which it has again if it is given back untried.
  var stateBefore: EntryState
  /// When it was due, likewise.
  var dueBefore: Timestamp
}

/// A claim whose attempt has ended.
public struct FinishedClaim: Sendable, Hashable {
  /// What was tried, or given up without an attempt.
  public var claim: Claim
  /// What becomes of it.
  public var verdict: DeliveryVerdict
  /// When the attempt ended.
  public var at: Timestamp

  package init(_ claim: Claim, _ verdict: DeliveryVerdict, at: Timestamp) {
    self.claim = claim
    self.verdict = verdict
    self.at = at
  }
}

/// On what terms a process claims entries.
public struct LeasePolicy: Sendable, Hashable {
  /// Who claims.
  public var owner: ProcessIdentity
  /// Seconds until the lease runs out, for those who can't see whether the owner lives. Longer than the
  /// courier's time limits for one mail.
  public var lease: Int64 = 15 * 60
  /// The wait until the next attempt when the process dies during one.
  public var backOff = BackOff.mail

  /// Whether other hosts claim too. Then only the end of a lease counts: a process that is stopped, or cut off, is alive
  /// and yet has to be replaced.
  public var isShared = false

  /// The usual terms for `owner`.
  public init(owner: ProcessIdentity) { self.owner = owner }

  /// The terms for one of several hosts: a lease that is prolonged all the time, and short, so that another host soon
  /// takes over.
  public static func shared(_ owner: ProcessIdentity) -> LeasePolicy {
    var terms = LeasePolicy(owner: owner)
    (terms.isShared, terms.lease, terms.backOff.first) = (true, Lease.seconds, Lease.seconds)
    return terms
  }
}

/// One process on one start of one machine: who holds a lease.
///
/// A process number alone is used again after a while, so its start time and the machine's boot go with it. The
/// namespace says whether its number means anything to us: a container has its own.
public struct ProcessIdentity: Sendable, Hashable {
  /// The kernel's identifier of this start of the machine.
  public var boot: String
  /// The namespace that the process number belongs to.
  public var namespace: String
  /// The process number.
  public var process: Int32
  /// When the process started, in the kernel's ticks since boot.
  public var start: UInt64

  package init(boot: String, namespace: String, process: Int32, start: UInt64) {
    self.boot = boot
    self.namespace = namespace
    self.process = process
    self.start = start
  }

  /// Whether a process still runs.
  public enum Liveness: Sendable, Hashable {
    case alive, dead
    /// It can't be seen from here: only its lease counts.
    case unknown
  }

  /// This process, as `/proc` has it.
  public static func current() throws(OutboxError) -> ProcessIdentity {
    let process = getpid()
    guard let boot = firstLine("/proc/sys/kernel/random/boot_id"), let start = startTime(of: process) else {
      throw OutboxError.noProcess
    }
    let namespace = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/ns/pid")
    return ProcessIdentity(boot: boot, namespace: namespace ?? "", process: process, start: start)
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

  private static func firstLine(_ path: String) -> String? {
    FileManager.default.contents(atPath: path).map {
      String(decoding: $0.prefix { $0 != 0x0A }, as: UTF8.self)
    }
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
