/// What the measures of a ledger share, each once: for questions about all measures of a large ledger.
extension Ledger {
  /// The deadlines of the measures whose status is `wanted`.
  public func deadlines(where wanted: (Measure.Status) -> Bool = { _ in true }) -> [Deadline] {
    shared({ $0.deadlines }, { $0.deadline }) { wanted($0.status) }
  }

  /// Who answers for any of the measures.
  public var assignments: [Assignment] { shared({ $0.assignments }, { $0.assignment }) { _ in true } }

  /// Whether any of the measures has a duty inside it.
  public var hasDuties: Bool { !shared({ $0.duties }, { $0.duties }) { _ in true }.allSatisfy(\.isEmpty) }

  /// The measures that aren't closed and whose deadline a person has to decide.
  public var undecidedMeasures: [Measure] {
    var found: [Measure] = []
    var (store, isUndecided) = (MeasureStore?.none, [Bool]())
    for area in areas {
      let next = area.measures.store
      if store !== next { (store, isUndecided) = (next, next.deadlines.map(\.needsDecision)) }
      area.measures.forEachRecord { place, record in
        guard record.status != .closed, isUndecided[Int(record.deadline)] else { return }
        found.append(next.measures[place])
      }
    }
    return found
  }

  private func shared<Value>(
    _ table: (MeasureStore) -> [Value], _ place: (MeasureRecord) -> UInt32,
    _ isWanted: (MeasureRecord) -> Bool
  ) -> [Value] {
    var found: [Value] = []
    var (store, seen) = (MeasureStore?.none, [Bool]())
    for area in areas {
      let next = area.measures.store
      let values = table(next)
      if store !== next { (store, seen) = (next, Array(repeating: false, count: values.count)) }
      area.measures.forEachRecord { _, record in
        let index = Int(place(record))
        guard !seen[index], isWanted(record) else { return }
        seen[index] = true
        found.append(values[index])
      }
    }
    return found
  }
}
