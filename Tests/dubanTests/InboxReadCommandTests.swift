import Foundation
import TestSupport
import Testing

/// `duban inbox read`: offline, with the sent mails as files, or with nothing.
@Suite struct InboxReadCommandTests {
  private let office: Office

  private static let sent = """
    From: 整改办公室 <duban@example.org>
    To: owner@example.org
    Reply-To: contact@example.org
    Date: Wed, 28 Dec 2022 08:30:00 +0800
    Subject: reminder
    Message-ID: <one@example.org>
    Content-Type: text/plain; charset=utf-8

    您负责的事项将于12月31日（周六）到期，还剩3天。
    12月31日（周六）到期，还剩3天
    4.1 强化行政执法信息公示
    4.2 优化信用监管机制
    有疑问请联系：陈静波
    """

  private static let answer = """
    From: owner@example.org
    To: contact@example.org
    Date: Wed, 28 Dec 2022 10:00:00 +0800
    Message-ID: <two@example.org>
    In-Reply-To: <one@example.org>
    Content-Type: multipart/mixed; boundary=b

    --b
    Content-Type: text/plain; charset=utf-8

    4.1已完成。4.2申请延期至2023年1月15日。
    --b
    Content-Type: application/octet-stream
    Content-Disposition: attachment; filename="a.docx"

    abc
    --b--
    """

  private static let bounce = """
    Return-Path: <>
    From: MAILER-DAEMON@mx.example.org
    Subject: Undelivered Mail Returned to Sender
    Message-ID: <three@mx.example.org>
    Content-Type: multipart/report; report-type=delivery-status; boundary=b

    --b
    Content-Type: message/delivery-status

    Reporting-MTA: dns; mx.example.org

    Final-Recipient: rfc822; owner@example.org
    Action: failed
    Status: 5.1.1
    Diagnostic-Code: smtp; 550 5.1.1 User unknown

    --b
    Content-Type: text/rfc822-headers

    Message-ID: <one@example.org>
    --b--
    """

  init() throws {
    office = try Office()
    try FileManager.default.createDirectory(
      at: office.url.appendingPathComponent("sent"), withIntermediateDirectories: false)
    for (name, mail) in [
      ("sent/one.eml", Self.sent), ("answer.eml", Self.answer), ("bounce.eml", Self.bounce),
    ] {
      try office.write(mail.replacing("\n", with: "\r\n"), to: name)
    }
  }

  /// One object for each message, in order, in the form of the contract.
  private func read(_ options: String) throws -> [[String: Any]] {
    // Neither a configuration nor a state is there to be looked at.
    let run = try office.shell(
      "rm -rf duban.yaml state; duban inbox read answer.eml bounce.eml --json \(options)")
    #expect(run.status == 0, "\(run.complaints)")
    return try run.output.split(separator: "\n").map {
      try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
  }

  @Test func withTheMailsThatWereSent() throws {
    let readings = try read("--sent sent")
    try #require(readings.count == 2)
    let (answer, bounce) = (readings[0], readings[1])
    #expect(
      Set(answer.keys) == [
        "file", "kind", "answers_message_id", "sender_is_recipient", "new_text", "items", "needs_person",
        "report_received", "attachments", "decisions", "message_id",
      ])
    #expect(answer["file"] as? String == "answer.eml" && answer["kind"] as? String == "answer")
    #expect(answer["answers_message_id"] as? String == "<one@example.org>")
    #expect(answer["message_id"] as? String == "two@example.org")
    #expect(answer["sender_is_recipient"] as? Bool == true && answer["needs_person"] as? Bool == false)
    #expect(answer["attachments"] as? [String] == ["a.docx"])
    let items = try #require(answer["items"] as? [[String: String]])
    #expect(
      items == [["id": "4.1", "says": "done"], ["id": "4.2", "says": "postpone", "until": "2023-01-15"]])
    #expect(bounce["kind"] as? String == "bounce" && bounce["message_id"] as? String == "one@example.org")
    #expect(bounce["recipient"] as? String == "owner@example.org" && bounce["permanent"] as? Bool == true)
    let why = try #require(bounce["bounce"] as? [String: Any])
    #expect(Set(why.keys) == ["recipient", "permanent", "final", "reason"])
  }

  /// Without them nothing is proven, and so nothing is certain.
  @Test func withNothing() throws {
    let readings = try read("")
    try #require(readings.count == 2)
    #expect(readings[0]["kind"] as? String == "unrelated" && readings[0]["needs_person"] as? Bool == true)
    #expect((readings[0]["items"] as? [Any])?.isEmpty == true)
    #expect(readings[1]["kind"] as? String == "bounce")
  }

  @Test func forPeople() throws {
    let run = try office.shell("duban inbox read answer.eml --sent sent")
    #expect(
      run.output == """
        answer.eml: answer
          answers <one@example.org>
          4.1 done
          4.2 postpone 2023-01-15
          attached: a.docx
          “4.1已完成。4.2申请延期至2023年1月15日。”

        """)
  }

  @Test(arguments: ["none.eml", "answer.eml --sent none"])
  func whatIsNotThere(arguments: String) throws {
    let run = try office.shell("duban inbox read \(arguments)")
    #expect(run.status == 66 && run.output.isEmpty)
  }
}
