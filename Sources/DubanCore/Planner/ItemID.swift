/// What a reminder is about, told apart from everything else that the service follows.
public struct ItemID: Sendable, Hashable {
  /// The kinds of item.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// A measure with a date.
    case measure
    /// What every responsible unit owes the contact on a report date.
    case report
    /// One recurring obligation inside a measure.
    case duty
  }

  /// The plan's key (``Plan/key``).
  public var plan: String
  /// The kind.
  public var kind: Kind
  /// For people: the measure's number (`3.1`), the measure's number with the duty's (`8.1#1`), or `report`.
  public var id: String
  /// The same with ``Measure/identity`` in place of the number: what makes the item the one it is.
  public var identity: String

  /// An id of these parts; without an identity it is the number.
  public init(plan: String, kind: Kind, id: String, identity: String? = nil) {
    self.plan = plan
    self.kind = kind
    self.id = id
    self.identity = identity ?? id
  }

  /// The item that a measure is.
  public init(_ measure: Measure, ofPlan plan: String) {
    self.init(plan: plan, kind: .measure, id: measure.id, identity: measure.identity)
  }

  /// The item that a duty inside this measure is; a suffix such as `#1`.
  func duty(_ suffix: some StringProtocol) -> ItemID {
    ItemID(plan: plan, kind: .duty, id: id + suffix, identity: identity + suffix)
  }

  /// Whether both are the same item, however it is numbered.
  public static func == (left: ItemID, right: ItemID) -> Bool {
    left.identity == right.identity && left.kind == right.kind && left.plan == right.plan
  }

  /// Mixes in what makes the item the one it is.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(plan)
    hasher.combine(kind)
    hasher.combine(identity)
  }

  /// The id of every report.
  public static let reportID = "report"
}
