public import DubanCore

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
    let explanation = aboveOriginal(TextLines.lines(texts).joined(separator: "\n"))
    let mine = Address.all(in: mail.field("to") ?? "") + Address.all(in: mail.field("from") ?? "")
    func isOurs(_ address: String) -> Bool { mine.contains(address) || isSystem(address) }
    let lines = oneAddressEach(explanation).filter { !isOurs($0.address) }
    let arrived = Set(lines.filter { saysArrived($0.words) }.map(\.address))
    let named = Set(Address.all(in: explanation) + statuses.flatMap { Address.all(in: $0.text) })
    func returned(_ bounces: [MailReading.Bounce]) -> Returned {
      Returned(bounces: bounces, originalID: original, addresses: named.subtracting(arrived))
    }
    let reported = statuses.map { recipients($0, explanation, mine: mine) }
    if reported.contains(where: { !$0.bounces.isEmpty }) { return returned(reported.flatMap(\.bounces)) }
    // Asked for, such a report says that the mail did arrive.
    if reported.contains(where: \.hasArrived) { return nil }
    // A complaint (RFC 5965) is about a mail that did arrive.
    if parts.contains(where: { $0.type == "message/feedback-report" }) { return nil }
    guard comesFromMailSystem(mail, explanation), saysSo(mail, explanation) else { return nil }
    if lines.allSatisfy({ arrived.contains($0.address) }), saysArrived(explanation) { return nil }
    let isDelayed = isDelay("\(mail.field("subject") ?? "")\n\(explanation)".lowercased())
    let stage = BounceReason.Stage(in: explanation)
    func bounce(_ recipient: String?, _ words: String) -> MailReading.Bounce {
      .init(recipient: recipient, BounceReason.read(words, stage: stage), final: !isDelayed)
    }
    let each = paragraphs(explanation).filter { !isOurs($0.address) }
    if each.count > 1 { return returned(each.map { bounce($0.address, $0.words) }) }
    // a@… 用户不存在 above b@… 邮箱已满
    let failed = lines.filter { !arrived.contains($0.address) }
    if lines.count > 1, !failed.isEmpty,
      failed.allSatisfy({ BounceReason.read($0.words).reason != .undefined })
    {
      return returned(failed.map { bounce($0.address, $0.words) })
    }
    let recipient =
      Address.all(in: mail.field("x-failed-recipients") ?? "").first ?? each.first?.address
      ?? Address.all(in: explanation).first { !isOurs($0) && !arrived.contains($0) }
    return returned([bounce(recipient, explanation)])
  }

  /// The lines that name one address, each another, and what they say of it.
  private static func oneAddressEach(_ text: String) -> [(address: String, words: String)] {
    let lines = text.split(separator: "\n").prefix(1_000).compactMap { line in
      let named = Set(Address.all(in: String(line)))
      return named.count == 1 ? named.first.map { (address: $0, words: String(line)) } : nil
    }
    return Set(lines.map(\.address)).count == lines.count ? lines : []
  }

  /// Whether words only say that a mail did arrive.
  private static func saysArrived(_ words: String) -> Bool {
    let small = words.lowercased()
    return small.holds(anyOf: [
      "successfully delivered", "delivered to mailbox", "已收到", "已送达", "投递成功", "成功投递",
    ]) && !small.holds(anyOf: undelivered + ["not ", "n't", "未", "没", "不", "失败"]) && !isDelay(small)
      && !replyCode.isIn(small)
      && BounceReason.read(small).reason == .undefined
  }

  private static func isDelay(_ small: String) -> Bool {
    let isSaid =
      small.holds(anyOf: [
        "delayed", "not yet been delivered", "will keep trying", "will be retried", "do not need to resend",
        "warning message only", "warning only", "still being retried", "尚未送达",
      ]) || triesOn(small)
    return isSaid && !small.holds(anyOf: ["given up", "permanent", "final", "放弃", "不再"])
  }

  /// Whether a Chinese text promises to go on, and beside it is no refusal, no dead mailbox and no end of it.
  private static func triesOn(_ small: String) -> Bool {
    tryingOn.isIn(small) && !ended.isIn(small.replacing(noEnd.regex, with: "")) && !replyCode.isIn(small)
      && ![.userunknown, .suspend].contains(BounceReason.read(small).reason)
  }

  /// 系统将在48小时内继续重试, 投递被延迟; and not 请将地址改正后重试.
  private static let tryingOn = Pattern(
    /继续(?:重试|尝试|投递)|[正仍还]在(?:自动)?重试|(?:系统|服务器|我们)\p{sc=Han}{0,2}[将会][^。；\n]{0,12}重试|[将会](?:在|于|自动|继续|定期|再次|每)[^。；\n]{0,12}重试|(?:投递|送达|发送)\p{sc=Han}{0,4}(?:延迟|延误)/
  )
  /// 系统不会再次重试, 自动重试3次，均告失败, 已终止投递; and not 届时仍未成功将退回.
  private static let ended = Pattern(
    /(?:不(?![必需用])|无法)[^，。；\n]{0,6}重试|不会(?:再次?|继续|自动){0,2}(?:尝试|投递|发送)|[停终中]止(?:再次?|继续|自动|对该?邮件的?){0,2}(?:尝试|重试|重发|投递|发送)|(?:尝试|重试|投递|发送)\p{sc=Han}{0,3}[停终中]止|[被已现均后](?:超时)?退[回信]|(?:始终|一直)[^。；\n]{0,8}，邮件退[回信]|(?:均|仍|都|全部|最终|已经?)(?:告|投递|重试)*(?:失败|未[能成])(?![^。；\n]{0,12}[将会则])|延迟时限|(?:请|建议)[^，。；\n]{0,24}重试|重试(?:失败|无果)|(?:不能?|无法|没有?|未)再?继续(?:重试|尝试|投递)|(?:请|您可以?|如需)(?:(?!系统|我们|服务器|将|会)[^。；\n]){0,20}继续(?:尝试|投递|发送|重试)|(?:多次|\d次)重试/
  )
  /// What sounds like an end and is none: 不会停止重试, 若仍未送达，邮件将被退回，届时不会再重试, 将在5天内多次重试.
  private static let noEnd = Pattern(
    /(?:不会?|未)[停终中]止|不会被退|届时[^，。；\n]{0,10}重试|[若如][^。；\n]{0,20}将被退[回信]|无法手动重试|[若如超][^。；\n]{0,24}[将会则][^，。；\n]{0,4}[停终中]止[^，。；\n]{0,8}|如(?:急需|紧急)[^。；\n]{0,16}重试|[将会内][^，。；\n]{0,4}(?:多次|\d次)重试|(?:多次|\d次)重试(?=，[^，。；\n]{0,4}将?继续)/
  )

  /// What a text says of each address that begins a line, as Exim, qmail and others write it; behind a code of SMTP the
  /// line alone is about it.
  private static func paragraphs(_ text: String) -> [(address: String, words: String)] {
    var result: [(address: String, words: String)] = []
    var current: Int?
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if let (address, isAlone) = leadingAddress(line) {
        let known = result.firstIndex { $0.address == address }
        if known == nil { result.append((address, String(line))) }
        current = isAlone ? known ?? result.indices.last : nil
      } else if let place = current {
        if trimmed(line).isEmpty, result[place].words.contains("\n") { current = nil }
        result[place].words += "\n" + line
      }
    }
    return result
  }

  /// The address that a line begins with: alone, or with words about it behind a mark. Not alone is one behind a code.
  private static func leadingAddress(_ line: Substring) -> (address: String, isAlone: Bool)? {
    var rest = line.prefix(1_000).drop(while: \.isWhitespace)
    let code = rest.prefix(while: ItemNumber.isDigit)
    let hasCode = code.count == 3 && "45".contains(code.first ?? " ") && rest.dropFirst(3).first == " "
    if hasCode { rest = rest.dropFirst(4) }
    if let first = rest.first, first == "<" || first == "\"" { rest = rest.dropFirst() }
    let end = rest.firstIndex { $0.isWhitespace || "<>\":;,()[]".contains($0) } ?? rest.endIndex
    var word = rest[..<end]
    var behind = rest[end...]
    if word.hasSuffix("...") { (word, behind) = (word.dropLast(3), rest[word.endIndex...]) }
    guard let address = Address.all(in: String(word)).first, address.utf8.count == word.utf8.count else {
      return nil
    }
    let isMarked = behind.first.map { ">\":".contains($0) } ?? false
    let isDated = behind.hasPrefix(" on ") || behind.hasPrefix(" [")
    guard isMarked || isDated || word.endIndex != end || trimmed(behind).isEmpty else { return nil }
    return (address, !hasCode)
  }

  /// RFC 3464: a group of fields for the message, then one for each recipient.
  private static func recipients(
    _ part: MailPart, _ explanation: String, mine: [String]
  ) -> (bounces: [MailReading.Bounce], hasArrived: Bool) {
    var groups: [[UInt8]] = [[]]
    for line in part.text(atMost: 200_000).split(separator: "\n", omittingEmptySubsequences: false) {
      if trimmed(line).isEmpty {
        groups.append([])
      } else {
        groups[groups.count - 1] += Array(line.utf8) + [0x0A]
      }
    }
    let reports = groups.filter { !$0.isEmpty }.prefix(200).map { MailPart(mail: $0) }
    let isAlone = reports.count { $0.field("final-recipient") != nil } == 1
    // What its owner has a receiving service answer, after it took the mail.
    let isRule = reports.contains { $0.field("reporting-mta")?.holds("inbound-smtp.") ?? false }
    var hasArrived = false
    let bounces: [MailReading.Bounce] = reports.compactMap { fields in
      guard let final = fields.field("final-recipient") ?? fields.field("original-recipient") else {
        return nil
      }
      let action = fields.field("action")?.lowercased() ?? "failed"
      guard !action.begins(withAnyOf: ["delivered", "relayed", "expanded"]) else {
        hasArrived = true
        return nil
      }
      let handedOn = Address.all(in: final).first
      let named =
        fields.field("original-recipient").flatMap { Address.all(in: $0).first } ?? handedOn
        ?? (isAlone ? Address.all(in: explanation).first { !isSystem($0) } : nil)
      var bounce = MailReading.Bounce(
        recipient: named,
        reason(fields, isAlone ? explanation : nil, BounceReason.Stage(in: explanation)),
        final: !action.hasPrefix("delayed"), transient: fields.field("status")?.hasPrefix("4") ?? false)
      if isRule || speaksOf(mine, rather: named, fields.field("diagnostic-code") ?? "") {
        bounce.permanent = false
      }
      bounce.handedOn = handedOn == named ? nil : handedOn
      return bounce
    }
    return (bounces, hasArrived)
  }

  /// Whether a server's words name the sender's domain and not the recipient's: then it is that one it doesn't find.
  private static func speaksOf(_ senders: [String], rather recipient: String?, _ words: String) -> Bool {
    func domain(_ address: String) -> Substring { address.drop { $0 != "@" }.dropFirst() }
    guard let theirs = recipient.map(domain), !words.lowercased().holds(theirs) else { return false }
    return senders.map(domain).contains { $0 != theirs && $0.contains(".") && words.lowercased().holds($0) }
  }

  /// Why, by the fields about a recipient; `text`: the report's own words, where they are about nobody else.
  private static func reason(
    _ fields: MailPart, _ text: String?, _ stage: BounceReason.Stage?
  ) -> BounceReason.Reading {
    switch fields.field("x-powermta-bouncecategory") {
    case "bad-mailbox": return .init(reason: .userunknown)
    case "bad-domain": return .init(reason: .hostunknown)
    default: break
    }
    let written = fields.field("status") ?? ""
    let status = written.firstMatch(of: status.regex).map { String($0.output) }
    let read = BounceReason.read(fields.field("diagnostic-code") ?? "", status: status, stage: stage)
    guard let text, read.reason == .undefined || read.reason.isPermanent else { return read }
    // Of one recipient the text may say more than the code does: a full mailbox.
    let said = BounceReason.read(text, status: status, stage: stage)
    return read.reason == .undefined || said.reason == .full ? said : read
  }

  private static let status = Pattern(/[245]\.\d{1,3}\.\d{1,3}/)

  private static func comesFromMailSystem(_ mail: MailPart, _ explanation: String) -> Bool {
    let from = (mail.field("from") ?? "").lowercased()
    if from.holds(anyOf: [
      "mailer-daemon", "mailerdaemon", "postmaster", "mail delivery", "mail-delivery", "mail.delivery",
      "microsoftexchange", "mdaemon", "mail administrator", "邮件系统", "系统管理员",
    ]) || mail.type == "multipart/report" || mail.field("x-failed-recipients") != nil {
      return true
    }
    guard mail.field("return-path") == "<>" || from.isEmpty || from == "<>" else { return false }
    return (mail.field("subject") ?? "").lowercased().holds(anyOf: subjects)
      || explanation.lowercased().holds(anyOf: undelivered)
  }

  private static func saysSo(_ mail: MailPart, _ explanation: String) -> Bool {
    let small = explanation.lowercased()
    return (mail.field("subject") ?? "").lowercased().holds(anyOf: subjects)
      || small.holds(anyOf: undelivered) || isDelay(small)
      || small.holds("user unknown") || replyCode.isIn(small)
  }

  private static let replyCode = Pattern(/\b5\d\d[ \-#]/)

  private static let subjects = [
    "退信", "undeliver", "fail", "returned", "not deliver", "delivery", "退回", "投递失败", "未送达", "无法送达",
    "error sending", "mail system error", "mail error", "could not send message", "延迟", "配信",
  ]

  private static let undelivered = [
    "could not be delivered", "couldn't be delivered", "unable to deliver", "wasn't able to deliver",
    "undeliverable", "delivery failed", "delivery to the following", "did not reach the following",
    "returned to sender", "not delivered", "被退回", "无法送达", "投递失败", "没有投递成功", "not yet been delivered",
    "delivery attempts will continue", "尚未送达",
  ]

  /// The Message-ID of the mail that came back: in the enclosed mail or its header, else in the copy below the text.
  private static func originalID(_ mail: MailPart, _ parts: [MailPart]) -> String? {
    for part in parts where part.type.hasPrefix("message/") || part.type == "text/rfc822-headers" {
      if let id = part.children.first?.field("message-id").flatMap({ MailID.ids(in: $0).first }) { return id }
      if part.children.isEmpty, let id = named(part.text.split(separator: "\n").map(String.init)) {
        return id
      }
    }
    return named(TextLines.lines(parts.filter { $0.type.hasPrefix("text/") }))
  }

  /// A field of that name among lines of text, perhaps folded; else the words in the middle of a line.
  private static func named(_ lines: [String]) -> String? {
    let name = "message-id:"
    var inside: String?
    for (place, line) in lines.enumerated() where line.utf8.count <= 10_000 {
      let small = line.lowercased()
      guard small.holds(name) else { continue }
      let isField = small.drop { " \t>".contains($0) }.hasPrefix(name)
      let text = isField && place + 1 < lines.count ? line + " " + lines[place + 1] : line
      let behind = text.lowercased().split(separator: name, maxSplits: 1).last ?? ""
      guard let id = MailID.ids(in: String(text.suffix(behind.count))).first else { continue }
      if isField { return id }
      inside = inside ?? id
    }
    return inside
  }

  /// The mail system's own words, without the copy of the mail below them.
  private static func aboveOriginal(_ text: String) -> String {
    let whole = String(text.prefix(200_000))
    var head: [Substring] = []
    for line in whole.split(separator: "\n", omittingEmptySubsequences: false) {
      // Behind it is advice, which is the same for many reasons.
      if beginsOriginal(line) || trimmed(line).begins(withAnyOf: ["解决方案", "解决建议", "建议解决"]) { break }
      head.append(line)
    }
    let above = head.joined(separator: "\n")
    return String((trimmed(above).isEmpty ? whole : above).prefix(20_000))
  }

  private static func beginsOriginal(_ line: Substring) -> Bool {
    let start = line.drop { $0 == " " || $0 == "\t" }.prefix(80).lowercased()
    if start.begins(withAnyOf: ["return-path:", "received: from", "原始邮件头", "message-id:"]) { return true }
    guard start.hasPrefix("-") else { return false }
    return start.drop { $0 == "-" || $0 == " " }.begins(withAnyOf: [
      "below this line", "original message", "this is a copy", "unsent message", "returned",
      "the following is",
    ])
  }

  private static func isSystem(_ address: String) -> Bool {
    address.begins(withAnyOf: ["mailer-daemon@", "postmaster@", "noreply@", "no-reply@"])
  }
}

/// A mail that came back without its Message-ID, as the pages of NetEase and QQ report it: recipient, subject and time are
/// printed.
public enum PrintedMail {
  /// Which of the mails to a recipient such a page is about: the one whose subject it prints, and of several with the same
  /// subject the one whose day it prints. Nil where none fits, or more than one.
  public static func place(in page: MailPart, among sent: [(subject: String, day: CivilDate)]) -> Int? {
    let texts = page.all(entering: false).filter { $0.type.hasPrefix("text/") }
    let text = squeezed(TextLines.lines(texts).joined())
    let fitting = sent.indices.filter {
      let subject = squeezed(sent[$0].subject)
      return !subject.isEmpty && text.holds(subject)
    }
    let dated = fitting.count > 1 ? fitting.filter { text.holds(anyOf: forms(of: sent[$0].day)) } : fitting
    return dated.count == 1 ? dated[0] : nil
  }

  /// 2022-12-05, 2022/12/5, 2022年12月5日.
  private static func forms(of day: CivilDate) -> [String] {
    let padded = day.description
    let bare = [day.year, day.month, day.day].map(String.init)
    return [
      padded, padded.replacing("-", with: "/"), bare.joined(separator: "-"), bare.joined(separator: "/"),
    ]
      + [day.chinese(), "\(padded.prefix(4))年\(padded.dropFirst(5).prefix(2))月\(padded.suffix(2))日"]
  }
}
