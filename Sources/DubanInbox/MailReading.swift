public import DubanCore

/// What a mail in the mailbox is and says.
public struct MailReading: Sendable, Hashable, Encodable {
  /// The closed list of what a mail can be.
  public enum Kind: String, Sendable, Hashable, Encodable, CaseIterable {
    case answer, contact, bounce, delayed, auto, receipt, unrelated, hostile
  }

  /// What is said of a measure.
  public enum Says: String, Sendable, Hashable, Encodable, CaseIterable {
    /// Ended · not yet, in time · a day after the deadline or more time asked for · another owner · refused.
    case done, progress, postpone, handover, notmine
    case question, received, none
  }

  /// What an owner says of one measure: the day named for finishing it, the new owner's name.
  public struct Item: Sendable, Hashable, Encodable {
    /// The number of the measure.
    public var id: String
    /// What is said of it.
    public var says: Says
    /// The day named for finishing it, YYYY-MM-DD.
    public var until: String?
    /// The new owner's name.
    public var to: String?
  }

  /// What the contact decides of one measure.
  public struct Decision: Sendable, Hashable, Encodable {
    /// Whether it is given.
    public enum Choice: String, Sendable, Hashable, Encodable { case approve, reject }
    /// The number of the measure.
    public var id: String
    /// Whether it is given.
    public var decision: Choice
    /// What was asked for: done, postpone or handover.
    public var what: Says
    /// The new deadline, YYYY-MM-DD.
    public var until: String?
    /// The new owner's name.
    public var to: String?
    /// The number that the digest gave the request, where the contact names it by that.
    public var number: Int?
  }

  /// Why and for whom a mail came back.
  public struct Bounce: Sendable, Hashable, Encodable {
    /// The address that was written to, in small letters.
    public var recipient: String?
    /// The address that the mail was handed on to, where the report names that too.
    public var handedOn: String?
    /// Whether the address itself is dead.
    public var permanent: Bool
    /// Whether the server has given up.
    public var final: Bool
    /// What the server's words, or else its status, mean.
    public var reason: BounceReason

    private enum CodingKeys: String, CodingKey { case recipient, permanent, final, reason }

    /// `transient`: the status is one of 4.y.z, by which no address is dead.
    init(recipient: String?, _ reading: BounceReason.Reading, final: Bool, transient: Bool = false) {
      (self.recipient, reason, self.final) = (recipient, reading.reason, final)
      permanent = reason.isPermanent && reading.isCertain && final && !transient
    }
  }

  /// What it is.
  public var kind: Kind
  /// The Message-ID of the mail of ours that it answers, in angle brackets; nil without proof.
  public var answersMessageID: String?
  /// Whether it comes from the address that the answered mail went to.
  public var senderIsRecipient = false
  /// What the sender wrote, without the quotation.
  public var newText = ""
  /// What an owner says of each measure; only what is certain.
  public var items: [Item] = []
  /// Whether a careful clerk would not act on it alone.
  public var needsPerson = false
  /// Whether that is only for the workbook that the contact sends along; no part of what is printed.
  public var isForWorkbookAlone = false
  /// Whether the report is in this mail.
  public var reportReceived = false
  /// Whether the report is a file, and nothing speaks against that; no part of what is printed.
  public var isPlainReport = false
  /// The names of attached files; nothing is unpacked.
  public var attachments: [String] = []
  /// One for each recipient that a returned mail names.
  public var bounces: [Bounce] = []
  /// The contact's decisions; only what is certain.
  public var decisions: [Decision] = []
  /// Whether it answers a mail of ours, comes from the address that this went to, and nothing speaks against that.
  public var isProven = false
  /// The day on which it was written, as it says itself, unless that can't be; no part of what is printed.
  public var day: CivilDate?
  /// The last day on which its sender is away, as an automatic reply says; no part of what is printed.
  public var awayUntil: CivilDate?
  /// The token of the link that the contact used; no part of what is printed.
  public var token: String?
  /// The Message-ID of the mail that came back, without angle brackets; for other mails its own.
  public var messageID: String?
  /// The file it was read from.
  public var file: String?

  /// A mail of this kind that says nothing.
  public init(kind: Kind) { self.kind = kind }

  private enum Key: String, CodingKey {
    case file, kind, items, attachments, bounce, decisions, recipient, recipients, permanent
    case answersMessageID = "answers_message_id", senderIsRecipient = "sender_is_recipient"
    case newText = "new_text", needsPerson = "needs_person", reportReceived = "report_received"
    case messageID = "message_id"
  }

  private struct Recipient: Encodable { var recipient: String?, permanent: Bool }

  /// As contracts have it: one object for each message.
  public func encode(to encoder: any Encoder) throws {
    var all = encoder.container(keyedBy: Key.self)
    try all.encodeIfPresent(file, forKey: .file)
    try all.encode(kind, forKey: .kind)
    try all.encode(answersMessageID, forKey: .answersMessageID)
    try all.encode(senderIsRecipient, forKey: .senderIsRecipient)
    try all.encode(newText, forKey: .newText)
    try all.encode(items, forKey: .items)
    try all.encode(needsPerson, forKey: .needsPerson)
    try all.encode(reportReceived, forKey: .reportReceived)
    try all.encode(attachments, forKey: .attachments)
    try all.encode(decisions, forKey: .decisions)
    try all.encode(messageID, forKey: .messageID)
    guard let first = bounces.first else { return }
    try all.encode(first, forKey: .bounce)
    try all.encode(first.recipient, forKey: .recipient)
    try all.encode(first.permanent, forKey: .permanent)
    let recipients = bounces.flatMap { bounce in
      ([bounce.recipient] + (bounce.handedOn.map { [$0] } ?? [])).map {
        Recipient(recipient: $0, permanent: bounce.permanent)
      }
    }
    if recipients.count > 1 { try all.encode(recipients, forKey: .recipients) }
  }
}
