public import DubanCore

/// The ledger's workbook, as it goes out to the contact.
public struct LedgerFile: Sendable, Hashable {
  /// The version in force.
  public var version: Int64
  /// The workbook.
  public var bytes: [UInt8]

  /// The file's name.
  public var name: String { "整改台账（第\(version)版）.xlsx" }

  package init(version: Int64, bytes: [UInt8]) { (self.version, self.bytes) = (version, bytes) }
}

/// A mail that goes out because one came in: plain sentences, and at most one workbook.
public struct ReplyMail: Sendable {
  /// Whom it is for.
  public var recipient: Recipient
  /// Their address.
  public var address: String
  /// The subject, in Chinese.
  public var subject: String
  /// The paragraphs, in Chinese.
  public var paragraphs: [String]
  /// The Message-ID of the mail that came in, without angle brackets.
  public var answered: String
  /// What makes that mail the one it is: each has one reply.
  public var cause: String
  /// The workbook that goes with it: its name and its bytes.
  public var workbook: (name: String, bytes: [UInt8])?

  package init(
    to recipient: Recipient, _ address: String, subject: String, paragraphs: [String],
    answering answered: String, because cause: String,
    workbook: (name: String, bytes: [UInt8])? = nil
  ) {
    (self.recipient, self.address, self.subject) = (recipient, address, subject)
    (self.paragraphs, self.answered, self.cause) = (paragraphs, answered, cause)
    self.workbook = workbook
  }
}

extension Composer {
  /// The message of a reply (RFC 3834).
  ///
  /// - Throws: ``UnusableAddress``.
  public func compose(_ reply: ReplyMail, at: Timestamp, utcOffset: Int) throws -> Message {
    let address = try MailAddress(reply.address)
    var letter = plain(
      reply.paragraphs.map { CleanText.line($0, limit: 2000) } + ["本邮件由督办系统自动发送。"],
      subject: CleanText.line(reply.subject),
      to: .init(name: reply.recipient.person, address: redirectAllTo ?? address), at: at,
      utcOffset: utcOffset,
      messageID: messageID(to: address.text, ["reply", reply.cause]),
      threadRoot: threadRoot(to: address.text, [reply.answered, reply.subject]))
    letter.workbook = reply.workbook.map { .init(fileName: $0.name, bytes: $0.bytes) }
    letter.answered = CleanText.line(reply.answered, limit: 200)
    return letter.message()
  }

  /// A mail by which a person sees that mails arrive; it is about no measure.
  ///
  /// - Throws: ``UnusableAddress``.
  public func composeTest(to address: String, at: Timestamp, utcOffset: Int) throws -> Message {
    let recipient = try MailAddress(address)
    let key = ["test", recipient.text, String(at.seconds)]
    return plain(
      ["这是督办系统（duban）的测试邮件。收到它，说明邮件可以送达；不必回复。"], subject: "【测试】督办系统测试邮件",
      to: .init(name: "", address: recipient), at: at, utcOffset: utcOffset,
      messageID: messageID(to: recipient.text, key), threadRoot: threadRoot(to: recipient.text, key)
    ).message()
  }

  /// A mail of nothing but paragraphs, which uses no template.
  private func plain(
    _ paragraphs: [String], subject: String, to recipient: Letter.Mailbox, at: Timestamp, utcOffset: Int,
    messageID: String, threadRoot: String
  ) -> Letter {
    let text = paragraphs.map { TextWrap.lines($0, width: ItemRecords.width) }.joined(separator: "\n\n")
    let html = paragraphs.map { "<p>\(XMLText.escaped($0))</p>" }.joined(separator: "\n")
    return Letter(
      from: sender.mailbox, to: recipient, subject: subject, at: at,
      utcOffset: utcOffset, messageID: messageID, threadRoot: threadRoot, textBytes: Array("\(text)\n".utf8),
      htmlBytes: Array(
        """
        <!DOCTYPE html>
        <html lang="zh-Hans"><head><meta charset="utf-8"><title>\(XMLText.escaped(subject))</title></head>
        <body style="font-size:15px;line-height:26px;color:#1f2933">
        \(html)
        </body></html>

        """.utf8))
  }
}
