internal import DubanCore

/// The rows of the report page's table of measures.
struct ReportMeasures {
  let page: ReportPage

  /// A row; `…Key` are what the page sorts by.
  func record(_ line: AgendaItem) -> TemplateRecord {
    var record = page.items.record(ItemLine(line))
    record[.lightKey] = line.light.rawValue
    record[.lightOrder] = String(Light.allCases.firstIndex(of: line.light) ?? 0)
    let measure = line.measure
    let isSettled = line.light == .green
    record[.date] = line.due?.description ?? ""
    record[.left] = isSettled ? "" : line.daysLeft.map(page.phrases.distance) ?? ""
    record[.leftKey] = isSettled ? "" : line.daysLeft.map(String.init) ?? ""
    record[.dueNote] = line.due == nil ? undated(measure) : ""
    record[.units] = (measure?.units ?? []).map { CleanText.line($0, limit: 60) }.joined(separator: "、")
    record[.person] = (measure?.persons ?? []).map { CleanText.line($0, limit: 40) }.joined(separator: "、")
    record[.progress] = CleanText.paragraphs(measure?.progress ?? "", limit: 2000)
    record[.statusText] = measure.map { Self.word($0.status) } ?? ""
    record[.statusKey] =
      measure.flatMap { Measure.Status.allCases.firstIndex(of: $0.status) }
      .map { String($0) } ?? ""
    record[.statusNote] = note(line)
    return record
  }

  private func undated(_ measure: Measure?) -> String {
    guard let deadline = measure?.deadline else { return "" }
    return deadline.needsDecision ? "待明确" : deadline.isStanding ? "长期" : "无固定日期"
  }

  private static func word(_ status: Measure.Status) -> String {
    switch status {
    case .open: "未完成"
    case .inProgress: "推进中"
    case .submitted: "待确认销号"
    case .closed: "已销号"
    }
  }

  /// What people decided besides the ledger.
  private func note(_ line: AgendaItem) -> String {
    switch line.silence {
    case .done?: "已标记完成"
    case .snoozed(let snooze)?: "暂缓提醒到\(page.phrases.date(snooze.until))"
    default: ""
    }
  }
}
