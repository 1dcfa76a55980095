import DubanCore

/// Reads mails of the mailbox against the mails that were sent. Pure: no clock, no file, no network.
public struct InboxReader: Sendable {
  private let sent: [String: SentMail]
  private let ours: Set<String>

  /// - Parameter sent: the mails that were sent; without them nothing is proven, and nothing certain is read.
  public init(sent: [SentMail]) {
    self.sent = Dictionary(sent.map { ($0.id, $0) }) { first, _ in first }
    ours = Set(sent.map(\.from))
  }

  /// The mails of ours that a mail may be about, by Message-ID without angle brackets, and who it says it is from: what
  /// has to be looked up to read it.
  public static func mentions(_ mail: MailPart) -> (ids: [String], sender: String) {
    let fields = ["message-id", "in-reply-to", "references"].flatMap { MailID.ids(in: mail.field($0) ?? "") }
    let receipts = mail.all().filter { $0.type == "message/disposition-notification" }.flatMap {
      MailID.ids(in: $0.report.field("original-message-id") ?? "")
    }
    let returned = BounceReader.read(mail)?.originalID.map { [$0] } ?? []
    return (
      Array((fields + FormAnswer.ids(in: mail) + receipts + returned).prefix(200)),
      Address.first(in: mail.field("from")) ?? ""
    )
  }

  /// What this mail is and says; the kinds are tried in the order of the closed list.
  public func read(_ bytes: [UInt8]) -> MailReading { read(MailPart(mail: bytes)) }

  /// The same of a mail that was taken apart already.
  public func read(_ mail: MailPart) -> MailReading {
    let own = mail.field("message-id").flatMap { MailID.ids(in: $0).first }
    let from = Address.first(in: mail.field("from")) ?? ""
    if own.map({ sent[$0] != nil }) ?? false || ours.contains(from) && mail.field("auto-submitted") != nil {
      var reading = MailReading(kind: .unrelated)
      reading.messageID = own
      return reading
    }
    let answered = answeredMail(mail)
    var new = newText(mail, answered)
    let isReceipt = Self.isReceipt(mail, new.text)
    if !isReceipt, let returned = BounceReader.read(mail) {
      return bounce(mail, returned)
    }
    var reading = MailReading(kind: .answer)
    reading.messageID = own
    reading.day = mail.field("date").flatMap(MailDay.day).flatMap { Self.isLikely($0, answered) ? $0 : nil }
    reading.answersMessageID = answered.map { "<\($0.id)>" }
    reading.attachments = mail.all(entering: false).compactMap(\.attachmentName)
    let isKnownSender = sent.values.contains { $0.recipient == from }
    reading.senderIsRecipient = answered.map { $0.recipient == from } ?? isKnownSender
    let form = FormAnswer(new.lines)
    new.lines = FormAnswer.shown(new.lines)
    reading.newText = new.text
    if isReceipt || Self.isAutomatic(mail, new.text) {
      reading.kind = isReceipt ? .receipt : .auto
      if !isReceipt, reading.senderIsRecipient, !Self.isForged(mail), Self.hasOneSender(mail) {
        reading.awayUntil = AwayReply.end(in: new.text, from: reading.day)
      }
      return reading
    }
    reading.needsPerson =
      mail.isDamaged || !reading.senderIsRecipient || Self.isForged(mail) || !Self.hasOneSender(mail)
    guard let answered else {
      reading.kind =
        Self.isForged(mail) && isKnownSender ? .hostile : isKnownSender && new.quotesUs ? .answer : .unrelated
      reading.senderIsRecipient = reading.senderIsRecipient && reading.kind != .hostile
      if reading.kind == .unrelated { reading.messageID = nil }
      reading.needsPerson = true
      return reading
    }
    reading.isProven = !reading.needsPerson
    if answered.isForContact {
      reading.kind = .contact
      reading.token = form.token
      let answer = Answer(contact: form.lines, of: answered, day: reading.day)
      // Programs show the one part or the other.
      if let shown = new.other {
        let other = Answer(contact: FormAnswer(shown).lines, of: answered, day: reading.day)
        let isDoubtful =
          other.decisions.isEmpty ? !new.isSaid(in: shown) : other.decisions != answer.decisions
        reading.needsPerson = reading.needsPerson || isDoubtful
      }
      reading.decisions = reading.needsPerson ? [] : answer.decisions
      reading.needsPerson = reading.needsPerson || answer.needsPerson || new.isDoubtful
      // Nobody but a person knows what else it says.
      let isLedger = reading.attachments.contains { $0.lowercased().ends(withAnyOf: Self.workbooks) }
      reading.isForWorkbookAlone = isLedger && !reading.needsPerson
      reading.needsPerson = reading.needsPerson || isLedger
      return reading
    }
    var answer = Answer(owner: form.lines, of: answered, day: reading.day)
    // Programs show the one part or the other: where they differ nobody knows what the sender has seen.
    if let shown = new.other {
      let other = Answer(owner: FormAnswer(shown).lines, of: answered, day: reading.day)
      if other.items.isEmpty ? !new.isSaid(in: shown) : other.items != answer.items {
        answer.items.removeAll { !other.items.contains($0) }
        answer.needsPerson = true
      }
    }
    reading.items = mail.isDamaged ? [] : answer.items
    reading.needsPerson = reading.needsPerson || answer.needsPerson || new.isDoubtful
    let isReportMail = answered.subject.contains("报送")
    // A picture may be a logo, unless it is called otherwise; and what isn't the report yet says so.
    let blank = Set(mail.all(entering: false).filter(HandedIn.isBlank).compactMap(\.attachmentName))
    let files = reading.attachments.filter { name in
      !name.hasSuffix(".ics") && name != "winmail.dat" && !blank.contains(name)
        && (name.holds(anyOf: ["报送", "整改情况", "进展情况"])
          || !name.lowercased().ends(withAnyOf: [".png", ".jpg", ".jpeg", ".gif", ".bmp"]))
    }
    let isLater = Self.later.isIn(squeezed(reading.newText))
    reading.reportReceived =
      isReportMail
      && ((answer.fillsForm || !files.isEmpty) && !isLater
        || !answer.items.isEmpty && Self.announced.isIn(squeezed(reading.newText)))
      || !isLater && files.contains { $0.contains("整改情况报送") }
    reading.isPlainReport =
      reading.isProven && reading.reportReceived && isReportMail && !new.isDoubtful && answer.items.isEmpty
      && ([new.lines] + [new.other].compactMap(\.self)).allSatisfy { HandedIn.isAll(FormAnswer.shown($0)) }
      && mail.all(entering: false).contains(where: HandedIn.isReport)
    return reading
  }

  private static let workbooks = [".xlsx", ".xlsm", ".xls", ".et", ".csv"]

  private static let announced = Pattern(/(?:报送|报告|汇报)如下/)
  /// The report itself comes another time, or isn't what is attached.
  private static let later = Pattern(
    /[？?]|请问|打不开|重发|模板|样表|格式|截图|(?:无法|不能|暂缓?|未能|尚未|没法)(?:按时|如期)?(?:报(?!批)|上报|提交)|暂时|稍后|过几天|下周|初稿|草稿/)

  /// A mail of ours has one recipient. A report that names another address, to which ours may forward, is about this mail
  /// too, but says nothing of our address.
  private func bounce(_ mail: MailPart, _ returned: BounceReader.Returned) -> MailReading {
    var reading = MailReading(kind: returned.bounces.contains { $0.final } ? .bounce : .delayed)
    reading.bounces = returned.bounces
    let named = returned.originalID.flatMap { sent[$0] } ?? answeredMail(mail)
    reading.answersMessageID = named.map { "<\($0.id)>" }
    reading.messageID = returned.originalID ?? named?.id
    if let named, returned.bounces.count == 1, let bounce = returned.bounces.first,
      bounce.recipient != named.recipient
    {
      reading.bounces[0].recipient = named.recipient
      if bounce.recipient != nil, !returned.addresses.contains(named.recipient) {
        reading.bounces[0].permanent = false
      }
    }
    return reading
  }

  /// The mail of ours that this one answers: named in In-Reply-To, else the last one named in References, else in the
  /// form that a link filled in.
  private func answeredMail(_ mail: MailPart) -> SentMail? {
    let ids =
      MailID.ids(in: mail.field("in-reply-to") ?? "")
      + MailID.ids(in: mail.field("references") ?? "").reversed()
    if let direct = ids.lazy.compactMap({ sent[$0] }).first { return direct }
    let reported = mail.all().filter { $0.type == "message/disposition-notification" }
    for part in reported {
      if let id = part.report.field("original-message-id").flatMap({ MailID.ids(in: $0).first }),
        let found = sent[id]
      {
        return found
      }
    }
    return FormAnswer.ids(in: mail).lazy.compactMap { sent[$0] }.first
  }

  private func newText(_ mail: MailPart, _ answered: SentMail?) -> NewText {
    let related =
      answered.map { mail in sent.values.filter { $0.recipient == mail.recipient } } ?? Array(sent.values)
    let texts = mail.all(entering: false).filter {
      ["text/plain", "text/html"].contains($0.type) && $0.attachmentName == nil
    }
    let readings = ["text/plain", "text/html"].map { type in
      NewText(texts.filter { $0.type == type }.flatMap(TextLines.lines), sent: related)
    }
    let saysNothing = readings[0].lines.isEmpty || Self.isPlaceholder(readings[0].text)
    if saysNothing { return readings[1].lines.isEmpty ? readings[0] : readings[1] }
    var plain = readings[0]
    if squeezed(plain.text) != squeezed(readings[1].text) { plain.other = readings[1].lines }
    return plain
  }

  /// Some programs' text part only says that there is another one.
  private static func isPlaceholder(_ text: String) -> Bool {
    text.utf8.count < 200 && text.lowercased().holds("html")
  }

  /// RFC 5322, 3.6.2: one From field. Programs show one of several, and not all the same one.
  private static func hasOneSender(_ mail: MailPart) -> Bool {
    mail.fields.count { $0.name == "from" } == 1
  }

  /// No answer is older than its mail, and one a year later was written by a clock that is wrong: then a day without its
  /// year means nothing.
  private static func isLikely(_ day: CivilDate, _ answered: SentMail?) -> Bool {
    guard let sent = answered?.day else { return true }
    return (sent.adding(days: -1)...sent.adding(days: 366)).contains(day)
  }

  /// A person may write 回执 into a subject too; then the text is no formula about reading.
  private static func isReceipt(_ mail: MailPart, _ text: String) -> Bool {
    if mail.parameters["report-type"]?.lowercased() == "disposition-notification"
      || mail.all().contains(where: { $0.type == "message/disposition-notification" })
    {
      return true
    }
    let subject = bareSubject(mail)
    let words = squeezed(text.prefix(2_000)).lowercased()
    return subject.begins(withAnyOf: [
      "已读回执", "已读：", "已读:", "已阅读", "阅读回执", "读取回执", "read:", "read receipt",
    ])
      || subject.begins(withAnyOf: ["回执：", "回执:"])
        && (words.isEmpty || words.holds(anyOf: ["读", "打开", "查看", "read", "displayed", "opened"]))
  }

  /// The subject in small letters, without a bracket at its start.
  private static func bareSubject(_ mail: MailPart) -> String {
    String((mail.field("subject") ?? "").lowercased().drop { "[【（(".contains($0) })
  }

  private static func isAutomatic(_ mail: MailPart, _ text: String) -> Bool {
    if let said = mail.field("auto-submitted")?.lowercased(), said != "no" { return true }
    if ["x-autoreply", "x-autorespond", "x-autoresponse"].contains(where: { mail.field($0) != nil }) {
      return true
    }
    if let rank = mail.field("precedence")?.lowercased(),
      ["bulk", "auto_reply", "junk", "list"].contains(rank)
    {
      return true
    }
    // Our own acknowledgement is 自动答复, which a person may answer.
    let subject = bareSubject(mail)
    if subject.holds("自动回复")
      || subject.begins(withAnyOf: [
        "自动答复", "automatic reply", "out of office", "autoreply", "auto-reply", "auto:", "auto reply", "外出自动",
        "休假自动",
      ])
    {
      return true
    }
    let key = squeezed(text.prefix(2_000))
    let start = key.drop { "[【（(".contains($0) }
    let opening = String(start.prefix(20))
    if start.begins(withAnyOf: ["自动回复", "自动答复", "系统自动回复", "此邮件为自动回复"])
      || opening.begins(withAnyOf: ["这是", "此为", "此是", "本邮件", "此邮件", "该邮件", "此信", "本信"])
        && opening.holds("自动回复")
    {
      return true
    }
    return key.holds("假期自动回复邮件") || key.ends(withAnyOf: ["自动回复）", "自动回复)", "自动回复】"])
      || mail.field("return-path") == "<>" && key.holds("自动回复")
  }

  /// Whether a server on the way states that the sender's domain didn't send this (RFC 8601).
  ///
  /// Which name our receiving server gives itself isn't known, and anyone can write such a field. So each is taken by
  /// itself, and they can only lower: a "pass" is believed only against the failures that the same field names, as where
  /// a forwarded mail fails SPF and passes DMARC.
  private static func isForged(_ mail: MailPart) -> Bool {
    mail.fields.filter { $0.name == "authentication-results" }.prefix(50).contains { field in
      // NetEase folds inside words.
      let results = squeezed(HeaderText.text(field.body)).lowercased()
      let isDown = results.holds(anyOf: [
        ";dmarc=fail", ";dmarc=permerror", ";spf=fail", ";dkim=fail", ";dkim=permerror",
      ])
      return isDown && !results.holds(";dmarc=pass")
    }
  }
}
