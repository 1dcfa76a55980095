/// What the contact was last told about a ledger: just enough to see later what has changed.
public struct LedgerSnapshot: Sendable, Equatable, Codable {
  /// One measure.
  public struct Line: Sendable, Hashable, Codable {
    /// As it is numbered; nil where that is its identity.
    public var number: String?
    /// Its title.
    public var title: String
    /// The nominal dates, as `YYYY-MM-DD`.
    public var dates: [CivilDate]
    /// Its owners, as `unit` and `person`.
    public var owners: [Person]
    /// Where it stands.
    public var status: String
  }

  /// An owner.
  public struct Person: Sendable, Hashable, Codable {
    /// The unit.
    public var unit: String
    /// The person.
    public var person: String

    /// The owner as an addressee.
    public var recipient: Recipient { Recipient(person: person, unit: unit) }
  }

  /// The plan's key.
  public var plan: String
  /// The measures by their identities.
  public var measures: [String: Line]
  /// The report dates.
  public var reports: [CivilDate]

  /// A snapshot of a ledger.
  public init(_ ledger: Ledger) { self = LedgerSnapshotParts(ledger, count: 1).snapshot(0) }

  init(plan: String, measures: [String: Line], reports: [CivilDate]) {
    self.plan = plan
    self.measures = measures
    self.reports = reports
  }
}
