public import DubanCore

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
  /// The subject.
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
  /// Where the entry stood before it was claimed: where it stands again if it is given back untried.
  var stateBefore: EntryState
  /// When it was due, likewise.
  var dueBefore: Timestamp
}
