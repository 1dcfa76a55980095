public import DubanMail
import Synchronization

/// Hands finished messages over, one at a time, and reports what happened. It never decides and never retries.
///
/// Called from one queue at a time; a courier keeps its connection between calls until ``close()``.
public protocol Courier: AnyObject {
  /// Hands one message over and waits for the answer, within the courier's time limits.
  func deliver(_ message: Message) -> AttemptResult

  /// The same where another host takes over after the deadline: the message isn't completed then any more, and the result
  /// is a failure before the final dot.
  func deliver(_ message: Message, until deadline: SendDeadline?) -> AttemptResult

  /// Ends the connection politely; the next delivery opens a new one. May be called at any time between
  /// deliveries, also twice.
  func close()
}

extension Courier {
  /// A courier that needs no time, such as one into a Maildir, has its answer before anybody could take over.
  public func deliver(_ message: Message, until deadline: SendDeadline?) -> AttemptResult { deliver(message) }
}

/// What happened when one message was handed over: facts only, no decision.
public struct AttemptResult: Sendable, Hashable {
  /// How far the conversation got.
  public enum Step: String, Sendable, Hashable, CaseIterable {
    /// Looking at the message itself, before anything is dialled: it can't be sent as it is.
    case check
    /// Reading the password, before anything is dialled.
    case secret
    case resolve, connect, tls, greeting, hello, startTLS, authenticate, mailFrom, recipient, data, finalDot
    /// Writing into a Maildir.
    case store
  }

  /// How the step ended.
  public enum Result: String, Sendable, Hashable, CaseIterable {
    /// The whole message was taken, positively.
    case accepted
    /// The relay answered no; ``AttemptResult/code`` has its digits.
    case refused
    /// No usable answer: not reached, closed, timed out, garbage, or TLS that can't be trusted.
    case failed
  }

  /// Where it ended.
  public var step: Step
  /// How it ended.
  public var result: Result
  /// The three-digit reply code (RFC 5321, section 4.2), where the relay gave one.
  public var code: Int?
  /// The enhanced status code (RFC 3463), such as `5.1.1`.
  public var enhanced: String?
  /// The relay's words, or what failed: one printable line without secrets.
  public var text: String

  /// An outcome of these parts.
  public init(step: Step, result: Result, code: Int? = nil, enhanced: String? = nil, text: String) {
    self.step = step
    self.result = result
    self.code = code
    self.enhanced = enhanced
    self.text = text
  }
}

/// Until when a message may be completed, where another host takes over afterwards. May be moved from any thread.
///
/// It goes by a clock that also counts while the machine sleeps (`CLOCK_BOOTTIME`) and that nobody sets: no database can
/// call back what the relay has taken.
public final class SendDeadline: Sendable {
  /// Milliseconds for which bytes may stay unacknowledged on their way to the relay: what was written while the network
  /// was cut doesn't arrive after the takeover. Part of what lies between the deadline and the end of a lease.
  static let mostUnacknowledged: Int32 = 5000

  private let instant = Mutex<ContinuousClock.Instant?>(nil)

  /// A deadline that has passed.
  public init() {}

  /// Begins anew, for what is claimed from now on.
  public func begin(_ instant: ContinuousClock.Instant) { self.instant.withLock { $0 = instant } }

  /// Moves it for what was claimed before. Once it has passed it stays: another host may have taken over meanwhile.
  public func extend(to later: ContinuousClock.Instant) {
    instant.withLock { if let now = $0, now > ContinuousClock.now { $0 = later } }
  }

  /// Whether nothing may be completed any more.
  public var hasPassed: Bool { instant.withLock { $0.map { $0 <= ContinuousClock.now } ?? true } }
}
