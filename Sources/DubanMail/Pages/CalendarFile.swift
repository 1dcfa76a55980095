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
    let common = Common(self)
    var seen: Set<UInt128> = []
    var lastDay: (due: CivilDate, lines: CalendarLines)?
    for line in dated {
      guard let due = line.due else { continue }
      let name = Fingerprint.number(identity(of: line, due))
      // People who share a mailbox owe the same report each: one entry is enough.
      guard seen.insert(name).inserted else { continue }
      // Neighbours mostly have the same day.
      let day = lastDay.flatMap { $0.due == due ? $0.lines : nil } ?? Self.lines(of: due)
      lastDay = (due, day)
      file.add("BEGIN", "VEVENT")
      file.add("UID", "\(Fingerprint.hex(of: name))@\(domain)")
      file.add(common.head)
      file.add(day)
      file.add("SUMMARY", text: summary(of: line))
      file.add("DESCRIPTION", text: description(of: line), limit: 2000)
      file.add(common.foot)
    }
    file.add("END", "VCALENDAR")
    return file.bytes
  }

  /// What all entries of a file share.
  private struct Common {
    /// The lines after an entry's name.
    var head = CalendarLines()
    /// The lines after its texts.
    var foot = CalendarLines()

    init(_ file: CalendarFile) {
      head.add("SEQUENCE", String(file.sequence))
      head.add("DTSTAMP", CalendarFile.utc(file.at))
      foot.add(
        "ORGANIZER;CN=\(CalendarLines.quoted(file.organizer.name))", "mailto:\(file.organizer.address.text)")
      foot.add("TRANSP", "TRANSPARENT")
      foot.add("STATUS", "CONFIRMED")
      foot.add("END", "VEVENT")
    }
  }

  /// An entry's first day and, since that is where a range ends, the day after it.
  private static func lines(of due: CivilDate) -> CalendarLines {
    var lines = CalendarLines()
    lines.add("DTSTART;VALUE=DATE", day(due))
    lines.add("DTEND;VALUE=DATE", day(due.adding(days: 1)))
    return lines
  }

  private func identity(of line: ItemLine, _ due: CivilDate) -> [String] {
    var parts = ["event", line.item.plan, line.item.kind.rawValue, line.item.identity]
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
      "领域：\(area)\n\(measure.text)"
    case .report(let measures):
      measures.map { "\($0.id) \($0.title)" }.joined(separator: "\n")
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
