/// Mails that came back, and notices of delay.
enum BounceReader {
  /// What came back, and for whom; nil where this is no such mail.
  static func read(_ mail: MailPart) -> (bounces: [MailReading.Bounce], originalID: String?)? {
    let parts = mail.all()
    let original = originalID(mail, parts)
    let statuses = parts.filter {
      ["message/delivery-status", "message/global-delivery-status"].contains($0.type)
    }
    let texts = mail.all(entering: false).filter {
      $0.type.hasPrefix("text/") && $0.type != "text/rfc822-headers"
    }
    .map { TextLines.lines($0).joined(separator: "\n") }
    let explanation = aboveOriginal(texts.joined(separator: "\n"))
    let reported = statuses.flatMap { recipients($0, explanation) }
    if !reported.isEmpty { return (reported, original) }
    // A complaint (RFC 5965) is about a mail that did arrive.
    if parts.contains(where: { $0.type == "message/feedback-report" }) { return nil }
    guard comesFromMailSystem(mail), saysSo(mail, explanation) else { return nil }
    let isDelayed =
      explanation.lowercased().contains(
        /delayed|not yet been delivered|will keep trying|will be retried|do not need to resend|warning message only|尚未送达|投递延迟|继续尝试/
      )
      && !explanation.lowercased().contains(/given up|permanent|final|放弃/)
    let reason = BounceReason.read(explanation)
    let mine = Address.all(in: mail.field("to") ?? "") + Address.all(in: mail.field("from") ?? "")
    let recipient =
      Address.all(in: mail.field("x-failed-recipients") ?? "").first
      ?? Address.all(in: explanation).first { !mine.contains($0) && !isSystem($0) }
    return (
      [
        .init(
          recipient: recipient, permanent: reason.isPermanent && !isDelayed, final: !isDelayed, reason: reason
        )
      ], original
    )
  }

  /// RFC 3464: a group of fields for the message, then one for each recipient.
  private static func recipients(_ part: MailPart, _ explanation: String) -> [MailReading.Bounce] {
    let text = part.text
    var groups: [[UInt8]] = [[]]
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if trimmed(line).isEmpty {
        groups.append([])
      } else {
        groups[groups.count - 1] += Array(line.utf8) + [0x0A]
      }
    }
    var result: [MailReading.Bounce] = []
    for group in groups.prefix(200) where !group.isEmpty {
      let fields = MailPart(mail: group)
      guard let final = fields.field("final-recipient") ?? fields.field("original-recipient") else {
        continue
      }
      let named =
        fields.field("original-recipient").flatMap { Address.all(in: $0).first }
        ?? Address.all(in: final).first
      let action = fields.field("action")?.lowercased() ?? "failed"
      guard !action.hasPrefix("delivered"), !action.hasPrefix("relayed"), !action.hasPrefix("expanded") else {
        continue
      }
      let isDelayed = action.hasPrefix("delayed")
      let status = fields.field("status")?.firstMatch(of: /[245]\.\d{1,3}\.\d{1,3}/).map { String($0.0) }
      let diagnosis = fields.field("diagnostic-code") ?? ""
      let isAfterData = explanation.lowercased().contains(/in reply to end of\s+data/)
      var reason = BounceReason.read(diagnosis, status: status, afterData: isAfterData)
      if reason == .undefined {
        reason = BounceReason.read(explanation, status: status, afterData: isAfterData)
      }
      result.append(
        .init(
          recipient: named, permanent: reason.isPermanent && !isDelayed, final: !isDelayed, reason: reason))
    }
    return result
  }

  private static func comesFromMailSystem(_ mail: MailPart) -> Bool {
    let from = (mail.field("from") ?? "").lowercased()
    if from.contains(
      /mailer-?daemon|postmaster|mail delivery|mail.delivery|microsoftexchange|mdaemon|mail administrator|邮件系统|系统管理员/
    ) {
      return true
    }
    if mail.type == "multipart/report" || mail.field("x-failed-recipients") != nil { return true }
    let path = mail.field("return-path")
    let subject = (mail.field("subject") ?? "").lowercased()
    return (path == "<>" || from.isEmpty || from == "<>")
      && subject.contains(/退信|undeliver|fail|returned|not deliver|delivery|未送达|无法送达/)
  }

  private static func saysSo(_ mail: MailPart, _ explanation: String) -> Bool {
    let subject = (mail.field("subject") ?? "").lowercased()
    if subject.contains(
      /退信|undeliver|failure|failed|returned mail|delivery status|not delivered|delivery|退回|投递失败|未送达|无法送达|error sending|mail system error|mail error|配信/
    ) {
      return true
    }
    return explanation.lowercased().contains(
      /could not be delivered|couldn't be delivered|unable to deliver|wasn't able to deliver|undeliverable|delivery failed|delivery to the following|returned to sender|not delivered|user unknown|被退回|无法送达|投递失败|没有投递成功|\b5\d\d[ \-#]/
    )
  }

  /// The Message-ID of the mail that came back: in the enclosed mail or its header, else in the copy below the text.
  private static func originalID(_ mail: MailPart, _ parts: [MailPart]) -> String? {
    for part in parts where part.type.hasPrefix("message/") || part.type == "text/rfc822-headers" {
      if let id = part.children.first?.field("message-id").flatMap({ MailID.ids(in: $0).first }) { return id }
      if part.children.isEmpty, let id = named(part.text) { return id }
    }
    for part in parts where part.type.hasPrefix("text/") {
      if let id = named(TextLines.lines(part).joined(separator: "\n")) { return id }
    }
    return nil
  }

  private static func named(_ text: String) -> String? {
    text.firstMatch(of: /(?im)^[ \t>]*Message-ID:\s*<([^<>\s]+@[^<>\s]+)>/).map { String($0.1) }
      ?? text.firstMatch(of: /(?i)\bMessage-ID:\s*<([^<>\s]+@[^<>\s]+)>/).map { String($0.1) }
  }

  /// The mail system's own words, without the copy of the mail below them.
  private static func aboveOriginal(_ text: String) -> String {
    let cut = text.firstRange(
      of:
        /(?im)^[ \t]*(-+ ?(below this line|original message|this is a copy|unsent message|returned|the following is)|return-path:|received: from|原始邮件头|message-id:)/
    )
    let head = cut.map { text[..<$0.lowerBound] } ?? text[...]
    return String((trimmed(head).isEmpty ? text[...] : head).prefix(20_000))
  }

  private static func isSystem(_ address: String) -> Bool {
    address.contains(/^(mailer-daemon|postmaster|noreply|no-reply)@/)
  }
}
