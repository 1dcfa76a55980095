extension Planner {
  /// The picture of one day over the plans with these keys; all plans when nil. Of what wants attention it has at least
  /// the first `most` of each kind.
  public func overview(
    on day: CivilDate, plans keys: [String]? = nil, extent: Overview.Extent = .everything,
    most: Int = Overview.mostLines
  ) -> Overview {
    let chosen = builders.filter { keys?.contains($0.ledger.plan.key) ?? true }
    var overview = Overview(
      day: day, plans: chosen.map(\.ledger.plan), measures: [], agenda: [], total: .init(name: ""), areas: [],
      units: [], reports: [], outlook: .init(overdue: 0, nearest: nil))
    if extent == .numbers, let numbers = numbers(on: day, plans: keys) {
      (overview.total, overview.outlook) = numbers
      return overview
    }
    var lines = AgendaLines()
    var units = UnitTallies()
    var total = LightCounts()
    var search = AttentionSearch(most: extent == .attention ? most : 0)
    for (index, builder) in chosen.enumerated() {
      // Not from within the loop: a closure there would copy the builder for each measure.
      let plan = builder.ledger.plan.key
      var standings = Standings(self, builder, on: day)
      var (store, isUndecided) = (MeasureStore?.none, [Bool]())
      for (number, area) in builder.ledger.areas.enumerated() {
        standings.enter(area)
        let next = area.measures.store
        if store !== next { (store, isUndecided) = (next, next.deadlines.map(\.needsDecision)) }
        var tally = LightCounts()
        let isCounted = extent != .numbers
        area.measures.forEachRecord { place, record in
          let standing = standings.standing(place, record)
          tally.count(standing.light)
          if isCounted {
            units.count(record.assignment, of: next, standing.light)
            search.take(
              standing, isUndecided: record.status != .closed && isUndecided[Int(record.deadline)],
              at: .init(ledger: index, area: number, place: place)
            ) { ItemID(next.measures[place], ofPlan: plan) }
          }
          if standing.light == .red { overview.outlook.overdue += 1 }
          for due in standing.ahead { overview.outlook.count(due) }
          if extent == .everything { add(next.measures[place], of: area, builder, on: day, to: &lines) }
        }
        if isCounted { overview.areas.append(.init(name: area.name, lights: tally.lights)) }
        total.add(tally)
      }
      if extent != .numbers { addReports(of: builder, on: day, to: &lines) }
    }
    overview.total.lights = total.lights
    overview.units = units.tallies
    guard extent != .numbers else { return overview }
    for place in search.places {
      let area = chosen[place.ledger].ledger.areas[place.area]
      add(area.measures.store.measures[place.place], of: area, chosen[place.ledger], on: day, to: &lines)
    }
    overview.agenda = lines.sorted()
    overview.measures = mostUrgent(overview.agenda)
    let reports = overview.agenda.filter { $0.item.kind == .report }
    overview.attention = search.numbers(with: reports)
    overview.reports = reports.compactMap { line in
      line.due.map { Overview.ReportStanding(plan: line.item.plan, due: $0, owing: line.owners) }
    }
    return overview
  }

  /// Each measure once, by its most urgent line.
  private func mostUrgent(_ agenda: [AgendaItem]) -> [AgendaItem] {
    var measures: [ItemID: AgendaItem] = [:]
    for item in agenda where item.item.kind == .measure {
      if let known = measures[item.item], known.light >= item.light { continue }
      measures[item.item] = item
    }
    return measures.values.sorted(by: AgendaItem.isBefore)
  }
}
