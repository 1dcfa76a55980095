/// What an outcome amounts to. Every verdict follows from one of these, so that "why?" always has an answer.
public enum DeliveryRuling: String, Sendable, Hashable, CaseIterable {
  /// The relay has it.
  case taken
  /// The connection was lost after the whole message had been sent.
  case unknown
  /// Not now (4yz), for this mail.
  case notNow
  /// Looks like spam to the relay, for now.
  case looksLikeSpam
  /// The recipient's mailbox is full: "a persistent transient failure" also with 5yz (RFC 3463, section 3.3).
  case mailboxFull
  /// This mail is refused for good.
  case refused
  /// The recipient's address is refused for good, in words about the mailbox.
  case badRecipient
  /// The digits refuse the recipient for good, and the words tell nothing: it may be about us.
  case doubtfulRecipient
  /// Refused by a rule of the relay's whose words speak neither of the mailbox nor of us: the mail is kept.
  case policyRefused
  /// The message itself can't be sent over SMTP.
  case unsendable
  /// The relay doesn't take mail from our sender, or not for others: every mail would fail alike.
  case senderRefused
  /// The relay doesn't take the name that we greet with.
  case helloRefused
  /// The login is refused or asked for: every further try makes it worse.
  case loginRefused
  /// The password can't be read.
  case secretMissing
  /// The sender's limit of 15 minutes is reached.
  case quarterHourLimit
  /// The sender's limit of the day is reached.
  case dayLimit
  /// This connection has carried what it may.
  case connectionLimit
  /// Too many recipients in a short time.
  case recipientRate
  /// Our network address is throttled.
  case throttled
  /// Our network address or sender is blocked.
  case blocked
  /// The relay as a whole is busy, or shutting down.
  case relayBusy
  /// The relay isn't reached, or not safely.
  case unreachable
  /// The connection was lost before the whole message had been sent.
  case lost
  /// The relay and we don't agree where in the conversation we are.
  case outOfStep
  /// The Maildir can't be written.
  case storeFailed

  /// What a person should know beside the relay's words; empty where those say it all.
  public var words: String {
    switch self {
    case .taken, .notNow, .refused, .doubtfulRecipient, .unsendable, .secretMissing, .unreachable, .lost,
      .storeFailed:
      ""
    case .unknown: "it may have arrived; the same mail goes again"
    case .looksLikeSpam: "looks like spam to the relay; tried again later"
    case .mailboxFull: "the recipient's mailbox is full"
    case .badRecipient: "the recipient's address is refused"
    case .policyRefused: "a rule of the relay's refuses it; tried again later"
    case .helloRefused: "the relay refuses the name that we greet with (relay.helo); all sending stops"
    case .senderRefused: "the relay refuses our sender; all sending stops"
    case .loginRefused: "the login is refused; all sending stops"
    case .quarterHourLimit: "the relay's limit of 15 minutes is reached"
    case .dayLimit: "the relay's limit of the day is reached; nothing more until tomorrow"
    case .connectionLimit: "the relay's limit of one connection is reached"
    case .recipientRate: "too many recipients in a short time"
    case .throttled: "the relay throttles our network address"
    case .blocked: "the relay blocks our network address or sender"
    case .relayBusy: "the relay is busy"
    case .outOfStep: "the relay lost track of the conversation"
    }
  }
}
