import DubanCore
import DubanCourier
import DubanInbox
import DubanMail
import DubanOutbox

/// What a message of a mailbox leads to. Only looks things up; ``Outbox/record(_:)`` makes it so.
struct Intake {
  let active: ActiveConfiguration
  let outbox: Outbox
  let mailbox: Mailbox

  /// How many characters of an answer are kept: what a person reads before they open the mail itself.
  private static let mostCharacters = 200
  /// Of so many attached files name, size and hash are kept.
  private static let mostFiles = 100
  /// How many of the last mails to a person are looked at, to know their quotation from their words.
  private static let mostMails = 5
  /// How many of the last mails to a person may be the one that came back: nothing comes back after weeks.
  private static let mostReturned = 20

  func incoming(
    _ fetched: MailboxConnection.Fetched, at now: Timestamp
  ) throws(OutboxError) -> IncomingMail {
    let mail = MailPart(mail: fetched.bytes)
    let (ids, sender) = InboxReader.mentions(mail)
    let mails = try outbox.mails(
      messageIDs: ids.map { "<\($0)>" }, lastTo: sender, atMost: Self.mostMails)
    var reading = InboxReader(sent: mails.compactMap { $0.body.flatMap(SentMail.init(mail:)) })
      .read(mail)
    if !fetched.isWhole { (reading.needsPerson, reading.isPlainReport) = (true, false) }
    let answered = mails.first { $0.entry.messageID == reading.answersMessageID }
    var incoming = IncomingMail(
      mailbox: mailbox.key, uid: Int64(fetched.uid), digest: "", messageID: reading.messageID ?? "",
      kind: reading.kind == .unrelated ? "" : reading.kind.rawValue, sender: sender,
      entry: answered?.entry.id, text: Self.shown(reading), at: now)
    // Nothing is kept of the rest.
    if !incoming.kind.isEmpty {
      incoming.digest = mail.identity { SHA256.hex(of: $0) }
      incoming.formerDigest = Fingerprint.hex([mail.field("message-id") ?? "", mail.headerText])
    }
    incoming.writtenOn = writtenOn(reading, answered, now)
    if [.answer, .contact].contains(reading.kind) { incoming.files = Self.files(mail, fetched) }
    switch reading.kind {
    case .unrelated, .receipt, .hostile: break
    case .bounce, .delayed:
      var returned = answered
      if returned == nil { returned = try printed(reading, mail) }
      incoming.entry = returned?.entry.id
      incoming.bounces = returned.map { Self.bounces(reading, $0.entry) } ?? []
    case .auto:
      // Many such replies name no Message-ID, but the subject.
      let subject = mail.field("subject") ?? ""
      let about = answered ?? mails.last { subject.hasSuffix($0.entry.subject) }
      if let day = reading.awayUntil, let about, about.entry.recipient.lowercased() == sender {
        (incoming.entry, incoming.awayUntil) = (about.entry.id, day)
      }
    case .answer:
      incoming.proposals = proposals(reading, from: sender, answered, mails, at: now)
      if active.configuration.answers.acknowledges, let answered, reading.senderIsRecipient,
        !incoming.messageID.isEmpty
      {
        incoming.replies = try Acknowledgement(active, outbox).entries(
          to: answered, mail, reading, saying: Acknowledgement.understood(reading),
          because: incoming.digest, at: now)
      }
    case .contact:
      guard let answered else { break }
      if active.configuration.answers.takesLedger, reading.isProven, fetched.isWhole,
        let taken = try LedgerByMail(active, outbox).take(
          mail, reading, answering: answered, because: incoming.digest, at: now)
      {
        (incoming.ledger, incoming.replies) = (taken.version, taken.replies)
        (incoming.proposals, incoming.facts) = (taken.proposals, taken.facts)
        // A mail that brings a ledger may say nothing else.
        if reading.decisions.isEmpty { break }
        // The workbook is seen to.
        if reading.isForWorkbookAlone { reading.needsPerson = false }
      }
      let decided = try DigestDecisions(active, outbox).read(reading, on: answered, at: now)
      incoming.decided = decided.found
      // What the contact wrote and we can't carry out is in the next digest.
      if reading.needsPerson || !decided.refusals.isEmpty {
        var asked = message(reading, from: sender, answered, plan: plan(of: answered))
        if !decided.refusals.isEmpty { asked.doubt = decided.refusals.joined(separator: "；") }
        incoming.proposals.append(asked)
      }
      if active.configuration.answers.acknowledges, reading.isProven, incoming.replies.isEmpty,
        !incoming.messageID.isEmpty
      {
        incoming.replies = try Acknowledgement(active, outbox).entries(
          to: answered, mail, reading, saying: decided.words, because: incoming.digest, at: now)
      }
    }
    return incoming
  }

  /// Which files came with it: they stay in the mailbox, where a person can tell by this that they are the ones.
  private static func files(_ mail: MailPart, _ fetched: MailboxConnection.Fetched) -> [AttachedFile] {
    mail.files(largest: fetched.bytes.count).prefix(mostFiles).map { name, bytes in
      AttachedFile(
        name: String(name.prefix(mostCharacters)), size: Int64(bytes.count), sha256: SHA256.hex(of: bytes))
    }
  }

  /// A mail is no older than the one it answers, and no younger than its reading: else its clock is wrong, or it lies.
  private func writtenOn(_ reading: MailReading, _ answered: EntryDetails?, _ now: Timestamp) -> CivilDate? {
    guard let day = reading.day, let answered, day >= answered.entry.day, day <= active.zone.day(of: now)
    else { return nil }
    return day
  }

  /// A message that the server doesn't give us, or the state doesn't take: a person has to look for it.
  ///
  /// - Parameter mail: its bytes, where they came.
  func unreadable(_ uid: UInt32, _ mail: [UInt8]? = nil, at now: Timestamp) -> IncomingMail {
    var incoming = IncomingMail(
      mailbox: mailbox.key, uid: Int64(uid), digest: "\(mailbox.key)/\(uid)/\(now.seconds)",
      kind: IncomingMail.unreadable, at: now)
    let subject = mail.flatMap { MailPart(mail: $0).field("subject") }.map { CleanText.quoted($0) } ?? ""
    incoming.proposals = [
      NewProposal(
        .message, plan: active.ledgers.first?.plan.key ?? "", person: "", unit: "",
        text: "邮箱 \(mailbox.server.user ?? "") 中有一封邮件\(subject)无法读取", doubt: "请在邮箱中查看")
    ]
    return incoming
  }

  // MARK: Bounces

  /// The mail that came back without its id, by what the page says of it.
  private func printed(_ reading: MailReading, _ page: MailPart) throws(OutboxError) -> EntryDetails? {
    guard reading.messageID == nil, reading.bounces.count == 1, let recipient = reading.bounces[0].recipient
    else { return nil }
    let sent = try outbox.mails(messageIDs: [], lastTo: recipient, atMost: Self.mostReturned)
    let place = PrintedMail.place(in: page, among: sent.map { ($0.entry.subject, $0.entry.day) })
    return place.map { sent[$0] }
  }

  /// A mail of ours has one recipient. What a report says of another address, to which ours may forward, is about this
  /// mail too, but not about the address.
  private static func bounces(_ reading: MailReading, _ entry: Entry) -> [NewBounce] {
    let own = reading.bounces.first { $0.recipient == entry.recipient.lowercased() }
    guard let bounce = own ?? reading.bounces.first else { return [] }
    return [
      NewBounce(
        entry: entry.id, reason: bounce.reason.rawValue, isPermanent: bounce.permanent && own != nil,
        isFinal: bounce.final, answer: "came back: \(bounce.reason.status) \(bounce.reason.rawValue)")
    ]
  }

  // MARK: Answers

  private func proposals(
    _ reading: MailReading, from sender: String, _ answered: EntryDetails?, _ mails: [EntryDetails],
    at now: Timestamp
  ) -> [NewProposal] {
    guard let mail = answered ?? mails.last, let plan = plan(of: mail) else { return [] }
    var found: [NewProposal] = []
    for item in reading.items {
      guard let kind = NewProposal.Kind(item.says) else { continue }
      guard let place = place(of: item.id, in: mail, plan: plan) else { continue }
      let doubt = Self.doubt(reading, sender, isProven: answered != nil)
      found.append(
        NewProposal(
          kind, plan: plan, item: place.item, identity: place.identity, due: place.due,
          person: mail.entry.person, unit: mail.entry.unit, until: item.until.flatMap { CivilDate($0) },
          successor: item.to ?? "", text: Self.shown(reading),
          doubt: doubt, pause: kind == .done && doubt.isEmpty ? pauseEnd(now) : nil))
    }
    let reports = mail.reminders.filter { $0.kind == ItemID.Kind.report.rawValue }
    if reading.reportReceived, let report = reports.first {
      // A file alone isn't read, so that the items may wait for a person while the report is there.
      let isCertain =
        reading.isPlainReport && reports.allSatisfy { $0.identity == report.identity && $0.due == report.due }
      found.append(
        NewProposal(
          .report, plan: plan, item: report.item, identity: report.identity, due: report.due,
          person: mail.entry.person, unit: mail.entry.unit, text: Self.shown(reading),
          doubt: isCertain ? "" : Self.doubt(reading, sender, isProven: answered != nil)))
    }
    let isUnderstood = reading.items.allSatisfy { item in
      NewProposal.Kind(item.says) == nil || found.contains { $0.item.prefix { $0 != "#" } == item.id }
    }
    if found.isEmpty && reading.needsPerson || !isUnderstood {
      found.append(message(reading, from: sender, mail, plan: plan))
    }
    for place in found.indices { found[place].acceptance = acceptance(found[place], reading, at: now) }
    return found
  }

  /// What the configuration accepts at once: nothing that a person has to look at twice.
  private func acceptance(
    _ proposal: NewProposal, _ reading: MailReading, at now: Timestamp
  ) -> NewProposal.Acceptance? {
    guard active.configuration.answers.accepted.contains(proposal.kind), proposal.doubt.isEmpty else {
      return nil
    }
    let by = "answers.accept"
    guard
      let decision = try? proposal.decision(
        by: by, evidence: reading.messageID ?? "", at: now, on: active.zone.day(of: now), in: active.ledgers)
    else { return nil }
    return NewProposal.Acceptance(by: by, decision: decision)
  }

  /// An owner who has answered isn't asked again at once.
  private func pauseEnd(_ now: Timestamp) -> CivilDate {
    active.configuration.answers.pause.after(active.zone.day(of: now), in: active.calendar)
  }

  private func message(
    _ reading: MailReading, from sender: String, _ mail: EntryDetails, plan: String?
  ) -> NewProposal {
    NewProposal(
      .message, plan: plan ?? active.ledgers.first?.plan.key ?? "", person: mail.entry.person,
      unit: mail.entry.unit, text: Self.shown(reading),
      doubt: Self.doubt(reading, sender, isProven: reading.answersMessageID != nil))
  }

  private static func doubt(_ reading: MailReading, _ sender: String, isProven: Bool) -> String {
    if !isProven { return "未引用提醒邮件，无法证实来自本人" }
    if !reading.senderIsRecipient { return "来自其他邮箱 \(sender)" }
    return reading.needsPerson ? "请阅原文核对" : ""
  }

  /// What has that number in a mail: by its reminders, of which a duty's is shown by its measure's number, or, where it
  /// lists measures for a report, by the ledger: the one of that title under the number, or else the only one.
  private func place(
    of item: String, in mail: EntryDetails, plan: String
  ) -> (item: String, identity: String, due: CivilDate?)? {
    if let reminder = mail.reminders.last(where: { $0.item == item }) {
      return (item, reminder.identity, reminder.due)
    }
    let duties = mail.reminders.filter { $0.item.hasPrefix(item + "#") }
    if !duties.isEmpty {
      let isOne = Set(duties.map(\.identity)).count == 1
      return isOne ? duties.last.map { ($0.item, $0.identity, $0.due) } : nil
    }
    let shown = mail.body.flatMap(SentMail.init(mail:))?.items.first { $0.id == item }
    guard let shown, let ledger = active.ledgers.first(where: { $0.plan.key == plan }),
      case let titled = ledger.measures.filter({ $0.title.filter { !$0.isWhitespace } == shown.title }),
      let measure = titled.first(where: { $0.id == item }) ?? (titled.count == 1 ? titled[0] : nil)
    else { return nil }
    return (item, measure.identity, shown.due)
  }

  /// The plan that a mail is about; nil where that isn't known, or there are several.
  private func plan(of mail: EntryDetails) -> String? {
    let plans = Set(mail.reminders.map(\.plan))
    if plans.count == 1 { return plans.first }
    return plans.isEmpty && active.ledgers.count == 1 ? active.ledgers[0].plan.key : nil
  }

  private static func shown(_ reading: MailReading) -> String {
    let text = reading.newText.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    let files = reading.attachments.prefix(10).joined(separator: "、")
    return String(text.prefix(mostCharacters)) + (text.count > mostCharacters ? "…" : "")
      + (files.isEmpty ? "" : "（附件：\(files.prefix(mostCharacters))）")
  }
}

/// What who answered hears, where the configuration wants it: that the answer came in, and what was understood or, of the
/// contact's decisions, done (RFC 3834).
struct Acknowledgement {
  /// A person writes fewer answers a day; more is two machines that talk to each other.
  private static let mostOfDay = 5

  private let active: ActiveConfiguration
  private let outbox: Outbox

  init(_ active: ActiveConfiguration, _ outbox: Outbox) { (self.active, self.outbox) = (active, outbox) }

  /// What an owner's answer was understood as.
  static func understood(_ reading: MailReading) -> String {
    let said = reading.items.map { item in
      let until = item.until.flatMap { CivilDate($0) }.map { "（\($0.chinese())）" } ?? ""
      let word = NewProposal.Kind(item.says)?.word(of: "您") ?? "已收到"
      return "\(item.id)\(word)\(until)\(item.to ?? "")"
    }
    let words = said.isEmpty ? "系统未能读出明确的意见，将由联系人阅读原文。" : "系统读出：\(said.joined(separator: "；"))。"
    return "\(words)以上以联系人确认为准。"
  }

  /// At most one entry, to the address that our mail went to and never to another that the answer names.
  ///
  /// - Parameter words: what was understood.
  func entries(
    to answered: EntryDetails, _ mail: MailPart, _ reading: MailReading, saying words: String,
    because digest: String, at now: Timestamp
  ) throws(OutboxError) -> [NewEntry] {
    guard let messageID = reading.messageID, mail.field("return-path")?.contains("<>") != true else {
      return []
    }
    let day = active.zone.day(of: now)
    var today = EntryFilter()
    (today.to, today.from, today.through) = (answered.entry.recipient, day, day)
    guard try outbox.entries(today).count(where: { $0.kind == MailKind.reply }) < Self.mostOfDay else {
      return []
    }
    let (entry, year) = (answered.entry, day.year)
    let reply = ReplyMail(
      to: Recipient(person: entry.person, unit: entry.unit), entry.recipient, subject: "自动答复：您的答复已收到",
      paragraphs: [
        "您对\(entry.day.chinese(relativeTo: year))“\(entry.subject)”的答复已收到。", words,
      ], answering: messageID, because: digest)
    guard
      let message = try? active.composer().compose(reply, at: now, utcOffset: active.zone.utcOffset(at: now))
    else { return [] }
    return [
      EntryFactory.reply(message, of: reply, on: day, at: now)
    ]
  }
}
