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

  /// A record of these parts; without an identity it is the number.
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
  /// Where that entry stands.
  public var state: EntryState
}

/// What the next planning asks about a reminder that was queued: a ``ReminderRecord`` without its key and reason.
public struct PastReminder: Sendable, Hashable {
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
  /// The owner it was for.
  public var person: String
  /// The owner's unit.
  public var unit: String
  /// The day it was planned for.
  public var plannedOn: CivilDate
}

/// The last day for which a person was to be mailed.
public struct LastMail: Sendable, Hashable {
  /// The person.
  public var person: String
  /// Their unit.
  public var unit: String
  /// The day.
  public var day: CivilDate
}
