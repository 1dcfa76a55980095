public import DubanCore

/// One reminder inside a mail, as it was planned: what `explain`, `history` and the next planning ask about.
public struct ReminderRecord: Sendable, Hashable {
  /// Item, nominal date, stage and recipient in one opaque text: no two entries ever carry the same key.
  public var key: String
  /// The plan that the item belongs to.
  public var plan: String
  /// What kind of item it is, as the planner writes it.
  public var kind: String
  /// The item, as it was numbered in the mail.
  public var item: String
  /// What makes the item the one it is, whatever its number.
  public var identity: String
  /// The nominal due date of the occurrence.
  public var due: CivilDate
  /// The stage, as the planner writes it.
  public var stage: String
  /// The owner it is for.
  public var person: String
  /// The owner's unit.
  public var unit: String
  /// The day it was planned for.
  public var plannedOn: CivilDate
  /// Why, in words for people.
  public var reason: String

  /// Without an identity it is the number.
  public init(
    key: String, plan: String, kind: String, item: String, identity: String? = nil, due: CivilDate,
    stage: String,
    person: String, unit: String, plannedOn: CivilDate, reason: String
  ) {
    self.key = key
    self.plan = plan
    self.kind = kind
    self.item = item
    self.identity = identity ?? item
    self.due = due
    self.stage = stage
    self.person = person
    self.unit = unit
    self.plannedOn = plannedOn
    self.reason = reason
  }
}

/// A reminder and what became of the mail that carries it.
public struct RecordedReminder: Sendable, Hashable {
  /// The reminder as planned.
  public var reminder: ReminderRecord
  /// The number of the entry that carries it.
  public var entry: Int64
  /// That entry's state.
  public var state: EntryState
}

/// The last day for which a person was to be mailed.
public struct LastMail: Sendable, Hashable {
  /// The recipient's name.
  public var person: String
  /// Their unit.
  public var unit: String
  /// The day the mail was planned for, whatever became of it.
  public var day: CivilDate
}

extension Outbox {
  /// Every reminder planned for `day` or later, with what became of its mail, in the order of planning.
  public func reminders(plannedSince day: CivilDate) throws(OutboxError) -> [RecordedReminder] {
    try read { db in
      try db.rows(
        """
        SELECT reminder.*, entry.state FROM reminder JOIN entry ON entry.id = reminder.entry
        WHERE plannedOn >= ? ORDER BY plannedOn, reminder.rowid
        """, [day.description], RecordedReminder.init)
    }
  }

  /// Goes through every reminder planned for `day` or later, or of one of these stages, in the order of planning,
  /// without holding them.
  public func forEachReminder(
    plannedSince day: CivilDate, orStages stages: [String] = [], _ body: (ReminderRecord) throws -> Void
  ) throws(OutboxError) {
    try read { db in
      try db.forEach(
        """
        SELECT * FROM reminder
        WHERE plannedOn >= ? \(stages.isEmpty ? "" : "OR stage IN (\(Dialect.places(stages.count)))")
        ORDER BY plannedOn, rowid
        """, [day.description] + stages
      ) { try body(ReminderRecord($0)) }
    }
  }

  /// The first day for which anyone was to be reminded; nil while there is none.
  public func firstReminderDay() throws(OutboxError) -> CivilDate? {
    let day: String? = try read { db in try db.first("SELECT min(plannedOn) FROM reminder", []) }
    return day.flatMap { CivilDate($0) }
  }

  /// For each person, the last day for which a mail of one of these kinds was planned.
  public func lastMailDays(kinds: Set<String>) throws(OutboxError) -> [LastMail] {
    try read { db in
      try db.rows(
        """
        SELECT person, unit, max(day) AS day FROM entry
        WHERE kind IN (\(Dialect.places(kinds.count)))
        GROUP BY person, unit ORDER BY person, unit
        """, Array(kinds), LastMail.init)
    }
  }
}

extension ReminderRecord {
  init(_ row: ResultRow) throws {
    self.init(
      key: row["key"], plan: row["plan"], kind: row["kind"], item: row["item"],
      identity: row["identity"], due: try row.day("due"),
      stage: row["stage"], person: row["person"], unit: row["unit"], plannedOn: try row.day("plannedOn"),
      reason: row["reason"])
  }
}

extension RecordedReminder {
  init(_ row: ResultRow) throws {
    self.init(reminder: try ReminderRecord(row), entry: row["entry"], state: try row.value("state"))
  }
}

extension LastMail {
  init(_ row: ResultRow) throws {
    self.init(person: row["person"], unit: row["unit"], day: try row.day("day"))
  }
}
