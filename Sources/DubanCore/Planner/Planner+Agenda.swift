extension Planner {
  /// Everything that the ledgers hold, as it stands on that day: each open date of each measure and duty, and
  /// one line per report date with everyone who still owes it. The nearest date first.
  public func agenda(on day: CivilDate) -> [AgendaItem] {
    var lines: [AgendaItem] = []
    var places: [Place: Int] = [:]
    var reports: [Occurrence: AgendaItem] = [:]
    for obligation in obligations {
      for due in agendaDates(of: obligation, on: day) {
        let line = agendaItem(obligation, due, on: day)
        guard obligation.item.kind == .report, let due else {
          // Owners with exceptions of their own are followed apart, and shown together again.
          if let place = places[Place(item: line.item, due: due)] {
            lines[place].owners.append(contentsOf: line.owners)
          } else {
            places[Place(item: line.item, due: due)] = lines.count
            lines.append(line)
          }
          continue
        }
        guard line.silence != .received else { continue }
        let occurrence = Occurrence(item: obligation.item, due: due)
        reports[occurrence, default: line].owners.append(
          contentsOf: reports[occurrence] == nil ? [] : line.owners)
      }
    }
    for line in reports.values {
      var line = line
      line.owners.sort()
      lines.append(line)
    }
    return lines.sorted(by: AgendaItem.isBefore)
  }

  private struct Place: Hashable {
    let item: ItemID
    let due: CivilDate?
  }

  /// The dates to show: those that are still open, or the last one where none is; nil for an item without one.
  private func agendaDates(of obligation: Obligation, on day: CivilDate) -> [CivilDate?] {
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

  private func agendaItem(_ obligation: Obligation, _ due: CivilDate?, on day: CivilDate) -> AgendaItem {
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
      light: policy.lights.light(due: due, isClosed: isSettled, on: day, calendar: calendar), silence: silence
    )
  }
}
