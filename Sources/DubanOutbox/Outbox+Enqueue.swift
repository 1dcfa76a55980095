public import DubanCore
import Foundation

extension Outbox {
  /// Queues all of `entries` or, when it throws, none.
  ///
  /// An entry whose key was ever queued, or any of whose reminders was, isn't queued again: two processes that
  /// plan the same day queue each reminder once.
  public func enqueue(_ entries: [NewEntry]) throws(OutboxError) -> EnqueueResult {
    do throws(OutboxError) {
      return EnqueueResult(queued: try write { db in try Outbox.insert(entries, db) })
    } catch .notAllowed {
      // One of them is known, which is rare: looking each up first costs a fifth of queueing it.
      return try write { db in try Outbox.insertUnknown(entries, db) }
    }
  }

  /// How many entries are inserted with one statement.
  private static let entriesAtATime = 32

  /// Inserts entries one by one but for those that are known.
  static func insertUnknown(_ entries: [NewEntry], _ db: any Transaction) throws -> EnqueueResult {
    var result = EnqueueResult()
    for entry in entries {
      if let known = try known(entry, db) {
        result.known.append(known)
      } else {
        result.queued += try insert([entry], db)
      }
    }
    return result
  }

  private static func known(_ entry: NewEntry, _ db: any Transaction) throws -> EnqueueResult.Known? {
    if let id: Int64 = try db.first("SELECT id FROM entry WHERE key = ?", [entry.key]) {
      return EnqueueResult.Known(key: entry.key, reminders: [], entry: id)
    }
    var known: EnqueueResult.Known?
    for reminder in entry.reminders {
      guard let id: Int64 = try db.first("SELECT entry FROM reminder WHERE key = ?", [reminder.key])
      else { continue }
      if known == nil { known = EnqueueResult.Known(key: entry.key, reminders: [], entry: id) }
      known?.reminders.append(reminder.key)
    }
    return known
  }

  /// Inserts entries that are all new, and returns their numbers; throws where one isn't.
  private static func insert(_ entries: [NewEntry], _ db: any Transaction) throws -> [Int64] {
    let ids = try db.takeEntryNumbers(entries.count)
    let whole = entries.count / entriesAtATime * entriesAtATime
    for start in stride(from: 0, to: whole, by: entriesAtATime) {
      let places = start..<start + entriesAtATime
      try insertRows(of: entries[places], ids[places], db)
    }
    for place in whole..<entries.count { try insertRows(of: [entries[place]], [ids[place]], db) }
    for (entry, id) in zip(entries, ids) {
      try db.execute("INSERT INTO body (entry, bytes) VALUES (?, ?)", [id, Data(entry.body)])
      for reminder in entry.reminders { try insert(reminder, of: id, db) }
      for key in entry.notices { _ = try rememberOnce(key, String(id), at: entry.queuedAt, db) }
      for (key, value) in entry.facts { try remember(key, value, at: entry.queuedAt, db) }
    }
    return ids
  }

  /// Inserts the entries' own rows with one statement.
  ///
  /// For each statement SQLite sets up anew what the table's constraints need, which costs several times as much as a
  /// row. Our transaction is undone as a whole, so that a statement may end in the middle.
  private static func insertRows(
    of entries: ArraySlice<NewEntry>, _ ids: ArraySlice<Int64>, _ db: any Transaction
  ) throws {
    let row = "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    var values: [(any SQLValue)?] = []
    for (entry, id) in zip(entries, ids) {
      values += [
        id, entry.key, entry.kind, entry.reversePath, entry.recipient, entry.person, entry.unit,
        entry.messageID, entry.subject, entry.day.description, entry.queuedAt.seconds,
        entry.notBefore.seconds, EntryState.queued.rawValue, max(entry.queuedAt, entry.notBefore).seconds,
      ]
    }
    try db.execute(
      """
      \(db.dialect.insert) entry (id, key, kind, reversePath, recipient, person, unit, messageID, subject, day,
        queuedAt, notBefore, state, nextAttempt)
      VALUES \(Array(repeating: row, count: ids.count).joined(separator: ", "))
      """, values)
  }

  private static func insert(_ reminder: ReminderRecord, of entry: Int64, _ db: any Transaction) throws {
    try db.execute(
      """
      INSERT INTO reminder (key, entry, plan, kind, item, identity, due, stage, person, unit, plannedOn, reason)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        reminder.key, entry, reminder.plan, reminder.kind, reminder.item, reminder.identity,
        reminder.due.description, reminder.stage, reminder.person, reminder.unit,
        reminder.plannedOn.description, reminder.reason,
      ])
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
  /// The keys of facts that it notifies its reader of once: remembered when it is queued, with the entry's number.
  public var notices: [String]
  /// What is remembered when it is queued, by key, in place of what was there: such as the ledger that it is about.
  public var facts: [String: String]

  package init(
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

    package init(key: String, reminders: [String], entry: Int64) {
      self.key = key
      self.reminders = reminders
      self.entry = entry
    }
  }

  /// The numbers of the entries queued now, in the order offered.
  public var queued: [Int64] = []
  /// The entries that were known already, in the order offered.
  public var known: [Known] = []

  package init(queued: [Int64] = [], known: [Known] = []) {
    self.queued = queued
    self.known = known
  }
}
