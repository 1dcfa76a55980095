internal import DubanCore
public import DubanMail
import Synchronization

/// Hands finished messages over, one at a time, and reports what happened. It never decides and never retries.
///
/// Called from one queue at a time; a courier keeps its connection between calls until ``close()``.
public protocol Courier: AnyObject {
  /// Hands one message over and waits for the answer, within the courier's time limits.
  ///
  /// - Parameter deadline: after it another host takes over: the message isn't completed then any more, and the result is a
  ///   failure before the final dot. nil: none does.
  func deliver(_ message: Message, until deadline: SendDeadline?) -> AttemptResult

  /// Ends the connection politely; the next delivery opens a new one. May be called at any time between
  /// deliveries, also twice.
  func close()
}

extension Courier {
  /// Hands one message over where no other host takes over.
  public func deliver(_ message: Message) -> AttemptResult { deliver(message, until: nil) }
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

  /// Code and words.
  public var answer: String {
    [code.map(String.init) ?? "", text].filter { !$0.isEmpty }.joined(separator: " ")
  }

  package init(step: Step, result: Result, code: Int? = nil, enhanced: String? = nil, text: String) {
    self.step = step
    self.result = result
    self.code = code
    self.enhanced = enhanced
    self.text = text
  }
}

extension AttemptResult.Step {
  /// The step as people who run a relay call it.
  public var words: String {
    switch self {
    case .check: "checking the message"
    case .secret: "reading the password"
    case .resolve: "looking up the relay"
    case .connect: "connecting"
    case .tls: "setting up TLS"
    case .greeting: "greeting"
    case .hello: "EHLO"
    case .startTLS: "STARTTLS"
    case .authenticate: "AUTH"
    case .mailFrom: "MAIL FROM"
    case .recipient: "RCPT TO"
    case .data: "DATA"
    case .finalDot: "end of DATA"
    case .store: "writing to the Maildir"
    }
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

extension Message {
  /// Why this message can't go over SMTP as it is, or nil. What passes can't inject a command or a second message.
  var fault: String? { envelope.fault ?? ownFault }

  /// RFC 5321, section 2.3.8: CR and LF occur only together; section 4.5.3.1.6: a line has at most 1000 bytes with
  /// its CRLF. A bare LF is how messages are smuggled.
  private var ownFault: String? {
    lineFault(data)
  }
}

extension Envelope {
  /// Why this envelope can't go over SMTP as it is, or nil.
  var fault: String? {
    for (name, address) in [("sender", reversePath), ("recipient", recipient)] {
      guard let problem = MailAddress.problem(in: address) else { continue }
      return "the \(name) “\(printableLine(address))” \(problem); expected name@example.org"
    }
    return nil
  }
}

/// The longest line with its CRLF, in bytes.
private let longestLine = 1000

/// What is wrong with the first line that isn't as it has to be.
func lineFault(_ bytes: [UInt8]) -> String? {
  if bytes.isEmpty { return "the message is empty" }
  var (previous, length, line): (UInt8, Int, Int) = (0, 0, 1)
  for byte in bytes {
    if (byte == 0x0A) != (previous == 0x0D) {
      return "line \(line) of the message holds a CR or LF on its own"
    }
    if byte == 0 { return "line \(line) of the message holds a NUL" }
    length += 1
    if length > longestLine { return "line \(line) of the message is longer than \(longestLine) bytes" }
    if byte == 0x0A { (length, line) = (0, line + 1) }
    previous = byte
  }
  return previous == 0x0A ? nil : "the message doesn't end with CRLF"
}

/// A message as it goes over the wire (RFC 5321, section 4.5.2): every line that begins with a dot gets one more, and a
/// lone dot is the end. The message ends with CRLF and has no other line ends.
func dotStuffed(_ message: [UInt8]) -> [UInt8] {
  var stuffed: [UInt8] = []
  stuffed.reserveCapacity(message.count + 64)
  var last = UInt8(ascii: "\n")
  for byte in message {
    if byte == UInt8(ascii: "."), last == UInt8(ascii: "\n") { stuffed.append(byte) }
    stuffed.append(byte)
    last = byte
  }
  return stuffed + Array(".\r\n".utf8)
}

/// Words from outside as one printable line, at most 600 characters; a reply line may have 512 bytes (RFC 5321, section
/// 4.5.3.1.5).
func printableLine(_ text: some StringProtocol) -> String {
  CleanText.line(String(text), limit: 600).split(separator: " ").joined(separator: " ")
}
