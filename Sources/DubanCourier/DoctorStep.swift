public import DubanMail

/// One thing that the doctor tried, and how it went.
public struct DoctorStep: Sendable, Hashable {
  /// What was tried, in the order of trying.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    case secret, resolve, connect, tls, certificate, hello, authenticate, mailFrom, recipient, reset, quit,
      test, identify, examine

    /// The step as people who run a relay call it.
    public var words: String {
      switch self {
      case .secret: "password"
      case .resolve: "name"
      case .connect: "TCP"
      case .tls: "TLS"
      case .certificate: "certificate"
      case .hello: "EHLO"
      case .authenticate: "AUTH"
      case .mailFrom: "MAIL FROM"
      case .recipient: "RCPT TO"
      case .reset: "RSET"
      case .quit: "QUIT"
      case .test: "test mail"
      case .identify: "ID"
      case .examine: "EXAMINE"
      }
    }
  }

  /// What was tried.
  public var step: Kind
  /// Whether it went well.
  public var isOK: Bool
  /// What was found, or the relay's words: one printable line without secrets.
  public var detail: String
  /// What to do about it; empty where nothing is to be done or known.
  public var remedy: String

  /// A step of these parts.
  public init(_ step: Kind, isOK: Bool, _ detail: String, remedy: String = "") {
    (self.step, self.isOK, self.detail, self.remedy) = (step, isOK, detail, remedy)
  }
}

extension DoctorStep {
  /// How a test mail went.
  public init(_ outcome: AttemptResult, of message: Message) {
    let answer = (outcome.code.map { "\($0) " } ?? "") + outcome.text
    let isOK = outcome.result == .accepted
    self.init(
      .test, isOK: isOK, isOK ? "sent to \(message.envelope.recipient): \(answer)" : answer,
      remedy: isOK ? "see whether it arrives, and not among the unwanted mail" : "")
  }
}

extension DoctorStep: CustomStringConvertible {
  /// `✓ TCP: …`, or `✗ AUTH: …` with the remedy on a line of its own.
  public var description: String {
    "\(isOK ? "✓" : "✗") \(step.words): \(detail)" + (remedy.isEmpty ? "" : "\n  → \(remedy)")
  }
}
