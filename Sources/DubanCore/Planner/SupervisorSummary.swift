/// What a supervisor (分管领导) is told once a week: where the measures of their units and areas stand, and nothing else.
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
    guard policy.summarisesForSupervisors else { return [] }
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
        silence: nil,
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
    } else if let line = lines.first, line.light == .green || line.silence == .submitted {
      done.append(line)
    } else if let next = lines.first(where: \.isAhead) {
      due.append(next)
    }
  }
}
