/// A person's decision to be reminded later.
public struct Snooze: Sendable, Hashable {
  /// The plan's key (``Plan/key``).
  public var plan: String
  /// The item's identity (``ItemID/identity``).
  public var item: String
  /// Reminders go on from this day.
  public var until: CivilDate
  /// Who decided.
  public var by: String
  /// Why.
  public var why: String

  /// A snooze of these parts.
  public init(plan: String, item: String, until: CivilDate, by: String, why: String) {
    self.plan = plan
    self.item = item
    self.until = until
    self.by = by
    self.why = why
  }
}
