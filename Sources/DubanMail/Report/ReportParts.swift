internal import DubanCore

/// Every open date of measures, duties and reports by month, what is overdue first.
extension ReportPage {
  /// With more items, months are folded.
  private static let mostOpen = 200

  /// One record per month, and before them one for everything overdue.
  var months: [TemplateRecord] {
    let open = overview.agenda.filter { $0.due != nil && $0.light != .green && $0.noReminder != .done }
    let overdue = open.filter { ($0.daysLeft ?? 0) < 0 }
    let ahead = Dictionary(grouping: open.filter { ($0.daysLeft ?? 0) >= 0 }) { line in
      line.due.map { $0.year * 12 + $0.month - 1 } ?? 0
    }
    // A long list opens at what comes first.
    let isLong = open.count > Self.mostOpen
    let later = ahead.keys.sorted().enumerated().map { place, index in
      month(
        "\(index / 12)年\(index % 12 + 1)月", ahead[index] ?? [], isPast: false, isFolded: isLong && place > 0)
    }
    return (overdue.isEmpty ? [] : [month("已过期限", overdue, isPast: true, isFolded: isLong)]) + later
  }

  private func month(
    _ heading: String, _ lines: [AgendaItem], isPast: Bool, isFolded: Bool
  ) -> TemplateRecord {
    var record = TemplateRecord()
    record[.count] = String(lines.count)
    record.set(.isFolded, isFolded)
    record[.monthText] = heading
    record.set(.isPast, isPast)
    let days = Dictionary(grouping: lines) { $0.due }
    record.set(.days, days.keys.compactMap { $0 }.sorted().map { day($0, days[$0] ?? []) })
    return record
  }

  private func day(_ due: CivilDate, _ lines: [AgendaItem]) -> TemplateRecord {
    var record = items.keyed(lines.map(\.light).max() ?? .blue)
    let left = due.days(since: overview.day)
    record[.dueText] = phrases.dateWithWeekday(due)
    let isReportOnly = lines.allSatisfy { $0.item.kind == .report }
    record[.left] = isReportOnly ? phrases.reportDistance(left) : phrases.distance(left)
    record[.count] = String(lines.count)
    record.set(.items, lines.map(dated))
    return record
  }

  private func dated(_ line: AgendaItem) -> TemplateRecord {
    var record = items.record(ItemLine(line))
    record[.lightKey] = line.light.rawValue
    record[.owners] =
      line.item.kind == .report
      ? ((line.daysLeft ?? 0) < 0 ? "尚有\(line.owners.count)人未报送" : "\(line.owners.count)人待报送")
      : line.owners.map { CleanText.line($0.person, limit: 40) }.joined(separator: "、")
    if case .snoozed(let snooze) = line.noReminder {
      record[.statusNote] = "暂缓提醒到\(phrases.date(snooze.until))"
    } else if line.noReminder == .submitted {
      record[.statusNote] = "已报完成，待确认"
    }
    return record
  }
}

/// What a person must see to: reports that are owed, deadlines to decide, what waits for confirmation or is put off.
extension ReportPage {
  func fillAttention(_ record: inout TemplateRecord) {
    record.set(.reportsHeading, !overview.reports.isEmpty)
    record.set(.reports, overview.reports.map(report))
    record.set(.undecidedHeading, !overview.undecided.isEmpty)
    record.set(.undecided, overview.undecided.map { items.record(ItemLine($0)) })
    record.set(.submittedHeading, !overview.submitted.isEmpty)
    record.set(.submitted, overview.submitted.map { items.record(ItemLine($0)) })
    record.set(.snoozedHeading, !overview.snoozed.isEmpty)
    record.set(
      .snoozed,
      overview.snoozed.map { line in
        var record = items.snoozed(line)
        // Who decided and why may name anybody.
        if unit != nil { (record[.snoozedBy], record[.snoozedWhy]) = ("", "") }
        return record
      })
  }

  private func report(_ report: Overview.ReportStatus) -> TemplateRecord {
    var record = items.report(report)
    record.set(
      .owingUnits,
      report.owing.grouped(by: \.unit).map { unit, people in
        var line = TemplateRecord()
        line[.unit] = CleanText.line(unit, limit: 60)
        line[.person] = people.map { CleanText.line($0.person, limit: 40) }.joined(separator: "、")
        return line
      })
    return record
  }
}

/// The rows of the table of measures.
extension ReportPage {
  /// A row; `…Key` are what the page sorts by.
  func measure(_ line: AgendaItem) -> TemplateRecord {
    var record = items.record(ItemLine(line))
    record[.lightKey] = line.light.rawValue
    // The most urgent comes first where the table is sorted by it.
    record[.lightOrder] = String(Light.allCases.sorted(by: >).firstIndex(of: line.light) ?? 0)
    let measure = line.measure
    let isDone = line.light == .green
    record[.date] = line.due?.description ?? ""
    record[.left] = isDone ? "" : line.daysLeft.map(phrases.distance) ?? ""
    record[.leftKey] = isDone ? "" : line.daysLeft.map(String.init) ?? ""
    record[.dueNote] = line.due == nil ? undated(measure) : ""
    record[.units] = (measure?.units ?? []).map { CleanText.line($0, limit: 60) }.joined(separator: "、")
    record[.person] = (measure?.persons ?? []).map { CleanText.line($0, limit: 40) }.joined(separator: "、")
    record[.progress] = CleanText.paragraphs(measure?.progress ?? "", limit: 2000)
    record[.statusText] = measure?.statusWord ?? ""
    record[.statusKey] =
      measure.flatMap { Measure.Status.allCases.firstIndex(of: $0.status) }
      .map { String($0) } ?? ""
    record[.statusNote] = note(line)
    let events = events[.init(plan: line.item.plan, measure: line.item.identity)] ?? []
    record.set(.events, events.prefix(Self.mostEvents).map(event))
    record.set(.hasEvents, !events.isEmpty)
    return record
  }

  /// How many events of a measure are listed, the newest first.
  private static let mostEvents = 30

  private func event(_ event: ItemEvent) -> TemplateRecord {
    var record = TemplateRecord(capacity: 2)
    record[.eventDate] = event.day.description
    record[.eventText] = CleanText.withoutAddresses(CleanText.line(event.text, limit: 200))
    return record
  }

  private func undated(_ measure: Measure?) -> String {
    guard let deadline = measure?.deadline else { return "" }
    return deadline.needsDecision ? "待明确" : deadline.isStanding ? "长期" : "无固定日期"
  }

  /// What people decided besides the ledger.
  private func note(_ line: AgendaItem) -> String {
    let decided =
      switch line.noReminder {
      case .done?: "已标记完成"
      case .snoozed(let snooze)?: "暂缓提醒到\(phrases.date(snooze.until))"
      default: ""
      }
    return [decided, CleanText.line(answers[line.item] ?? "", limit: 80)].filter { !$0.isEmpty }
      .joined(separator: "；")
  }
}
