public import DubanCore
public import DubanInbox
public import DubanOutbox

/// The `answers:` section: what becomes of what comes in.
public struct AnswerSettings: Sendable, Equatable {
  /// Long enough for the contact to read the digest that asks, and to answer.
  public static let defaultPause = Span(5, .workday)
  /// What may be accepted without anybody's word: nothing that changes who is asked for what.
  public static let acceptable: [NewProposal.Kind] = [.report, .progress, .done]

  /// Whether owners' answers go to our own mailbox, and to the contact, and not to the contact alone.
  public var repliesToUs = false
  /// How long an owner's reminders of an item wait, once, after their answer that it is done.
  public var pause = defaultPause
  /// What is accepted at once, where nothing speaks against it.
  public var accepted: Set<NewProposal.Kind> = []
  /// Whether who answered hears that the answer came in.
  public var acknowledges = false
  /// Whether the ledger's workbook goes out with the week's digest, and is taken when it comes back.
  public var takesLedger = false

  /// Settings with every default.
  public init() {}
}

/// An entry of `inbox:`: a mailbox whose mail is read.
public struct InboxSettings: Sendable {
  /// Inbox as every server calls it (RFC 9051, section 5.1).
  public static let defaultFolder = "INBOX"
  /// Seconds between two looks.
  public static let defaultEvery = 300

  /// The server, with the login.
  public var server: RelaySettings
  /// The folder's name, as people see it.
  public var folder = defaultFolder
  /// The folder that messages are moved to which led to something; nil: nothing there is changed.
  public var moveTo: String?
  /// Seconds between two looks.
  public var every = defaultEvery
  /// The day from which mails are read; nil: the day of the first look.
  public var since: CivilDate?

  /// The mailbox to look into.
  public var mailbox: Mailbox {
    Mailbox(server: server.relay, folder: folder, moveTo: moveTo, every: every, since: since)
  }
}
