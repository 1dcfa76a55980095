import DubanCore
import DubanInbox
import DubanMail
import DubanOutbox

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
