extension Ledger {
  /// Units that an earlier ledger called otherwise, the new names by the former ones.
  ///
  /// Only where nothing else it could be: the former name is gone, the new one wasn't there, and everyone who answered for
  /// the unit does so under the new name, with the same address.
  public func renamedUnits(since earlier: Ledger) -> [String: String] {
    let (before, after) = (earlier.peopleOfUnits, peopleOfUnits)
    let named = Set(measures.flatMap(\.units))
    var found: [String: String] = [:]
    for (unit, people) in before where after[unit] == nil && !named.contains(unit) {
      guard people.contains(where: { !$0[1].isEmpty }) else { continue }
      let names = after.filter { before[$0.key] == nil && $0.value.isSuperset(of: people) }.map(\.key)
      if names.count == 1 { found[unit] = names[0] }
    }
    // Two units that became one are no other names of it.
    let counts = Dictionary(grouping: found.values) { $0 }.mapValues(\.count)
    return found.filter { counts[$0.value] == 1 }
  }

  /// By unit, the names and addresses of its owners.
  private var peopleOfUnits: [String: Set<[String]>] {
    Dictionary(grouping: owners, by: \.unit).mapValues { owners in
      Set(owners.map { [$0.person, $0.email ?? ""] })
    }
  }
}
