/// Mails that came back, and notices of delay.
enum BounceReader {
  /// What came back.
  struct Returned {
    /// For whom and why.
    var bounces: [MailReading.Bounce]
    /// The Message-ID of the mail that came back.
    var originalID: String?
    /// Every address that the report itself names.
    var addresses: Set<String>
  }

  /// What came back, and for whom; nil where this is no such mail.
  static func read(_ mail: MailPart) -> Returned? {
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
    let told = Set(Address.all(in: explanation) + statuses.flatMap { Address.all(in: $0.text) })
    func returned(_ bounces: [MailReading.Bounce]) -> Returned {
      Returned(bounces: bounces, originalID: original, addresses: told)
    }
    let reported = statuses.flatMap { recipients($0, explanation) }
    if !reported.isEmpty { return returned(reported) }
    // A complaint (RFC 5965) is about a mail that did arrive.
    if parts.contains(where: { $0.type == "message/feedback-report" }) { return nil }
    guard comesFromMailSystem(mail, explanation), saysSo(mail, explanation) else { return nil }
    let small = explanation.lowercased()
    let isDelayed =
      small.contains(
        /delayed|not yet been delivered|will keep trying|will be retried|do not need to resend|warning message only|尚未送达|投递延迟|继续尝试/
      ) && !small.contains(/given up|permanent|final|放弃/)
    let mine = Address.all(in: mail.field("to") ?? "") + Address.all(in: mail.field("from") ?? "")
    func bounce(_ recipient: String?, _ words: String) -> MailReading.Bounce {
      let reason = BounceReason.read(words, stage: BounceReason.Stage(in: explanation))
      return .init(recipient: recipient, reason: reason, final: !isDelayed)
    }
    let each = paragraphs(explanation).filter { !mine.contains($0.address) && !isSystem($0.address) }
    if Set(each.map(\.address)).count > 1 {
      return returned(each.map { bounce($0.address, $0.words) })
    }
    let recipient =
      Address.all(in: mail.field("x-failed-recipients") ?? "").first
      ?? Address.all(in: explanation).first { !mine.contains($0) && !isSystem($0) }
    return returned([bounce(recipient, explanation)])
  }

  /// What a text says of each address that begins a line, as Exim, qmail and others write it; behind a code of SMTP the
  /// line alone is about it.
  private static func paragraphs(_ text: String) -> [(address: String, words: String)] {
    var result: [(address: String, words: String)] = []
    var isOpen = false
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if let match = line.prefixMatch(
        of: /\s*([45]\d\d )?[<"]?([\x21-\x7E&&[^<>"@:;,()]]+@[A-Za-z0-9.\-]+?)(?:[>"]?:?\s*$|[>"]:?|\.\.\.)/)
      {
        isOpen = match.1 == nil
        let address = match.2.lowercased()
        if result.contains(where: { $0.address == address }) { continue }
        result.append((address, String(line)))
      } else if isOpen, let last = result.indices.last {
        isOpen = !trimmed(line).isEmpty || !result[last].words.contains("\n")
        result[last].words += "\n" + line
      }
    }
    return result
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
    let reports = groups.prefix(200).filter { !$0.isEmpty }.map { MailPart(mail: $0) }
    let isAlone = reports.count { $0.field("final-recipient") != nil } == 1
    for fields in reports {
      guard let final = fields.field("final-recipient") ?? fields.field("original-recipient") else {
        continue
      }
      let named =
        fields.field("original-recipient").flatMap { Address.all(in: $0).first }
        ?? Address.all(in: final).first
        ?? (isAlone ? Address.all(in: explanation).first { !isSystem($0) } : nil)
      let action = fields.field("action")?.lowercased() ?? "failed"
      guard !action.hasPrefix("delivered"), !action.hasPrefix("relayed"), !action.hasPrefix("expanded") else {
        continue
      }
      let isDelayed = action.hasPrefix("delayed")
      let status = fields.field("status")?.firstMatch(of: /[245]\.\d{1,3}\.\d{1,3}/).map { String($0.0) }
      let diagnosis = fields.field("diagnostic-code") ?? ""
      var reason = BounceReason.read(diagnosis, status: status, stage: BounceReason.Stage(in: explanation))
      // What the text says is about all of them; of one it may say more than the code does: a full mailbox.
      if isAlone, reason == .undefined || reason.isPermanent {
        let told = BounceReason.read(explanation, status: status, stage: BounceReason.Stage(in: explanation))
        if reason == .undefined || told == .full { reason = told }
      }
      let isTransient = status?.hasPrefix("4") ?? false
      result.append(.init(recipient: named, reason: reason, final: !isDelayed, transient: isTransient))
    }
    return result
  }

  private static func comesFromMailSystem(_ mail: MailPart, _ explanation: String) -> Bool {
    let from = (mail.field("from") ?? "").lowercased()
    if from.contains(
      /mailer-?daemon|postmaster|mail delivery|mail.delivery|microsoftexchange|mdaemon|mail administrator|邮件系统|系统管理员/
    ) {
      return true
    }
    if mail.type == "multipart/report" || mail.field("x-failed-recipients") != nil { return true }
    guard mail.field("return-path") == "<>" || from.isEmpty || from == "<>" else { return false }
    let subject = (mail.field("subject") ?? "").lowercased()
    return subject.contains(/退信|undeliver|fail|returned|not deliver|delivery|未送达|无法送达/)
      || explanation.lowercased().contains(undelivered)
  }

  private static func saysSo(_ mail: MailPart, _ explanation: String) -> Bool {
    let subject = (mail.field("subject") ?? "").lowercased()
    if subject.contains(
      /退信|undeliver|failure|failed|returned mail|delivery status|not delivered|delivery|退回|投递失败|未送达|无法送达|error sending|mail system error|mail error|配信/
    ) {
      return true
    }
    let small = explanation.lowercased()
    return small.contains(undelivered) || small.contains(/user unknown|\b5\d\d[ \-#]/)
  }

  private static var undelivered: Regex<Substring> {
    /could not be delivered|couldn't be delivered|unable to deliver|wasn't able to deliver|undeliverable|delivery failed|delivery to the following|did not reach the following|returned to sender|not delivered|被退回|无法送达|投递失败|没有投递成功/
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
