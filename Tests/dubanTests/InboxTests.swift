import Foundation
import TestSupport
import Testing

/// What comes back, from the mailbox to the digest: the real command, a scripted IMAP server, mails in a Maildir.
@Suite struct InboxTests {
  /// An office that reads a mailbox, after its mails of 16 December went out.
  private struct Desk {
    let peer: ScriptedPeer
    let office: Office
    /// Numbers of messages that came in.
    let count = Counter()

    final class Counter {
      var value: UInt32 = 0
    }

    init(more: String = "") throws {
      peer = try ScriptedPeer(mailbox: MailboxScript())
      office = try Office(
        more: """
          inbox: {url: "imap://127.0.0.1:\(peer.port)", user: contact@example.org, passwordFile: password, plainLogin: loopback}
          \(more)
          """)
      try office.write("pass-2345\n", to: "password")
      try FileManager.default.setAttributes(
        [.posixPermissions: 0o600], ofItemAtPath: office.url.appendingPathComponent("password").path)
      try look("2022-12-16T08:30")
    }

    @discardableResult
    func look(_ moment: String) throws -> Office.Run {
      let run = try office.duban("run", "--once", "--now", moment)
      #expect(run.status == 0, "\(run.complaints)")
      return run
    }

    /// The last mail to an address: its Message-ID, and its text.
    func mail(to address: String) throws -> (id: String, text: String) {
      let run = try office.shell(
        """
        python3 - \(address) <<'END'
        import email, email.policy, glob, os, re, sys
        # Two mails may be of one tick of the file system's clock: Q in the name counts them.
        def age(path): return (os.path.getmtime(path), int(re.search(r"Q(\\d+)", path).group(1)))
        for path in sorted(glob.glob("mail/new/*"), key=age, reverse=True):
            mail = email.message_from_binary_file(open(path, "rb"), policy=email.policy.default)
            if sys.argv[1] in mail["to"]:
                print(mail["message-id"])
                print(mail.get_body(("plain",)).get_content())
                break
        END
        """)
      let lines = run.output.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
      try #require(lines.count == 2, "no mail to \(address)")
      return (String(lines[0]), String(lines[1]))
    }

    func arrives(_ message: String) {
      count.value += 1
      let bytes = Array(message.replacing("\n", with: "\r\n").utf8)
      peer.changeMailbox { [number = count.value] in $0.messages[number] = bytes }
    }

    /// An answer to the last mail that went to an address, quotation and all.
    func answers(_ text: String, to address: String, from sender: String? = nil, more: String = "") throws {
      let mail = try mail(to: address)
      let quoted = mail.text.split(separator: "\n", omittingEmptySubsequences: false).map { "> \($0)" }
      arrives(
        """
        From: \(sender ?? address)
        To: contact@example.org
        Date: Fri, 16 Dec 2022 10:00:00 +0800
        Message-ID: <answer-\(count.value)@example.org>
        In-Reply-To: \(mail.id)
        Content-Type: text/plain; charset=utf-8
        \(more)
        \(text)

        在2022年12月16日，duban 写道：
        \(quoted.joined(separator: "\n"))
        """)
    }

    func proposals() throws -> [[String: Any]] {
      let run = try office.duban("inbox", "list", "--all", "--json")
      return try #require(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [[String: Any]])
    }

    /// `4.1 done open`, one for each.
    func shown() throws -> [String] {
      try proposals().map { one in
        ["item", "asks", "until", "state"].compactMap { one[$0] as? String }.joined(separator: " ")
      }
    }
  }

  private static let (owner, contact) = ("xujuan@example.org", "zwfwjzhc@126.com")

  @Test func anAnswerIsAProposalUntilTheContactSaysSo() throws {
    let desk = try Desk()
    try desk.answers("4.1已完成；4.2申请延期至2023年1月15日。", to: Self.owner)
    try desk.look("2022-12-16T11:00")
    #expect(try desk.shown() == ["4.1 done open", "4.2 postpone 2023-01-15 open"])
    #expect(try desk.office.duban("agenda", "--now", "2022-12-16T12:00").output.contains("4.1"))

    try desk.look("2022-12-19T08:30")
    let digest = try desk.mail(to: Self.contact).text.replacing("\n", with: "")
    #expect(digest.contains("下一步"))
    #expect(digest.contains("请确认措施4.1"))
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

  /// Who may say what: nothing here is more than a question to the contact.
  @Test func nobodyIsTrustedByAFromLine() throws {
    let desk = try Desk()
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
    let desk = try Desk()
    try desk.answers("4.1已完成", to: Self.owner)
    try desk.answers("同意4.1销号", to: Self.contact)
    try desk.look("2022-12-16T11:00")
    #expect(try desk.shown() == ["4.1 done open", " message open"])
  }

  /// An answer that it is done has the owner's own reminders wait, once.
  @Test func whoAnsweredIsNotAskedAgainAtOnce() throws {
    let desk = try Desk(more: "answers: {pause: 8wd}")
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

  @Test func theSameMessageCountsOnce() throws {
    let desk = try Desk()
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
    let desk = try Desk()
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
    #expect(digest.contains("被退回：收件邮箱已满"))
  }

  @Test func aMailboxThatCannotBeReadIsAProblemAndStopsNothing() throws {
    let desk = try Desk()
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
    let desk = try Desk()
    try desk.answers("4.1已完成", to: Self.owner)
    desk.peer.changeMailbox { $0.actions["FETCH"] = .sayAndClose("* 1 FETCH (UID 1 BODY[] {50}\nhalf") }
    for minute in 10..<13 { try desk.look("2022-12-16T11:\(minute)") }
    desk.peer.changeMailbox { $0.actions = [:] }
    try desk.answers("4.2已完成", to: Self.owner)
    try desk.look("2022-12-16T11:30")
    #expect(try desk.shown() == [" message open", "4.2 done open"])
  }
}
