internal import DubanCore

/// What a person must see to: reports that are owed, deadlines to decide, what waits for confirmation or is put off.
struct ReportAttention {
  let page: ReportPage

  func fill(_ record: inout TemplateRecord) {
    let overview = page.overview
    record.set(.reportsHeading, !overview.reports.isEmpty)
    record.set(.reports, overview.reports.map(report))
    record.set(.undecidedHeading, !overview.undecided.isEmpty)
    record.set(.undecided, overview.undecided.map { page.items.record(ItemLine($0)) })
    record.set(.submittedHeading, !overview.submitted.isEmpty)
    record.set(.submitted, overview.submitted.map { page.items.record(ItemLine($0)) })
    record.set(.snoozedHeading, !overview.snoozed.isEmpty)
    record.set(.snoozed, overview.snoozed.map(page.items.snoozed))
  }

  private func report(_ standing: Overview.ReportStanding) -> TemplateRecord {
    var record = TemplateRecord()
    let left = standing.due.days(since: page.overview.day)
    record[.dueText] = page.phrases.dateWithWeekday(standing.due)
    record[.left] = page.phrases.reportDistance(left)
    record[.owingCount] = String(standing.owing.count)
    record[.plan] =
      page.overview.plans.count > 1
      ? CleanText.line(page.items.plans[standing.plan]?.title ?? standing.plan) : ""
    record.set(.isPast, left < 0)
    var people: [String: [String]] = [:]
    var order: [String] = []
    for recipient in standing.owing {
      if people[recipient.unit] == nil { order.append(recipient.unit) }
      people[recipient.unit, default: []].append(CleanText.line(recipient.person, limit: 40))
    }
    record.set(
      .owingUnits,
      order.map { unit in
        var line = TemplateRecord()
        line[.unit] = CleanText.line(unit, limit: 60)
        line[.person] = (people[unit] ?? []).joined(separator: "、")
        return line
      })
    return record
  }
}
