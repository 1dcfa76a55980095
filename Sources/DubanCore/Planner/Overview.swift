/// The whole picture of one day for the contact: what the digest, the report page and `status` show.
public struct Overview: Sendable, Equatable {
  /// How many measures stand at each light.
  public struct Tally: Sendable, Equatable {
    /// What is counted: an area's or a unit's name.
    public var name: String
    /// Measures by light.
    public var lights: [Light: Int] = [:]

    /// All measures counted.
    public var total: Int { lights.values.reduce(0, +) }
  }

  /// What is late and what comes next.
  public struct Outlook: Sendable, Equatable {
    /// Measures whose date has passed.
    public var overdue: Int
    /// The nearest date of measures and duties within ``horizon``, and how many are due then; nil where none is.
    public var nearest: Nearest?

    /// A date and how many items are due on it.
    public struct Nearest: Sendable, Equatable {
      /// The nominal due date.
      public var due: CivilDate
      /// How many.
      public var count: Int
    }

    /// Takes in an open date of so many items.
    mutating func count(_ due: CivilDate, _ items: Int) {
      switch nearest {
      case let known? where known.due < due: break
      case let known? where known.due == due: nearest?.count = known.count + items
      default: nearest = Nearest(due: due, count: items)
      }
    }
  }

  /// How much of the picture is wanted.
  public enum Extent: Sendable, Hashable {
    /// The total, the outlook and the reports alone; everything else stays empty.
    case numbers
    /// What wants attention: overdue, due within ``horizon``, undecided, submitted or put off.
    case attention
    case everything
  }

  /// One report date, and who has yet to report.
  public struct ReportStatus: Sendable, Equatable {
    /// The plan's key.
    public var plan: String
    /// The report date.
    public var due: CivilDate
    /// Whose report it is, where it is an area's: 商事登记周报; empty for the plan's.
    public var name = ""
    /// Who still owes the report, by unit.
    public var owing: [Recipient]
  }

  /// The day that it is a picture of.
  public var day: CivilDate
  /// The plans it is about.
  public var plans: [Plan]
  /// Every measure once, by its most urgent open date; the most urgent first. As many as the ``Extent`` says.
  public var measures: [AgendaItem]
  /// Every open date of those measures and their duties, and of reports; the nearest first.
  public var agenda: [AgendaItem]
  /// All measures.
  public var total: Tally
  /// By area, in the ledgers' order.
  public var areas: [Tally]
  /// By unit, in the ledgers' order. A measure of several units counts for each.
  public var units: [Tally]
  /// Report dates that are still ahead or lately passed, with those who owe.
  public var reports: [ReportStatus]
  /// In two numbers: what is late, and what comes next.
  public var outlook: Outlook

  /// How far ahead the contact looks, in days.
  public static let horizon = 30

  /// Open measures whose date has passed, the longest overdue first.
  public var overdue: [AgendaItem] { measures.filter { $0.light == .red } }
  /// Open dates from the day itself to ``horizon`` days ahead.
  public var upcoming: [AgendaItem] { agenda.filter(\.isAhead) }
  /// The reports of the next day within ``horizon`` on which anyone owes one.
  public var nextReports: [ReportStatus] {
    let owed = reports.filter { (0...Self.horizon).contains($0.due.days(since: day)) && !$0.owing.isEmpty }
    let next = owed.map(\.due).min()
    return owed.filter { $0.due == next }
  }
  /// Measures whose deadline a person must decide.
  public var undecided: [AgendaItem] {
    measures.filter { $0.measure.map { $0.status != .closed && $0.deadline.needsDecision } ?? false }
  }
  /// Measures reported as done, waiting for confirmation (销号).
  public var submitted: [AgendaItem] { measures.filter { $0.noReminder == .submitted } }
  /// Open items that a person put off, with the date that passes meanwhile.
  public var snoozed: [AgendaItem] { agenda.filter(\.isPutOff) }
}

extension AgendaItem {
  /// Whether it is open, due within ``Overview/horizon``, and nobody has reported it as done.
  var isAhead: Bool {
    guard let left = daysLeft, light != .green, noReminder != .submitted else { return false }
    return (0...Overview.horizon).contains(left)
  }

  var isPutOff: Bool { if case .snoozed = noReminder { true } else { false } }
}

/// Where all measures of a group are on a day.
private struct GroupStatus {
  /// The most urgent of a measure's open dates' lights.
  let light: Light
  /// Its open dates and its duties' within ``Overview/horizon``.
  let ahead: [CivilDate]
  let wantsAttention: Bool

  /// By the lines of one of them.
  init(_ lines: [AgendaItem]) {
    light = lines.filter { $0.item.kind == .measure }.map(\.light).max() ?? .blue
    ahead = lines.filter(\.isAhead).compactMap(\.due)
    let isUndecided =
      lines.first?.measure.map { $0.status != .closed && $0.deadline.needsDecision } ?? false
    wantsAttention =
      light == .red || isUndecided
      || lines.contains { $0.isAhead || $0.isPutOff || $0.noReminder == .submitted }
  }
}

extension Planner {
  /// The picture of one day over the plans with these keys; all plans when nil.
  public func overview(
    on day: CivilDate, plans keys: [String]? = nil, extent: Overview.Extent = .everything
  ) -> Overview {
    let chosen = builders.indices.filter { keys?.contains(ledgers[$0].plan.key) ?? true }
    var overview = Overview(
      day: day, plans: chosen.map { ledgers[$0].plan }, measures: [], agenda: [], total: .init(name: ""),
      areas: [], units: [], reports: [], outlook: .init(overdue: 0, nearest: nil))
    for place in chosen {
      let groups = groups[place]
      let statuses = groups.samples.map { GroupStatus(agendaLines($0, on: day)) }
      for (status, count) in zip(statuses, groups.counts) {
        overview.total.lights[status.light, default: 0] += count
        if status.light == .red { overview.outlook.overdue += count }
        for due in status.ahead { overview.outlook.count(due, count) }
      }
      if extent != .numbers { describe(place, statuses, isWhole: extent == .everything, &overview) }
      overview.agenda += reportLines(builders[place], on: day).filter { $0.due.map(wasAskedFor) ?? false }
    }
    overview.agenda.sort(by: AgendaItem.isBefore)
    overview.measures = mostUrgent(overview.agenda)
    overview.reports = overview.agenda.filter { $0.item.kind == .report }.compactMap { line in
      guard let due = line.due else { return nil }
      var report = Overview.ReportStatus(plan: line.item.plan, due: due, owing: line.owners)
      if case .report(_, let part?) = line.subject { report.name = part.title }
      return report
    }
    return overview
  }

  /// The picture that a digest shows, of the plans it is about; nil for an owner's mail.
  public func overview(for mail: PlannedMail, extent: Overview.Extent = .attention) -> Overview? {
    guard case .digest(let plans, _) = mail.kind else { return nil }
    return overview(on: mail.on, plans: plans, extent: extent)
  }

  /// Adds a ledger's areas, units and lines of measures.
  private func describe(
    _ place: Int, _ statuses: [GroupStatus], isWhole: Bool, _ overview: inout Overview
  ) {
    var units = Dictionary(
      uniqueKeysWithValues: overview.units.enumerated().map { ($0.element.name, $0.offset) })
    for (area, groups) in zip(ledgers[place].areas, groups[place].groups) {
      var tally = Overview.Tally(name: area.name)
      for (measure, group) in zip(area.measures, groups) {
        let status = statuses[group]
        tally.lights[status.light, default: 0] += 1
        for name in measure.units {
          let unit = units[name] ?? overview.units.count
          if unit == overview.units.count {
            units[name] = unit
            overview.units.append(.init(name: name))
          }
          overview.units[unit].lights[status.light, default: 0] += 1
        }
        if isWhole || status.wantsAttention {
          overview.agenda += agendaLines(builders[place].obligations(of: measure, in: area), on: overview.day)
        }
      }
      overview.areas.append(tally)
    }
  }

  /// Whether the service ran when a report was due.
  public func wasAskedFor(_ due: CivilDate) -> Bool { decisions.firstDay.map { due >= $0 } ?? true }

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

/// What a supervisor (分管领导) gets once a week: the state of the measures of their units and areas, and nothing else.
public struct SupervisorSummary: Sendable, Equatable {
  /// The units whose owners name the supervisor, in the ledger's order.
  public var units: [String] = []
  /// The areas that do.
  public var areas: [String] = []
  /// Open measures whose date has passed, the longest overdue first.
  public var overdue: [AgendaItem] = []
  /// Open measures that are due within ``Overview/horizon``, the nearest first.
  public var due: [AgendaItem] = []
  /// Measures that are done: closed, or reported as done.
  public var done: [AgendaItem] = []
  /// How many measures there are, those without a date near included.
  public var total = 0
}

extension ObligationBuilder {
  /// A weekly item for each supervisor with measures that aren't closed, on the digest's day of the week.
  func summaries() -> [Obligation] {
    // Most ledgers name nobody.
    let names = directory.owners.map(\.supervisor) + ledger.areas.map(\.supervisor)
    guard policy.summarisesForSupervisors, names.contains(where: { !$0.isEmpty }) else { return [] }
    var supervisors: [Owner] = []
    var subjects: [Owner: SupervisorSummary] = [:]
    for area in ledger.areas {
      for measure in area.measures where measure.status != .closed {
        let owners = directory.owners(of: measure)
        for supervisor in directory.supervisors(over: owners, in: area) {
          if subjects[supervisor] == nil { supervisors.append(supervisor) }
          subjects[supervisor, default: SupervisorSummary()].add(
            units: owners.filter { $0.supervisor == supervisor.person }.map(\.unit),
            area: area.supervisor == supervisor.person ? area.name : nil)
        }
      }
    }
    return supervisors.map { supervisor in
      Obligation(
        item: ItemID(plan: ledger.plan.key, kind: .summary, id: ItemID.summaryID),
        subject: .summary(subjects[supervisor] ?? SupervisorSummary()), owners: [supervisor], fellows: [],
        escalation: [], dueDates: .reports([], [Recurrence(.weekly, weekdays: [policy.digest.weekday])]),
        schedule: ReminderSchedule(advance: [], overdueEvery: nil),
        sending: sending(exceptions.applying(to: supervisor.person)), issued: ledger.plan.issued,
        noReminder: nil,
        isClosed: false)
    }
  }
}

extension Planner {
  /// A summary with what its day has to say; every other reminder as it is.
  func filled(_ reminder: Reminder) -> Reminder {
    guard case .summary(var summary) = reminder.subject,
      let builder = builders.first(where: { $0.ledger.plan.key == reminder.occurrence.item.plan })
    else { return reminder }
    for area in builder.ledger.areas {
      for measure in area.measures {
        let owners = builder.directory.owners(of: measure)
        let supervisors = builder.directory.supervisors(over: owners, in: area)
        guard supervisors.contains(where: { $0.recipient == reminder.recipient }) else { continue }
        let lines = agendaLines(builder.obligations(of: measure, in: area), on: reminder.reason.on)
        summary.add(lines.filter { $0.item.kind == .measure }.sorted(by: AgendaItem.isBefore))
      }
    }
    for list in [\SupervisorSummary.overdue, \.due, \.done] {
      summary[keyPath: list].sort(by: AgendaItem.isBefore)
    }
    var filled = reminder
    filled.subject = .summary(summary)
    filled.light = (summary.overdue + summary.due).map(\.light).max() ?? .blue
    return filled
  }
}

extension SupervisorSummary {
  fileprivate mutating func add(units: [String], area: String?) {
    for unit in units where !self.units.contains(unit) { self.units.append(unit) }
    if let area, !areas.contains(area) { areas.append(area) }
  }

  /// Takes in a measure with its lines, the nearest date first. What counts as overdue is what the digest calls so.
  fileprivate mutating func add(_ lines: [AgendaItem]) {
    total += 1
    if let late = lines.first(where: { $0.light == .red }) {
      overdue.append(late)
    } else if let line = lines.first, line.light == .green || line.noReminder == .submitted {
      done.append(line)
    } else if let next = lines.first(where: \.isAhead) {
      due.append(next)
    }
  }
}
