public import DubanCore

/// Turns planned mails into finished messages: a pure function of its parameters, which reads no clock and file.
public struct Composer: Sendable {
  /// What makes a mail go out, and so which mails count as the same one.
  public enum Occasion: Sendable, Hashable {
    /// The day's plan: composed again, the same plan is the same message.
    case scheduled
    /// A person asked for it: each is a message of its own.
    case byHand
  }

  let sender: Sender
  let plans: [String: Plan]
  /// Of mails about one plan, which nearly all are.
  let contactsOfPlan: [String: ContactRecords]
  let lights: LightLooks
  let templates: TemplateSet
  let redirectAllTo: MailAddress?
  /// The telephone numbers of owners.
  let phones: [Recipient: String]
  let escalation: Escalation
  let reportURL: String?
  let secret: String
  let answers: AnswerAddress?

  /// What was answered last about an item, and what became of it, as a line beside it.
  public var answered: [ItemID: String] = [:]

  /// Of measures that units share, and of which some have filled in that they are done: the units that haven't. The
  /// digest says it where they wait for 销号.
  public var unreported: [ItemID: [String]] = [:]

  /// Where answers go, where they are read.
  public enum AnswerAddress: Sendable, Hashable {
    case contact
    /// To the sender, and to the contact.
    case ours
  }

  /// A composer for these ledgers.
  ///
  /// - Parameters:
  ///   - sender: who mails come from.
  ///   - ledgers: the ledgers in force; plans are found in them by their key.
  ///   - lights: what the lights are called, and their colours.
  ///   - templates: the bodies.
  ///   - redirectAllTo: rehearsal: everything goes to this address, with the real recipient on top of the body.
  ///   - escalation: after how long who else hears of what is overdue, for the words that say so.
  ///   - reportURL: where the report page is found; nil where it isn't known.
  ///   - secret: what keys the Message-IDs, so that nobody else can name a mail that they didn't see; empty: none.
  ///   - answers: where answers go, and so what the links point at that fill them in; nil: nobody reads them.
  /// - Throws: ``UnusableAddress`` for `redirectAllTo`.
  public init(
    sender: Sender, ledgers: [Ledger], lights: LightScheme, templates: TemplateSet,
    redirectAllTo: String? = nil, escalation: Escalation = Escalation(), reportURL: String? = nil,
    secret: String = "", answers: AnswerAddress? = nil
  ) throws {
    self.sender = sender
    plans = Dictionary(ledgers.map { ($0.plan.key, $0.plan) }) { first, _ in first }
    let called = ledgers.flatMap(\.owners).filter { !$0.phone.isEmpty }.map { ($0.recipient, $0.phone) }
    phones = Dictionary(called) { first, _ in first }
    contactsOfPlan = plans.mapValues { ContactRecords(plans: [$0]) }
    self.lights = LightLooks(lights)
    self.templates = templates
    self.redirectAllTo = try redirectAllTo.map { try MailAddress($0) }
    self.escalation = escalation
    self.reportURL = reportURL
    self.secret = secret
    self.answers = answers
  }

  /// The messages of one planned mail: the recipient's, then one per copy.
  ///
  /// - Parameters:
  ///   - mail: what goes out.
  ///   - overview: the whole picture of the day; the contact's digest needs it, an owner's mail doesn't.
  ///   - notices: what else the digest says.
  ///   - at: the moment for `Date` and the calendar entries.
  ///   - utcOffset: the seconds that the recipients' clocks are ahead of UTC at that moment.
  ///   - occasion: whether the day's plan or a person makes it go out.
  ///   - ledger: the ledger's workbook, which goes with the contact's digest.
  ///   - papers: the 督办单 that go with the mail to a unit's head.
  /// - Throws: ``MailError``; nothing is sent to an address that could be read in two ways.
  public func compose(
    _ mail: PlannedMail, overview: Overview? = nil, notices: [Notice] = [], at: Timestamp, utcOffset: Int,
    occasion: Occasion = .scheduled, ledger: LedgerFile? = nil, papers: [Paper] = []
  ) throws -> [Message] {
    try letters(
      mail, overview: overview, notices: notices, at: at, utcOffset: utcOffset, occasion: occasion,
      ledger: ledger, papers: papers
    ).map { $0.message() }
  }

  /// The same before it is bytes.
  func letters(
    _ mail: PlannedMail, overview: Overview?, notices: [Notice], at: Timestamp, utcOffset: Int,
    occasion: Occasion, ledger: LedgerFile? = nil, papers: [Paper] = []
  ) throws -> [Letter] {
    let more = occasion == .byHand ? ["by hand", String(at.seconds)] : []
    var draft =
      try mail.kind == .reminders
      ? reminders(mail, at: at, more) : digest(mail, overview, notices, more, ledger)
    func enclose(_ draft: inout Draft) {
      draft.values.set(.hasSlip, !papers.isEmpty)
      draft.papers = papers.map { .init(fileName: "\($0.title).docx", bytes: $0.docx) }
    }
    enclose(&draft)
    let recipient = Letter.Mailbox(name: mail.recipient.person, address: try MailAddress(mail.address))
    let copies = try mail.copies.map { Letter.Mailbox(name: "", address: try MailAddress($0)) }
    let letter = finish(draft, to: recipient, copyOf: nil, at: at, utcOffset: utcOffset)
    guard !copies.isEmpty else { return [letter] }
    if mail.kind == .reminders {
      draft = try reminders(mail, at: at, more, isCopy: true)
      enclose(&draft)
    }
    return [letter] + copies.map { finish(draft, to: $0, copyOf: recipient, at: at, utcOffset: utcOffset) }
  }

  /// A mail with all open items of one owner, whatever the schedule says; none when nothing is open.
  ///
  /// - Parameters:
  ///   - owner: the person; must have an address.
  ///   - overview: the day's picture, whose agenda holds the items.
  ///   - at: the moment for `Date` and the calendar entries.
  ///   - utcOffset: the seconds that the recipient's clock is ahead of UTC.
  /// - Throws: ``MailError``.
  public func composeOpenItems(
    of owner: Owner, overview: Overview, at: Timestamp, utcOffset: Int
  ) throws -> [Message] {
    try openItemsLetter(of: owner, overview: overview, at: at, utcOffset: utcOffset).map { [$0.message()] }
      ?? []
  }

  /// The same before it is bytes.
  func openItemsLetter(
    of owner: Owner, overview: Overview, at: Timestamp, utcOffset: Int
  ) throws -> Letter? {
    let address = try MailAddress(owner.email ?? "")
    let open = overview.agenda.filter { line in
      line.owners.contains(owner.recipient) && line.light != .green && line.noReminder != .received
        && (line.item.kind != .report || (line.daysLeft ?? 0) >= 0)
    }
    guard !open.isEmpty else { return nil }
    // The agenda has one line per report date for everyone who owes it; the measures are each owner's own.
    let own = overview.measures.filter { $0.owners.contains(owner.recipient) && $0.light != .green }
    let lines = open.map { line in
      var item = ItemLine(line)
      item.fellows = item.owners.filter { $0 != owner.recipient }
      item.owners = [owner.recipient]
      if item.isReport {
        let measures = own.filter { $0.item.plan == line.item.plan }.compactMap(\.measure)
        item.subject = .report(on: measures.sorted { NaturalOrder.isBefore($0.id, $1.id) })
      }
      return item
    }
    let draft = try owners(
      lines, on: overview.day, people: [owner.recipient], to: address.text, at: at, isByHand: true,
      key: ["open", owner.unit, owner.person, String(at.seconds)])
    let recipient = Letter.Mailbox(name: owner.person, address: address)
    return finish(draft, to: recipient, copyOf: nil, at: at, utcOffset: utcOffset)
  }

  /// A mail before it has an addressee.
  struct Draft {
    var subject: String
    var values: TemplateRecord
    var template: String
    var replyTo: [Letter.Mailbox] = []
    var calendar: Letter.Attachment?
    var workbook: Letter.Attachment?
    var papers: [Letter.Attachment] = []
    /// What makes this mail this mail.
    var key: [String]
    /// What makes mails one conversation.
    var thread: [String]
  }

  private func finish(
    _ draft: Draft, to mailbox: Letter.Mailbox, copyOf original: Letter.Mailbox?, at: Timestamp,
    utcOffset: Int
  ) -> Letter {
    var values = draft.values
    if let original { values[.copyOf] = CleanText.line(original.name, limit: 60) }
    var to = mailbox
    if let redirectAllTo {
      values[.redirectedFrom] = "\(CleanText.line(mailbox.name, limit: 60)) <\(mailbox.address.text)>"
      to = Letter.Mailbox(name: "", address: redirectAllTo)
    }
    return Letter(
      from: sender.mailbox, to: to, replyTo: draft.replyTo,
      subject: CleanText.line(draft.subject), at: at, utcOffset: utcOffset,
      messageID: messageID(to: mailbox.address.text, draft.key),
      threadRoot: threadRoot(to: mailbox.address.text, draft.thread),
      textBytes: templates.bytes(draft.template, .text, values),
      htmlBytes: KeptDates.html(templates.bytes(draft.template, .html, values)), calendar: draft.calendar,
      workbook: original == nil ? draft.workbook : nil, papers: draft.papers)
  }

  /// An answer counts as one by the Message-ID that it names.
  func messageID(to address: String, _ key: [String]) -> String { unguessable(["message", address] + key) }

  /// What mails of one conversation refer to, so that programs show them together.
  func threadRoot(to address: String, _ thread: [String]) -> String {
    unguessable(["thread", address] + thread)
  }

  /// `86a41d1e.31bde97e@163.com`: letters and digits in one piece before a domain with digits are a mark of spam to
  /// SpamAssassin (`MSGID_RANDY` in its 20_head_tests.cf), eight hexadecimal digits by themselves are not.
  private func unguessable(_ parts: [String]) -> String {
    var name = Fingerprint.hex(parts)
    if !secret.isEmpty { name = Pseudonym.of(name, salt: secret) }
    return "\(name.prefix(8)).\(name.dropFirst(8))@\(sender.address.domain)"
  }

  /// The links by which a mail is answered; nil where nobody reads answers.
  func links(to address: String, _ key: [String]) -> AnswerLinks? {
    answers.map {
      AnswerLinks(messageID: messageID(to: address, key), ours: $0 == .ours ? sender.address : nil)
    }
  }
}

/// Why a mail can't be composed. Each names the text at fault.
public enum MailError: Error, Sendable, Hashable {
  /// A mail for a plan that none of the ledgers holds.
  case unknownPlan(String)
  /// The contact's digest needs the overview of its day.
  case missingOverview
}

extension MailError: CustomStringConvertible {
  /// One English sentence without a full stop.
  public var description: String {
    switch self {
    case .unknownPlan(let key): "no ledger holds the plan “\(CleanText.line(key, limit: 80))”"
    case .missingOverview: "the contact's digest needs the overview of its day"
    }
  }
}
