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
    didSet { directoryShelf = DirectoryShelf(nil) }
  }
  /// The plan's chapters.
  public var areas: [Area]
  private(set) var directoryShelf: DirectoryShelf

  /// A ledger of these parts.
  ///
  /// - Parameter directory: the directory of these owners, where there is one already.
  public init(
    plan: Plan, reports: [CivilDate], received: [ReceivedReport] = [], owners: [Owner], areas: [Area],
    directory: OwnerDirectory? = nil
  ) {
    self.plan = plan
    self.reports = reports
    self.received = received
    self.owners = owners
    self.areas = areas
    directoryShelf = DirectoryShelf(directory)
  }

  /// Who answers for a measure.
  var directory: OwnerDirectory { directoryShelf.directory(of: owners) }

  /// Whether both hold the same.
  public static func == (left: Ledger, right: Ledger) -> Bool {
    left.plan == right.plan && left.reports == right.reports && left.received == right.received
      && left.owners == right.owners && left.areas == right.areas
  }

  /// All measures, in the plan's order. Made anew each time: what may meet a large ledger goes through the areas'
  /// records instead.
  public var measures: [Measure] { areas.flatMap { Array($0.measures) } }

  /// How many measures there are.
  public var measureCount: Int { areas.reduce(0) { $0 + $1.measures.count } }
}
