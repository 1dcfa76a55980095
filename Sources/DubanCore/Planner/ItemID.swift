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
  /// The measure's id (`3.1`), the measure's id with the duty's number (`8.1#1`), or `report`.
  public var id: String

  /// An id of these parts.
  public init(plan: String, kind: Kind, id: String) {
    self.plan = plan
    self.kind = kind
    self.id = id
  }

  /// The id as it stands in a record, which leaves the kind to the id's form.
  public init(plan: String, id: String) {
    self.init(plan: plan, kind: id == Self.reportID ? .report : id.contains("#") ? .duty : .measure, id: id)
  }

  /// The id of every report.
  public static let reportID = "report"
}
