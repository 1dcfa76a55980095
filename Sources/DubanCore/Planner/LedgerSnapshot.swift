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
  public init(_ ledger: Ledger) {
    plan = ledger.plan.key
    reports = ledger.reports
    let directory = ledger.directory
    let lines = ledger.areas.flatMap(\.measures).map { measure in
      (
        measure.identity,
        Line(
          number: measure.id == measure.identity ? nil : measure.id, title: measure.title,
          dates: measure.deadline.dueDates,
          owners: directory.owners(of: measure).map { Person(unit: $0.unit, person: $0.person) },
          status: measure.status.rawValue)
      )
    }
    measures = Dictionary(lines) { first, _ in first }
  }
}
