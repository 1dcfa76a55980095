internal import DubanCore

/// Turns items into the named values that templates print.
struct ItemRecords {
  let phrases: Phrases
  let lights: LightLooks
  let templates: TemplateSet
  let use: TemplateSet.Use
  /// Titles by key, for mails that span several plans.
  let plans: [String: Plan]

  /// Columns of a plain text line: 36 Chinese characters.
  static let width = 72
  /// How many people are named in one place: more nobody reads in a mail.
  static let mostPeople = 30

  /// One item; see docs/templates.md for the names. Without `isFull` it has no text, and only the first owners.
  func record(_ line: ItemLine, isFull: Bool = true) -> TemplateRecord {
    var record = TemplateRecord(capacity: 24)
    light(line.light, into: &record)
    if let due = line.due {
      let date = phrases.date(due)
      record[.date] = date
      record[.weekday] = due.weekday.chinese
      record[.dueText] = "\(date)（\(due.weekday.chinese)）\(line.isReport ? "前报送" : "到期")"
      let left = due.days(since: phrases.today)
      record[.left] = line.isReport ? phrases.reportDistance(left) : phrases.distance(left)
    } else {
      record[.date] = "长期"
      record[.dueText] = "长期坚持"
      record[.left] = "不设期限"
    }
    subject(line.subject, of: line.item, isFull: isFull, into: &record)
    if plans.count > 1 { record[.plan] = CleanText.line(plans[line.item.plan]?.title ?? line.item.plan) }
    record[.owners] = phrases.people(line.owners, most: isFull ? Self.mostPeople : 6)
    if isFull { record[.fellows] = phrases.people(line.fellows, most: Self.mostPeople) }
    // The built-in templates give one reason for all items.
    if let reason = line.reason, templates.mention(.itemReason, for: use) {
      record[.itemReason] = phrases.reason(reason, isReport: line.isReport)
    }
    record.set(.isEscalation, line.isEscalation)
    return record
  }

  private func subject(
    _ subject: Reminder.Subject, of item: ItemID, isFull: Bool, into record: inout TemplateRecord
  ) {
    switch subject {
    case .measure(let measure, let area):
      describe(measure, area: area, isFull: isFull, into: &record)
    case .duty(let duty, let measure, let area):
      describe(measure, area: area, isFull: false, into: &record)
      record[.measureTitle] = record[.title]
      record[.title] = CleanText.line(duty.what)
      record.set(.isDuty, true)
    case .report(let measures):
      record[.title] = "报送整改情况"
      record.set(.isReport, true)
      record[.measureCount] = String(measures.count)
    }
  }

  private func describe(_ measure: Measure, area: String, isFull: Bool, into record: inout TemplateRecord) {
    record[.id] = CleanText.line(measure.id, limit: 20)
    record[.title] = CleanText.line(measure.title, limit: isFull ? 500 : 120)
    let text = isFull ? CleanText.paragraphs(measure.text) : ""
    record[.text] = text
    record[.textWrapped] = isFull ? TextWrap.lines(text, width: Self.width, indent: "    ") : ""
    record[.area] = CleanText.line(area, limit: 60)
    record[.deadline] = CleanText.line(measure.deadline.text, limit: 60)
    record[.progress] = CleanText.line(measure.progress, limit: isFull ? 500 : 80)
  }

  /// A measure that a report is about, numbered for the table to answer in.
  func measure(_ measure: Measure, number: Int) -> TemplateRecord {
    var record = TemplateRecord(capacity: 12)
    record[.number] = String(number)
    describe(measure, area: "", isFull: false, into: &record)
    return record
  }

  /// An item that a person put off.
  func snoozed(_ line: AgendaItem) -> TemplateRecord {
    var record = record(ItemLine(line), isFull: false)
    guard case .snoozed(let snooze) = line.silence else { return record }
    record[.snoozedUntil] = phrases.date(snooze.until)
    record[.snoozedBy] = CleanText.line(snooze.by, limit: 40)
    record[.snoozedWhy] = CleanText.line(snooze.why)
    record.set(.passesDeadline, line.due.map { $0 < snooze.until } ?? false)
    return record
  }

  /// Name and colours of a light.
  func light(_ light: Light, into record: inout TemplateRecord) {
    let look = lights[light]
    record[.light] = look.name
    record[.lightColor] = look.colorText
    record[.lightTint] = look.tint
  }
}
