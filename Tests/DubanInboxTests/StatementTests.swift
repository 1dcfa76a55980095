import DubanCore
import Testing

@testable import DubanInbox

/// What sentences say of a measure that is due on 31 December, written on 20 December 2022.
@Suite struct StatementTests {
  static let table: [(text: String, says: MailReading.Says?, until: String?, to: String?)] = [
    ("已完成", .done, nil, nil), ("已于12月10日办结。", .done, nil, nil), ("均已完成", .done, nil, nil),
    ("已完成80%", nil, nil, nil), ("已完成招标", nil, nil, nil), ("基本已完成", nil, nil, nil),
    ("不可能已完成", nil, nil, nil), ("如果已完成", nil, nil, nil), ("已完成，但还有两处", nil, nil, nil),
    ("未完成，预计2023年1月20日完成", .postpone, "2023-01-20", nil), ("预计12月25日完成", .progress, "2022-12-25", nil),
    ("还在推进", .progress, nil, nil), ("申请延期至1月15日", .postpone, "2023-01-15", nil),
    ("无法按期完成", .postpone, nil, nil), ("无需延期", nil, nil, nil),
    ("此项工作已移交周启明负责", .handover, nil, "周启明"), ("已移交规划局负责", nil, nil, nil),
    ("我部不承担此项任务", .notmine, nil, nil), ("请问能否调整时限？", .question, nil, nil),
    ("收到，谢谢。", .received, nil, nil), ("收到，但有异议", nil, nil, nil),
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
  ]

  @Test(arguments: reasons)
  func whyItCameBack(text: String, reason: BounceReason) { #expect(BounceReason.read(text) == reason) }
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
}
