/// The figures of a 通报: what was due in a period, by unit and by area, and how it was met.
public struct Bulletin: Sendable, Equatable {
  /// The figures of a unit, of an area, or of the whole.
  public struct Line: Sendable, Equatable {
    /// The unit's or area's name.
    public var name: String
    /// Dates of measures within the period, and those before it that were reported in time and confirmed within it.
    public var due = 0
    /// Of them done by their day.
    public var inTime = 0
    /// Done after their day and within the period, also of what was due before it.
    public var late = 0
    /// Of them done before there was a record: nobody knows when.
    public var undated = 0
    /// Of them reported as done by their day, and not confirmed yet: they count neither way.
    public var unconfirmed = 0
    /// Dates of the period's last day that are still open while that day isn't over: they count as nothing yet.
    public var pending = 0
    /// Measures that are overdue at the period's end, whenever they were due.
    public var overdue = 0
    /// Reports that were due within the period.
    public var reportsDue = 0
    /// Of them came in.
    public var reported = 0
    /// The place by the rate; the same for the same rate, nil without one.
    public var rank: Int?

    /// 按时办结率 in tenths of a percent, of what has a date on record and was decided; nil where nothing was.
    public var rate: Int? {
      let counted = due - undated - unconfirmed
      return counted > 0 ? inTime * 1000 / counted : nil
    }

    init(_ name: String) { self.name = name }
  }

  /// The period's days.
  public var period: ClosedRange<CivilDate>
  /// Whose measures are counted.
  public var plan: Plan
  /// All together; a measure of several units counts once.
  public var total: Line
  /// By unit, the best first; a measure of several units counts for each.
  public var units: [Line]
  /// By area, as in the plan.
  public var areas: [Line]
  /// What is overdue at the period's end, the longest overdue first.
  public var overdue: [AgendaItem]

  /// The month of a day, up to that day.
  public static func month(through day: CivilDate) -> ClosedRange<CivilDate> {
    day.adding(days: 1 - day.day)...day
  }

  /// From the day after the report date before to a day; the month where there is none.
  public static func reportPeriod(through day: CivilDate, reports: [CivilDate]) -> ClosedRange<CivilDate> {
    guard let before = reports.last(where: { $0 < day }) else { return month(through: day) }
    return before.adding(days: 1)...day
  }

  /// The whole month before the one in which a period begins; for a time between two reports (`reports` isn't nil), the time
  /// between the two before.
  public static func periodBefore(
    _ period: ClosedRange<CivilDate>, reports: [CivilDate]?
  ) -> ClosedRange<CivilDate> {
    reports.map { reportPeriod(through: period.lowerBound.adding(days: -1), reports: $0) }
      ?? month(through: period.lowerBound.adding(days: -period.lowerBound.day))
  }
}

extension Planner {
  /// The figures of a period, as of its last day: `self` has the ledger as it was then, and what was decided by then.
  ///
  /// - Parameter isOver: whether the last day is over. Until then nobody is late with what is due on it.
  public func bulletin(
    ofPlan key: String, _ period: ClosedRange<CivilDate>, _ record: FinishRecord, isOver: Bool = true
  ) -> Bulletin? {
    guard let place = ledgers.firstIndex(where: { $0.plan.key == key }) else { return nil }
    let (ledger, builder, day) = (ledgers[place], builders[place], period.upperBound)
    // As of the end of a day that is over, what was due on it is overdue too.
    let end = isOver ? day.adding(days: 1) : day
    let overdue = overview(on: end, plans: [key], extent: .attention).overdue(on: end, record)
    let open = isOver ? nil : day
    let late = Set(overdue.compactMap { $0.measure?.identity })
    var total = Bulletin.Line("")
    var areas: [Bulletin.Line] = []
    var units = UnitLines()
    for area in ledger.areas {
      var line = Bulletin.Line(area.name)
      for measure in area.measures {
        let figures = figures(
          of: measure, period, record, open: open, isOverdue: late.contains(measure.identity))
        line.add(figures)
        total.add(figures)
        for unit in measure.units { units[unit].add(figures) }
      }
      areas.append(line)
    }
    for report in builder.reports() {
      guard let unit = report.owners.first?.unit else { continue }
      for due in report.dates(around: day) where period.contains(due) {
        // Once per unit, however many owners it has.
        guard units.reports.insert([unit, report.item.identity, due.description]).inserted else { continue }
        let isReceived = decisions.isReceived(Occurrence(item: report.item, due: due), from: unit)
        guard isReceived || due != open, wasAskedFor(due) else { continue }
        units[unit].addReport(isReceived)
        total.addReport(isReceived)
      }
    }
    return Bulletin(
      period: period, plan: ledger.plan, total: total, units: Bulletin.ranked(units.lines), areas: areas,
      overdue: overdue)
  }

  private func figures(
    of measure: Measure, _ period: ClosedRange<CivilDate>, _ record: FinishRecord, open: CivilDate?,
    isOverdue: Bool
  ) -> Bulletin.Line {
    var line = Bulletin.Line("")
    line.overdue = isOverdue ? 1 : 0
    for due in measure.deadline.dueDates where due <= period.upperBound {
      let finish = record.finished(measure, due: due)
      guard period.contains(due) else {
        // What was due before counts where the office settled it within the period: in its own it counted neither way.
        guard record.settled(measure, due: due).map(period.contains) ?? false else { continue }
        if finish == .late { line.late += 1 }
        if finish == .inTime { (line.due, line.inTime) = (line.due + 1, line.inTime + 1) }
        continue
      }
      if finish == nil, due == open {
        line.pending += 1
        continue
      }
      line.due += 1
      switch finish {
      case .inTime: line.inTime += 1
      case .late: line.late += 1
      case .undated: line.undated += 1
      case .reported: line.unconfirmed += 1
      case nil: break
      }
    }
    return line
  }
}

extension Overview {
  /// What is overdue, with what was reported as done after its day only and isn't confirmed: once for each measure.
  fileprivate func overdue(on day: CivilDate, _ record: FinishRecord) -> [AgendaItem] {
    var seen: Set<ItemID> = []
    let reportedLate = agenda.filter { line in
      guard line.item.kind == .measure, line.noReminder == .submitted, let measure = line.measure,
        let due = line.due, due < day, record.finished(measure, due: due) == nil
      else { return false }
      return seen.insert(line.item).inserted
    }
    return (overdue + reportedLate).sorted(by: AgendaItem.isBefore)
  }
}

/// Lines by unit, in the order in which they come.
private struct UnitLines {
  private(set) var lines: [Bulletin.Line] = []
  private var places: [String: Int] = [:]
  var reports: Set<[String]> = []

  subscript(unit: String) -> Bulletin.Line {
    get { places[unit].map { lines[$0] } ?? Bulletin.Line(unit) }
    set {
      if let place = places[unit] {
        lines[place] = newValue
      } else {
        places[unit] = lines.count
        lines.append(newValue)
      }
    }
  }
}

extension Bulletin {
  /// The highest rate first, of equal ones that with less overdue; units to which nothing was due come last.
  fileprivate static func ranked(_ lines: [Line]) -> [Line] {
    let sorted = lines.enumerated().sorted { left, right in
      let (a, b) = (left.element, right.element)
      return (-(a.rate ?? -1), a.overdue, left.offset) < (-(b.rate ?? -1), b.overdue, right.offset)
    }.map(\.element)
    var ranked = sorted
    for place in ranked.indices where ranked[place].rate != nil {
      let isEqual =
        place > 0 && ranked[place - 1].rate == ranked[place].rate
        && ranked[place - 1].overdue == ranked[place].overdue
      ranked[place].rank = isEqual ? ranked[place - 1].rank : place + 1
    }
    return ranked
  }
}

extension Bulletin.Line {
  fileprivate mutating func add(_ other: Bulletin.Line) {
    due += other.due
    inTime += other.inTime
    late += other.late
    undated += other.undated
    unconfirmed += other.unconfirmed
    overdue += other.overdue
    pending += other.pending
  }

  fileprivate mutating func addReport(_ isReceived: Bool) {
    reportsDue += 1
    if isReceived { reported += 1 }
  }
}

/// A ledger as it was in force from a day on.
public struct LedgerVersion: Sendable, Equatable {
  /// The first day.
  public var from: CivilDate
  /// The ledger.
  public var ledger: Ledger

  package init(from: CivilDate, ledger: Ledger) { (self.from, self.ledger) = (from, ledger) }
}

/// Since when the measures of a plan are done, as far as the record of the ledger and of what people decided says.
public struct FinishRecord: Sendable, Equatable {
  /// The first day of the record: what was done before it has no date.
  public private(set) var since: CivilDate?
  /// The day since which a measure is reported as done or closed, by identity, without a break up to the end.
  private var days: [String: CivilDate] = [:]
  /// The day since which a measure is closed, likewise.
  private var closed: [String: CivilDate] = [:]
  /// The day on which a date of a measure was marked as done; by identity and date.
  private var marks: [Mark: CivilDate] = [:]

  private struct Mark: Hashable {
    var item: String
    var due: CivilDate
  }

  /// The record that these versions make, the earliest first.
  public init(_ versions: [LedgerVersion]) {
    since = versions.first?.from
    for version in versions {
      func since(_ before: [String: CivilDate], _ states: [Measure.Status]) -> [String: CivilDate] {
        let measures = version.ledger.measures.filter { states.contains($0.status) }
        return Dictionary(
          measures.map { ($0.identity, before[$0.identity] ?? version.from) }, uniquingKeysWith: min)
      }
      days = since(days, [.submitted, .closed])
      closed = since(closed, [.closed])
    }
  }

  /// Takes in that a date of an item was marked as done.
  public mutating func mark(_ item: String, due: CivilDate, on day: CivilDate) {
    marks[Mark(item: item, due: due)] = day
  }

  /// When a date of a measure was done: it is closed, marked, or reported as done by its day. nil where it isn't.
  func finished(_ measure: Measure, due: CivilDate) -> Finish? {
    let marked = marks[Mark(item: measure.identity, due: due)]
    if measure.status == .submitted, marked == nil {
      // Of what was reported before there was a record, nobody knows that it came late.
      return days[measure.identity].flatMap { $0 <= due || $0 == since ? .reported : nil }
    }
    guard measure.status == .closed else { return marked.map { $0 <= due ? .inTime : .late } }
    guard let day = [days[measure.identity], marked].compactMap({ $0 }).min() else { return .undated }
    if day <= due { return .inTime }
    return day == since ? .undated : .late
  }

  /// When the office settled a date: closed or marked, and not only reported as done; nil where it isn't, or nobody knows.
  func settled(_ measure: Measure, due: CivilDate) -> CivilDate? {
    let closed = closed[measure.identity].flatMap { $0 == since ? nil : $0 }
    return [closed, marks[Mark(item: measure.identity, due: due)]].compactMap(\.self).min()
  }

  /// How a date was met; `reported`: by its day, and nobody has confirmed it yet.
  enum Finish { case inTime, late, undated, reported }
}
