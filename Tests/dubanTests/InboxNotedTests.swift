import Foundation
import TestSupport
import Testing

/// What asks for nothing and is good to know: who is away, which mails are delayed, what was attached.
@Suite struct InboxNotedTests {
  private static let (owner, contact) = ("xujuan@example.org", "zwfwjzhc@126.com")

  /// The contact's digest without line ends.
  private static func digest(_ desk: InboxDesk, _ moment: String) throws -> String {
    try desk.look(moment)
    return try desk.mail(to: contact).text.filter { !$0.isWhitespace }
  }

  private static func automatic(_ desk: InboxDesk, _ text: String, from sender: String? = nil) throws {
    try desk.answers(text, to: owner, from: sender, more: "Auto-Submitted: auto-replied\n")
  }

  /// With the mail's Message-ID or, as many write, with its subject alone.
  @Test(arguments: [true, false])
  func whoIsAwayIsToldOnce(hasID: Bool) throws {
    let desk = try InboxDesk()
    let words = "本人12月16日至12月30日休假，4.1已完成。"
    if hasID {
      try Self.automatic(desk, words)
      try Self.automatic(desk, words + "请谅解。")
    } else {
      let subject = Data("自动回复:\(try desk.subject(to: Self.owner))".utf8).base64EncodedString()
      desk.arrives(
        """
        From: \(Self.owner)
        Date: Fri, 16 Dec 2022 10:00:00 +0800
        Message-ID: <auto@example.org>
        Subject: =?utf-8?B?\(subject)?=
        Content-Type: text/plain; charset=utf-8

        \(words)
        """)
    }
    try desk.look("2022-12-16T11:00")
    #expect(try desk.shown().isEmpty, "it is no answer")
    let line = "徐娟（涧西区市场监督管理局） is away until 2022-12-30, by an automatic reply of 2022-12-16"
    for command in [["inbox", "list"], ["status"], ["history", "--answers"]] {
      let run = try desk.office.duban(arguments: command + ["--now", "2022-12-16T12:00"])
      #expect(run.output.contains(line), "\(command): \(run.output)")
      if command == ["status"] { continue }
      let json = try desk.office.duban(arguments: command + ["--json", "--now", "2022-12-16T12:00"]).output
      let list = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [[String: Any]] ?? []
      #expect(
        list.last.map { one in ["asks", "person", "until", "state"].map { one[$0] as? String } }
          == ["away", "徐娟", "2022-12-30", "noted"], "\(json)")
    }
    let told = "涧西区市场监督管理局徐娟自动回复：外出至12月30日。"
    #expect(try Self.digest(desk, "2022-12-19T08:30").components(separatedBy: told).count == 2)
    try Self.automatic(desk, words + "再次。")
    try desk.look("2022-12-19T11:00")
    #expect(try !Self.digest(desk, "2022-12-26T08:30").contains("自动回复"), "it is known")
    let status = try desk.office.duban("status", "--now", "2022-12-31T12:00").output
    #expect(!status.contains("is away"), "it is over")
    #expect(try desk.office.duban("history", "--answers", "--now", "2022-12-31T12:00").output.contains(line))
  }

  /// Where the day isn't certain, or not the owner's own word, nothing is said.
  @Test(
    arguments: [
      ("我正在休假，回来后答复。", nil), ("12月16日至12月30日休假", "other@example.org"), ("报名时间12月20日至12月30日", nil),
    ] as [(String, String?)])
  func whatIsUncertainIsNoAbsence(words: String, sender: String?) throws {
    let desk = try InboxDesk()
    try Self.automatic(desk, words, from: sender)
    try desk.look("2022-12-16T11:00")
    #expect(try desk.office.duban("inbox", "list").output == "nothing\n")
    #expect(try !Self.digest(desk, "2022-12-19T08:30").contains("自动回复"))
  }

  private static func report(_ action: String, _ status: String, of id: String, number: Int) -> String {
    """
    Return-Path: <>
    From: MAILER-DAEMON@mx.example.org
    Subject: Delivery Status Notification
    Message-ID: <report-\(number)@mx.example.org>
    Content-Type: multipart/report; report-type=delivery-status; boundary=b

    --b
    Content-Type: message/delivery-status

    Reporting-MTA: dns; mx.example.org

    Final-Recipient: rfc822; \(owner)
    Action: \(action)
    Status: \(status)
    Diagnostic-Code: smtp; 451 \(status) temporary lookup failure

    --b
    Content-Type: text/rfc822-headers

    Message-ID: \(id)
    --b--
    """
  }

  @Test(arguments: [true, false])
  func aDelayIsShownUntilItEnds(comesBack: Bool) throws {
    let desk = try InboxDesk()
    let id = try desk.mail(to: Self.owner).id
    try desk.look("2022-12-18T07:00")
    desk.arrives(Self.report("delayed", "4.4.7", of: id, number: 1))
    try desk.look("2022-12-18T08:00")
    let told = "暂未送达，邮件系统仍在重试。"
    let note = "to 徐娟（涧西区市场监督管理局） is delayed"
    func status(_ moment: String) throws -> String {
      try desk.office.duban("status", "--now", moment).output
    }
    #expect(try status("2022-12-18T12:00").contains(note))
    #expect(try Self.digest(desk, "2022-12-19T08:30").contains(told))
    if comesBack {
      desk.arrives(Self.report("failed", "4.4.7", of: id, number: 2))
      try desk.look("2022-12-19T11:00")
    }
    let moment = comesBack ? "2022-12-20T08:30" : "2022-12-21T08:30"
    #expect(try !status(moment).contains(note))
    if comesBack {
      let digest = try Self.digest(desk, moment)
      #expect(digest.contains("被退回") && !digest.contains(told))
    }
    #expect(try !desk.office.duban("queue", "forgive").output.contains(Self.owner), "the address is sound")
  }

  /// What a report consisted of is known for good, and found again in the mailbox by its hash. Where its words are certain,
  /// or say no more than that it is there, it may be accepted at once; else somebody has to open it.
  @Test(arguments: [("4.1已完成。", true), ("整改情况报送表见附件，请查收。", true), ("整改情况报送表见附件，数据尚待核实。", false)])
  func aReportsFilesAreRecorded(words: String, isCertain: Bool) throws {
    let desk = try InboxDesk(more: "answers: {accept: [report]}")
    try desk.look("2022-12-26T08:30")
    let mail = try desk.mail(to: Self.owner)
    let name = Data("整改情况报送表.docx".utf8).base64EncodedString()
    desk.arrives(
      """
      From: \(Self.owner)
      Date: Mon, 26 Dec 2022 10:00:00 +0800
      Message-ID: <report@example.org>
      In-Reply-To: \(mail.id)
      Content-Type: multipart/mixed; boundary=b

      --b
      Content-Type: text/plain; charset=utf-8

      \(words)
      --b
      Content-Type: application/octet-stream
      Content-Disposition: attachment; filename="=?utf-8?B?\(name)?="
      Content-Transfer-Encoding: base64

      YWJj
      --b--
      """)
    try desk.look("2022-12-26T11:00")
    let done = words.contains("4.1") ? ["4.1 done open"] : []
    #expect(try desk.shown() == done + ["report report \(isCertain ? "accepted" : "open")"])
    let line =
      "整改情况报送表.docx, 3 bytes, SHA-256 ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    #expect(try desk.office.duban("inbox", "show", "1").output.contains("attached: " + line))
    #expect(try desk.office.duban("history", "--answers").output.contains("1: " + line))
    let files = try #require(try desk.proposals().last?["files"] as? [[String: Any]])
    #expect(files.map { $0["name"] as? String } == ["整改情况报送表.docx"])
    #expect(files.map { $0["size"] as? Int } == [3])
    let decisions = try desk.office.duban("history", "--decisions", "--json").output
    #expect(decisions.contains("report@example.org") == isCertain, "\(decisions)")
    let next = try desk.office.duban("explain", "report", "--on", "2022-12-27", "--now", "2022-12-26T12:00")
    let asked = next.output.split(separator: "\n").first {
      $0.contains("徐娟") && $0.contains("due 2022-12-27")
    }
    #expect(try #require(asked).contains("a mail goes out") == !isCertain, "\(next.output)")
  }
}
