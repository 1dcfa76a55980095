public import DubanCore

/// The ledger's workbook, as it goes out to the contact.
public struct LedgerFile: Sendable, Hashable {
  /// The version in force.
  public var version: Int64
  /// The workbook.
  public var bytes: [UInt8]

  /// The file's name.
  public var name: String { "整改台账（第\(version)版）.xlsx" }

  /// A file of these parts.
  public init(version: Int64, bytes: [UInt8]) { (self.version, self.bytes) = (version, bytes) }
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

  /// A mail of these parts.
  public init(
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
  /// - Throws: ``MailError/unusableAddress(_:)``.
  public func compose(_ reply: ReplyMail, at: Timestamp, utcOffset: Int) throws -> Message {
    let address = try MailAddress(reply.address)
    let lines = reply.paragraphs.map { CleanText.line($0, limit: 2000) } + ["本邮件由督办系统自动发送。"]
    let html = lines.map { "<p>\(EscapedHTML.text($0))</p>" }.joined(separator: "\n")
    return Letter(
      from: .init(name: sender.name, address: sender.address),
      to: .init(name: reply.recipient.person, address: redirectAllTo ?? address),
      subject: CleanText.line(reply.subject), at: at, utcOffset: utcOffset,
      messageID: messageID(to: address.text, ["reply", reply.cause]),
      threadRoot: threadRoot(to: address.text, [reply.answered, reply.subject]),
      textBytes: Array(
        (lines.map { TextWrap.lines($0, width: ItemRecords.width) }.joined(separator: "\n\n") + "\n").utf8),
      htmlBytes: Array(
        """
        <!DOCTYPE html>
        <html lang="zh-Hans"><head><meta charset="utf-8"><title>\(EscapedHTML.text(CleanText.line(reply.subject)))</title></head>
        <body style="font-size:15px;line-height:26px;color:#1f2933">
        \(html)
        </body></html>

        """.utf8),
      workbook: reply.workbook.map { .init(fileName: $0.name, bytes: $0.bytes) },
      answered: CleanText.line(reply.answered, limit: 200)
    ).message()
  }
}
