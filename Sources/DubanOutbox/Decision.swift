public import DubanCore

/// What a person decided about an item.
public struct Decision: Sendable, Hashable {
  /// What was decided.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// No reminders until a day.
    case snooze
    /// It is done, though the ledger doesn't say so yet.
    case done
    /// The owner's report came in.
    case reportReceived
  }

  /// What was decided.
  public var kind: Kind
  /// The plan that the item belongs to.
  public var plan: String
  /// The item, as it was numbered when that was decided.
  public var item: String
  /// What makes the item the one it is, whatever its number.
  public var identity: String
  /// The nominal date of the one occurrence it is about; nil: the whole item.
  public var occurrence: CivilDate?
  /// The person it is about; empty: everyone.
  public var person: String
  /// The last day on which it holds; nil: for good.
  public var until: CivilDate?
  /// Who decided.
  public var by: String
  /// Why, in their words.
  public var why: String
  /// When.
  public var at: Timestamp

  /// A decision of these parts; without an identity it is the number.
  public init(
    _ kind: Kind, plan: String, item: String, identity: String? = nil, occurrence: CivilDate? = nil,
    person: String = "",
    until: CivilDate? = nil, by: String, why: String, at: Timestamp
  ) {
    self.kind = kind
    self.plan = plan
    self.item = item
    self.identity = identity ?? item
    self.occurrence = occurrence
    self.person = person
    self.until = until
    self.by = by
    self.why = why
    self.at = at
  }
}
