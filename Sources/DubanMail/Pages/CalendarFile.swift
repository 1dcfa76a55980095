internal import DubanCore

/// The `.ics` file of a mail (RFC 5545, with METHOD:PUBLISH of RFC 5546): one all-day entry per deadline.
///
/// An entry is known by its item, so that a deadline that moves takes its entry along; an item with several
/// dates has an entry for each.
struct CalendarFile {
  let domain: String
  /// The sender, for a plan whose office isn't known here.
  let organizer: Letter.Mailbox
  let contacts: ContactRecords
  let at: Timestamp
  /// Grows with every mail: minutes since 1970, so that the newest version wins in the calendar.
  private var sequence: Int64 { at.seconds / 60 }

  /// The file as text, or nil when no line has a date and no entry of an earlier mail has changed.
  func text(of lines: [ItemLine], _ changes: [OwnerNote.CalendarChange] = []) -> String? {
    bytes(of: lines, changes).map { String(decoding: $0, as: UTF8.self) }
  }

  /// The same in UTF-8.
  func bytes(of lines: [ItemLine], _ changes: [OwnerNote.CalendarChange] = []) -> [UInt8]? {
    // What a head or a supervisor hears of is other people's work, and no entry of theirs.
    let dated = lines.lazy.filter { $0.due != nil && $0.supervised == nil && !$0.isEscalation }
      .prefix(Self.mostEntries)
    guard !dated.isEmpty || !changes.isEmpty else { return nil }
    var file = CalendarLines()
    file.add("BEGIN", "VCALENDAR")
    file.add("VERSION", "2.0")
    file.add("PRODID", "-//duban//duban//ZH")
    file.add("METHOD", "PUBLISH")
    let head = head
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
      file.add(head)
      file.add(day)
      file.add("SUMMARY", text: summary(of: line))
      file.add("DESCRIPTION", text: description(of: line), limit: 2000)
      end(line.item.plan, alarm: summary(of: line), &file)
    }
    // An entry that another person of the same mailbox takes over stays.
    let changes = changes.prefix(Self.mostEntries)
    for change in changes { add(change, change.new, head, &seen, to: &file) }
    for change in changes { add(change, change.old, isCancelled: true, head, &seen, to: &file) }
    file.add("END", "VCALENDAR")
    return file.bytes
  }

  /// Moves or cancels the entries that earlier mails made of a measure's dates.
  private func add(
    _ change: OwnerNote.CalendarChange, _ dates: [CivilDate], isCancelled: Bool = false,
    _ head: CalendarLines,
    _ seen: inout Set<UInt128>, to file: inout CalendarLines
  ) {
    let summary = Self.summary(change.item.id, change.title)
    for due in dates {
      let name = Fingerprint.number(
        Self.identity(of: change.item, due, moves: dates.count == 1 && !change.isOneOfSeveral))
      guard seen.insert(name).inserted else { continue }
      file.add("BEGIN", "VEVENT")
      file.add("UID", "\(Fingerprint.hex(of: name))@\(domain)")
      file.add(head)
      file.add(Self.lines(of: due))
      file.add("SUMMARY", text: summary)
      if !change.new.isEmpty {
        file.add("DESCRIPTION", text: Self.description(change.area, change.text), limit: 2000)
      }
      end(change.item.plan, alarm: isCancelled ? nil : summary, &file)
    }
  }

  /// More deadlines than that nobody takes from a mail.
  private static let mostEntries = 200

  /// The lines after an entry's name.
  private var head: CalendarLines {
    var head = CalendarLines()
    head.add("SEQUENCE", String(sequence))
    head.add("DTSTAMP", Self.utc(at))
    return head
  }

  /// The lines after an entry's texts: whom to ask, and an alarm at nine on the day before. Without an alarm's text the
  /// entry is cancelled.
  private func end(_ plan: String, alarm: String?, _ file: inout CalendarLines) {
    let office = contacts.mailbox(ofPlan: plan) ?? organizer
    file.add("ORGANIZER;CN=\(CalendarLines.quoted(office.name))", "mailto:\(office.address.text)")
    if let contact = contacts.contact(ofPlan: plan) {
      file.add("CONTACT", text: ContactRecords.line(contact), limit: 200)
    }
    file.add("TRANSP", "TRANSPARENT")
    file.add("STATUS", alarm == nil ? "CANCELLED" : "CONFIRMED")
    if let alarm {
      file.add("BEGIN", "VALARM")
      file.add("ACTION", "DISPLAY")
      file.add("TRIGGER", "-PT15H")
      file.add("DESCRIPTION", text: alarm)
      file.add("END", "VALARM")
    }
    file.add("END", "VEVENT")
  }

  /// An entry's first day and, since that is where a range ends, the day after it.
  private static func lines(of due: CivilDate) -> CalendarLines {
    var lines = CalendarLines()
    lines.add("DTSTART;VALUE=DATE", day(due))
    lines.add("DTEND;VALUE=DATE", day(due.adding(days: 1)))
    return lines
  }

  private func identity(of line: ItemLine, _ due: CivilDate) -> [String] {
    let moves: Bool
    switch line.subject {
    case .measure(let measure, _): moves = measure.deadline.dueDates.count == 1
    case .duty, .report, .summary: moves = false
    }
    return Self.identity(of: line.item, due, moves: moves)
  }

  private static func identity(of item: ItemID, _ due: CivilDate, moves: Bool) -> [String] {
    ["event", item.plan, item.kind.rawValue, item.identity] + (moves ? [] : [due.description])
  }

  private func summary(of line: ItemLine) -> String {
    switch line.subject {
    case .measure(let measure, _): Self.summary(measure.id, measure.title)
    case .duty(let duty, let measure, _): "定期工作到期：\(CleanText.line("\(measure.id) \(duty.what)", limit: 200))"
    case .report: "\(line.reportName)报送截止"
    case .summary: ""
    }
  }

  private static func summary(_ id: String, _ title: String) -> String {
    "整改到期：\(CleanText.line("\(id) \(title)", limit: 200))"
  }

  private static func description(_ area: String, _ text: String) -> String { "领域：\(area)\n\(text)" }

  private func description(of line: ItemLine) -> String {
    switch line.subject {
    case .measure(let measure, let area), .duty(_, let measure, let area):
      Self.description(area, measure.text)
    case .report(let measures, _):
      measures.map { "\($0.id) \($0.title)" }.joined(separator: "\n")
    case .summary: ""
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

/// Content lines of RFC 5545, section 3.1: folded at 75 octets, never inside a character, ended by CRLF.
struct CalendarLines {
  private static let limit = 75

  /// The file so far, in UTF-8.
  private(set) var bytes: [UInt8] = []
  /// The octets of the open line.
  private var width = 0

  /// The file so far.
  var text: String { String(decoding: bytes, as: UTF8.self) }

  /// A line whose value is ours and needs no escaping.
  mutating func add(_ name: String, _ value: String) {
    put(name)
    put(":")
    put(value)
    end()
  }

  /// Finished lines.
  mutating func add(_ lines: CalendarLines) { bytes += lines.bytes }

  /// A line whose value is TEXT (section 3.3.11) of at most `limit` characters.
  mutating func add(_ name: String, text: String, limit: Int = 6000) {
    var escaped: [UInt8] = []
    // By byte: with a combining mark a comma is another character.
    for byte in CleanText.paragraphs(text, limit: limit).utf8 {
      switch byte {
      case UInt8(ascii: "\n"): escaped += "\\n".utf8
      case UInt8(ascii: "\\"), UInt8(ascii: ";"), UInt8(ascii: ","): escaped += [UInt8(ascii: "\\"), byte]
      default: escaped.append(byte)
      }
    }
    put(name)
    put(":")
    put(escaped)
    end()
  }

  /// A parameter's value in quotes, which may hold anything but quotes and control characters (section 3.2).
  static func quoted(_ text: String) -> String {
    let quote = UInt8(ascii: "\"")
    let inside = CleanText.line(text, limit: 60).utf8.map { $0 == quote ? UInt8(ascii: "'") : $0 }
    return String(decoding: [quote] + inside + [quote], as: UTF8.self)
  }

  private mutating func put(_ text: String) { put(Array(text.utf8)) }

  /// Appends whole characters, as many to a line as fit.
  private mutating func put(_ text: [UInt8]) {
    var text = text[...]
    while text.count > Self.limit - width {
      var next = text.startIndex + Self.limit - width
      while next > text.startIndex, text[next] & 0xC0 == 0x80 { next -= 1 }
      bytes += text[..<next]
      end()
      bytes.append(32)
      width = 1
      text = text[next...]
    }
    bytes += text
    width += text.count
  }

  private mutating func end() {
    bytes.append(13)
    bytes.append(10)
    width = 0
  }
}
