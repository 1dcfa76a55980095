extension Planner {
  /// Everything that the ledgers hold, as it stands on that day: each open date of each measure and duty, and
  /// one line per report date with everyone who still owes it. The nearest date first.
  public func agenda(on day: CivilDate) -> [AgendaItem] {
    var lines = AgendaLines()
    for builder in builders {
      for area in builder.ledger.areas {
        for measure in area.measures { add(measure, of: area, builder, on: day, to: &lines) }
      }
      addReports(of: builder, on: day, to: &lines)
    }
    return lines.sorted()
  }

  /// Adds what there is to say about a measure and its duties.
  func add(
    _ measure: Measure, of area: Area, _ builder: ObligationBuilder, on day: CivilDate,
    to lines: inout AgendaLines
  ) {
    for obligation in builder.obligations(of: measure, in: area) {
      for due in agendaDates(of: obligation, on: day) { lines.add(agendaItem(obligation, due, on: day)) }
    }
  }

  /// Adds one line per report date with everyone who still owes it.
  func addReports(of builder: ObligationBuilder, on day: CivilDate, to lines: inout AgendaLines) {
    for obligation in builder.reports() {
      for due in agendaDates(of: obligation, on: day) {
        lines.addReport(agendaItem(obligation, due, on: day))
      }
    }
  }

  /// The dates to show: those that are still open, or the last one where none is; nil for an item without one.
  func agendaDates(of obligation: Obligation, on day: CivilDate) -> [CivilDate?] {
    let isReport = obligation.item.kind == .report
    switch obligation.schedule {
    case .dates(let dates) where dates.isEmpty: return [nil]
    case .dates(let dates) where isReport:
      return dates.filter { day.days(since: $0) <= Obligation.catchUpDays }
    case .dates(let dates):
      let open = dates.filter { !decisions.isDone(Occurrence(item: obligation.item, due: $0)) }
      return obligation.isClosed || open.isEmpty ? [dates.last] : open
    case .rules: return overdueDates(of: obligation, on: day) + [obligation.nextDate(onOrAfter: day)]
    }
  }

  /// Passed dates of a rule that still remind, since the policy calls them overdue.
  private func overdueDates(of obligation: Obligation, on day: CivilDate) -> [CivilDate] {
    guard obligation.silence == nil, obligation.ladder.overdueEvery != nil else { return [] }
    return obligation.dates(around: day).filter {
      $0 < day && !decisions.isDone(Occurrence(item: obligation.item, due: $0))
    }
  }

  func agendaItem(_ obligation: Obligation, _ due: CivilDate?, on day: CivilDate) -> AgendaItem {
    var silence = obligation.silence
    if silence == nil, let due {
      let occurrence = Occurrence(item: obligation.item, due: due)
      if decisions.isDone(occurrence) { silence = .done }
      if obligation.item.kind == .report, let unit = obligation.owners.first?.unit,
        decisions.isReceived(occurrence, from: unit)
      {
        silence = .received
      }
      if silence == nil, let snooze = decisions.snooze(of: obligation.item, on: day) {
        silence = .snoozed(snooze)
      }
    }
    let isSettled = obligation.isClosed || silence == .done
    return AgendaItem(
      item: obligation.item, subject: obligation.subject, owners: obligation.owners.map(\.recipient),
      due: due,
      daysLeft: due?.days(since: day),
      light: policy.lights.light(due: due, isClosed: isSettled, on: day, calendar: calendar),
      silence: silence,
      escalatedSince: isSettled ? nil : due.flatMap { escalation(of: obligation, $0, by: day) })
  }

  /// The day on which the contact was to hear of a date, if that has come.
  private func escalation(of obligation: Obligation, _ due: CivilDate, by day: CivilDate) -> CivilDate? {
    guard due < day, obligation.silence == nil,
      let contact = obligation.listeners.first(where: { $0.head == nil })
    else { return nil }
    let sendOn = obligation.rung(for: contact, of: due).sendOn
    return sendOn <= day ? sendOn : nil
  }
}
