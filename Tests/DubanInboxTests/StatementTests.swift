import DubanCore
import Testing

@testable import DubanInbox

/// What sentences say of a measure that is due on 31 December, written on 20 December 2022.
@Suite struct StatementTests {
  static let table: [(text: String, says: MailReading.Says?, until: String?, to: String?)] = [
    ("已完成", .done, nil, nil), ("已于12月10日办结。", .done, nil, nil), ("均已完成", .done, nil, nil),
    ("已完成80%", .progress, nil, nil), ("已完成招标", nil, nil, nil), ("基本已完成", nil, nil, nil),
    ("不可能已完成", nil, nil, nil), ("如果已完成", nil, nil, nil), ("已完成，但还有两处", nil, nil, nil),
    ("未完成，预计2023年1月20日完成", .postpone, "2023-01-20", nil), ("预计12月25日完成", .progress, "2022-12-25", nil),
    ("还在推进", .progress, nil, nil), ("申请延期至1月15日", .postpone, "2023-01-15", nil),
    ("无法按期完成", .postpone, nil, nil), ("无需延期", nil, nil, nil),
    ("此项工作已移交周启明负责", .handover, nil, "周启明"),
    ("不归我了，由刘洋负责，邮箱 ly@example.org", .handover, nil, "刘洋"), ("这项工作不归我管了", .notmine, nil, nil),
    ("不由我负责，请联系刘洋，电话60001234", .handover, nil, "刘洋"), ("新责任人：刘洋 ly@example.org", .handover, nil, "刘洋"),
    ("不由我负责，由区住建局负责", .notmine, nil, nil), ("不归我，建议由刘洋负责", .notmine, nil, nil), ("已移交规划局负责", nil, nil, nil),
    ("我部不承担此项任务", .notmine, nil, nil), ("请问能否调整时限？", .question, nil, nil),
    ("收到，谢谢。", .received, nil, nil), ("收到，但有异议", nil, nil, nil), ("请确认已完成", nil, nil, nil),
    ("已完成，请确认", .done, nil, nil),
    // No day that somebody can mean: past, today, not after the deadline, years ahead.
    ("请延期至2021年1月20日", .postpone, nil, nil), ("申请延期至2022年12月20日", .postpone, nil, nil),
    ("申请延期至2022年12月30日", nil, nil, nil), ("申请延期至2022年12月31日", nil, nil, nil),
    ("申请延期至12月25日", nil, nil, nil), ("延期到今天", .postpone, nil, nil),
    ("申请延期至2032年1月15日", .postpone, nil, nil),
    ("预计2033年1月15日完成", .postpone, nil, nil), ("预计2021年1月20日完成", nil, nil, nil),
    ("申请延期至2023年12月31日", .postpone, "2023-12-31", nil), ("申请延期至2023年1月1日", .postpone, "2023-01-01", nil),
  ]

  @Test(arguments: table)
  func says(text: String, says: MailReading.Says?, until: String?, to: String?) {
    let reading = Statement.read(text, due: CivilDate("2022-12-31"), day: CivilDate("2022-12-20"))
    #expect(reading?.says == says)
    #expect(reading?.until?.description == until)
    #expect(reading?.to == to)
  }

  static let reasons: [(text: String, reason: BounceReason)] = [
    ("550 5.1.1 <a@example.org>: Recipient address rejected: User unknown", .userunknown),
    ("552 5.2.2 <a@example.org> Mailbox is full", .full),
    ("域名 example.org 不存在（DNS query error）", .hostunknown),
    ("550 5.7.1 message refused by policy", .policy), ("554 spam", .spam),
    ("550 Unknown user (in reply to end of DATA command)", .policy),
    ("550 5.7.1 <userunknown@example.org> blocked", .policy), ("mail for x loops back to myself", .loop),
    // A server names the address where it answers RCPT.
    ("550 <a@example.org>: User unknown", .userunknown),
    ("550 requested action not taken: mailbox unavailable", .undefined),
    ("550 mailbox unavailable (in reply to RCPT TO command)", .userunknown),
    ("550 5.7.1 mailbox unavailable (in reply to RCPT TO command)", .policy),
    ("552 5.2.3 <a@example.org>: Recipient address rejected: message too long", .policy),
    ("550 sender address does not exist (in reply to RCPT TO command)", .policy),
    ("550 no such user (in reply to MAIL FROM command)", .policy),
    ("a@example.org [User unknown]", .userunknown),
    ("用户不存在", .userunknown), ("收件人邮箱不存在", .userunknown), ("收件人域名有误，无法解析", .hostunknown),
    ("邮箱容量超限", .full), ("收件人帐户被暂停", .suspend), ("被对方反垃圾系统拒绝", .spam), ("对方服务器拒绝接收您的邮件", .policy),
    ("发信过于频繁，请稍后再试", .ratelimit), ("发件人不存在", .policy), ("无法连接到对方邮件服务器", .unreachable),
    ("Unrouteable address", .userunknown),
    ("550 5.4.4 unable to route", .hostunknown),
    ("550 5.1.1 no such user, see http://example.org/spam", .userunknown),
    ("550 5.1.1 sender blocked, no such user", .policy),
    ("收件人邮箱剩余空间不足，邮件已被拒收", .full), ("550 Mailbox space not enough", .full),
    ("550 发件域名不存在", .policy), ("550 5.7.1 反向解析主机不存在", .policy),
    ("550 5.4.1 Recipient address rejected: Access denied. AS(201806281)", .userunknown),
    ("5.1.1 mailbox over quota", .full), ("550 5.1.1 you are sending too fast", .ratelimit),
    ("ユーザー は Domino ディレクトリには見つかりません", .userunknown),
  ]

  @Test(arguments: reasons)
  func whyItCameBack(text: String, reason: BounceReason) { #expect(BounceReason.read(text).reason == reason) }
}

/// Whole mails that came back.
@Suite struct BounceTests {
  static func report(_ explanation: String, _ fields: String) -> String {
    """
    Return-Path: <>
    From: MAILER-DAEMON@mx.example.org
    To: duban@example.org
    Subject: Undelivered Mail Returned to Sender
    Content-Type: multipart/report; report-type=delivery-status; boundary=b

    --b
    Content-Type: text/plain; charset=utf-8

    \(explanation)
    --b
    Content-Type: message/delivery-status

    Reporting-MTA: dns; mx.example.org

    \(fields)
    --b--
    """
  }

  static let failed = "Final-Recipient: rfc822; a@example.net\nAction: failed\n"

  /// Which address is dead: words and status must agree.
  static let dead: [(mail: String, reason: BounceReason, permanent: Bool)] = [
    (
      report("sorry", failed + "Status: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 User unknown"), .userunknown,
      true
    ),
    (report("sorry", failed + "Status: 4.1.1\nDiagnostic-Code: smtp; 450 User unknown"), .userunknown, false),
    (report("sorry", failed + "Status: 5.2.1\nDiagnostic-Code: smtp; 550 User unknown"), .userunknown, false),
    (
      report(
        "a: User unknown (in reply to RCPT TO command)",
        failed + "Status: 5.2.1\nDiagnostic-Code: smtp; 550 User unknown"),
      .userunknown, true
    ),
    (report("sorry", failed + "Status: 5.0.0\nDiagnostic-Code: smtp; 550 No such user"), .userunknown, false),
    (
      report(
        ">>> DATA\n<<< 550 Unknown user", failed + "Status: 5.0.0\nDiagnostic-Code: smtp; 550 Unknown user"),
      .policy, false
    ),
    (
      report(
        "Not enough disk space", failed + "Status: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 User unknown"),
      .full, false
    ),
    (
      report("sorry", failed + "Status: 5.7.1\nDiagnostic-Code: smtp; 554 blocked using a list"), .policy,
      false
    ),
    (report("sorry", failed + "Status: 5.2.1\nX-PowerMTA-BounceCategory: bad-mailbox"), .userunknown, true),
    (
      report("sorry", "Reporting-MTA: dns; inbound-smtp.example.org\n\n" + failed + "Status: 5.1.1"),
      .userunknown,
      false
    ),
  ]

  @Test(arguments: dead)
  func deadAddresses(mail: String, reason: BounceReason, permanent: Bool) {
    let reading = InboxReader(sent: []).read(Array(mail.utf8))
    #expect(reading.kind == .bounce)
    #expect(
      reading.bounces == [
        .init(recipient: "a@example.net", .init(reason: reason), final: true, transient: !permanent)
      ])
  }

  @Test func theAddressBehindIsNamedToo() throws {
    let fields =
      "Original-Recipient: rfc822; a@example.net\nFinal-Recipient: rfc822; b@example.net\nAction: failed\nStatus: 5.1.1"
    let reading = InboxReader(sent: []).read(Array(Self.report("sorry", fields).utf8))
    #expect(reading.bounces.map(\.recipient) == ["a@example.net"])
    #expect(reading.bounces.map(\.handedOn) == ["b@example.net"])
  }

  @Test func eachAddressHasItsOwnWords() {
    let mail = """
      Return-Path: <>
      From: Mailer-Daemon@mx.example.org
      To: duban@example.org
      Subject: Mail delivery failed: returning message to sender

      The following address(es) failed:

        gone@example.net
          SMTP error from remote mail server after RCPT TO:<gone@example.net>:
          550 5.1.1 User unknown
        full@example.net
          SMTP error from remote mail server after RCPT TO:<full@example.net>:
          552 5.2.2 Mailbox full

      ------ This is a copy of the message, including all the headers. ------
      Message-ID: <one@example.org>
      """
    let reading = InboxReader(sent: []).read(Array(mail.utf8))
    #expect(reading.bounces.map(\.recipient) == ["gone@example.net", "full@example.net"])
    #expect(reading.bounces.map(\.permanent) == [true, false])
    #expect(reading.messageID == "one@example.org")
  }
}

/// Whole mails, against a mail that was sent.
@Suite struct InboxReaderTests {
  static let sent = """
    From: duban@example.org
    To: owner@example.org
    Reply-To: contact@example.org
    Date: Fri, 16 Dec 2022 08:30:00 +0800
    Subject: =?utf-8?B?5pW05pS55o+Q6YaS?=
    Message-ID: <one@example.org>
    Content-Type: text/plain; charset=utf-8

    您负责的事项中，有2项将于12月31日（周六）到期
    12月31日（周六）到期，还剩15天
    4.1 强化行政执法信息公示
        已完成后请报送
    4.2 优化信用监管机制
    有疑问请联系：陈静波
    """

  private func read(
    _ body: String, from: String = "owner@example.org", header: String = "In-Reply-To: <one@example.org>"
  )
    throws -> MailReading
  {
    let sent = try #require(SentMail(mail: Array(Self.sent.utf8)))
    let mail =
      "From: \(from)\nTo: contact@example.org\nDate: Tue, 20 Dec 2022 09:00:00 +0800\n\(header)\nContent-Type: text/plain; charset=utf-8\n\n\(body)\n"
    return InboxReader(sent: [sent]).read(Array(mail.utf8))
  }

  @Test func byNumber() throws {
    let reading = try read("4.1已完成，4.2预计1月10日完成。\n\n发件人: duban@example.org\n4.1 强化行政执法信息公示\n已完成后请报送")
    #expect(reading.items.map(\.says) == [.done, .postpone])
    #expect(reading.items.last?.until == "2023-01-10")
    #expect(reading.newText == "4.1已完成，4.2预计1月10日完成。")
    #expect(!reading.needsPerson)
  }

  @Test(arguments: ["已完成", "其余已完成", "4.1未完成，4.1已完成", "4.3已完成"])
  func uncertain(body: String) throws {
    let reading = try read(body)
    #expect(reading.items.isEmpty)
    #expect(reading.needsPerson)
  }

  @Test func nobodyIsTrusted() throws {
    #expect(try read("4.1已完成", from: "other@example.org").needsPerson)
    let unproven = try read("4.1已完成", header: "X-Nothing: 1")
    #expect(unproven.answersMessageID == nil && unproven.items.isEmpty && unproven.needsPerson)
  }

  @Test func machines() throws {
    let reading = try read("4.1已完成", header: "In-Reply-To: <one@example.org>\nAuto-Submitted: auto-replied")
    #expect(reading.kind == .auto && reading.items.isEmpty)
  }

  /// What a machine says by its subject or its first words, however a person's 4.1已完成 may stand in it.
  static let machinesWords: [(subject: String, text: String, kind: MailReading.Kind)] = [
    ("[自动回复] 提醒", "4.1已完成", .auto), ("Re: 自动回复: 提醒", "4.1已完成", .auto), ("Auto-Reply: x", "4.1已完成", .auto),
    ("回复：提醒", "此为自动回复：来信收到，4.1已完成。", .auto), ("[已读回执] 提醒", "4.1已完成", .receipt),
    ("已阅读：提醒", "4.1已完成", .receipt), ("回复：提醒", "（自动回复）您好，4.1已完成", .auto),
    ("回复：自动答复：您的答复已收到", "4.1已完成", .answer), ("回复：提醒", "收到你们的自动回复。4.1已完成", .answer),
  ]

  @Test(arguments: machinesWords)
  func machinesByTheirWords(subject: String, text: String, kind: MailReading.Kind) throws {
    #expect(try read(text, header: "In-Reply-To: <one@example.org>\nSubject: \(subject)").kind == kind)
  }

  /// What is attached to an answer to a call for the report: a picture may be a logo, and words may say that it isn't it.
  @Test(arguments: [
    ("整改情况见附件", "整改情况.docx", true), ("", "表.xlsx", true), ("收到", "image001.png", false),
    ("", "整改情况报送表.jpg", true),
    ("请问是按这个模板填吗？", "模板.docx", false), ("暂时无法报送，原因见附件", "情况说明.docx", false),
    ("先报初稿，正式稿下周报送", "初稿.docx", false),
  ])
  func theReportItself(text: String, file: String, isReport: Bool) throws {
    let subject = "【报送提醒】整改情况12月27日前报送"
    let sent = Self.sent.replacing("=?utf-8?B?5pW05pS55o+Q6YaS?=", with: subject)
    let mail = """
      From: owner@example.org
      In-Reply-To: <one@example.org>
      Content-Type: multipart/mixed; boundary=b

      --b
      Content-Type: text/plain; charset=utf-8

      \(text)
      --b
      Content-Type: application/octet-stream
      Content-Disposition: attachment; filename="\(file)"

      x
      --b--
      """
    let reader = InboxReader(sent: [try #require(SentMail(mail: Array(sent.utf8)))])
    #expect(reader.read(Array(mail.utf8)).reportReceived == isReport)
  }

  /// Words without a number beside a certain answer: what needs a person, and what doesn't.
  static let besides: [(text: String, needsPerson: Bool)] = [
    ("4.1已完成。（此条作废）", true), ("4.1已完成。上一条撤回", true), ("4.1已完成。以前一封为准", true), ("4.1已完成。误发，请忽略", true),
    ("您好：\n4.1已完成。\n谢谢！\n信用监管科科长 电话 60001234", false), ("4.1已完成。批复文件附后。", false),
    ("4.1已完成。详见附件。", true), ("4.1已完成。材料还在路上", true), ("4.1已完成。另一处拟下月动工", true),
    ("4.1已完成。能否销号？", true), ("您好，其余事项无法完成。4.1已完成。", true),
  ]

  @Test(arguments: besides)
  func wordsBeside(text: String, needsPerson: Bool) throws {
    let reading = try read(text)
    #expect(reading.items.map(\.id) == ["4.1"])
    #expect(reading.needsPerson == needsPerson)
  }

  /// Fields of servers only ever lower the trust, each for itself.
  static let results: [(fields: [String], needsPerson: Bool)] = [
    (["mx.example.org; spf=pass; dkim=pass; dmarc=pass"], false),
    (["mx.example.org; spf=none; dkim=none"], false),
    (["mx.example.org; dmarc=fail header.from=example.org"], true),
    (["mx.example.org; spf=fail; dkim=pass; dmarc=pass"], false),
    (["mx.example.org; dmarc=fail", "forged.example.net; dmarc=pass"], true),
    (["mx; sp\n f=fa\n il smtp.mailfrom=a"], true),
  ]

  @Test(arguments: results)
  func statedAsForged(fields: [String], needsPerson: Bool) throws {
    let header = fields.map { "Authentication-Results: \($0)\n" }.joined() + "In-Reply-To: <one@example.org>"
    #expect(try read("4.1已完成", header: header).needsPerson == needsPerson)
  }

  @Test func cellsOfTheFormByTheirHeading() {
    let html = """
      <table><tr><td>整改情况</td></tr><tr><td><table>
      <tr><td>序号</td><td>整改措施</td><td>进展情况</td><td>存在问题</td></tr>
      <tr><td>1</td><td>4.1 强化<br>完成时限：12月底前</td><td>&nbsp;</td><td>已完成的少</td></tr>
      <tr><td>2</td><td>4.2 优化<td>已完成<td>无</tr></table></td></tr></table>
      """
    let lines = TextLines.html(html).map { squeezed($0) }.filter { !$0.isEmpty }
    #expect(
      lines == [
        "整改情况", "序号", "整改措施", "进展情况", "存在问题", "1", "4.1强化", "完成时限：12月底前", "存在问题：已完成的少",
        "2", "4.2优化", "进展情况：已完成", "存在问题：无",
      ])
  }
}
