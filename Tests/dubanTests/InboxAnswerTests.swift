import Foundation
import TestSupport
import Testing

/// Answers by links and numbers: what the mails offer is read with certainty, once, and only from whom it was offered to.
@Suite struct InboxAnswerTests {
  private static let (owner, contact) = ("xujuan@example.org", "zwfwjzhc@126.com")

  /// What each link of an owner's mail leads to, as it is and filled in.
  @Test func anOwnersLinksAreReadWithCertainty() throws {
    let desk = try InboxDesk()
    try desk.clicks("已完成", in: Self.owner)
    try desk.clicks("申请延期", 1, in: Self.owner) {
      $0.replacing("____年__月__日", with: "2023年1月15日").replacing("原因：", with: "原因：设备1月10日才能到货，尚未完成")
    }
    try desk.clicks("不由我负责", 2, in: Self.owner)
    try desk.clicks("不由我负责", 3, in: Self.owner) { $0.replacing("新责任人：", with: "新责任人：商务局 马鹏") }
    try desk.clicks("申请延期", 3, in: Self.owner) { $0.replacing("____年__月__日", with: "__2023_年_1月_20日") }
    try desk.look("2022-12-16T11:00")
    #expect(
      try desk.shown() == [
        "4.1 done open", "4.2 postpone 2023-01-15 open", "4.3 notMine open", "5.3 handover open",
        "5.3 postpone 2023-01-20 open",
      ])
    let proposals = try desk.proposals()
    #expect(proposals.map { $0["doubt"] as? String } == ["", "", "请阅原文核对", "", ""])
    #expect(proposals[0]["pause"] as? String == "2022-12-23")
    #expect((proposals[1]["text"] as? String)?.contains("设备1月10日才能到货") == true)
    #expect(proposals.allSatisfy { ($0["text"] as? String)?.contains("督办编号") == false })
  }

  /// What was understood, and what became of it, stands beside the item in the owner's next mails, and in no other.
  @Test func anOwnersNextMailSaysWhatWasUnderstood() throws {
    let desk = try InboxDesk()
    try desk.answers("4.2申请延期至2023年1月15日；4.3正在推进；5.3申请延期至2023年1月20日。", to: Self.owner)
    try desk.look("2022-12-16T11:00")
    try desk.look("2022-12-19T08:30")
    try desk.answers("不同意3。", to: Self.contact)
    try desk.look("2022-12-19T11:00")
    #expect(try desk.office.duban("preview", "徐娟", "--on", "2022-12-23", "--text").output.contains("答复：正在办理"))
    try desk.look("2022-12-23T08:30")
    let text = try desk.mail(to: Self.owner).text
    #expect(text.contains("；12月16日答复：申请延期至2023年1月15日（待确认）"))
    #expect(text.contains("12月16日答复：正在办理") && !text.contains("正在办理（"), "progress asks for nothing")
    #expect(text.contains("12月16日答复：申请延期至2023年1月20日（未同意）"))
    #expect(
      text.components(separatedBy: "答复：").count == 5, "4.1 wasn't spoken of; the fifth says how to answer")
    // Quoted in the next answer it says nothing.
    try desk.answers("4.2已完成", to: Self.owner)
    try desk.look("2022-12-23T11:00")
    #expect(try desk.shown().last == "4.2 done open")
  }

  /// The links stand in the plain text too, and neither there nor in a quotation do they say anything.
  @Test func linksInAQuotationAreNobodysWord() throws {
    let desk = try InboxDesk()
    let text = try desk.mail(to: Self.owner).text
    #expect(text.contains("［答复］ mailto:"))
    try desk.answers("收到，谢谢。", to: Self.owner)
    try desk.answers("4.2已完成\n\n> ［已完成］<mailto:x>　［申请延期］<mailto:y>　［不由我负责］<mailto:z>", to: Self.owner)
    try desk.look("2022-12-16T11:00")
    #expect(try desk.shown() == ["4.2 done open"])
  }

  /// The link below each mail, by which an owner says who has taken over, as it is filled in.
  @Test func aChangeOfOwnerIsReadWithCertainty() throws {
    let desk = try InboxDesk()
    let link = try #require(try desk.links("", words: "报告责任人变更", in: Self.owner).first)
    try desk.arrives(
      link: link, from: Self.owner,
      edit: {
        $0.replacing("涉及措施编号：", with: "涉及措施编号：4.2、4.3").replacing("新责任人：", with: "新责任人：马鹏")
          .replacing("单位：", with: "单位：某项目办").replacing("邮箱：", with: "邮箱：mapeng@example.org")
      })
    try desk.answers("4.1不归我了，由马鹏负责，邮箱 mapeng@example.org", to: Self.owner)
    try desk.answers("5.3不由我负责。\n新责任人：马鹏", to: Self.owner)
    try desk.look("2022-12-16T11:00")
    #expect(
      try desk.shown() == [
        "4.2 handover open", "4.3 handover open", "4.1 handover open", "5.3 handover open",
      ])
    #expect(
      try desk.proposals().allSatisfy { $0["doubt"] as? String == "" && $0["successor"] as? String == "马鹏" })
  }

  @Test func answersMayGoToOurOwnMailbox() throws {
    let desk = try InboxDesk(
      more: """
        answers: {replyTo: ours}
        relay: {url: "smtp://127.0.0.1:1", from: 督办 <duban@example.org>}
        """)
    #expect(
      try desk.links("已完成", in: Self.owner)[0].hasPrefix("mailto:duban@example.org,zwfwjzhc@126.com?"))
    #expect(
      try desk.office.shell("grep -A2 -h Reply-To mail/new/* | grep -c duban@example.org").output != "0\n")
    let plain = try Office()
    _ = try plain.duban("run", "--once", "--now", "2022-12-16T08:30")
    let mails = try plain.shell("cat mail/new/* | grep -c '5bey5a6M5oiQ77y9'")
    #expect(mails.output == "0\n", "no mailbox is read: no link")
  }

  /// The digest's links: each once, from the contact, within 30 days.
  @Test(arguments: StoreKind.installed) func theContactDecidesByLinks(_ state: StoreKind) throws {
    let desk = try InboxDesk(state: state)
    for place in 0..<3 { try desk.clicks("已完成", place, in: Self.owner) }
    try desk.look("2022-12-16T11:00")
    try desk.look("2022-12-19T08:30")
    let (yes, no) = (try desk.links("同意", in: Self.contact), try desk.links("不同意", in: Self.contact))
    #expect(yes.count == 3 && no.count == 3)
    try desk.arrives(link: yes[0], from: Self.contact)
    try desk.arrives(link: no[1], from: Self.contact)
    try desk.arrives(link: yes[2], from: Self.owner)
    try desk.look("2022-12-19T11:00")
    #expect(
      try desk.shown() == [
        "4.1 done accepted", "4.2 done rejected", "4.3 done open", " message open",
      ])
    #expect(try desk.proposals()[3]["doubt"] as? String == "来自其他邮箱 \(Self.owner)")
    let decisions = try desk.office.duban("history", "--decisions", "--json").output
    #expect(decisions.contains("answer-0@example.org"), "the answer is the evidence")

    // The same link again, also once the decision was taken back; and a link of another's token.
    try desk.arrives(link: yes[0], from: Self.contact)
    _ = try desk.office.duban("inbox", "undo", "1", "--by", "杜潘", "--now", "2022-12-19T11:30")
    try desk.arrives(link: yes[0], from: Self.contact)
    let token = try #require(yes[0].split(separator: "%BC%9A").last)
    let other = try #require(yes[2].split(separator: "%BC%9A").last)
    try desk.arrives(link: yes[2].replacing(other, with: token), from: Self.contact)
    try desk.look("2022-12-19T12:00")
    #expect(try desk.shown().prefix(3) == ["4.1 done open", "4.2 done rejected", "4.3 done open"])
    let doubts = try desk.proposals().dropFirst(4).map { $0["doubt"] as? String }
    #expect(doubts == ["链接已使用过或该事项已处理，未再处理", "链接无效，未处理"], "the same once")
    try desk.look("2022-12-20T08:30")
    #expect(try desk.mail(to: Self.contact).text.contains("未再处理"), "the contact is told")
  }

  @Test(arguments: StoreKind.installed) func aLinkLivesThirtyDays(_ state: StoreKind) throws {
    let desk = try InboxDesk(state: state)
    try desk.clicks("已完成", in: Self.owner)
    try desk.look("2022-12-16T11:00")
    try desk.look("2022-12-19T08:30")
    let old = try desk.links("同意", in: Self.contact)[0]
    try desk.look("2023-01-16T08:30")
    let fresh = try desk.links("同意", in: Self.contact)[0]
    try desk.arrives(link: old, from: Self.contact)
    try desk.look("2023-01-18T09:00")
    #expect(try desk.shown() == ["4.1 done open", " message open"])
    #expect(try desk.proposals()[1]["doubt"] as? String == "链接已过期（30天），未处理，请按最近一期报告答复")
    try desk.arrives(link: fresh, from: Self.contact)
    try desk.look("2023-01-18T09:10")
    #expect(try desk.shown()[0] == "4.1 done accepted")
  }

  /// The numbers of the digest, in words.
  @Test(arguments: StoreKind.installed) func theContactDecidesByNumbers(_ state: StoreKind) throws {
    let desk = try InboxDesk(state: state)
    try desk.answers("4.1已完成；4.2已完成；4.3申请延期至2023年1月15日；5.3已完成。", to: Self.owner)
    try desk.look("2022-12-16T11:00")
    try desk.look("2022-12-19T08:30")
    try desk.answers("同意1、3，谢谢。不同意2。", to: Self.contact)
    try desk.answers("同意9", to: Self.contact)
    try desk.look("2022-12-19T11:00")
    #expect(
      try desk.shown() == [
        "4.1 done accepted", "4.2 done rejected", "4.3 postpone 2023-01-15 accepted", "5.3 done open",
        " message open",
      ])
    try desk.look("2022-12-20T08:30")
    try desk.answers("都同意。", to: Self.contact)
    try desk.look("2022-12-20T11:00")
    #expect(try desk.shown()[3] == "5.3 done accepted")
  }

  /// An accepted postponement is the date, until the ledger's own words change.
  @Test(arguments: StoreKind.installed) func anAcceptedPostponementIsADecidedDate(_ state: StoreKind) throws {
    let desk = try InboxDesk(state: state)
    try desk.answers("4.2申请延期至2023年1月15日。", to: Self.owner)
    try desk.look("2022-12-16T11:00")
    #expect(
      try desk.office.duban("inbox", "accept", "1", "--by", "杜潘", "--now", "2022-12-16T12:00").status == 0)
    func agenda() throws -> String {
      try desk.office.duban("agenda", "--now", "2022-12-17T08:00").output.split(separator: "\n").map(
        String.init
      )
      .first { $0.hasPrefix("4.2 ") } ?? ""
    }
    #expect(try agenda().contains("2023-01-15"))
    #expect(try agenda().contains("postponed: the ledger says"))
    let explained = try desk.office.duban("explain", "4.2", "--on", "2022-12-30", "--now", "2022-12-17T08:00")
    #expect(explained.output.contains("due 2023-01-15 (postponed"))
    let plan = try desk.office.duban(
      "plan", "--from", "2022-12-17", "--to", "2023-01-13", "--now", "2022-12-17T08:00")
    #expect(!plan.output.contains("    4.2  due 2022-12-31"))
    #expect(plan.output.contains("    4.2  due 2023-01-15"))

    #expect(
      try desk.office.duban("inbox", "undo", "1", "--by", "杜潘", "--now", "2022-12-17T08:00").status == 0)
    #expect(try agenda().contains("2022-12-31"))
    _ = try desk.office.duban("inbox", "accept", "1", "--by", "杜潘", "--now", "2022-12-17T08:10")
    #expect(try agenda().contains("2023-01-15"))
    let ledger = try desk.office.read("ledger.yaml")
    let head = try #require(ledger.range(of: "id: \"4.2\""))
    let deadline = try #require(ledger.range(of: "deadline:", range: head.upperBound..<ledger.endIndex))
    try desk.office.write(
      ledger.replacingCharacters(in: deadline, with: "due: 2023-02-28\n        deadline:"), to: "ledger.yaml")
    #expect(try agenda().contains("2023-02-28"), "the ledger's own words win")
  }

  /// An accepted hand-over sends reminders to the new owner, until the ledger names others.
  @Test(arguments: StoreKind.installed) func anAcceptedHandOverChangesTheOwner(_ state: StoreKind) throws {
    let desk = try InboxDesk(state: state)
    try desk.answers("4.2此项工作已移交马鹏负责。4.3已移交赵无名负责。", to: Self.owner)
    try desk.look("2022-12-16T11:00")
    #expect(try desk.shown() == ["4.2 handover open", "4.3 handover open"])
    try desk.look("2022-12-19T08:30")
    #expect(try desk.mail(to: Self.contact).text.replacing("\n", with: "").contains("赵无名不在通讯录中"))
    #expect(try desk.links("同意", in: Self.contact).count == 1)
    try desk.clicks("同意", in: Self.contact)
    try desk.clicks("已处理", in: Self.contact)
    try desk.look("2022-12-19T11:00")
    #expect(try desk.shown() == ["4.2 handover accepted", "4.3 handover accepted"])
    let plan = try desk.office.duban(
      "plan", "--from", "2022-12-20", "--to", "2022-12-30", "--now", "2022-12-20T07:00"
    ).output
    let mine = try #require(plan.range(of: "马鹏"))
    #expect(plan[mine.lowerBound...].contains("    4.2 "))
    #expect(
      try desk.office.duban("agenda", "--of", "4.2", "--now", "2022-12-20T07:00").output.contains(
        "handed over by 徐娟"))
    _ = try desk.office.duban("inbox", "undo", "1", "--by", "杜潘", "--now", "2022-12-20T07:10")
    #expect(
      !(try desk.office.duban("agenda", "--of", "4.2", "--now", "2022-12-20T07:20").output.contains(
        "handed over")))
  }

  @Test func certainKindsAreAcceptedAtOnce() throws {
    let desk = try InboxDesk(more: "answers: {accept: [done]}")
    try desk.clicks("已完成", in: Self.owner)
    try desk.answers("4.2已完成", to: Self.owner, from: "other@example.org")
    try desk.clicks("申请延期", 2, in: Self.owner) { $0.replacing("____年__月__日", with: "2023年1月15日") }
    try desk.look("2022-12-16T11:00")
    #expect(
      try desk.shown() == ["4.1 done accepted", "4.2 done open", "4.3 postpone 2023-01-15 open"])
    let decisions = try desk.office.duban("history", "--decisions").output
    #expect(decisions.contains("answers.accept"))
  }

  @Test func manyAnswersStayReadable() throws {
    let desk = try InboxDesk()
    for number in 0..<60 { try desk.answers("4.1已完成，第\(number)次", to: Self.owner) }
    for _ in 0..<20 { try desk.answers("4.2已完成", to: Self.owner) }
    try desk.look("2022-12-16T11:00")
    #expect(try desk.shown().count { $0 == "4.2 done open" } == 1, "equal ones are one")
    #expect(try desk.proposals().count { $0["pause"] != nil } <= 2)
    try desk.look("2022-12-19T08:30")
    let text = try desk.mail(to: Self.contact).text
    #expect(text.ranges(of: "〔").count <= 31)
    #expect(text.filter { !$0.isWhitespace }.contains("各类只列出一部分"))
    let answers = try desk.office.duban("history", "--answers", "--item", "4.2").output
    #expect(answers.contains("4.2") && !answers.contains("4.1"))
    _ = try desk.office.duban("report", "--html", "page", "--now", "2022-12-19T09:00")
    #expect(try desk.office.read("page/index.html").contains("2022年12月16日答复：已完成（待确认）"))
  }

  /// The contact hears what became of a decision, and what of it couldn't be carried out.
  @Test func aDecisionIsAcknowledgedWhereThatIsWanted() throws {
    let desk = try InboxDesk(more: "answers: {acknowledge: true}")
    try desk.answers("4.1已完成；4.2申请延期至2023年1月15日", to: Self.owner)
    try desk.look("2022-12-16T11:00")
    try desk.look("2022-12-19T08:30")
    try desk.answers("同意1；不同意2", to: Self.contact)
    try desk.look("2022-12-19T11:00")
    var text = try desk.mail(to: Self.contact).text.filter { !$0.isWhitespace }
    #expect(text.contains("已登记：〔1〕同意；〔2〕不同意。"), "\(text)")
    try desk.look("2022-12-20T08:30")
    try desk.answers("收到，请商务局尽快处理", to: Self.contact)
    try desk.look("2022-12-20T11:00")
    text = try desk.mail(to: Self.contact).text.filter { !$0.isWhitespace }
    #expect(text.contains("系统未能读出明确的决定"), "\(text)")
  }

  /// RFC 3834: one for each answer, to the address that was written to, never to a machine.
  @Test func anAnswerIsAcknowledgedWhereThatIsWanted() throws {
    let desk = try InboxDesk(more: "answers: {acknowledge: true}")
    let before = desk.office.mailCount
    try desk.answers("4.1已完成", to: Self.owner)
    try desk.answers("4.2已完成", to: Self.owner, more: "Auto-Submitted: auto-replied\n")
    try desk.answers("4.3已完成", to: Self.owner, from: "other@example.org")
    try desk.answers("5.3已完成", to: Self.owner, more: "Return-Path: <>\n")
    try desk.look("2022-12-16T11:00")
    #expect(desk.office.mailCount == before + 1)
    let text = try desk.mail(to: Self.owner).text.replacing("\n", with: "")
    #expect(text.contains("4.1已完成"))
    let header = try desk.office.shell(
      "grep -l 'Auto-Submitted: auto-replied' mail/new/* | xargs grep -h 'In-Reply-To'")
    #expect(header.output.contains("<answer-0@example.org>"))
    for number in 0..<8 { try desk.answers("4.\(number)进展顺利，正在推进", to: Self.owner) }
    try desk.look("2022-12-16T11:10")
    #expect(desk.office.mailCount == before + 5, "two machines that talk to each other end")
    try desk.look("2022-12-16T11:20")
    #expect(desk.office.mailCount == before + 5)
  }
}
