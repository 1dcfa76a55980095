internal import DubanCore

/// A supervisor's week in a mail: what is overdue, due and done, and nothing else.
extension ReminderPage {
  /// `共12项：已办结4项（待销号1项），逾期2项，30天内到期3项`.
  func supervisedText(_ line: ItemLine) -> String {
    guard let summary = line.supervised else { return "" }
    let waiting = summary.done.count { $0.light != .green }
    let plan = items.plans.count > 1 ? items.plans[line.item.plan]?.title : nil
    return (plan.map { "（《\(CleanText.line($0, limit: 60))》）" } ?? "")
      + "共\(summary.total)项：已办结\(summary.done.count)项" + (waiting > 0 ? "（待销号\(waiting)项）" : "")
      + "，逾期\(summary.overdue.count)项，\(Overview.horizon)天内到期\(summary.due.count)项"
  }

  /// The lists of a plan's measures.
  func supervisedRecord(_ line: ItemLine, _ budget: inout ByteBudget) -> TemplateRecord {
    var record = TemplateRecord(capacity: 4)
    guard let summary = line.supervised else { return record }
    if items.plans.count > 1 { record[.plan] = CleanText.line(items.plans[line.item.plan]?.title ?? "") }
    record[.scope] = Self.scope(summary)
    let lists = [
      ("已逾期", summary.overdue, 24_000), ("\(Overview.horizon)天内到期", summary.due, 16_000),
      ("已办结", summary.done, 10_000),
    ]
    var groups: [TemplateRecord] = []
    for (name, list, share) in lists where !list.isEmpty {
      let shown = budget.records(list, share: share, frame: 1000, supervisedLine)
      var group = TemplateRecord(capacity: 3)
      group[.groupHeading] = "\(name)\(list.count)项"
      group.set(.brief, shown)
      group[.moreCount] = list.count > shown.count ? String(list.count - shown.count) : ""
      groups.append(group)
    }
    record.set(.groups, groups)
    return record
  }

  private func supervisedLine(_ line: AgendaItem) -> TemplateRecord {
    var record = items.record(ItemLine(line), isFull: false)
    if line.light == .green {
      record[.left] = record[.light]
    } else if line.noReminder == .submitted {
      record[.left] = "待销号"
    }
    return record
  }

  /// `区市场监管局、规划建设部；领域：商事登记`.
  private static func scope(_ summary: SupervisorSummary) -> String {
    func names(_ names: [String]) -> String {
      names.prefix(ItemRecords.mostPeople).map { CleanText.line($0, limit: 60) }.joined(separator: "、")
        + (names.count > ItemRecords.mostPeople ? "等\(names.count)个" : "")
    }
    return [names(summary.units), summary.areas.isEmpty ? "" : "领域：\(names(summary.areas))"]
      .filter { !$0.isEmpty }.joined(separator: "；")
  }
}
