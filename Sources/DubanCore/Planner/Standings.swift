/// How the measures of a ledger stand on a day: worked out once for all that share deadline and status, and one by one
/// only where a person decided something, a policy makes an exception, or duties come round inside.
struct Standings {
  /// How one measure stands.
  struct Standing {
    /// The most urgent of its open dates' lights.
    var light: Light
    /// Whether the contact's digest lists it.
    var wantsAttention: Bool
    /// Its open dates and its duties' within ``Overview/horizon``.
    var ahead: [CivilDate]
  }

  private let planner: Planner
  private let builder: ObligationBuilder
  private let day: CivilDate
  private let decided: Set<String>
  private let hasOverrides: Bool
  private var area: Area?
  private var store: MeasureStore?
  private var hasDuties: [Bool] = []
  /// By deadline and status.
  private var known: [Standing?] = []

  init(_ planner: Planner, _ builder: ObligationBuilder, on day: CivilDate) {
    self.planner = planner
    self.builder = builder
    self.day = day
    decided = planner.decisions.measures(ofPlan: builder.ledger.plan.key)
    hasOverrides = !planner.policy.overrides.isEmpty
  }

  /// Turns to the measures of an area.
  mutating func enter(_ area: Area) {
    self.area = area
    guard store !== area.measures.store else { return }
    store = area.measures.store
    hasDuties = area.measures.store.duties.map { !$0.isEmpty }
    known = Array(
      repeating: nil, count: area.measures.store.deadlines.count * Measure.Status.allCases.count)
  }

  /// How the measure at that place of the area's store stands.
  mutating func standing(_ place: Int, _ record: MeasureRecord) -> Standing {
    if hasOverrides || hasDuties[Int(record.duties)] { return work(out: place) }
    if !decided.isEmpty, let store, decided.contains(store.id(record)) { return work(out: place) }
    let index = Int(record.deadline) * Measure.Status.allCases.count + record.status.index
    if let standing = known[index] { return standing }
    let standing = plain(record) ?? work(out: place)
    known[index] = standing
    return standing
  }

  /// The standing of a measure without duties, decisions and exceptions, as ``work(out:)`` finds it too; nil where its
  /// deadline comes round.
  private func plain(_ record: MeasureRecord) -> Standing? {
    guard let deadline = store?.deadlines[Int(record.deadline)],
      deadline.decided != nil || deadline.reading.recurrences.isEmpty
    else { return nil }
    let isClosed = record.status == .closed
    let lights = deadline.dueDates.map { due in
      (
        due: due,
        light: planner.policy.lights.light(due: due, isClosed: isClosed, on: day, calendar: planner.calendar)
      )
    }
    let ahead = isClosed ? [] : lights.filter { (0...Overview.horizon).contains($0.due.days(since: day)) }
    let light = lights.map(\.light).max() ?? (isClosed ? .green : .blue)
    return Standing(
      light: light,
      wantsAttention: light == .red || !ahead.isEmpty || record.status == .submitted
        || !isClosed && deadline.needsDecision, ahead: ahead.map(\.due))
  }

  private func work(out place: Int) -> Standing {
    guard let area, let store else { return Standing(light: .blue, wantsAttention: true, ahead: []) }
    let measure = store.measure(place)
    var lines = AgendaLines()
    planner.add(measure, of: area, builder, on: day, to: &lines)
    let agenda = lines.sorted()
    let own = agenda.filter { $0.item.kind == .measure }
    let light = own.map(\.light).max() ?? .blue
    let ahead = agenda.filter { line in
      line.light != .green && line.daysLeft.map { (0...Overview.horizon).contains($0) } ?? false
    }
    let isPutOff = agenda.contains { if case .snoozed = $0.silence { true } else { false } }
    let isUndecided = measure.status != .closed && measure.deadline.needsDecision
    return Standing(
      light: light,
      wantsAttention: light == .red || !ahead.isEmpty || isPutOff || isUndecided
        || own.contains { $0.silence == .submitted }, ahead: ahead.compactMap(\.due))
  }
}

extension Measure.Status {
  /// The place among all cases.
  fileprivate var index: Int {
    switch self {
    case .open: 0
    case .inProgress: 1
    case .submitted: 2
    case .closed: 3
    }
  }
}
