internal import DubanCore

/// One item as a mail shows it: a reminder, or a line of the agenda.
struct ItemLine {
  var item: ItemID
  var subject: Reminder.Subject
  var due: CivilDate?
  var light: Light
  /// Whom the line is for; more than one where people share a mailbox.
  var owners: [Recipient]
  /// To whom it is escalated; empty where it is the readers' own work.
  var heads: [Recipient] = []
  /// Who else answers for it.
  var fellows: [Recipient]
  var stage: Stage?
  var reason: Reason?
  /// How often it was reminded of before, and who else has heard of it or will.
  var reminded: Int?
  var hearings: [Reminder.Hearing] = []

  init(_ reminder: Reminder) {
    reminded = reminder.reminded
    hearings = reminder.hearings
    item = reminder.occurrence.item
    subject = reminder.subject
    due = reminder.occurrence.due
    light = reminder.light
    owners = [reminder.recipient]
    fellows = reminder.fellows
    stage = reminder.stage
    reason = reminder.reason
  }

  init(_ line: AgendaItem) {
    item = line.item
    subject = line.subject
    due = line.due
    light = line.light
    owners = line.owners
    fellows = []
  }

  /// A reminder's line before others join it: one that is escalated names the owners, not whom it goes to.
  private init(alone reminder: Reminder) {
    self.init(reminder)
    if isEscalation { (heads, owners, fellows) = (owners, fellows, []) }
  }

  /// Escalated to the head of the owners' unit: the line is not the addressee's own work.
  var isEscalation: Bool { if case .escalation? = stage { true } else { false } }

  /// The item's date; nil without one.
  var occurrence: Occurrence? { due.map { Occurrence(item: item, due: $0) } }

  /// The measure's number, of a duty too; empty for a report or a summary.
  var number: String {
    switch subject {
    case .measure(let measure, _), .duty(_, let measure, _): CleanText.line(measure.id, limit: 20)
    case .report, .summary: ""
    }
  }

  /// `措施1.3“公开办事指南”`: number and title, for a sentence.
  var named: String {
    switch subject {
    case .measure(let measure, _): "措施\(number)\(CleanText.quoted(measure.title, limit: 60))"
    case .duty(let duty, _, _): "措施\(number)的定期工作\(CleanText.quoted(duty.what, limit: 60))"
    case .report: "\(reportName)报送"
    case .summary: "分管事项周报"
    }
  }

  /// `3.1“加强‘好差评’的宣传推广”`, shortened for a sentence that only says what it is about.
  var shortName: String {
    switch subject {
    case .measure(let measure, _): "\(number)\(CleanText.quoted(measure.title, limit: 24))"
    case .duty(let duty, _, _): "\(number)\(CleanText.quoted(duty.what, limit: 24))"
    case .report, .summary: ""
    }
  }

  var isReport: Bool { item.kind == .report }

  /// What is reported: 整改情况, or an area's 商事登记周报; empty for anything else.
  var reportName: String {
    if case .report(_, let part) = subject { CleanText.line(part?.title ?? "整改情况", limit: 60) } else { "" }
  }

  /// A supervisor's week; nil for anything else.
  var supervised: SupervisorSummary? { if case .summary(let summary) = subject { summary } else { nil } }

  /// An occurrence, and the stage where it is escalated; hashed without its plan: that is the same one nearly always, and
  /// its name the longest part.
  private struct Place: Hashable {
    let occurrence: Occurrence
    let escalation: Stage?

    init(_ line: ItemLine, _ occurrence: Occurrence) {
      (self.occurrence, escalation) = (occurrence, line.isEscalation ? line.stage : nil)
    }

    func hash(into hasher: inout Hasher) {
      hasher.combine(occurrence.due)
      hasher.combine(occurrence.item.id)
    }
  }

  /// Reminders as lines; those of people who share a mailbox for the same date of the same item become one, but for an
  /// owner's and a head's: each is asked something else.
  static func lines(of reminders: some Collection<Reminder>) -> [ItemLine] {
    if reminders.count == 1 { return reminders.map { ItemLine(alone: $0) } }
    var lines: [ItemLine] = []
    var places: [Place: Int] = [:]
    lines.reserveCapacity(reminders.count)
    places.reserveCapacity(reminders.count)
    for reminder in reminders {
      let line = ItemLine(alone: reminder)
      let key = Place(line, reminder.occurrence)
      if let place = places[key],
        !lines[place].isReport || lines[place].subject == line.subject
      {
        // Where it is escalated, the owners are there already.
        lines[place].heads += line.heads
        if !line.isEscalation { lines[place].owners.append(reminder.recipient) }
        lines[place].hearings = (lines[place].hearings + reminder.hearings).earliest
        lines[place].fellows.removeAll { $0 == reminder.recipient }
        continue
      }
      places[key] = lines.count
      lines.append(line)
    }
    return lines
  }
}

extension Overview.ReportStatus {
  /// What is reported, as a sentence names it: 整改情况, or an area's 商事登记周报.
  var shownName: String { name.isEmpty ? "整改情况" : CleanText.line(name, limit: 60) }
}
