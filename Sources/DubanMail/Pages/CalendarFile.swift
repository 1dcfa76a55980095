internal import DubanCore

/// The `.ics` file of a mail (RFC 5545, with METHOD:PUBLISH of RFC 5546): one all-day entry per deadline.
///
/// An entry is told apart by its item, so that a deadline that moves takes its entry along; an item with several
/// dates has an entry for each.
struct CalendarFile {
  let domain: String
  let organizer: Letter.Mailbox
  let at: Timestamp
  /// Grows with every mail: minutes since 1970, so that the newest version wins in the calendar.
  private var sequence: Int64 { at.seconds / 60 }

  /// The file as text, or nil when no line has a date.
  func text(of lines: [ItemLine]) -> String? { bytes(of: lines).map { String(decoding: $0, as: UTF8.self) } }

  /// The file in UTF-8, or nil when no line has a date.
  func bytes(of lines: [ItemLine]) -> [UInt8]? {
    let dated = lines.filter { $0.due != nil }
    guard !dated.isEmpty else { return nil }
    var file = CalendarLines()
    file.add("BEGIN", "VCALENDAR")
    file.add("VERSION", "2.0")
    file.add("PRODID", "-//duban//duban//ZH")
    file.add("METHOD", "PUBLISH")
    let common = Common(
      sequence: String(sequence), stamp: Self.utc(at),
      organizer: "ORGANIZER;CN=\(CalendarLines.quoted(organizer.name))",
      mailbox: "mailto:\(organizer.address.text)")
    var seen: Set<String> = []
    for line in dated {
      guard let due = line.due else { continue }
      let name = Fingerprint.hex(identity(of: line, due))
      // People who share a mailbox owe the same report each: one entry is enough.
      if seen.insert(name).inserted { add(line, due, name, common, to: &file) }
    }
    file.add("END", "VCALENDAR")
    return file.bytes
  }

  /// What all entries of a file share.
  private struct Common {
    let sequence: String
    let stamp: String
    let organizer: String
    let mailbox: String
  }

  private func add(
    _ line: ItemLine, _ due: CivilDate, _ name: String, _ common: Common, to file: inout CalendarLines
  ) {
    file.add("BEGIN", "VEVENT")
    file.add("UID", "\(name)@\(domain)")
    file.add("SEQUENCE", common.sequence)
    file.add("DTSTAMP", common.stamp)
    file.add("DTSTART;VALUE=DATE", Self.day(due))
    file.add("DTEND;VALUE=DATE", Self.day(due.adding(days: 1)))
    file.add("SUMMARY", text: summary(of: line))
    file.add("DESCRIPTION", text: description(of: line))
    file.add(common.organizer, common.mailbox)
    file.add("TRANSP", "TRANSPARENT")
    file.add("STATUS", "CONFIRMED")
    file.add("END", "VEVENT")
  }

  private func identity(of line: ItemLine, _ due: CivilDate) -> [String] {
    var parts = ["event", line.item.plan, line.item.kind.rawValue, line.item.id]
    let moves: Bool
    switch line.subject {
    case .measure(let measure, _): moves = measure.deadline.dueDates.count == 1
    case .duty, .report: moves = false
    }
    if !moves { parts.append(due.description) }
    return parts
  }

  private func summary(of line: ItemLine) -> String {
    switch line.subject {
    case .measure(let measure, _): "整改到期：\(CleanText.line("\(measure.id) \(measure.title)", limit: 200))"
    case .duty(let duty, let measure, _): "定期工作到期：\(CleanText.line("\(measure.id) \(duty.what)", limit: 200))"
    case .report: "整改情况报送截止"
    }
  }

  private func description(of line: ItemLine) -> String {
    switch line.subject {
    case .measure(let measure, let area), .duty(_, let measure, let area):
      CleanText.paragraphs("领域：\(area)\n\(measure.text)", limit: 2000)
    case .report(let measures):
      CleanText.paragraphs(measures.map { "\($0.id) \($0.title)" }.joined(separator: "\n"), limit: 2000)
    }
  }

  private static func day(_ date: CivilDate) -> String {
    let (year, month, day) = date.components
    return "\(MailDate.four(year))\(MailDate.two(month))\(MailDate.two(day))"
  }

  private static func utc(_ moment: Timestamp) -> String {
    let second = moment.secondOfDay(utcOffset: 0)
    let time =
      "\(MailDate.two(second / 3600))\(MailDate.two(second / 60 % 60))\(MailDate.two(second % 60))"
    return "\(day(moment.day(utcOffset: 0)))T\(time)Z"
  }
}
