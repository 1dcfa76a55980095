import Foundation
import TestSupport
import Testing

/// What nobody can mean, what nobody decides, and mailboxes that are huge or give no text.
@Suite struct InboxBoundsTests {
  private static let (owner, contact) = ("xujuan@example.org", "zwfwjzhc@126.com")

  /// 4.2 is due on 31 December; it is 19 December. What `inbox accept` says of another day.
  static let days: [(until: String, says: String)] = [
    ("2021-01-20", "isn't after today"), ("2022-12-19", "isn't after today"),
    ("2022-12-31", "isn't after its deadline"), ("2024-06-30", "more than a year after its deadline"),
  ]

  @Test func aDayThatNobodyCanMeanIsAskedAbout() throws {
    let desk = try InboxDesk()
    try desk.answers("4.1申请延期至2023年1月15日。4.2请延期至2021年1月20日。", to: Self.owner)
    try desk.look("2022-12-16T11:00")
    #expect(try desk.shown() == ["4.1 postpone 2023-01-15 open", "4.2 postpone open"])
    #expect(try desk.proposals()[1]["doubt"] as? String == "请阅原文核对")
    try desk.look("2022-12-19T08:30")
    #expect(try desk.mail(to: Self.contact).text.replacing("\n", with: "").contains("申请延期，未写明可行的日期"))
    // The first is late by the day, and by the deadline: told, and nothing happens.
    try desk.answers("同意2", to: Self.contact)
    try desk.answers("同意1，延期到2022年12月10日", to: Self.contact)
    try desk.answers("同意1延期至2022年12月25日", to: Self.contact)
    try desk.look("2022-12-19T11:00")
    #expect(try desk.shown().prefix(2) == ["4.1 postpone 2023-01-15 open", "4.2 postpone open"])
    let doubts = try desk.proposals().dropFirst(2).map { $0["doubt"] as? String ?? "" }
    #expect(
      doubts == [
        "请阅原文核对", "第1项延期至2022年12月10日，该日期不晚于今日，未处理，请另行写明日期",
        "第1项延期至2022年12月25日，该日期不晚于原定时限，未处理，请另行写明日期",
      ])

    func accept(_ arguments: String...) throws -> Office.Run {
      try desk.office.duban(
        arguments: ["inbox", "accept", "2", "--by", "杜潘", "--now", "2022-12-19T12:00"] + arguments)
    }
    #expect(try accept().complaints.contains("names no day that can be meant"))
    for (until, says) in Self.days {
      let run = try accept("--until", until)
      #expect(run.status == 2 && run.complaints.contains(says), "\(until): \(run.complaints)")
    }
    #expect(try accept("--until", "2023-01-20").status == 0)
  }

  @Test func aDecisionIsSomebodysAndAboutSomething() throws {
    let desk = try InboxDesk()
    try desk.answers("4.1已完成；4.2已移交马鹏负责；4.3已完成", to: Self.owner)
    try desk.look("2022-12-16T11:00")
    let refused: [(arguments: [String], says: String)] = [
      (["done", "4.1", "--by", ""], "--by"), (["inbox", "accept", "1", "--by", " \u{202E}"], "--by"),
      (["inbox", "accept", "1", "--by", "甲", "--until", "2023-01-15"], "--until would be ignored"),
      (["inbox", "accept", "2", "--by", "甲", "--until", "2023-01-15"], "--until would be ignored"),
      (["inbox", "accept", "1", "--by", "甲", "--to", "马鹏"], "--to would be ignored"),
    ]
    for (arguments, says) in refused {
      let run = try desk.office.duban(arguments: arguments + ["--now", "2022-12-16T12:00"])
      #expect(run.status == 2 && run.complaints.contains(says), "\(arguments): \(run.complaints)")
    }
    #expect(try desk.shown() == ["4.1 done open", "4.2 handover open", "4.3 done open"])

    // A name with a line break and a mark that turns the direction of writing is one line.
    _ = try desk.office.duban(
      arguments: ["inbox", "accept", "1", "--by", "甲\n乙\u{202E}", "--now", "2022-12-16T12:00"])
    let decisions = try desk.office.duban("history", "--decisions").output
    #expect(decisions.contains("甲 乙") && !decisions.contains("\u{202E}"))
    #expect(decisions.split(separator: "\n").count == 2)

    let ledger = try desk.office.read("ledger.yaml")
    let start = try #require(ledger.range(of: "      - id: \"4.3\""))
    let end = try #require(ledger.range(of: "      - id:", range: start.upperBound..<ledger.endIndex))
    try desk.office.write(
      ledger.replacingCharacters(in: start.lowerBound..<end.lowerBound, with: ""), to: "ledger.yaml")
    let gone = try desk.office.duban("inbox", "accept", "3", "--by", "甲", "--now", "2022-12-16T12:00")
    #expect(gone.status == 2 && gone.complaints.contains("4.3 of 3 isn't in the ledger any more"))
  }

  /// 来信 is dated by the mail itself, unless that can't be.
  @Test func anAnswerHasTheDayOnWhichItWasWritten() throws {
    let desk = try InboxDesk()
    try desk.answers("4.1已完成", to: Self.owner)
    let id = try desk.mail(to: Self.owner).id
    desk.arrives(
      """
      From: \(Self.owner)
      Date: Mon, 16 Dec 2030 10:00:00 +0800
      Message-ID: <ahead@example.org>
      In-Reply-To: \(id)
      Content-Type: text/plain; charset=utf-8

      4.2已完成
      """)
    try desk.look("2022-12-18T11:00")
    try desk.look("2022-12-19T08:30")
    let digest = try desk.mail(to: Self.contact).text.filter { !$0.isWhitespace }
    #expect(digest.contains("徐娟12月16日来信称已完成：“4.1"))
    #expect(digest.contains("徐娟12月18日来信称已完成：“4.2"))
  }

  /// A decision or an answer that nobody reads has no effect, and no one is told: `check` says so.
  @Test(arguments: [
    ("duban@example.org", "", ["owners answer goes to zwfwjzhc@126.com"]), ("DUBAN", "{replyTo: ours}", []),
    ("zwfwjzhc@126.com", "", ["contact decides goes to duban@example.org"]),
    (
      "contact@example.org", "{ledger: false}",
      ["contact decides goes to duban@example.org", "owners answer goes to zwfwjzhc@126.com"]
    ),
  ])
  func whatNobodyReadsIsWarnedOf(login: String, answers: String, warnings: [String]) throws {
    let office = try Office(
      port: 1,
      more: """
        inbox: {url: "imap://127.0.0.1:1", user: \(login), passwordFile: ledger.yaml, plainLogin: loopback}
        answers: \(answers.isEmpty ? "{}" : answers)
        """)
    let run = try office.duban("check", "--now", "2022-12-16T08:30")
    let said = run.complaints.split(separator: "\n").filter { $0.contains("which no inbox: reads") }
    #expect(said.count == warnings.count, "\(run.complaints)")
    for warning in warnings { #expect(said.contains { $0.contains(warning) }, "\(run.complaints)") }
  }

  /// One look reads so much; the next one goes on behind it.
  @Test func aHugeMailboxIsReadInPieces() throws {
    let desk = try InboxDesk()
    let other = Array("From: other@example.org\r\n\r\nx\r\n".utf8)
    desk.peer.changeMailbox { script in for uid in 1...1_000 { script.messages[UInt32(uid)] = other } }
    desk.count.value = 1_000
    try desk.answers("4.1已完成", to: Self.owner)
    try desk.look("2022-12-16T11:00")
    #expect(try desk.shown() == [])
    try desk.look("2022-12-16T11:05")
    #expect(try desk.shown() == ["4.1 done open"])
  }

  /// A message that is there and is given without its text is asked for again, three times; then a person is told.
  @Test func aMessageWithoutItsTextIsAskedForAgain() throws {
    let desk = try InboxDesk()
    try desk.answers("4.1已完成", to: Self.owner)
    let nothing = MailboxScript.Action.say("* 1 FETCH (UID 1 BODY[] NIL)\nTAG OK done")
    desk.peer.changeMailbox { $0.actions["FETCH"] = nothing }
    try desk.look("2022-12-16T11:00")
    #expect(try desk.shown() == [])
    desk.peer.changeMailbox { $0.actions["FETCH"] = nil }
    try desk.look("2022-12-16T11:05")
    #expect(try desk.shown() == ["4.1 done open"])

    try desk.answers("4.2已完成", to: Self.owner)
    desk.peer.changeMailbox { $0.actions["FETCH"] = .say("TAG NO not now") }
    for minute in 10...12 { try desk.look("2022-12-16T11:\(minute)") }
    desk.peer.changeMailbox { $0.actions["FETCH"] = nil }
    try desk.answers("4.3已完成", to: Self.owner)
    try desk.look("2022-12-16T11:20")
    #expect(try desk.shown() == ["4.1 done open", " message open", "4.3 done open"])
  }

  /// The alert for a mailbox that isn't read goes by this: a look that ends early is none, nor is a login.
  @Test func theMetricTellsWhenAMailboxWasReadToItsEnd() throws {
    func read(_ desk: InboxDesk) throws -> Int? {
      let lines = try desk.office.read("duban.prom").split(separator: "\n")
      let line = lines.first { $0.hasPrefix("duban_inbox_last_look_timestamp_seconds ") }
      return line?.split(separator: " ").last.flatMap { Int($0) }
    }
    let first = 1_671_150_600
    let desk = try InboxDesk(more: "observe: {metrics: duban.prom}")
    #expect(try read(desk) == first)
    try desk.answers("4.1已完成", to: Self.owner)
    try desk.look("2022-12-16T08:40")
    #expect(try read(desk) == first + 600)
    #expect(try desk.office.read("duban.prom").contains("\nduban_inbox_open_proposals 1\n"))
    try desk.answers("4.2已完成", to: Self.owner)
    for (minute, step) in [(50, "SEARCH"), (51, "FETCH"), (52, "LOGIN")] {
      desk.peer.changeMailbox { $0.actions = [step: .say("TAG NO not now")] }
      try desk.look("2022-12-16T08:\(minute)")
      #expect(try read(desk) == first + 600, "\(step)")
    }
    // One that never could be opened: since it fails.
    var script = MailboxScript()
    script.actions["EXAMINE"] = .say("TAG NO no such folder")
    let other = try InboxDesk(more: "observe: {metrics: duban.prom}", script: script)
    try other.look("2022-12-16T09:30")
    #expect(try read(other) == first)
  }
}
