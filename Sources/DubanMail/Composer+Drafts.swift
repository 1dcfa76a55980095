public import DubanCore

extension Composer {
  /// An owner's reminders of one day.
  ///
  /// - Parameters:
  ///   - more: what else makes this mail this mail.
  ///   - isCopy: whether a deputy reads it.
  func reminders(
    _ mail: PlannedMail, at: Timestamp, _ more: [String] = [], isCopy: Bool = false
  ) throws -> Draft {
    let lines = ItemLine.lines(of: mail.reminders)
    var seen: Set<Recipient> = []
    let people = mail.reminders.map(\.recipient).filter { seen.insert($0).inserted }
    return try owners(
      lines, on: mail.on, people: people.isEmpty ? [mail.recipient] : people, to: mail.address,
      notes: mail.notes, at: at, isByHand: false,
      key: ["reminders", mail.on.description] + mail.reminders.map(\.key).sorted() + mail.notes.map(\.key)
        + more, isCopy: isCopy)
  }

  func owners(
    _ lines: [ItemLine], on day: CivilDate, people: [Recipient], to address: String, notes: [OwnerNote] = [],
    at: Timestamp, isByHand: Bool, key: [String], isCopy: Bool = false
  ) throws -> Draft {
    let phrases = Phrases(today: day, escalation: escalation)
    let contacts = try contacts(of: lines.map(\.item.plan) + notes.map(\.plan))
    let headline = Headline(lines, notes: notes, on: day)
    let heading = isByHand ? headline.openItems : headline.parts
    let page = ReminderPage(
      phrases: phrases, items: items(phrases, contacts), contacts: contacts, lines: lines, notes: notes,
      people: people, heading: heading, isByHand: isByHand, links: isCopy ? nil : links(to: address, key),
      isCopy: isCopy)
    // A deputy's calendar isn't the owner's.
    let calendar =
      isCopy
      ? nil
      : CalendarFile(
        domain: sender.address.domain, organizer: sender.mailbox,
        contacts: contacts, at: at
      ).bytes(of: lines, notes.compactMap(\.calendar))
    var values = page.record()
    values.set(.hasCalendar, calendar != nil)
    let ours = answers == .ours ? [sender.mailbox] : []
    return Draft(
      subject: "【\(isCopy ? "抄送·" : "")\(isByHand ? "在办事项" : headline.label)】\(Headline.text(heading))",
      values: values,
      template: "reminders", replyTo: ours + contacts.mailboxes.filter { $0.address != ours.first?.address },
      calendar: calendar.map { .init(fileName: "整改期限-\(day).ics", bytes: $0) },
      key: key, thread: thread(of: lines, people))
  }

  /// The contact's digest of one day.
  ///
  /// - Parameter more: what else makes this mail this mail.
  func digest(
    _ mail: PlannedMail, _ overview: Overview?, _ notices: [Notice], _ more: [String] = [],
    _ ledger: LedgerFile? = nil
  ) throws -> Draft {
    let (page, plans, key) = try digestPage(mail, overview, notices, more)
    var values = page.filled().record
    values[.ledgerVersion] = ledger.map { String($0.version) } ?? ""
    return Draft(
      subject: page.subject, values: values, template: "digest",
      workbook: ledger.map { .init(fileName: $0.name, bytes: $0.bytes) }, key: key,
      thread: ["digest"] + plans)
  }

  /// Those of the notices for which the digest has room; the others wait for another day.
  ///
  /// - Throws: ``MailError``.
  public func included(
    in mail: PlannedMail, overview: Overview?, of notices: [Notice]
  ) throws -> Set<Notice> {
    try digestPage(mail, overview, notices).page.filled().included
  }

  private func digestPage(
    _ mail: PlannedMail, _ overview: Overview?, _ notices: [Notice], _ more: [String] = []
  ) throws -> (page: DigestPage, plans: [String], key: [String]) {
    guard let overview, case .digest(let keys, let isWeekly) = mail.kind else {
      throw MailError.missingOverview
    }
    let phrases = Phrases(today: mail.on, escalation: escalation, phones: phones)
    let contacts = try contacts(of: keys)
    let key = ["digest", mail.on.description] + keys + mail.delivered.map(\.key).sorted() + more
    let page = DigestPage(
      phrases: phrases, items: items(phrases, contacts), contacts: contacts, mail: mail, overview: overview,
      notices: notices, isWeekly: isWeekly, isByHand: !more.isEmpty, reportURL: reportURL,
      links: links(to: mail.address, key), sender: sender.address, unreported: unreported)
    return (page, keys, key)
  }

  /// The subject that the mail will have; of the overview, the digest's needs the numbers alone.
  ///
  /// - Throws: ``MailError``.
  public func subject(of mail: PlannedMail, overview: Overview? = nil) throws -> String {
    switch mail.kind {
    case .reminders:
      return CleanText.line(
        Headline(ItemLine.lines(of: mail.reminders), notes: mail.notes, on: mail.on).subject)
    case .digest(let keys, let isWeekly):
      guard let overview else { throw MailError.missingOverview }
      let phrases = Phrases(today: mail.on)
      let contacts = try contacts(of: keys)
      return CleanText.line(
        DigestPage(
          phrases: phrases, items: items(phrases, contacts), contacts: contacts, mail: mail,
          overview: overview, notices: [], isWeekly: isWeekly, isByHand: false, reportURL: nil, links: nil,
          sender: sender.address
        ).subject)
    }
  }

  /// A single item is a conversation of its own, until its date; several items are one per person and plan, since
  /// their mixture changes from mail to mail.
  private func thread(of lines: [ItemLine], _ people: [Recipient]) -> [String] {
    let names = people.flatMap { [$0.unit, $0.person] }
    if lines.count == 1, let line = lines.first, line.supervised == nil {
      return [
        "item", line.item.plan, line.item.kind.rawValue, line.item.identity, line.due?.description ?? "",
      ]
        + names
    }
    var plans: [String] = []
    for line in lines where line.item.plan != plans.last { plans.append(line.item.plan) }
    return ["plan"] + Set(plans).sorted() + names
  }

  private func items(_ phrases: Phrases, _ contacts: ContactRecords) -> ItemRecords {
    ItemRecords(
      phrases: phrases, lights: lights, templates: templates, use: .mails, plans: contacts.planByKey,
      answered: answered)
  }

  private func contacts(of keys: [String]) throws -> ContactRecords {
    if let key = keys.first, let contacts = contactsOfPlan[key], keys.allSatisfy({ $0 == key }) {
      return contacts
    }
    var found: [Plan] = []
    for key in keys where !found.contains(where: { $0.key == key }) {
      guard let plan = plans[key] else { throw MailError.unknownPlan(key) }
      found.append(plan)
    }
    return ContactRecords(plans: found)
  }
}

extension Composer {
  /// The two bodies of a mail, as its recipient reads them.
  public struct Bodies: Sendable, Hashable {
    /// The plain text.
    public var text: String
    /// The same as an HTML page.
    public var html: String
  }

  /// The bodies that ``compose(_:overview:notices:at:utcOffset:occasion:ledger:papers:)`` puts into the recipient's
  /// message, for a look at them.
  ///
  /// - Throws: ``MailError``.
  public func bodies(
    of mail: PlannedMail, overview: Overview? = nil, notices: [Notice] = [], at: Timestamp
  ) throws -> Bodies {
    let draft = try mail.kind == .reminders ? reminders(mail, at: at) : digest(mail, overview, notices)
    return Bodies(
      text: templates.render(draft.template, .text, draft.values),
      html: String(
        decoding: KeptDates.html(templates.bytes(draft.template, .html, draft.values)), as: UTF8.self))
  }
}
