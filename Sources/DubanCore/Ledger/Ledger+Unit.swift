extension Ledger {
  /// The ledger as far as it concerns one unit: its measures, with nobody else's name beside them. Progress that names
  /// another unit or its people is left out.
  public func only(_ unit: String) -> Ledger {
    var own = self
    let others = Set(owners.filter { $0.unit != unit }.flatMap { [$0.unit, $0.person] })
      .union(measures.flatMap(\.units)).subtracting(owners.filter { $0.unit == unit }.map(\.person))
      .subtracting([unit, ""])
    own.owners = owners.filter { $0.unit == unit }
    own.received = received.filter { $0.unit == unit }
    own.areas = areas.compactMap { area in
      var part = area
      part.measures = area.measures.filter { $0.units.contains(unit) }.map { measure in
        var measure = measure
        measure.persons = directory.owners(of: measure).filter { $0.unit == unit }.map(\.person)
        measure.units = [unit]
        if others.contains(where: measure.progress.contains) { measure.progress = "涉及其他单位，见台账" }
        measure.lead = measure.lead == unit ? unit : nil
        measure.supporting = measure.supporting.filter { $0 == unit }
        return measure
      }
      return part.measures.isEmpty ? nil : part
    }
    return own
  }
}
