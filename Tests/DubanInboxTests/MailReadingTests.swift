import Testing

@testable import DubanInbox

/// What a mail is, by its header, and what of it counts.
@Suite struct MailReadingTests {
  /// Reads an answer of the owner of 7.3 with such a header and text.
  private func read(
    date: String = "Wed, 28 Dec 2022 10:00:00 +0800", _ header: String..., text: String,
    type: String = "text/plain; charset=utf-8"
  ) throws -> MailReading {
    let fields = [
      "From: owner@example.org", "To: contact@example.org", "Date: \(date)", "In-Reply-To: <one@example.org>",
    ]
    let mail = (fields + header + ["Content-Type: \(type)", "", text]).joined(separator: "\n")
    return InboxReader(sent: [try AnswerTests.mail("7.3 推进学校布点建设")]).read(Array(mail.utf8))
  }

  @Test func aPersonMayWrite回执IntoTheSubject() throws {
    #expect(try read("Subject: 回执：整改提醒", text: "7.3已完成。").items.map(\.says) == [.done])
    #expect(try read("Subject: 回执：整改提醒", text: "").kind == .receipt)
    #expect(try read("Subject: 已读：整改提醒", text: "您的邮件已于2022年12月28日被阅读。").kind == .receipt)
  }

  /// What marks a machine, and what looks like it and doesn't.
  @Test(arguments: [
    ("X-Autoreply: yes", true), ("X-Autorespond: vacation", true), ("X-AutoResponse: 1", true),
    ("Precedence: bulk", true), ("Precedence: auto_reply", true), ("Precedence: junk", true),
    ("Auto-Submitted: auto-generated", true), ("Subject: Out of Office: 整改提醒", true),
    ("Subject: Automatic reply: 整改提醒", true), ("Precedence: first-class", false),
    ("Auto-Submitted: no", false),
    ("X-Auto-Response-Suppress: All", false), ("Subject: Re: 整改提醒", false),
  ])
  func machinesSayNothing(header: String, isMachine: Bool) throws {
    let reading = try read(header, text: "7.3已完成")
    #expect(reading.kind == (isMachine ? .auto : .answer))
    #expect(reading.items.isEmpty == isMachine)
  }

  @Test func ofTwoSendersNoneIsBelieved() throws {
    #expect(try read(text: "7.3已完成").isProven)
    let both = try read("From: evil@example.com", text: "7.3已完成")
    #expect(both.needsPerson && !both.isProven)
  }

  @Test(arguments: [
    ("Wed, 28 Dec 2022 10:00:00 +0800", "2023-01-10"), ("Thu, 01 Jan 1970 09:00:00 +0800", nil),
    ("Wed, 29 Dec 2021 09:00:00 +0800", nil), ("Thu, 01 Jan 2026 09:00:00 +0800", nil),
  ])
  func aDayWithoutItsYearNeedsAClockThatIsRight(date: String, until: String?) throws {
    let reading = try read(date: date, text: "预计1月10日完成")
    #expect(reading.items.first?.until?.description == until)
    #expect(reading.needsPerson == (until == nil))
  }

  @Test func aTextThatOnlyTellsOfTheOtherPartIsNone() throws {
    let parts = """
      --B
      Content-Type: text/plain; charset=utf-8

      您的邮件客户端不支持HTML格式，请使用其他方式查看。
      --B
      Content-Type: text/html; charset=utf-8

      <p>7.3已完成</p>
      --B--
      """
    #expect(try read(text: parts, type: "multipart/alternative; boundary=B").items.map(\.says) == [.done])
  }

  /// A program shows one of the two parts.
  @Test(arguments: [
    ("7.3已完成", "done", false), ("7.3未完成", "", true), ("7.3不同意", "", true), ("7.3已完成<br>林晓岚", "done", false),
  ])
  func partsThatDiffer(html: String, says: String, needsPerson: Bool) throws {
    let parts = """
      --B
      Content-Type: text/plain; charset=utf-8

      7.3已完成
      --B
      Content-Type: text/html; charset=utf-8

      <p>\(html)</p>
      --B--
      """
    let reading = try read(text: parts, type: "multipart/alternative; boundary=B")
    #expect(reading.items.map(\.says.rawValue).joined() == says)
    #expect(reading.needsPerson == needsPerson)
  }
}
