public import DubanCore

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
