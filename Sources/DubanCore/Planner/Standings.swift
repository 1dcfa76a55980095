/// How the measures of a ledger stand on a day: worked out once for all that share deadline and status, and one by one
/// only where a person decided something, a policy makes an exception, or duties come round inside.
struct Standings {
  /// How one measure stands.
  struct Standing {
    /// The most urgent of its open dates' lights.
    let light: Light
    /// Its lines and its duties' in the agenda, in order.
    let lines: [Line]
    /// The line by which the measure is listed: the most urgent of its own.
    let mostUrgent: Line?
    /// Its open dates and its duties' within ``Overview/horizon``.
    let ahead: [CivilDate]

    init(light: Light, lines: [Line]) {
      self.light = light
      self.lines = lines
      mostUrgent = lines.first { $0.suffix.isEmpty && $0.light == light }
      ahead = lines.filter(\.isAhead).compactMap(\.due)
    }
  }

  /// What one line of the agenda is like for every measure that stands so.
  struct Line {
    /// What follows the measure's id in the item's: empty for the measure itself, `#1` for a duty.
    var suffix: Substring
    var due: CivilDate?
    var light: Light
    /// Whether it is open, and due within ``Overview/horizon``.
    var isAhead: Bool
    /// Whether a person put it off.
    var isPutOff: Bool
    /// Whether it was reported as done and waits for confirmation.
    var isSubmitted: Bool
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
    if !decided.isEmpty, let store, decided.contains(store.measures[place].identity) {
      return work(out: place)
    }
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
    let isSubmitted = record.status == .submitted
    let open = isClosed ? Array(lights.suffix(1)) : lights
    var lines = open.map { date in
      Line(
        suffix: "", due: date.due, light: date.light,
        isAhead: date.light != .green && (0...Overview.horizon).contains(date.due.days(since: day)),
        isPutOff: false, isSubmitted: isSubmitted)
    }
    let light = lights.map(\.light).max() ?? (isClosed ? .green : .blue)
    if lines.isEmpty {
      lines = [
        Line(
          suffix: "", due: nil, light: light, isAhead: false, isPutOff: false, isSubmitted: isSubmitted)
      ]
    }
    return Standing(light: light, lines: lines)
  }

  private func work(out place: Int) -> Standing {
    guard let area, let store else { return Standing(light: .blue, lines: []) }
    let measure = store.measures[place]
    var lines = AgendaLines()
    planner.add(measure, of: area, builder, on: day, to: &lines)
    let agenda = lines.sorted()
    let own = agenda.filter { $0.item.kind == .measure }
    return Standing(
      light: own.map(\.light).max() ?? .blue,
      lines: agenda.map { line in
        Line(
          suffix: line.item.id.dropFirst(measure.id.count), due: line.due, light: line.light,
          isAhead: line.isAhead, isPutOff: line.isPutOff, isSubmitted: line.silence == .submitted)
      })
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
