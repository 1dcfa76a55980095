extension Measure {
  /// The units that the person at `position` in ``persons`` answers for.
  ///
  /// - As many persons as units: the unit in the same position, as in the plan's responsibility blocks.
  /// - One unit: every person answers for that unit.
  /// - One person: that person answers for every unit.
  /// - Otherwise nobody can say who belongs where, and any of the units may be meant.
  public func units(ofPersonAt position: Int) -> [String] {
    units.count == persons.count && units.indices.contains(position) ? [units[position]] : units
  }

  /// The owners that the person at `position` means: those of that name for one of the person's units, or else
  /// the only owner of that name; empty when there is none, or when several have the name and no unit tells.
  public func owners(ofPersonAt position: Int, among owners: [Owner]) -> [Owner] {
    guard persons.indices.contains(position) else { return [] }
    let namesakes = owners.filter { $0.person == persons[position] }
    let answering = units(ofPersonAt: position)
    let matching = namesakes.filter { answering.contains($0.unit) }
    if !matching.isEmpty { return matching }
    return namesakes.count == 1 ? namesakes : []
  }

  /// Everyone who answers for this measure, in the measure's order, each once.
  public func owners(among owners: [Owner]) -> [Owner] {
    var found: [Owner] = []
    for position in persons.indices {
      for owner in self.owners(ofPersonAt: position, among: owners) where !found.contains(owner) {
        found.append(owner)
      }
    }
    return found
  }
}
