/// A ledger's snapshot in parts, for one that is too large to be kept in one piece: a measure belongs to the part that
/// its identity hashes to, wherever it stands in the ledger.
public struct LedgerSnapshotParts: Sendable {
  /// How many measures a part may have, about: a few hundred kilobytes.
  private static let measuresPerPart = 4096

  /// How many parts a ledger is kept in: one up to some thousand measures, powers of two above.
  public static func count(for ledger: Ledger) -> Int {
    var count = 1
    while count * measuresPerPart < ledger.measureCount { count *= 2 }
    return count
  }

  private let ledger: Ledger
  private let directory: OwnerDirectory
  private var members: [[(area: Int32, place: UInt32)]]

  /// The parts of a ledger, so many.
  public init(_ ledger: Ledger, count: Int) {
    self.ledger = ledger
    directory = ledger.directory
    members = Array(repeating: [], count: count)
    for (index, area) in ledger.areas.enumerated() {
      let measures = area.measures.store.measures
      area.measures.forEachRecord { place, _ in
        let part = count == 1 ? 0 : Int(measures[place].identityHash % UInt64(count))
        members[part].append((Int32(index), UInt32(place)))
      }
    }
  }

  /// One part, from 0; the report dates belong to the first.
  public func snapshot(_ part: Int) -> LedgerSnapshot {
    let lines = members[part].map { member in
      let store = ledger.areas[Int(member.area)].measures.store
      let measure = store.measures[Int(member.place)]
      let owners = directory.owners(of: measure).map {
        LedgerSnapshot.Person(unit: $0.unit, person: $0.person)
      }
      let line = LedgerSnapshot.Line(
        number: measure.id == measure.identity ? nil : measure.id, title: measure.title,
        dates: measure.deadline.dueDates, owners: owners, status: measure.status.rawValue)
      return (measure.identity, line)
    }
    return LedgerSnapshot(
      plan: ledger.plan.key, measures: Dictionary(lines) { first, _ in first },
      reports: part == 0 ? ledger.reports : [])
  }
}
