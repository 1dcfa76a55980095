public import DubanCore

/// One finished mail on its way into the outbox.
public struct NewEntry: Sendable, Hashable {
  /// What makes the mail unique; opaque here, never queued twice.
  public var key: String
  /// What kind of mail it is: opaque here, for ``Outbox/lastMailDays(kinds:)``.
  public var kind: String
  /// Where refusals go: `MAIL FROM`, without angle brackets.
  public var reversePath: String
  /// Where it goes: `RCPT TO`, without angle brackets.
  public var recipient: String
  /// The recipient's name, for people.
  public var person: String
  /// The recipient's unit, for people.
  public var unit: String
  /// The Message-ID with its angle brackets.
  public var messageID: String
  /// The subject as people read it.
  public var subject: String
  /// Header and body (RFC 5322) with CRLF line ends: the same bytes go out at every attempt.
  public var body: [UInt8]
  /// The day it was planned for.
  public var day: CivilDate
  /// When it was queued.
  public var queuedAt: Timestamp
  /// No attempt before this moment.
  public var notBefore: Timestamp
  /// The reminders inside.
  public var reminders: [ReminderRecord]
  /// The keys of facts that it tells its reader once: remembered when it is queued, with the entry's number.
  public var tells: [String]

  /// An entry of these parts.
  public init(
    key: String, kind: String, reversePath: String, recipient: String, person: String, unit: String,
    messageID: String, subject: String, body: [UInt8], day: CivilDate, queuedAt: Timestamp,
    notBefore: Timestamp, reminders: [ReminderRecord],
    tells: [String] = []
  ) {
    self.key = key
    self.kind = kind
    self.reversePath = reversePath
    self.recipient = recipient
    self.person = person
    self.unit = unit
    self.messageID = messageID
    self.subject = subject
    self.body = body
    self.day = day
    self.queuedAt = queuedAt
    self.notBefore = notBefore
    self.reminders = reminders
    self.tells = tells
  }
}
