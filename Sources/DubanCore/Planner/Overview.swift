/// The whole picture of one day for the contact: what the digest, the report page and `status` show.
public struct Overview: Sendable, Equatable {
  /// How many measures stand at each light.
  public struct Tally: Sendable, Equatable {
    /// What is counted: an area's or a unit's name.
    public var name: String
    /// Measures by light.
    public var lights: [Light: Int]

    /// A tally of these parts.
    public init(name: String, lights: [Light: Int] = [:]) {
      self.name = name
      self.lights = lights
    }

    /// All measures counted.
    public var total: Int { lights.values.reduce(0, +) }
  }

  /// One report date, and who has yet to report.
  public struct ReportStanding: Sendable, Equatable {
    /// The plan's key.
    public var plan: String
    /// The report date.
    public var due: CivilDate
    /// Who still owes the report, by unit.
    public var owing: [Recipient]

    /// A standing of these parts.
    public init(plan: String, due: CivilDate, owing: [Recipient]) {
      self.plan = plan
      self.due = due
      self.owing = owing
    }
  }

  /// The day.
  public var day: CivilDate
  /// The plans it is about.
  public var plans: [Plan]
  /// Every measure once, by its most urgent open date; the most urgent first.
  public var measures: [AgendaItem]
  /// Every open date of measures, duties and reports; the nearest first.
  public var agenda: [AgendaItem]
  /// All measures.
  public var total: Tally
  /// By area, in the ledgers' order.
  public var areas: [Tally]
  /// By unit, in the ledgers' order. A measure of several units counts for each.
  public var units: [Tally]
  /// Report dates that are still ahead or lately passed, with whoever owes.
  public var reports: [ReportStanding]

  /// How far ahead the contact looks, in days.
  public static let horizon = 30

  /// Open measures whose date has passed, the longest overdue first.
  public var overdue: [AgendaItem] { measures.filter { $0.light == .red } }
  /// Open dates from the day itself to ``horizon`` days ahead.
  public var upcoming: [AgendaItem] {
    agenda.filter { item in
      guard let left = item.daysLeft, item.light != .green else { return false }
      return (0...Self.horizon).contains(left)
    }
  }
  /// Measures whose deadline a person must decide.
  public var undecided: [AgendaItem] {
    measures.filter { $0.measure.map { $0.status != .closed && $0.deadline.needsDecision } ?? false }
  }
  /// Measures reported as done, waiting for confirmation (销号).
  public var submitted: [AgendaItem] { measures.filter { $0.silence == .submitted } }
  /// Open items that a person put off, with the date that passes meanwhile.
  public var snoozed: [AgendaItem] {
    agenda.filter { if case .snoozed = $0.silence { true } else { false } }
  }
}

extension Planner {
  /// The whole picture of one day over the plans with these keys; all plans when nil.
  public func overview(on day: CivilDate, plans keys: [String]? = nil) -> Overview {
    let chosen = ledgers.filter { keys?.contains($0.plan.key) ?? true }
    let plans = Set(chosen.map(\.plan.key))
    let agenda = self.agenda(on: day).filter { plans.contains($0.item.plan) }
    var measures: [ItemID: AgendaItem] = [:]
    for item in agenda where item.item.kind == .measure {
      if let known = measures[item.item], known.light >= item.light { continue }
      measures[item.item] = item
    }
    var overview = Overview(
      day: day, plans: chosen.map(\.plan), measures: measures.values.sorted(by: AgendaItem.isBefore),
      agenda: agenda, total: .init(name: ""), areas: [], units: [], reports: [])
    tally(chosen, measures, into: &overview)
    overview.reports = agenda.filter { $0.item.kind == .report }.compactMap { line in
      line.due.map { Overview.ReportStanding(plan: line.item.plan, due: $0, owing: line.owners) }
    }
    return overview
  }

  private func tally(_ ledgers: [Ledger], _ lines: [ItemID: AgendaItem], into overview: inout Overview) {
    var units: [String: Overview.Tally] = [:]
    var unitOrder: [String] = []
    for ledger in ledgers {
      for area in ledger.areas {
        var tally = Overview.Tally(name: area.name)
        for measure in area.measures {
          let id = ItemID(plan: ledger.plan.key, kind: .measure, id: measure.id)
          guard let light = lines[id]?.light else { continue }
          tally.lights[light, default: 0] += 1
          overview.total.lights[light, default: 0] += 1
          for unit in measure.units {
            if units[unit] == nil { unitOrder.append(unit) }
            units[unit, default: .init(name: unit)].lights[light, default: 0] += 1
          }
        }
        overview.areas.append(tally)
      }
    }
    overview.units = unitOrder.compactMap { units[$0] }
  }
}
