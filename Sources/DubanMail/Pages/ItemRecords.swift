internal import DubanCore

/// Turns items into the named values that templates print.
struct ItemRecords {
  let phrases: Phrases
  let lights: LightLooks
  let templates: TemplateSet
  let use: TemplateSet.Use
  /// Titles by key, for mails that span several plans.
  let plans: [String: Plan]
  /// What was answered last about an item.
  var answered: [ItemID: String] = [:]

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
    record[.plan] = planTitle(line.item.plan)
    record[.owners] = phrases.people(line.owners, most: isFull ? Self.mostPeople : 6)
    if isFull { record[.fellows] = phrases.people(line.fellows, most: Self.mostPeople) }
    // The built-in templates give one reason for all items.
    if let reason = line.reason, templates.mention(.itemReason, for: use) {
      record[.itemReason] = phrases.reason(reason, of: line.item.kind)
    }
    record.set(.isEscalation, line.isEscalation)
    record[.follows] = follows(line)
    return record
  }

  /// `第3次提醒；12月16日答复：申请延期（待确认）；已于1月9日报单位第一责任人；1月20日起报分管领导`: what was sent and answered before, and
  /// what follows once it is due.
  private func follows(_ line: ItemLine) -> String {
    guard !line.isEscalation else { return "" }
    let before = line.reminded.flatMap { $0 > 0 ? "第\($0 + 1)次提醒" : nil }
    let hearings = line.hearings.map { hearing in
      let whom =
        switch hearing.level {
        case .head: "单位第一责任人"
        case .supervisor: "分管领导"
        case .contact: "联系人"
        }
      if hearing.day == phrases.today { return "今日报\(whom)" }
      let date = phrases.date(hearing.day)
      return hearing.day < phrases.today ? "已于\(date)报\(whom)" : "\(date)起报\(whom)"
    }
    let answer = answered[line.item].map { CleanText.line($0, limit: 120) }
    return ([before, answer].compactMap(\.self) + hearings).joined(separator: "；")
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
    case .report(let measures, let part):
      record[.reportName] = CleanText.line(part?.title ?? "整改情况", limit: 60)
      record[.title] = "报送\(record[.reportName])"
      record.set(.isReport, true)
      record[.measureCount] = String(measures.count)
    case .summary: record[.title] = "分管事项周报"
    }
  }

  private func describe(_ measure: Measure, area: String, isFull: Bool, into record: inout TemplateRecord) {
    record[.id] = CleanText.line(measure.id, limit: 20)
    record[.title] = CleanText.line(measure.title, limit: isFull ? 500 : 120)
    let text = isFull ? CleanText.paragraphs(measure.text) : ""
    record[.text] = text
    record[.textWrapped] = isFull ? TextWrap.lines(text, width: Self.width, indent: "    ") : ""
    record[.area] = CleanText.line(area, limit: 60)
    if isFull { record[.roles] = measure.tellsUnitsApart ? measure.unitsWithRoles : "" }
    record[.deadline] = CleanText.line(measure.deadline.shown, limit: 80)
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
    guard case .snoozed(let snooze) = line.noReminder else { return record }
    record[.snoozedUntil] = phrases.date(snooze.until)
    record[.snoozedBy] = CleanText.line(snooze.by, limit: 40)
    record[.snoozedWhy] = CleanText.line(snooze.why)
    record.set(.passesDeadline, line.due.map { $0 < snooze.until } ?? false)
    return record
  }

  /// A date on which reports are due; who owes one is left to the page.
  func report(_ report: Overview.ReportStatus) -> TemplateRecord {
    var record = TemplateRecord()
    let left = report.due.days(since: phrases.today)
    record[.reportName] = CleanText.line(report.name, limit: 60)
    record[.dueText] = phrases.dateWithWeekday(report.due)
    record[.left] = phrases.reportDistance(left)
    record[.owingCount] = String(report.owing.count)
    record[.plan] = planTitle(report.plan)
    record.set(.isPast, left < 0)
    return record
  }

  /// A plan's title, where there are several.
  private func planTitle(_ key: String) -> String {
    plans.count > 1 ? CleanText.line(plans[key]?.title ?? key) : ""
  }

  /// Name and colours of a light.
  func light(_ light: Light, into record: inout TemplateRecord) {
    let look = lights[light]
    record[.light] = look.name
    record[.lightColor] = look.colorText
    record[.lightTint] = look.tint
  }
}

/// The plans a mail is about, and whom to ask about each.
struct ContactRecords: Sendable {
  let planByKey: [String: Plan]
  /// Each once, in the order of their plans.
  let contacts: [Contact]
  /// The plan's title with its number, or both where there are several.
  let title: String
  /// The contacts' mailboxes, named for their units.
  let mailboxes: [Letter.Mailbox]
  private let mailboxByKey: [String: Letter.Mailbox]

  init(plans: [Plan]) {
    var contacts: [Contact] = []
    for plan in plans where !contacts.contains(plan.contact) { contacts.append(plan.contact) }
    planByKey = Dictionary(plans.map { ($0.key, $0) }) { first, _ in first }
    self.contacts = contacts
    title = plans.map(Self.title).joined(separator: "；")
    mailboxes = contacts.compactMap(Self.mailbox)
    mailboxByKey = planByKey.compactMapValues { Self.mailbox($0.contact) }
  }

  private static func mailbox(_ contact: Contact) -> Letter.Mailbox? {
    (try? MailAddress(contact.email)).map { .init(name: contact.unit, address: $0) }
  }

  /// The contact of an item's or a note's plan.
  func contact(ofPlan key: String) -> Contact? { planByKey[key]?.contact }

  /// That contact's mailbox, named for the unit; nil without an address.
  func mailbox(ofPlan key: String) -> Letter.Mailbox? { mailboxByKey[key] }

  /// The titles of a contact's plans: `《…》、《…》`.
  func titles(of contact: Contact) -> String {
    planByKey.values.filter { $0.contact == contact }.map { "《\(CleanText.line($0.title, limit: 60))》" }
      .sorted()
      .joined(separator: "、")
  }

  /// Whom to ask, in one line: `区营商服务中心 杜潘，电话65650023`.
  static func line(_ contact: Contact) -> String {
    let phone = CleanText.line(contact.phone, limit: 40)
    return "\(CleanText.line(contact.unit, limit: 60)) \(CleanText.line(contact.person, limit: 40))"
      + (phone.isEmpty ? "" : "，电话\(phone)")
  }

  /// Where reports go, in a sentence: the contact's unit and address.
  static func place(_ contact: Contact) -> String {
    let email = CleanText.line(contact.email, limit: 254)
    return CleanText.line(contact.unit, limit: 60) + (email.isEmpty ? "" : "（\(email)）")
  }

  /// Whom to ask.
  ///
  /// - Parameter changeLink: reports that another person has taken over the mail's items.
  static func record(_ contact: Contact, changeLink: String? = nil) -> TemplateRecord {
    var record = TemplateRecord()
    record[.contactTel] = telephone(contact.phone)
    record[.changeLink] = changeLink ?? ""
    record[.contactUnit] = CleanText.line(contact.unit, limit: 60)
    record[.contactPerson] = CleanText.line(contact.person, limit: 40)
    record[.contactPhone] = CleanText.line(contact.phone, limit: 40)
    record[.contactEmail] = CleanText.line(contact.email, limit: 254)
    return record
  }

  private static func title(of plan: Plan) -> String {
    let number = plan.number.isEmpty ? "" : "（\(CleanText.line(plan.number, limit: 60))）"
    return CleanText.line(plan.title, limit: 120) + number
  }

  /// What a telephone can dial (RFC 3966, a number without visual separators); empty for a text that holds anything but
  /// one number, such as two numbers or an extension.
  private static func telephone(_ text: String) -> String {
    let number = CleanText.line(text, limit: 40).filter { !" -－—()（）\u{3000}".contains($0) }
    let digits = number.hasPrefix("+") ? number.dropFirst() : number[...]
    guard (3...15).contains(digits.count), digits.allSatisfy({ $0.isASCII && $0.isNumber }) else { return "" }
    return number
  }
}

/// How much of a mail's HTML is still free.
///
/// Mail programs cut off what is past some 100 KB (Gmail: 102 KB), and with it the end of a list and all that is
/// below it. So lists are filled as far as they fit, and what is left is counted.
struct ByteBudget {
  /// For all of a mail's lists. What is around them is below 10 KB, and the whole below 90.
  private(set) var left = 78_000

  /// Makes a record of each element for as long as they fit.
  ///
  /// - Parameters:
  ///   - share: how many bytes this list may take at most.
  ///   - frame: the bytes that a record's template has besides the values.
  /// - Returns: the records; there are as many elements without one as are missing.
  mutating func records<Element>(
    _ list: some Sequence<Element>, share: Int, frame: Int, _ make: (Element) -> TemplateRecord
  ) -> [TemplateRecord] {
    var (records, room) = ([TemplateRecord](), min(share, left))
    for element in list {
      let record = make(element)
      let size = record.sizeInHTML + frame
      guard size <= room else { break }
      room -= size
      left -= size
      records.append(record)
    }
    return records
  }
}

extension Sequence {
  /// The elements by a key: the keys in the order in which they come first, each one's elements in theirs.
  func grouped<Key: Hashable>(by key: (Element) -> Key) -> [(key: Key, elements: [Element])] {
    var places: [Key: Int] = [:]
    var groups: [(key: Key, elements: [Element])] = []
    for element in self {
      let own = key(element)
      let place = places[own, default: groups.count]
      if place == groups.count {
        places[own] = place
        groups.append((own, []))
      }
      groups[place].elements.append(element)
    }
    return groups
  }
}
