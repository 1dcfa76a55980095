extension Planner {
  /// The picture of one day over the plans with these keys; all plans when nil.
  public func overview(
    on day: CivilDate, plans keys: [String]? = nil, extent: Overview.Extent = .everything
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
    for builder in chosen {
      var standings = Standings(self, builder, on: day)
      for area in builder.ledger.areas {
        standings.enter(area)
        let store = area.measures.store
        var tally = LightCounts()
        let isCounted = extent != .numbers
        area.measures.forEachRecord { place, record in
          let standing = standings.standing(place, record)
          tally.count(standing.light)
          if isCounted { units.count(record.assignment, of: store, standing.light) }
          if standing.light == .red { overview.outlook.overdue += 1 }
          for due in standing.ahead { overview.outlook.count(due) }
          if extent == .everything || extent == .attention && standing.wantsAttention {
            add(store.measure(place), of: area, builder, on: day, to: &lines)
          }
        }
        if isCounted { overview.areas.append(.init(name: area.name, lights: tally.lights)) }
        total.add(tally)
      }
      if extent != .numbers { addReports(of: builder, on: day, to: &lines) }
    }
    overview.total.lights = total.lights
    overview.units = units.tallies
    guard extent != .numbers else { return overview }
    overview.agenda = lines.sorted()
    overview.measures = mostUrgent(overview.agenda)
    overview.reports = overview.agenda.filter { $0.item.kind == .report }.compactMap { line in
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
