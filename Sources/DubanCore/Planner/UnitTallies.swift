/// Counts lights by unit: first by what a store's measures are assigned to, which is a number, and by name at the end.
struct UnitTallies {
  private var numbers = NameTable()
  /// By the units' numbers: each name as it was first written, and what is counted.
  private var units: [(name: String, lights: LightCounts)] = []
  private var store: MeasureStore?
  private var assignments: [LightCounts] = []

  /// One more measure of a store.
  mutating func count(_ assignment: UInt32, of store: MeasureStore, _ light: Light) {
    if self.store !== store { turn(to: store) }
    assignments[Int(assignment)].count(light)
  }

  /// By unit, in the order in which measures first name them. A measure of several units counts for each.
  var tallies: [Overview.Tally] {
    var all = self
    all.turn(to: nil)
    return all.units.map { Overview.Tally(name: $0.name, lights: $0.lights.lights) }
  }

  private mutating func turn(to next: MeasureStore?) {
    if let store {
      for (assignment, counts) in zip(store.assignments, assignments) {
        guard !counts.isEmpty else { continue }
        for unit in assignment.units {
          let number = numbers.take(unit)
          if number == units.count { units.append((unit, LightCounts())) }
          units[number].lights.add(counts)
        }
      }
    }
    store = next
    assignments = Array(repeating: LightCounts(), count: next?.assignments.count ?? 0)
  }
}
