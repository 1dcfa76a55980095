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

  private var overdue: [AgendaItem] { overview.overdue }

  func record() -> TemplateRecord {
    var record = TemplateRecord()
    record["planTitle"] = contacts.title
    record["heading"] = heading
    record["date"] = phrases.dateWithWeekday(phrases.today)
    record["person"] = CleanText.line(mail.recipient.person, limit: 40)
    record["unit"] = CleanText.line(mail.recipient.unit, limit: 60)
    record["summary"] = summary
    record.set("isWeekly", isWeekly)
    record.set("lights", Tallies(items: items).tiles(overview.total))
    record.set("areas", Tallies(items: items).bars(overview.areas))
    record.set("units", Tallies(items: items).bars(overview.units))
    record.set("overdue", overdue.map(overdueRecord))
    record["overdueHeading"] = overdue.isEmpty ? "" : "已逾期\(overdue.count)项"
    record["redColor"] = items.color(.red).text
    record.set("entrustedHeading", !mail.entrusted.isEmpty)
    record.set("outgoingHeading", !outgoing.isEmpty)
    record.set("reportsHeading", !overview.reports.isEmpty)
    record.set("undecidedHeading", !overview.undecided.isEmpty)
    record.set("submittedHeading", !overview.submitted.isEmpty)
    record.set("snoozedHeading", !overview.snoozed.isEmpty)
    record.set("entrusted", entrusted)
    record.set("outgoing", outgoingRecords)
    record.set("reports", overview.reports.map(reportRecord))
    record.set("undecided", overview.undecided.map { items.record(ItemLine($0)) })
    record.set("submitted", overview.submitted.map { items.record(ItemLine($0)) })
    record.set("snoozed", overview.snoozed.map(snoozeRecord))
    record.set("upcoming", upcoming)
    record.set("noticeGroups", noticeGroups)
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
    let own = mail.entrusted + mail.escalated
    return mail.reminders.filter { !own.contains($0) }
  }

  private var summary: String {
    let total = overview.total
    let closed = total.lights[.green] ?? 0
    var text = "台账共\(total.total)项整改措施，已销号\(closed)项，逾期\(overdue.count)项。"
    if overdue.isEmpty, upcoming.isEmpty { text += isWeekly ? "本周没有到期事项，系统运行正常。" : "今天没有到期事项。" }
    let receivers = Set(outgoing.map(\.recipient)).count
    text += receivers == 0 ? "今天没有发给责任人的提醒。" : "今天向\(receivers)位责任人发出提醒。"
    return text
  }

  private func overdueRecord(_ line: AgendaItem) -> TemplateRecord {
    var record = items.record(ItemLine(line))
    record.set("isEscalated", mail.escalated.contains { $0.occurrence.item == line.item })
    return record
  }

  private func snoozeRecord(_ line: AgendaItem) -> TemplateRecord {
    var record = items.record(ItemLine(line))
    guard case .snoozed(let snooze) = line.silence else { return record }
    record["snoozedUntil"] = phrases.date(snooze.until)
    record["snoozedBy"] = CleanText.line(snooze.by, limit: 40)
    record["snoozedWhy"] = CleanText.line(snooze.why)
    record.set("passesDeadline", line.due.map { $0 < snooze.until } ?? false)
    return record
  }

  private func reportRecord(_ standing: Overview.ReportStanding) -> TemplateRecord {
    var record = TemplateRecord()
    let left = standing.due.days(since: phrases.today)
    record["dueText"] = phrases.dateWithWeekday(standing.due)
    record["left"] = phrases.reportDistance(left)
    record["owingCount"] = String(standing.owing.count)
    // Who will owe a report in months is no news; how many is enough.
    record["owing"] = left > Overview.horizon ? "" : phrases.people(standing.owing)
    record["owingWrapped"] = TextWrap.lines(record["owing"], width: ItemRecords.width, indent: "    ")
    record.set("isPast", left < 0)
    record.set("isComplete", standing.owing.isEmpty)
    return record
  }

  /// Reminders by person, in the planner's order.
  private func byPerson(_ reminders: [Reminder]) -> [(recipient: Recipient, lines: [ItemLine])] {
    var order: [Recipient] = []
    for reminder in reminders where !order.contains(reminder.recipient) { order.append(reminder.recipient) }
    return order.map { recipient in
      (recipient, ItemLine.lines(of: reminders.filter { $0.recipient == recipient }))
    }
  }

  private var entrusted: [TemplateRecord] {
    byPerson(mail.entrusted).map { recipient, lines in
      var record = TemplateRecord()
      record["person"] = CleanText.line(recipient.person, limit: 40)
      record["unit"] = CleanText.line(recipient.unit, limit: 60)
      record["what"] = Headline(lines, on: phrases.today).text
      record.set("items", lines.map(items.record))
      return record
    }
  }

  /// What goes out today; people who are reminded of the same thing stand together.
  private var outgoingRecords: [TemplateRecord] {
    var groups: [(what: String, ids: String, receivers: [Recipient])] = []
    for (recipient, lines) in byPerson(outgoing) {
      let what = Headline(lines, on: phrases.today).text
      let ids = lines.filter { !$0.isReport }.map { CleanText.line($0.item.id, limit: 20) }
        .joined(separator: "、")
      if let place = groups.firstIndex(where: { $0.what == what && $0.ids == ids }) {
        groups[place].receivers.append(recipient)
      } else {
        groups.append((what, ids, [recipient]))
      }
    }
    return groups.map { group in
      var record = TemplateRecord()
      record["what"] = group.what
      record["ids"] = group.ids
      record["receivers"] = phrases.people(group.receivers)
      return record
    }
  }

  /// The next 30 days, by date.
  private var upcoming: [TemplateRecord] {
    let groups = Dictionary(grouping: overview.upcoming) { $0.due }
    return groups.keys.compactMap { $0 }.sorted().map { due in
      let lines = (groups[due] ?? []).map(ItemLine.init)
      var record = TemplateRecord()
      record["dueText"] = phrases.dateWithWeekday(due)
      record["left"] = phrases.distance(due.days(since: phrases.today))
      record["count"] = String(lines.count)
      items.light(lines.map(\.light).max() ?? .blue, into: &record)
      record.set("items", lines.map(items.record))
      return record
    }
  }

  private var noticeGroups: [TemplateRecord] {
    Notice.Kind.allCases.compactMap { kind in
      let texts = notices.filter { $0.kind == kind }.map(\.text)
      guard !texts.isEmpty else { return nil }
      var record = TemplateRecord()
      record["noticeHeading"] = kind.heading
      record.set(
        "notices",
        texts.map { text in
          var line = TemplateRecord()
          line["notice"] = CleanText.line(text, limit: 1000)
          return line
        })
      return record
    }
  }
}
