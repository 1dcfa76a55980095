internal import DubanCore

/// The links by which a mail is answered (`mailto:`, RFC 6068).
struct AnswerLinks {
  /// The longest that every mail program opens.
  static let mostBytes = 2000

  /// The mail's own Message-ID, without angle brackets.
  let messageID: String
  /// Where answers go besides the contact; nil: to the contact alone.
  let ours: MailAddress?

  /// Fills in the links of an owner's item.
  func fill(_ record: inout TemplateRecord, of number: String, to contact: Contact?) {
    let addresses = addresses(with: contact)
    for (reply, variable) in [
      (AnswerForm.Reply.done, TemplateVariable.doneLink), (.postpone, .postponeLink),
      (.notMine, .notMineLink),
    ] {
      record[variable] = link(
        to: addresses, subject: "\(number)\(reply.label)", lines: reply.lines(of: number))
    }
    record[.answerLink] = link(to: addresses, subject: number, lines: ["\(number)："])
  }

  /// A link by which an owner says who has taken over.
  ///
  /// - Parameter number: of the mail's only measure; empty where it has several.
  func change(of person: String, number: String, to contact: Contact) -> String {
    link(
      to: addresses(with: contact), subject: Self.changeSubject(person),
      lines: Self.changeLines(number: number))
  }

  /// The same where nobody reads answers but the contact; nil without an address.
  static func change(of person: String, to contact: Contact) -> String? {
    guard let address = try? MailAddress(contact.email) else { return nil }
    return mailto(
      [address], subject: changeSubject(person),
      body: changeLines(number: "").joined(separator: "\r\n") + "\r\n")
  }

  private static func changeSubject(_ person: String) -> String {
    "报告责任人变更：\(CleanText.line(person, limit: 40))"
  }

  private static func changeLines(number: String) -> [String] {
    [
      AnswerForm.numbersLabel + number, AnswerForm.successorLabel, AnswerForm.unitLabel,
      AnswerForm.emailLabel,
    ]
  }

  private func addresses(with contact: Contact?) -> [MailAddress] {
    let contact = contact.flatMap { try? MailAddress($0.email) }
    return [ours, contact == ours ? nil : contact].compactMap { $0 }
  }

  /// A link by which the contact decides a request.
  func decision(_ words: String, of request: Notice.Request, to address: MailAddress) -> String {
    let blank = request.asksForDay && words == AnswerForm.approve ? "，延期至\(AnswerForm.blankDay)" : ""
    return link(
      to: [address], subject: "\(words)\(request.number)：\(CleanText.line(request.about, limit: 60))",
      lines: ["\(words)\(request.number)\(blank)。"], token: request.token)
  }

  private func link(to addresses: [MailAddress], subject: String, lines: [String], token: String? = nil)
    -> String
  {
    let last =
      ["", "\(AnswerForm.mailLabel)\(messageID)"] + (token.map { ["\(AnswerForm.tokenLabel)\($0)"] } ?? [])
    let link = Self.mailto(addresses, subject: subject, body: (lines + last).joined(separator: "\r\n"))
    return addresses.isEmpty || link.utf8.count >= Self.mostBytes ? "" : link
  }

  /// A link that opens a new mail to these addresses.
  static func mailto(_ addresses: [MailAddress], subject: String, body: String) -> String {
    let to = addresses.map { "\(PercentEncoding.encode($0.local))@\($0.domain)" }.joined(separator: ",")
    return "mailto:\(to)?subject=\(PercentEncoding.encode(subject))&body=\(PercentEncoding.encode(body))"
  }
}
