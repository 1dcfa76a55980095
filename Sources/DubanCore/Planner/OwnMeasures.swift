/// Which measures of a ledger each owner answers for, without the closed ones.
struct OwnMeasures {
  private var places: [Recipient: [(area: Int, place: UInt32)]] = [:]
  private let areas: [Area]
  /// Whether all areas have one store, so that a list can be chosen from it.
  private let store: MeasureStore?

  init(of ledger: Ledger, _ directory: OwnerDirectory) {
    areas = ledger.areas
    let first = areas.first?.measures.store
    store = areas.allSatisfy { $0.measures.store === first } ? first : nil
    for (index, area) in areas.enumerated() {
      let assignments = area.measures.store.assignments
      area.measures.forEachRecord { place, record in
        guard record.status != .closed else { return }
        for owner in directory.owners(of: assignments[Int(record.assignment)]) {
          places[owner.recipient, default: []].append((index, UInt32(place)))
        }
      }
    }
  }

  /// A person's measures, as numbered; nil for somebody without any.
  func list(of recipient: Recipient) -> MeasureList? {
    guard let own = places[recipient] else { return nil }
    let ids = own.map { entry in
      let store = areas[entry.area].measures.store
      return (id: store.measures[Int(entry.place)].id, entry: entry)
    }
    // Most ledgers stand in order already.
    let isOrdered = zip(ids, ids.dropFirst()).allSatisfy { !NaturalOrder.isBefore($1.id, $0.id) }
    let ordered = isOrdered ? own : ids.sorted { NaturalOrder.isBefore($0.id, $1.id) }.map(\.entry)
    if let store { return MeasureList(store, chosen: ordered.map(\.place)) }
    return MeasureList(ordered.map { areas[$0.area].measures.store.measures[Int($0.place)] })
  }
}
