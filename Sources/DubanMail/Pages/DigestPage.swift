internal import DubanCore

/// Everything that the contact's digest says, as named values for its templates.
struct DigestPage {
  let phrases: Phrases
  let items: ItemRecords
  let contacts: ContactRecords
  let mail: PlannedMail
  let overview: Overview
  let notices: [Notice]
  let isWeekly: Bool

  /// How many lines a list has at most: more nobody reads in a mail, and relays refuse what gets too large. What is said
  /// nowhere else, the reminders to be passed on and the notices, is never cut.
  static let mostLines = Overview.mostLines

  func record() -> TemplateRecord {
    var record = TemplateRecord()
    var isShortened = false
    func shown<Element>(_ list: [Element], of count: Int? = nil) -> [Element] {
      isShortened = isShortened || (count ?? list.count) > Self.mostLines
      return Array(list.prefix(Self.mostLines))
    }
    let (outlook, attention) = (overview.outlook, overview.attention)
    let overdue = shown(overview.overdue, of: outlook.overdue)
    let outgoing = PersonLines.of(outgoing)
    let newlyEscalated = mail.escalated.items(among: Set(overdue.map(\.item)))
    record[.planTitle] = contacts.title
    record[.heading] = heading
    record[.date] = phrases.dateWithWeekday(phrases.today)
    record[.person] = CleanText.line(mail.recipient.person, limit: 40)
    record[.unit] = CleanText.line(mail.recipient.unit, limit: 60)
    record[.summary] = summary(receivers: outgoing.count)
    record.set(.isWeekly, isWeekly)
    record.set(.lights, Tallies(items: items).tiles(overview.total))
    record.set(.areas, Tallies(items: items).bars(shown(overview.areas)))
    record.set(.units, Tallies(items: items).bars(shown(overview.units)))
    record.set(.overdue, overdue.map { overdueRecord($0, isNew: newlyEscalated.contains($0.item)) })
    record[.overdueHeading] = outlook.overdue == 0 ? "" : "已逾期\(outlook.overdue)项"
    record[.redColor] = items.lights[.red].colorText
    record.set(.entrustedHeading, !mail.entrusted.isEmpty)
    record.set(.outgoingHeading, !outgoing.isEmpty)
    record.set(.reportsHeading, !overview.reports.isEmpty)
    record.set(.undecidedHeading, attention.undecided > 0)
    record.set(.submittedHeading, attention.submitted > 0)
    record.set(.snoozedHeading, attention.snoozed > 0)
    record.set(.entrusted, PersonLines.of(mail.entrusted).map(entrustedRecord))
    record.set(.outgoing, shown(OutgoingGroup.groups(outgoing, on: phrases.today)).map(outgoingRecord))
    record.set(.reports, overview.reports.map(reportRecord))
    record.set(
      .undecided, shown(overview.undecided, of: attention.undecided).map { items.record(ItemLine($0)) })
    record.set(
      .submitted, shown(overview.submitted, of: attention.submitted).map { items.record(ItemLine($0)) })
    record.set(.snoozed, shown(overview.snoozed, of: attention.snoozed).map(snoozeRecord))
    let ahead = attention.upcoming.reduce(0) { $0 + $1.count }
    record.set(.upcoming, upcoming(shown(overview.upcoming, of: ahead)))
    record.set(.noticeGroups, noticeGroups)
    record.set(.isShortened, isShortened)
    record[.mostLines] = String(Self.mostLines)
    return record
  }

  var subject: String { "【督办\(isWeekly ? "周报" : "日报")】\(heading)" }

  /// `逾期2项，30天内到期10项`.
  var heading: String {
    let outlook = overview.outlook
    var parts = [outlook.overdue == 0 ? "无逾期" : "逾期\(outlook.overdue)项"]
    if let nearest = outlook.nearest {
      let left = nearest.due.days(since: phrases.today)
      parts.append(
        left == 0
          ? "\(nearest.count)项今日到期" : "\(nearest.count)项\(phrases.date(nearest.due))到期（还剩\(left)天）")
    } else {
      parts.append("30天内无到期事项")
    }
    if !mail.entrusted.isEmpty { parts.append("\(Set(mail.entrusted.map(\.recipient)).count)人需代为转达") }
    return parts.joined(separator: "，")
  }

  private var outgoing: [Reminder] {
    let own = Set((mail.entrusted + mail.escalated.made).map(\.key))
    return own.isEmpty ? mail.reminders : mail.reminders.filter { !own.contains($0.key) }
  }

  private func summary(receivers: Int) -> String {
    let total = overview.total
    let closed = total.lights[.green] ?? 0
    let overdue = overview.outlook.overdue
    var text = "台账共\(total.total)项整改措施，已销号\(closed)项，逾期\(overdue)项。"
    if overdue == 0, overview.attention.upcoming.isEmpty {
      text += isWeekly ? "本周没有到期事项，系统运行正常。" : "今天没有到期事项。"
    }
    text += receivers == 0 ? "今天没有发给责任人的提醒。" : "今天向\(receivers)位责任人发出提醒。"
    return text
  }

  private func overdueRecord(_ line: AgendaItem, isNew: Bool) -> TemplateRecord {
    var record = items.record(ItemLine(line))
    record.set(.isEscalated, isNew || line.escalatedSince != nil)
    record.set(.isNewlyEscalated, isNew)
    return record
  }

  private func snoozeRecord(_ line: AgendaItem) -> TemplateRecord {
    var record = items.record(ItemLine(line))
    guard case .snoozed(let snooze) = line.silence else { return record }
    record[.snoozedUntil] = phrases.date(snooze.until)
    record[.snoozedBy] = CleanText.line(snooze.by, limit: 40)
    record[.snoozedWhy] = CleanText.line(snooze.why)
    record.set(.passesDeadline, line.due.map { $0 < snooze.until } ?? false)
    return record
  }

  private func reportRecord(_ standing: Overview.ReportStanding) -> TemplateRecord {
    var record = TemplateRecord()
    let left = standing.due.days(since: phrases.today)
    record[.dueText] = phrases.dateWithWeekday(standing.due)
    record[.left] = phrases.reportDistance(left)
    record[.owingCount] = String(standing.owing.count)
    // Who will owe a report in months is no news; how many is enough.
    record[.owing] = left > Overview.horizon ? "" : crowd(standing.owing)
    record.set(.owingWrapped, utf8: TextWrap.utf8(record[.owing], width: ItemRecords.width, indent: "    "))
    record.set(.isPast, left < 0)
    record.set(.isComplete, standing.owing.isEmpty)
    return record
  }

  /// The people by name, as many as anybody reads.
  private func crowd(_ people: [Recipient]) -> String {
    let names = phrases.people(Array(people.prefix(Self.mostLines)))
    return people.count > Self.mostLines ? "\(names)等\(people.count)人" : names
  }

  private func entrustedRecord(_ entry: PersonLines) -> TemplateRecord {
    var record = TemplateRecord()
    record[.person] = CleanText.line(entry.recipient.person, limit: 40)
    record[.unit] = CleanText.line(entry.recipient.unit, limit: 60)
    record[.what] = Headline(entry.lines, on: phrases.today).text
    record.set(.items, entry.lines.map(items.record))
    return record
  }

  private func outgoingRecord(_ group: OutgoingGroup) -> TemplateRecord {
    var record = TemplateRecord()
    record[.what] = group.what
    record[.ids] = group.ids
    record[.receivers] = crowd(group.receivers)
    return record
  }

  /// The next 30 days, by date: each with how many are due, and the first of all with what they are.
  private func upcoming(_ listed: [AgendaItem]) -> [TemplateRecord] {
    overview.attention.upcoming.map { day in
      var record = TemplateRecord()
      record[.dueText] = phrases.dateWithWeekday(day.due)
      record[.left] = phrases.distance(day.due.days(since: phrases.today))
      record[.count] = String(day.count)
      items.light(day.light, into: &record)
      record.set(.items, listed.filter { $0.due == day.due }.map { items.record(ItemLine($0)) })
      return record
    }
  }

  private var noticeGroups: [TemplateRecord] {
    Notice.Kind.allCases.compactMap { kind in
      let texts = notices.filter { $0.kind == kind }.map(\.text)
      guard !texts.isEmpty else { return nil }
      var record = TemplateRecord()
      record[.noticeHeading] = kind.heading
      record.set(
        .notices,
        texts.map { text in
          var line = TemplateRecord()
          line[.notice] = CleanText.line(text, limit: 1000)
          return line
        })
      return record
    }
  }
}
