extension Planner {
  /// Everything that the ledgers hold, as it stands on that day: each open date of each measure and duty, and
  /// one line per report date with everyone who still owes it. The nearest date first.
  public func agenda(on day: CivilDate) -> [AgendaItem] {
    var lines: [AgendaItem] = []
    var reports: [Occurrence: AgendaItem] = [:]
    for obligation in obligations {
      for due in agendaDates(of: obligation, on: day) {
        let line = agendaItem(obligation, due, on: day)
        guard obligation.item.kind == .report, let due else {
          merge(line, into: &lines)
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
    case .rule: return [obligation.nextDate(onOrAfter: day)]
    }
  }

  private func agendaItem(_ obligation: Obligation, _ due: CivilDate?, on day: CivilDate) -> AgendaItem {
    var silence = obligation.silence
    if silence == nil, let due {
      let occurrence = Occurrence(item: obligation.item, due: due)
      if decisions.isDone(occurrence) { silence = .done }
      if obligation.item.kind == .report, let unit = obligation.owners.first?.unit,
        decisions.received.contains(.init(unit: unit, due: due))
      {
        silence = .received
      }
      if silence == nil, let snooze = decisions.snoozes[obligation.item.id], day < snooze.until {
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

  /// Owners with exceptions of their own are followed apart, and shown together again.
  private func merge(_ line: AgendaItem, into lines: inout [AgendaItem]) {
    if let last = lines.last, last.item == line.item, last.due == line.due {
      lines[lines.count - 1].owners.append(contentsOf: line.owners)
    } else {
      lines.append(line)
    }
  }
}
