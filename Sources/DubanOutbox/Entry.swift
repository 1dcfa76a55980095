public import DubanCore

/// One mail of the outbox and its record, without its bytes.
public struct Entry: Sendable, Hashable {
  /// Its number, which people use.
  public var id: Int64
  /// What makes it unique.
  public var key: String
  /// What kind of mail it is, as the one who queued it writes it.
  public var kind: String
  /// `MAIL FROM`, without angle brackets.
  public var reversePath: String
  /// `RCPT TO`, without angle brackets.
  public var recipient: String
  /// The recipient's name.
  public var person: String
  /// The recipient's unit.
  public var unit: String
  /// The Message-ID with its angle brackets.
  public var messageID: String
  /// The subject.
  public var subject: String
  /// The day it was planned for.
  public var day: CivilDate
  /// When it was queued.
  public var queuedAt: Timestamp
  /// Where it stands.
  public var state: EntryState
  /// How often it was tried; counted before each attempt.
  public var attempts: Int
  /// When it is next due; nil where it is held or final.
  public var nextAttempt: Timestamp?
  /// When the last attempt began.
  public var lastAttempt: Timestamp?
  /// When it was sent or given up.
  public var endedAt: Timestamp?
  /// The relay's last answer, or ours where it said nothing.
  public var answer: String?
  /// The reply code of the last answer.
  public var code: Int?
  /// Some attempt may have arrived although nobody confirmed it: a duplicate is possible.
  public var possiblyDelivered: Bool
  /// A person dropped it: nobody needs to be told that it failed.
  public var dropped: Bool
}
