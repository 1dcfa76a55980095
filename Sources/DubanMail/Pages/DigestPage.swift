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
  /// Whether a person asked for it.
  let isByHand: Bool
  /// Where the report page is found.
  let reportURL: String?
  /// By which requests are decided; nil where nobody reads answers.
  let links: AnswerLinks?
  /// Where the contact's answers go.
  let sender: MailAddress
  /// The units that haven't filled in that a shared measure is done, where others have.
  var unreported: [ItemID: [String]] = [:]

  /// How many bytes of HTML a list's record has besides its values, at most.
  private static let frame = 900

  /// The same for a notice's, which is one line.
  private static let noticeFrame = 300

  /// The values, and the notices that found room: the others wait for another day.
  func filled() -> (record: TemplateRecord, included: Set<Notice>) {
    var record = TemplateRecord(capacity: 48)
    var budget = ByteBudget()
    var isShortened = false
    var included: Set<Notice> = []
    func shown<Element>(
      _ list: [Element], share: Int, _ make: (Element) -> TemplateRecord
    ) -> [TemplateRecord] {
      let records = budget.records(list, share: share, frame: Self.frame, make)
      isShortened = isShortened || list.count > records.count
      return records
    }
    func lines(_ list: [Notice], share: Int) -> [TemplateRecord] {
      let records = budget.records(list, share: share, frame: Self.noticeFrame) { text(.notice, $0.text) }
      isShortened = isShortened || list.count > records.count
      included.formUnion(list.prefix(records.count))
      return records
    }
    let outlook = overview.outlook
    let (people, entrusted) = (PersonLines.of(outgoing), PersonLines.of(mail.entrusted))
    var steps = DigestSteps(page: self, entrusted: entrusted).texts
    if steps.isEmpty, notices.contains(where: \.isFailure) { steps = ["请先处理上面“需要立即处理”的事项。"] }
    let passedOn = entrusted.filter { !isOwn($0.recipient) }
    record[.planTitle] = contacts.title
    record[.heading] = Headline.text(heading)
    record.set(.headlines, heading.map(ReminderPage.record))
    record[.preheader] =
      notices.first(where: \.isStep).map { CleanText.line($0.text, limit: 600) } ?? steps.first
      ?? summary(receivers: people.count)
    record[.date] = phrases.dateWithWeekday(phrases.today)
    record[.person] = CleanText.line(mail.recipient.person, limit: 40)
    record[.unit] = CleanText.line(mail.recipient.unit, limit: 60)
    record[.summary] = summary(receivers: people.count)
    record[.sinceLast] = sinceLast
    record[.reportLink] = reportURL ?? ""
    record.set(.isWeekly, isWeekly)
    record.set(.failures, lines(notices.filter(\.isFailure), share: 40_000))
    record.set(.hasFailures, notices.contains(where: \.isFailure))
    // What answers ask for comes first among the steps.
    let asked = notices.filter(\.isStep)
    let requests = shown(asked, share: 30_000, requestRecord)
    included.formUnion(asked.prefix(requests.count))
    record.set(.requests, requests)
    record.set(.nextSteps, shown(steps, share: 10_000) { text(.nextStep, $0) })
    record.set(.hasSteps, !asked.isEmpty || !steps.isEmpty)
    record.set(.hasRequests, links != nil && asked.contains { $0.request?.isDecidable == true })
    record.set(.noticeGroups, noticeGroups { lines($0, share: 30_000) })
    record.set(
      .behind,
      behind.map { unit in
        var record = text(.unit, unit.name)
        record[.count] = String(unit.lights[.red] ?? 0)
        return record
      })
    record.set(.hasBehind, !behind.isEmpty)
    record[.redColor] = items.lights[.red].colorText
    record[.overdueHeading] = outlook.overdue == 0 ? "" : "已逾期\(outlook.overdue)项"
    record.set(.overdueUnits, overdueUnits { shown($0, share: 30_000, $1) })
    record.set(.ownItems, entrustedRecords(entrusted.filter { isOwn($0.recipient) }, &budget))
    record.set(.entrustedHeading, !passedOn.isEmpty)
    record.set(.entrusted, entrustedRecords(passedOn, &budget))
    record.set(.lights, items.tiles(overview.total))
    record.set(.outgoingHeading, !people.isEmpty)
    let groups = OutgoingGroup.groups(people, on: phrases.today)
    record.set(.outgoing, shown(groups, share: 16_000, outgoingRecord))
    record.set(.reportsHeading, !overview.reports.isEmpty)
    record.set(.reports, shown(overview.reports, share: 10_000, reportRecord))
    record.set(.upcoming, shown(upcomingDays, share: 12_000, upcomingRecord))
    func brief(_ line: AgendaItem) -> TemplateRecord { items.record(ItemLine(line), isFull: false) }
    record.set(.undecidedHeading, !overview.undecided.isEmpty)
    record.set(.undecided, shown(overview.undecided, share: 16_000, brief))
    record.set(.submittedHeading, !overview.submitted.isEmpty)
    record.set(.submitted, shown(overview.submitted, share: 10_000, brief))
    record.set(.snoozedHeading, !overview.snoozed.isEmpty)
    record.set(.snoozed, shown(overview.snoozed, share: 10_000, items.snoozed))
    // Bars are the largest of all, several cells each.
    record.set(.areas, shown(items.bars(overview.areas), share: 24_000) { $0 })
    record.set(.units, shown(items.bars(overview.units), share: 24_000) { $0 })
    record.set(.isShortened, isShortened)
    return (record, included)
  }

  /// What an answer asks for, with the links that decide it.
  private func requestRecord(_ notice: Notice) -> TemplateRecord {
    var record = TemplateRecord(capacity: 4)
    record[.nextStep] = CleanText.line(notice.text, limit: 600)
    guard let links, let request = notice.request, request.token != nil else { return record }
    if request.isDecidable {
      record[.approveLink] = links.decision(AnswerForm.approve, of: request, to: sender)
      record[.rejectLink] = links.decision(AnswerForm.reject, of: request, to: sender)
    } else {
      record[.seenLink] = links.decision(AnswerForm.seen, of: request, to: sender)
    }
    return record
  }

  private func text(_ variable: TemplateVariable, _ text: String) -> TemplateRecord {
    var record = TemplateRecord(capacity: 1)
    record[variable] = CleanText.line(text, limit: 600)
    return record
  }

  var subject: String { "【督办\(isWeekly ? "周报" : "日报")】\(Headline.text(heading))" }

  /// `1封邮件未送达，今日到期1项，逾期2项，12月31日到期12项（剩12天）`: what failed first.
  var heading: [Headline.Part] {
    var parts: [Headline.Part] = []
    func add(_ text: String, _ note: String = "") {
      parts.append(Headline.Part(text: text, note: note, rank: 0, due: phrases.today))
    }
    let failures = notices.count { $0.kind == .delivery }
    if failures > 0 { add("投递异常\(failures)项") }
    if notices.contains(where: { $0.kind == .refusal }) { add("台账有误未更新") }
    let (outlook, today) = (overview.outlook, phrases.today)
    if let nearest = outlook.nearest, nearest.due == today { add("今日到期\(nearest.count)项") }
    add(outlook.overdue == 0 ? "无逾期" : "逾期\(outlook.overdue)项")
    if let nearest = outlook.nearest {
      if nearest.due > today {
        add(
          "\(phrases.date(nearest.due))到期\(nearest.count)项", "（剩\(nearest.due.days(since: today))天）")
      }
    } else if let due = overview.nextReports.first?.due {
      parts.append(Headline.report(Set(overview.nextReports.map(\.shownName)), due: due, phrases))
    } else {
      add("30天内无到期事项")
    }
    let passedOn = Set(mail.entrusted.map(\.recipient)).count { !isOwn($0) }
    if passedOn > 0 { add("\(passedOn)人的提醒需您转达") }
    return parts
  }

  /// Whether this is the reader's own: a contact who also answers for measures, and for no other mail.
  func isOwn(_ person: Recipient) -> Bool { person == mail.recipient }

  private var outgoing: [Reminder] {
    let own = Set((mail.entrusted + mail.escalated).map(\.key))
    return own.isEmpty ? mail.reminders : mail.reminders.filter { !own.contains($0.key) }
  }

  private func summary(receivers: Int) -> String {
    let total = overview.total
    let closed = total.lights[.green] ?? 0
    let overdue = overview.outlook.overdue
    var text = "台账共\(total.total)项整改措施，已销号\(closed)项，逾期\(overdue)项。"
    if overdue == 0, overview.upcoming.isEmpty {
      text += isWeekly ? "本周没有到期事项，系统运行正常。" : "今天没有到期事项。"
    }
    // A digest by hand doesn't know what went out today.
    guard !isByHand else { return text }
    let other = mail.entrusted.contains { isOwn($0.recipient) } ? "其他" : ""
    text += receivers == 0 ? "今天没有发给\(other)责任人的提醒。" : "今天向\(receivers)位\(other)责任人发出提醒。"
    return text
  }

  /// `自12月19日以来：新逾期2项（3.1、3.2），新销号1项。`: what is new since the digest before; empty where nothing is.
  private var sinceLast: String {
    guard let since = mail.since else { return "" }
    let late = overview.overdue.filter { line in
      line.due.map { $0 >= since && $0 < phrases.today } ?? false
    }
    let numbers =
      late.prefix(8).map { ItemLine($0).number }.joined(separator: "、") + (late.count > 8 ? "等" : "")
    let fresh = Dictionary(grouping: notices) { $0.news }.mapValues(\.count)
    let parts = [
      late.isEmpty ? nil : "新逾期\(late.count)项（\(numbers)）", fresh[.closed].map { "新销号\($0)项" },
      fresh[.reported].map { "新报送\($0)个单位" }, fresh[.moved].map { "期限调整\($0)项" },
    ].compactMap(\.self)
    return parts.isEmpty ? "" : "自\(phrases.date(since))以来：\(parts.joined(separator: "，"))。"
  }

  /// The three units with the most overdue measures.
  private var behind: [Overview.Tally] {
    let late = overview.units.filter { ($0.lights[.red] ?? 0) > 0 }
    guard late.count > 1 else { return [] }
    return Array(late.sorted { ($0.lights[.red] ?? 0) > ($1.lights[.red] ?? 0) }.prefix(3))
  }

  /// What is overdue, by the unit that answers for it first, in the order of the longest overdue.
  private func overdueUnits(
    _ shown: ([AgendaItem], (AgendaItem) -> TemplateRecord) -> [TemplateRecord]
  ) -> [TemplateRecord] {
    let fresh = Set(mail.escalated.map(\.occurrence.item))
    return overview.overdue.grouped { $0.owners.first?.unit ?? "" }.compactMap { unit, own in
      let records = shown(own) { overdueRecord($0, isNew: fresh.contains($0.item)) }
      guard !records.isEmpty else { return nil }
      var record = text(.unit, unit.isEmpty ? "未落实责任单位" : unit)
      record[.count] = String(own.count)
      record.set(.overdue, records)
      return record
    }
  }

  private func overdueRecord(_ line: AgendaItem, isNew: Bool) -> TemplateRecord {
    var record = items.record(ItemLine(line), isFull: false)
    record.set(.isEscalated, isNew || line.escalatedSince != nil)
    record.set(.isNewlyEscalated, isNew)
    record[.longOverdue] = phrases.longOverdue(for: .contact)
    return record
  }

  private func reportRecord(_ report: Overview.ReportStatus) -> TemplateRecord {
    var record = items.report(report)
    // Who will owe a report in months is no news; how many is enough.
    let isFar = report.due.days(since: phrases.today) > Overview.horizon
    record[.owing] = isFar ? "" : phrases.people(report.owing, most: ItemRecords.mostPeople)
    record[.owingWrapped] = TextWrap.lines(record[.owing], width: ItemRecords.width, indent: "    ")
    record.set(.isComplete, report.owing.isEmpty)
    return record
  }

  /// These reminders reach nobody but through this mail: each person is named with what is due, those for whom there is no
  /// line of their own together with others, and the items themselves follow below as far as there is room.
  private func entrustedRecords(_ entries: [PersonLines], _ budget: inout ByteBudget) -> [TemplateRecord] {
    func what(_ entry: PersonLines) -> String { Headline(entry.lines, on: phrases.today).text }
    func line(_ person: String, _ unit: String, _ what: String) -> TemplateRecord {
      var record = TemplateRecord()
      (record[.person], record[.unit], record[.what]) = (person, unit, what)
      return record
    }
    var records = budget.records(entries, share: 36_000, frame: 140) {
      line(
        CleanText.line($0.recipient.person, limit: 40), CleanText.line($0.recipient.unit, limit: 60), what($0)
      )
    }
    let rest = Dictionary(grouping: entries.dropFirst(records.count), by: what).sorted { $0.key < $1.key }
      .flatMap { what, entries in
        stride(from: 0, to: entries.count, by: 20).map { (what, entries[$0..<min($0 + 20, entries.count)]) }
      }
    let grouped = budget.records(rest, share: 30_000, frame: 140) { what, entries in
      line("\(entries.count)人", phrases.people(entries.map(\.recipient), most: 20), what)
    }
    for place in records.indices {
      let lines = budget.records(entries[place].lines, share: 12_000, frame: 2600) { items.record($0) }
      records[place].set(.items, lines)
    }
    let unnamed = rest.dropFirst(grouped.count).reduce(0) { $0 + $1.1.count }
    let last = unnamed == 0 ? [] : [line("另有\(unnamed)人", "名单从略", "请系统管理员运行 duban plan 查看")]
    return records + grouped + last
  }

  private func outgoingRecord(_ group: OutgoingGroup) -> TemplateRecord {
    var record = TemplateRecord()
    record[.what] = group.what
    record[.ids] = group.ids
    record[.receivers] = phrases.people(group.receivers, most: ItemRecords.mostPeople)
    return record
  }

  /// What is due in the next 30 days, date by date.
  private var upcomingDays: [(due: CivilDate, items: [AgendaItem])] {
    overview.upcoming.grouped(by: \.due).compactMap { due, items in due.map { ($0, items) } }
  }

  /// How many are due on a date, and the first of them.
  private func upcomingRecord(_ due: CivilDate, _ listed: [AgendaItem]) -> TemplateRecord {
    var record = TemplateRecord()
    record[.dueText] = phrases.dateWithWeekday(due)
    let left = due.days(since: phrases.today)
    let isReport = listed.allSatisfy { $0.item.kind == .report }
    record[.left] = isReport ? phrases.reportDistance(left) : phrases.distance(left)
    record[.count] = String(listed.count)
    items.light(listed.map(\.light).max() ?? .blue, into: &record)
    let own = listed.prefix(Self.mostOfDay)
    record.set(.items, own.map { items.record(ItemLine($0), isFull: false) })
    record[.moreCount] = listed.count > own.count ? String(listed.count - own.count) : ""
    return record
  }

  /// How many items of one date are listed.
  private static let mostOfDay = 12

  private func noticeGroups(_ lines: ([Notice]) -> [TemplateRecord]) -> [TemplateRecord] {
    Notice.Kind.allCases.compactMap { kind in
      let own = notices.filter { $0.kind == kind && !$0.isFailure && !$0.isStep }
      let records = lines(own)
      guard !records.isEmpty else { return nil }
      var record = text(.noticeHeading, kind.heading)
      record.set(.notices, records)
      return record
    }
  }
}

/// What goes out today to people who are reminded of the same thing.
struct OutgoingGroup {
  /// More nobody reads in a mail.
  static let mostGroups = 100

  let what: String
  let ids: String
  var receivers: [Recipient]

  /// The people by what they are reminded of, in their order: all groups that a digest shows, and one more where there
  /// are more.
  static func groups(_ people: [PersonLines], on today: CivilDate) -> [OutgoingGroup] {
    var groups: [OutgoingGroup] = []
    // By the items' numbers, which are quickly said: nearly always different ones for everybody.
    var places: [String: [Int]] = [:]
    for person in people {
      let ids = ids(of: person.lines)
      let alike = places[ids] ?? []
      let isFull = groups.count > Self.mostGroups
      if isFull, alike.isEmpty { continue }
      let what = Headline(person.lines, on: today).text
      if let place = alike.first(where: { groups[$0].what == what }) {
        groups[place].receivers.append(person.recipient)
      } else if !isFull {
        places[ids, default: []].append(groups.count)
        groups.append(OutgoingGroup(what: what, ids: ids, receivers: [person.recipient]))
      }
    }
    return groups
  }

  private static func ids(of lines: [ItemLine]) -> String {
    lines.map(\.number).filter { !$0.isEmpty }.prefix(20)
      .joined(separator: "、")
  }
}

/// What one person is reminded of.
struct PersonLines {
  let recipient: Recipient
  let lines: [ItemLine]

  /// Reminders by person: the people as they come first, each one's lines in the reminders' order.
  static func of(_ reminders: [Reminder]) -> [PersonLines] {
    reminders.grouped(by: \.recipient).map { PersonLines(recipient: $0, lines: ItemLine.lines(of: $1)) }
  }
}
