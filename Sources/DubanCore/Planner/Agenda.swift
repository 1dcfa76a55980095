/// One line of what is coming: an item with its next date and its state.
public struct AgendaItem: Sendable, Equatable {
  /// What is owed: a measure, a duty or a report.
  public var item: ItemID
  /// What it is about, with the ledger's words.
  public var subject: Reminder.Subject
  /// Who answers for it.
  public var owners: [Recipient]
  /// The date; nil for an item without one.
  public var due: CivilDate?
  /// Days from the day of the agenda to the date; negative when overdue.
  public var daysLeft: Int?
  /// Its light on the day of the agenda.
  public var light: Light
  /// Set where no reminder will go out although the item is open, and why.
  public var noReminder: NoReminderReason?
  /// Since when it is overdue for so long that the contact is to step in; nil while it isn't.
  public var escalatedSince: CivilDate?

  /// The measure that the line is about; nil for a report or a summary.
  public var measure: Measure? {
    switch subject {
    case .measure(let measure, _), .duty(_, let measure, _): measure
    case .report, .summary: nil
    }
  }

  /// The area's name; empty for a report or a summary.
  public var area: String {
    switch subject {
    case .measure(_, let area), .duty(_, _, let area): area
    case .report, .summary: ""
    }
  }

  /// What is to be done, in one line.
  public var title: String {
    switch subject {
    case .measure(let measure, _): measure.title
    case .duty(let duty, _, _): duty.what
    case .report(_, let part): "报送\(part?.title ?? "整改情况")"
    case .summary: "分管事项周报"
    }
  }
}

extension AgendaItem {
  /// The nearest date first, items without a date last, then as numbered.
  public static func isBefore(_ left: AgendaItem, _ right: AgendaItem) -> Bool {
    if left.due != right.due {
      guard let date = left.due else { return false }
      return right.due.map { date < $0 } ?? true
    }
    if left.item.plan != right.item.plan { return left.item.plan < right.item.plan }
    if left.item.id != right.item.id { return NaturalOrder.isBefore(left.item.id, right.item.id) }
    return left.item.kind.rawValue < right.item.kind.rawValue
  }
}

extension Planner {
  /// Everything that the ledgers hold, as it is on that day: each open date of each measure and duty, and
  /// one line per report date with everyone who still owes it. The nearest date first.
  public func agenda(on day: CivilDate) -> [AgendaItem] {
    let lines = builders.flatMap { builder in
      builder.ledger.areas.flatMap { area in
        area.measures.flatMap { agendaLines(builder.obligations(of: $0, in: area), on: day) }
      } + reportLines(builder, on: day)
    }
    return lines.sorted(by: AgendaItem.isBefore)
  }

  /// The lines of a measure and its duties: owners with exceptions of their own are followed apart, and shown together
  /// again.
  func agendaLines(_ obligations: [Obligation], on day: CivilDate) -> [AgendaItem] {
    var lines: [AgendaItem] = []
    for obligation in obligations {
      for due in agendaDates(of: obligation, on: day) {
        let line = agendaItem(obligation, due, on: day)
        if let known = lines.firstIndex(where: { $0.item == line.item && $0.due == line.due }) {
          lines[known].owners += line.owners
        } else {
          lines.append(line)
        }
      }
    }
    return lines
  }

  /// One line per report and date with everyone who still owes it, by unit.
  func reportLines(_ builder: ObligationBuilder, on day: CivilDate) -> [AgendaItem] {
    var lines: [Occurrence: AgendaItem] = [:]
    for report in builder.reports() {
      for due in agendaDates(of: report, on: day) {
        let line = agendaItem(report, due, on: day)
        guard let due, line.noReminder != .received else { continue }
        let key = Occurrence(item: line.item, due: due)
        if lines[key] == nil { lines[key] = line } else { lines[key]?.owners += line.owners }
      }
    }
    return lines.values.map { line in
      var line = line
      line.owners.sort()
      return line
    }
  }

  /// The dates to show: those that are still open, or the last one where none is; nil for an item without one.
  private func agendaDates(of obligation: Obligation, on day: CivilDate) -> [CivilDate?] {
    let isReport = obligation.item.kind == .report
    switch obligation.dueDates {
    case .fixed(let dates) where dates.isEmpty: return [nil]
    case .fixed(let dates) where isReport:
      return dates.filter { Obligation.isCaughtUp($0, on: day) }
    case .fixed(let dates):
      let open = dates.filter { !decisions.isDone(Occurrence(item: obligation.item, due: $0)) }
      return obligation.isClosed || open.isEmpty ? [dates.last] : open
    case .reports(let days, _):
      // What is missing is the contact's to ask for, also where the rule is silent about it. Of a plan whose issue isn't
      // known, nothing says that it asked for reports already.
      let passed = obligation.issued == nil ? [] : obligation.passedDates(before: day)
      let recurring = obligation.occurrences(from: day, through: day.adding(days: 366)).first {
        !days.contains($0)
      }
      let ahead = days.filter { $0 >= day } + [recurring].compactMap { $0 }
      // An area's 周报 is asked for until the next one takes its place, and a quarter of them would hide the rest.
      if case .report(_, .some) = obligation.subject { return passed.suffix(1) + Set(ahead).sorted() }
      return passed + Set(ahead).sorted()
    case .rules:
      let overdue = rule.openPassedDates(of: obligation, on: day)
        .filter { rule.endReason(obligation, $0) == nil }
      return overdue + [obligation.nextDate(onOrAfter: day)]
    }
  }

  private func agendaItem(_ obligation: Obligation, _ due: CivilDate?, on day: CivilDate) -> AgendaItem {
    let noReminder = rule.reasonGiven(
      obligation, due, unit: obligation.owners.first?.unit ?? "", on: day)
    let isOver = obligation.isClosed || noReminder == .done
    return AgendaItem(
      item: obligation.item, subject: obligation.subject, owners: obligation.owners.map(\.recipient),
      due: due, daysLeft: due?.days(since: day),
      light: rule.light(of: obligation, due, isDone: noReminder == .done, on: day), noReminder: noReminder,
      escalatedSince: isOver ? nil : due.flatMap { rule.contactStepsIn(on: obligation, $0, by: day) })
  }
}
