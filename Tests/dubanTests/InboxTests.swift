import DubanCore
import Foundation
import TestSupport
import Testing

/// What comes back, from the mailbox to the digest: the real command, a scripted IMAP server, mails in a Maildir.
@Suite struct InboxTests {
  private static let (owner, contact) = ("xujuan@example.org", "zwfwjzhc@126.com")

  @Test func anAnswerIsAProposalUntilTheContactSaysSo() throws {
    let desk = try InboxDesk()
    try desk.answers("4.1已完成；4.2申请延期至2023年1月15日。", to: Self.owner)
    try desk.look("2022-12-16T11:00")
    #expect(try desk.shown() == ["4.1 done open", "4.2 postpone 2023-01-15 open"])
    #expect(try desk.office.duban("agenda", "--now", "2022-12-16T12:00").output.contains("4.1"))

    try desk.look("2022-12-19T08:30")
    let digest = try desk.mail(to: Self.contact).text.replacing("\n", with: "")
    #expect(digest.contains("下一步"))
    #expect(digest.contains("〔1〕请确认能否销号：措施4.1"))
    #expect(digest.contains("申请延期至2023年1月15日"))

    try desk.answers("同意4.1销号；不同意4.2延期。", to: Self.contact)
    try desk.look("2022-12-19T11:00")
    #expect(try desk.shown() == ["4.1 done accepted", "4.2 postpone 2023-01-15 rejected"])
    let plan = try desk.office.duban(
      "plan", "--from", "2022-12-30", "--to", "2022-12-30", "--now", "2022-12-19T12:00")
    #expect(!plan.output.contains("    4.1 "))
    #expect(plan.output.contains("    4.2 "))

    try desk.look("2022-12-20T08:30")
    #expect(try desk.mail(to: Self.contact).text.contains("标记为已完成"))
    #expect(try desk.office.duban("inbox", "undo", "1", "--by", "杜潘").status == 0)
    #expect(try desk.shown().first == "4.1 done open")
    let again = try desk.office.duban(
      "plan", "--from", "2022-12-30", "--to", "2022-12-30", "--now", "2022-12-20T12:00")
    #expect(again.output.contains("    4.1 "))
  }

  /// A row is put in before 4.3, which is to be closed: from then on everybody reads and writes 4.4, and in answer to a
  /// digest from before 4.3 still means the same.
  @Test(arguments: [
    (isBeforeDigest: true, words: "同意4.4销号"), (isBeforeDigest: true, words: ""),
    (isBeforeDigest: false, words: "同意4.3销号"), (isBeforeDigest: false, words: ""),
  ])
  func aRenumberedMeasureIsDecidedByTheNumberInForce(isBeforeDigest: Bool, words: String) throws {
    let desk = try InboxDesk()
    func insert() throws {
      let row = """
              - id: "4.3"
                title: 新增的措施
                text: 新增
                units: [涧西区市场监督管理局]
                persons: [徐娟]
                deadline: 2022年 12月底前
                status: open

        """
      let title = "\n        title: 联合开展"
      try desk.office.replace("      - id: \"4.3\"\(title)", "\(row)      - id: \"4.4\"\(title)")
    }
    try desk.answers("4.3已完成", to: Self.owner)
    try desk.look("2022-12-16T11:00")
    if isBeforeDigest { try insert() }
    try desk.look("2022-12-19T08:30")
    let digest = try desk.mail(to: Self.contact).text.filter { !$0.isWhitespace }
    #expect(digest.contains("〔1〕请确认能否销号：措施\(isBeforeDigest ? "4.4" : "4.3")“联合开展"), "\(digest)")
    if !isBeforeDigest { try insert() }
    if words.isEmpty {
      try desk.clicks("同意", in: Self.contact)
    } else {
      try desk.answers(words, to: Self.contact)
    }
    try desk.look("2022-12-19T11:00")
    #expect(try desk.shown() == ["4.4 done accepted"])
    let agenda = try desk.office.duban("agenda", "--of", "4.4", "--now", "2022-12-19T12:00").output
    #expect(agenda.contains("联合开展") && agenda.contains("done"), "\(agenda)")
    try desk.look("2022-12-20T08:30")
    let next = try desk.mail(to: Self.contact).text.filter { !$0.isWhitespace }
    #expect(next.contains("措施4.4“联合开展") && next.contains("标记为已完成"), "\(next)")
    for arguments in [["history", "--decisions", "--item", "4.4"], ["inbox", "show", "1"]] {
      #expect(try desk.office.duban(arguments: arguments).output.contains("4.4"))
    }
    #expect(try desk.office.duban("undo", "done", "4.4", "--by", "杜潘").status == 0)
  }

  /// Whichever command takes a decision back: what asked for it is open again, and nothing else.
  @Test func whatIsUndoneIsOpenAgain() throws {
    let desk = try InboxDesk()
    try desk.answers("4.1、4.2已完成。", to: Self.owner)
    try desk.look("2022-12-16T11:00")
    try desk.look("2022-12-19T08:30")
    try desk.answers("同意4.1销号；同意4.2销号。", to: Self.contact)
    try desk.look("2022-12-19T11:00")
    #expect(try desk.shown() == ["4.1 done accepted", "4.2 done accepted"])
    let undo = ["undo", "done", "4.1", "--by", "杜潘", "--now", "2022-12-19T12:00"]
    #expect(try desk.office.duban(arguments: undo).status == 0)
    #expect(try desk.shown() == ["4.1 done open", "4.2 done accepted"])
    #expect(try desk.office.duban(arguments: undo).status == 2, "nothing is left to be taken back")
  }

  /// QQ's page names no Message-ID: recipient and subject do, where one mail fits.
  @Test(arguments: [("【整改提醒】12月31日到期4项（剩15天）", true), ("【整改提醒】12月31日到期9项（剩15天）", false)])
  func aPageWithoutAnIDIsLookedUp(subject: String, isFound: Bool) throws {
    let desk = try InboxDesk()
    desk.arrives(
      """
      From: PostMaster <PostMaster@qq.example.net>
      Return-Path: <>
      Subject: =?utf-8?B?\(Data("来自qq.example.net的退信".utf8).base64EncodedString())?=
      Message-ID: <page@qq.example.net>
      Content-Type: text/html; charset=utf-8

      <p>很抱歉您发送的邮件被退回，以下是该邮件的相关信息：</p>
      <table><tr><td>被退回邮件</td><td>主 题：\(subject)<br/>时 间：2022-12-16 08:30:00</td></tr>
      <tr><td colspan="2">无法发送到 \(Self.owner)</td></tr>
      <tr><td>退信原因</td><td>收件人邮件地址（\(Self.owner)）不存在，邮件无法送达。<br/>
      host mx.example.org said: 550 5.1.1 User unknown (in reply to RCPT TO command)</td></tr></table>
      """)
    try desk.look("2022-12-16T11:00")
    #expect(try desk.office.duban("queue", "forgive").output.contains(Self.owner) == isFound)
  }

  @Test func whatLedToSomethingIsMoved() throws {
    let desk = try InboxDesk(mailbox: ", moveTo: 已处理")
    desk.arrives("From: other@example.org\nMessage-ID: <x@example.org>\n\n会议通知\n")
    try desk.answers("4.1已完成", to: Self.owner)
    try desk.look("2022-12-16T11:00")
    #expect(try desk.shown() == ["4.1 done open"])
    let moved = desk.peer.record.commands.filter { $0.contains("COPY") }
    #expect(moved == ["UID COPY 2 \"&XfJZBHQG-\""])
    // A folder that isn't there: said, and read all the same.
    desk.peer.changeMailbox { $0.actions["COPY"] = .say("TAG NO no such folder") }
    try desk.answers("4.2正在推进", to: Self.owner)
    let run = try desk.look("2022-12-16T12:00")
    #expect(run.complaints.contains("move: NO no such folder"))
    #expect(try desk.shown().contains("4.2 progress open"))
  }

  @Test func aServerThatTellsOfMailIsListenedTo() throws {
    var script = MailboxScript()
    script.capabilities += " IDLE"
    let desk = try InboxDesk(mailbox: ", every: 24h", script: script)
    desk.peer.changeMailbox { $0.actions["IDLE"] = .say("+ idling\n* 1 EXISTS") }
    let service = try desk.office.start("run", "--now", "2022-12-16T11:00")
    #expect(desk.peer.hears { $0.commands.filter { $0 == "IDLE" }.count >= 1 })
    try desk.answers("4.1已完成", to: Self.owner)
    #expect(service.says("read 1 messages of a mailbox"))
    service.signal(SIGTERM)
    #expect(service.end() == 0)
    #expect(try desk.shown() == ["4.1 done open"])
  }

  /// Who may say what: nothing here is more than a question to the contact.
  @Test func nobodyIsTrustedByAFromLine() throws {
    let desk = try InboxDesk()
    try desk.answers("4.1已完成", to: Self.owner, from: "other@example.org")
    try desk.answers(
      "4.2已完成", to: Self.owner, more: "Authentication-Results: mx.example.org; dmarc=fail\n")
    // The contact's name, but in answer to an owner's mail; and an owner in answer to the digest.
    try desk.answers("同意4.1销号", to: Self.owner, from: Self.contact)
    try desk.answers("同意4.1销号", to: Self.contact, from: Self.owner)
    desk.arrives("From: \(Self.contact)\nMessage-ID: <x@example.org>\n\n同意4.1销号\n")
    try desk.look("2022-12-16T11:00")
    let proposals = try desk.proposals()
    #expect(proposals.allSatisfy { $0["state"] as? String == "open" })
    #expect(proposals.allSatisfy { ($0["doubt"] as? String)?.isEmpty == false })
    #expect(try desk.office.duban("history", "--decisions").output.contains("done") == false)
  }

  /// The contact's yes to an older digest says nothing of a proposal that came after it.
  @Test func aDecisionIsAboutWhatStoodInTheDigest() throws {
    let desk = try InboxDesk()
    try desk.answers("4.1已完成", to: Self.owner)
    try desk.answers("同意4.1销号", to: Self.contact)
    try desk.look("2022-12-16T11:00")
    #expect(try desk.shown() == ["4.1 done open", " message open"])
  }

  /// An answer that it is done has the owner's own reminders wait, once.
  @Test func whoAnsweredIsNotAskedAgainAtOnce() throws {
    let desk = try InboxDesk(more: "answers: {pause: 8wd}")
    func why(_ item: String, _ day: String) throws -> String {
      try desk.office.duban("explain", item, "--on", day, "--now", "2022-12-17T08:00").output
    }
    try desk.answers("4.1已完成", to: Self.owner)
    try desk.look("2022-12-16T11:00")
    #expect(try desk.proposals()[0]["pause"] as? String == "2022-12-28")
    let words =
      "the owner answered that it is done; unless that is confirmed, reminders go on from 2022-12-28"
    #expect(try why("4.1", "2022-12-23").contains(words))
    #expect(try why("4.2", "2022-12-23").contains("a mail goes out"))
    #expect(try why("4.1", "2022-12-28").contains("a mail goes out"), "what was missed is caught up")

    _ = try desk.office.duban("inbox", "reject", "1", "--by", "杜潘")
    #expect(try why("4.1", "2022-12-23").contains("a mail goes out"))
    try desk.answers("4.1已办结", to: Self.owner)
    try desk.look("2022-12-19T11:00")
    #expect(try desk.shown().last == "4.1 done open")
    #expect(try desk.proposals().last?["pause"] == nil, "once for each date")
  }

  /// The first look begins with its day; a person may name an earlier one.
  @Test(arguments: [
    ("", "16-Dec-2022", ["4.2 done open"]),
    (", since: 2022-12-01", "1-Dec-2022", ["4.1 done open", "4.2 done open"]),
  ])
  func oldMailIsLeftAlone(since: String, asked: String, found: [String]) throws {
    let desk = try InboxDesk(mailbox: since)
    try desk.answers("4.1已完成", to: Self.owner)
    try desk.answers("4.2已完成", to: Self.owner)
    let day = try #require(CivilDate("2022-12-15"))
    desk.peer.changeMailbox { $0.received = [1: day] }
    try desk.look("2022-12-16T11:00")
    #expect(desk.peer.record.commands.contains("UID SEARCH SINCE \(asked)"))
    #expect(try desk.shown() == found)
    // What the first look has left alone later ones leave too.
    try desk.look("2022-12-16T11:10")
    #expect(try desk.shown() == found)
  }

  /// Our own mail in the mailbox that is read, as where the contact is the sender too, or an address forwards in a circle.
  @Test func ourOwnMailSaysNothing() throws {
    let desk = try InboxDesk(more: "answers: {acknowledge: true}")
    try desk.answers("4.1已完成", to: Self.owner)
    try desk.look("2022-12-16T11:00")
    #expect(desk.office.mailCount > 0)
    let mails = try desk.office.shell("for file in mail/new/*; do base64 -w0 $file; echo; done")
    for mail in mails.output.split(separator: "\n") {
      let bytes = try #require(Data(base64Encoded: String(mail)))
      desk.arrives(String(decoding: bytes, as: UTF8.self).replacing("\r\n", with: "\n"))
    }
    let before = desk.office.mailCount
    let run = try desk.look("2022-12-16T11:30")
    #expect(
      run.complaints.contains("read \(before) messages of a mailbox; 0 led to something"), "\(run.complaints)"
    )
    #expect(try desk.shown() == ["4.1 done open"])
    #expect(desk.office.mailCount == before, "and none is answered")
  }

  @Test func theSameMessageCountsOnce() throws {
    let desk = try InboxDesk()
    try desk.answers("4.1已完成", to: Self.owner)
    try desk.look("2022-12-16T11:00")
    desk.peer.changeMailbox { script in
      script.uidValidity += 1
      script.messages = [40: script.messages[1] ?? []]
    }
    try desk.look("2022-12-16T11:10")
    #expect(try desk.office.duban("inbox", "reject", "1", "--by", "杜潘").status == 0)
    try desk.look("2022-12-16T11:20")
    #expect(try desk.shown() == ["4.1 done rejected"])
  }

  @Test func aMailThatCameBackMarksItsAddress() throws {
    let desk = try InboxDesk()
    try desk.office.replace("guozhen@example.org", "guozhen@example.org, phone: \"65650001\"")
    let (gone, full) = (
      try desk.mail(to: "guolan@example.org").id, try desk.mail(to: "guozhen@example.org").id
    )
    for (address, status, words, id) in [
      ("guolan@example.org", "5.1.1", "User unknown", gone),
      ("guozhen@example.org", "5.2.2", "mailbox full", full),
      // Our mail, but another's address; and no mail of ours.
      ("else@example.org", "5.1.1", "User unknown", try desk.mail(to: Self.owner).id),
      (Self.owner, "5.1.1", "User unknown", "<unknown@example.org>"),
    ] {
      desk.arrives(
        """
        Return-Path: <>
        From: MAILER-DAEMON@mx.example.org
        Subject: Undelivered Mail Returned to Sender
        Message-ID: <bounce-\(address)-\(id.count)@mx.example.org>
        Content-Type: multipart/report; report-type=delivery-status; boundary=b

        --b
        Content-Type: message/delivery-status

        Reporting-MTA: dns; mx.example.org

        Final-Recipient: rfc822; \(address)
        Action: failed
        Status: \(status)
        Diagnostic-Code: smtp; 550 \(status) \(words)

        --b
        Content-Type: text/rfc822-headers

        Message-ID: \(id)
        --b--
        """)
    }
    try desk.look("2022-12-16T11:00")
    let bad = try desk.office.duban("queue", "forgive").output
    #expect(bad.contains("guolan@example.org"))
    #expect(!bad.contains("guozhen@example.org") && !bad.contains(Self.owner))
    _ = try desk.office.duban("run", "--once", "--now", "2022-12-19T08:30")
    let digest = try desk.mail(to: Self.contact).text.replacing("\n", with: "")
    #expect(digest.contains("guolan@example.org"))
    #expect(digest.contains("被退回：收件邮箱已满（5.2.2）。请电话转告（65650001）。"), "\(digest)")
    #expect(digest.contains("（5.1.1）。请电话转告。"), "whose number nobody knows")
  }

  @Test func aMailboxThatCannotBeReadIsAProblemAndStopsNothing() throws {
    let desk = try InboxDesk()
    desk.peer.changeMailbox { $0.actions["LOGIN"] = .say("TAG NO wrong pass-2345") }
    let run = try desk.look("2022-12-16T11:00")
    #expect(run.complaints.contains("a mailbox can't be read"))
    #expect(!run.complaints.contains("pass-2345"))
    let status = try desk.office.duban("status", "--now", "2022-12-16T11:01")
    #expect(status.status == 1)
    #expect(status.output.contains("can't be read since"))
    desk.peer.changeMailbox { $0.actions = [:] }
    try desk.look("2022-12-16T11:10")
    #expect(!(try desk.office.duban("status", "--now", "2022-12-16T11:11").output.contains("can't be read")))
  }

  @Test func aMessageThatNeverComesHoldsNothingUpForLong() throws {
    let desk = try InboxDesk()
    try desk.answers("4.1已完成", to: Self.owner)
    desk.peer.changeMailbox { $0.actions["FETCH"] = .sayAndClose("* 1 FETCH (UID 1 BODY[] {50}\nhalf") }
    for minute in 10..<13 { try desk.look("2022-12-16T11:\(minute)") }
    desk.peer.changeMailbox { $0.actions = [:] }
    try desk.answers("4.2已完成", to: Self.owner)
    try desk.look("2022-12-16T11:30")
    #expect(try desk.shown() == [" message open", "4.2 done open"])
  }
}
