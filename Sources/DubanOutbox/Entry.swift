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
  /// The subject as people read it.
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

/// Everything that is known of one entry.
public struct EntryDetails: Sendable, Hashable {
  /// Its own row.
  public var entry: Entry
  /// Its attempts, oldest first.
  public var attempts: [Attempt]
  /// Its reminders, by key.
  public var reminders: [ReminderRecord]
  /// Its bytes; nil after they were purged.
  public var body: [UInt8]?
}

/// Where an entry of the outbox stands.
///
/// `queued → sending → sent | deferred | failed`, and `held` by hand; ``EntryTransition`` has every step.
public enum EntryState: String, Sendable, Hashable, CaseIterable, Codable {
  /// Waits for its first attempt.
  case queued
  /// Claimed by a process that is handing it over now.
  case sending
  /// Tried without a final answer; waits for the next attempt.
  case deferred
  /// Kept back by hand until it is released.
  case held
  /// The relay took it: final.
  case sent
  /// Given up, or dropped by hand: final unless a person retries it.
  case failed
}

/// Which entries are meant; what isn't set doesn't limit.
public struct EntryFilter: Sendable, Hashable {
  /// Only these states.
  public var states: Set<EntryState>?
  /// Only mails to this person or address.
  public var to: String?
  /// Only mails that carry a reminder of an item with one of these identities.
  public var items: Set<String>?
  /// Only mails planned for this day or later.
  public var from: CivilDate?
  /// Only mails planned for this day or earlier.
  public var through: CivilDate?
  /// At most so many.
  public var limit: Int?
  /// The newest come first; otherwise in the order they were queued.
  public var newestFirst = false

  /// A filter that every entry passes.
  public init() {}

  /// The queue: everything that isn't final.
  public static var open: EntryFilter {
    var filter = EntryFilter()
    filter.states = [.queued, .sending, .deferred, .held]
    return filter
  }
}

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
  public var notices: [String]
  /// What is remembered when it is queued, by key, in place of what was there: such as the ledger that it tells of.
  public var facts: [String: String]

  /// An entry of these parts.
  public init(
    key: String, kind: String, reversePath: String, recipient: String, person: String, unit: String,
    messageID: String, subject: String, body: [UInt8], day: CivilDate, queuedAt: Timestamp,
    notBefore: Timestamp, reminders: [ReminderRecord],
    notices: [String] = [], facts: [String: String] = [:]
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
    self.notices = notices
    self.facts = facts
  }
}

/// What became of each entry that was offered to the outbox.
public struct EnqueueResult: Sendable, Hashable {
  /// An entry that wasn't queued, since it or one of its reminders had been before.
  public struct Known: Sendable, Hashable {
    /// The key of the entry that was offered.
    public var key: String
    /// Those of its reminders that had been queued before; none where it was the entry's own key.
    public var reminders: [String]
    /// The entry that has the key, or the first of those reminders.
    public var entry: Int64

    /// A known entry of these parts.
    public init(key: String, reminders: [String], entry: Int64) {
      self.key = key
      self.reminders = reminders
      self.entry = entry
    }
  }

  /// The numbers of the entries queued now, in the order offered.
  public var queued: [Int64] = []
  /// The entries that were known already, in the order offered.
  public var known: [Known] = []

  /// A result of these parts.
  public init(queued: [Int64] = [], known: [Known] = []) {
    self.queued = queued
    self.known = known
  }
}

/// One attempt to hand an entry over.
public struct Attempt: Sendable, Hashable {
  /// How an attempt ended.
  public enum Outcome: String, Sendable, Hashable, CaseIterable {
    case sent
    /// Not final; another attempt follows.
    case deferred
    /// Final refusal, or its lifetime was over.
    case failed
    /// The process was gone before it could say.
    case lost
  }

  /// Counts from 1 within its entry.
  public var number: Int
  /// When it began: before the relay was dialled.
  public var startedAt: Timestamp
  /// When it ended; nil while it is under way.
  public var endedAt: Timestamp?
  /// How it ended; nil while it is under way.
  public var outcome: Outcome?
  /// The relay's answer, or ours where it said nothing.
  public var answer: String?
  /// The reply code of the answer.
  public var code: Int?
  /// It may have arrived although nobody confirmed it.
  public var possiblyDelivered: Bool
}
