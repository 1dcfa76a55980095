/// 整改台账: a plan with its measures, as kept up to date by people. The single source of truth about measures.
public struct Ledger: Sendable, Equatable {
  /// The issued document.
  public var plan: Plan
  /// The days on which every responsible unit owes the contact a report, ascending.
  public var reports: [CivilDate]
  /// The reports that came in: their units' owners aren't reminded of them any more.
  public var received: [ReceivedReport]
  /// Everyone a measure may name.
  public var owners: [Owner] {
    get { directory.owners }
    set { directory = OwnerDirectory(newValue) }
  }
  /// The plan's chapters.
  public var areas: [Area]
  /// Who answers for a measure. To build it takes as long as to plan a day.
  private(set) var directory: OwnerDirectory

  /// A ledger of these parts.
  public init(
    plan: Plan, reports: [CivilDate], received: [ReceivedReport] = [], owners: [Owner], areas: [Area]
  ) {
    self.init(
      plan: plan, reports: reports, received: received, directory: OwnerDirectory(owners), areas: areas)
  }

  /// The same, with the directory of its owners.
  public init(
    plan: Plan, reports: [CivilDate], received: [ReceivedReport], directory: OwnerDirectory, areas: [Area]
  ) {
    self.plan = plan
    self.reports = reports
    self.received = received
    self.directory = directory
    self.areas = areas
  }

  /// Whether both hold the same.
  public static func == (left: Ledger, right: Ledger) -> Bool {
    left.plan == right.plan && left.reports == right.reports && left.received == right.received
      && left.owners == right.owners && left.areas == right.areas
  }

  /// All measures, in the plan's order.
  public var measures: [Measure] { areas.flatMap(\.measures) }

  /// How many measures there are.
  public var measureCount: Int { areas.reduce(0) { $0 + $1.measures.count } }
}
