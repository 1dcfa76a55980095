/// What the scripted SMTP peer does: the usual, but for the steps that are scripted otherwise.
public struct PeerScript: Sendable {
  /// A point of the conversation at which the peer acts.
  public enum Step: String, Sendable, Hashable, CaseIterable {
    /// `oldHello` is HELO, `other` any command that isn't named here.
    case banner, hello, oldHello, startTLS, auth, mail, recipient, data, body, finalDot, reset, quit, other
  }

  /// What the peer does at a step.
  public enum Action: Sendable, Hashable {
    /// Sends this line, CRLF added; several lines are parted by `\n`.
    case say(String)
    /// Sends this line, then closes the connection.
    case sayAndClose(String)
    /// Sends these bytes as they are.
    case raw([UInt8])
    /// Waits until nothing more comes in, as the other side's buffers are full, sends this line and reads nothing more,
    /// but keeps the connection until the other side closes it.
    case sayWhenFull(String)
    /// Says and reads nothing more, but keeps the connection until the other side closes it.
    case stall
    /// Closes the connection (FIN).
    case close
    /// Resets the connection (RST).
    case reset
  }

  /// How what the peer says is cut into pieces on its way.
  public enum Pieces: Sendable, Hashable, CaseIterable {
    /// Each answer is a piece of its own.
    case answers
    /// Answers to commands that came together go out together, as Postfix has it.
    case groups
    /// Every byte goes out on its own.
    case bytes
  }

  /// How the peer speaks TLS.
  public enum TLS: Sendable, Hashable, CaseIterable {
    case none, startTLS, implicit
  }

  /// What is done otherwise than usual.
  public var actions: [Step: Action] = [:]
  /// Does so only at this message of a connection, counted from 1; nil does so always.
  public var onlyAtMessage: Int?
  /// Does so only once it has taken so many messages, over whichever connections.
  public var onlyAfter = 0
  /// What is answered to RCPT for these addresses, in place of the usual.
  public var recipientAnswers: [String: String] = [:]
  /// The EHLO keywords; STARTTLS and AUTH are added as they apply.
  public var extensions = ["8BITMIME", "SIZE 10485760"]
  /// How the peer speaks TLS.
  public var tls = TLS.none
  /// The certificate it shows.
  public var certificate: TestCertificate?
  /// The login it takes, as `user:password`; nil offers no AUTH.
  public var login: String?
  /// The mechanisms it offers.
  public var mechanisms = "PLAIN LOGIN"
  /// How its answers go out.
  public var pieces = Pieces.answers
  /// Announces STARTTLS where ``tls`` has it; false strips it, as an attacker in between would.
  public var announcesStartTLS = true

  /// A peer that takes everything.
  public init() {}

  /// A peer that takes everything but does `action` at `step`.
  public init(_ step: Step, _ action: Action) { actions[step] = action }
}

/// What a scripted peer saw, in order.
public struct PeerRecord: Sendable, Hashable {
  /// How many connections were made.
  public var connections = 0
  /// The commands of all conversations, AUTH with its payload.
  public var commands: [String] = []
  /// How many commands were followed by the next before they were answered.
  public var unanswered = 0
  /// The messages taken whole: as they were meant, dots unescaped.
  public var messages: [[UInt8]] = []
  /// How many times a lone dot came in place of a message.
  public var loneDots = 0
  /// The envelopes of those messages: `from` and `to` as they stood between the angle brackets.
  public var envelopes: [[String]] = []
  /// The passwords seen, and whether under TLS.
  public var passwords: [Password] = []
  /// How many conversations ended with QUIT.
  public var farewells = 0

  /// A password that was tried.
  public struct Password: Sendable, Hashable {
    /// The password.
    public var value: String
    /// Whether TLS protected it.
    public var isProtected: Bool

    /// A password of these parts.
    public init(value: String, isProtected: Bool) { (self.value, self.isProtected) = (value, isProtected) }
  }

  /// Nothing seen.
  public init() {}
}
