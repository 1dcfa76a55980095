import Foundation
import TestSupport
import Testing

/// A message that comes more than once, each time another way: to two mailboxes, forwarded, sent again by a relay.
@Suite struct InboxCopiesTests {
  private static let (owner, contact) = ("xujuan@example.org", "zwfwjzhc@126.com")

  enum Message: CaseIterable { case answer, yes, link, workbook, unsoundWorkbook }

  /// What it led to, and what was decided since, stays; nobody hears of it again.
  @Test(arguments: Message.allCases) func aSecondCopyChangesNothing(_ message: Message) throws {
    let isLedger = [.workbook, .unsoundWorkbook].contains(message)
    let desk = try InboxDesk(
      more: "answers: {acknowledge: true, ledger: \(isLedger)}",
      ledger: isLedger ? "state/ledger/ledger.xlsx" : nil)
    try desk.answers("4.1已完成；4.2申请延期至2023年1月15日。", to: Self.owner)
    if message != .answer {
      try desk.look("2022-12-16T11:00")
      try desk.look("2022-12-19T08:30")
    }
    switch message {
    case .answer: break
    case .yes: try desk.answers("同意1；不同意2", to: Self.contact)
    case .link: try desk.clicks("同意", in: Self.contact)
    case .workbook: try desk.sendsLedger(edits: ["整改台账 4.3 状态 已销号"])
    case .unsoundWorkbook: try desk.sendsLedger(edits: ["整改台账 4.1 责任人 查无此人"])
    }
    func state() throws -> [String] {
      let versions = isLedger ? try desk.office.duban("ledger", "--versions").output : ""
      return try desk.shown() + ["\(desk.office.mailCount) mails", versions]
    }
    let before = try state()
    try desk.look("2022-12-19T11:00")
    var after = try state()
    #expect(after != before, "the first copy leads to something")
    desk.arrivesAgain(from: Self.contact)
    try desk.look("2022-12-19T11:10")
    #expect(try state() == after)

    let command = [.yes, .link].contains(message) ? "undo" : "reject"
    let decided = try desk.office.duban("inbox", command, "1", "--by", "杜潘", "--now", "2022-12-19T11:20")
    #expect(decided.status == 0, "\(decided.complaints)")
    after = try state()
    desk.arrivesAgain(from: Self.contact)
    try desk.look("2022-12-19T11:30")
    #expect(try state() == after)
    try desk.look("2022-12-20T08:30")
    #expect(try !desk.mail(to: Self.contact).text.contains("未再处理"))
  }

  /// What the state refuses, for whatever reason, is a person's to look for; what is behind it is read, and the day's mails
  /// go out.
  @Test func aMessageThatCannotBeRecordedHoldsNothingUp() throws {
    let desk = try InboxDesk()
    try desk.answers("4.1已完成", to: Self.owner, more: "Subject: answer of the day\n")
    try desk.refuses("BEFORE INSERT ON proposal WHEN NEW.item = '4.1'")
    try desk.answers("4.2已完成", to: Self.owner)
    let run = try desk.look("2022-12-19T08:30")
    #expect(run.complaints.contains("a message can't be recorded, and is left to a person"))
    #expect(try desk.shown() == [" message open", "4.2 done open"])
    let digest = try desk.mail(to: Self.contact).text.replacing("\n", with: "")
    let step = "请查看来信：邮箱 contact@example.org 中有一封邮件“answer of the day”无法读取"
    #expect(digest.contains(step), "\(digest.prefix(800))")
    func status() throws -> String { try desk.office.duban("status", "--now", "2022-12-19T08:31").output }
    #expect(try status().contains("message 1 of the mailbox "))
    #expect(try desk.office.duban("inbox", "accept", "1", "--by", "杜潘").status == 0)
    #expect(try !status().contains("message 1 of the mailbox "))
  }

  /// A look that fails in the state itself keeps no mail, and is told like any mailbox that can't be read.
  @Test func aLookThatFailsStopsNothing() throws {
    let desk = try InboxDesk()
    try desk.refuses("BEFORE UPDATE ON mailbox WHEN 1")
    let before = desk.office.mailCount
    let run = try desk.look("2022-12-19T08:30")
    #expect(run.complaints.contains("a mailbox can't be read: the outbox refused a value"))
    #expect(desk.office.mailCount > before)
    let status = try desk.office.duban("status", "--now", "2022-12-19T10:31")
    #expect(status.output.contains("can't be read since"), "\(status.output)")
  }
}

extension InboxDesk {
  /// The last message once more, as another way brings it.
  fileprivate func arrivesAgain(from sender: String) {
    count.value += 1
    let way = """
      Return-Path: <\(sender)>
      Delivered-To: copy-\(count.value)@example.org
      Received: from mx\(count.value).example.org by mail.example.org; Mon, 19 Dec 2022 11:0\(count.value):00 +0800
      X-Spam-Score: \(count.value)

      """
    let bytes = Array(way.replacing("\n", with: "\r\n").utf8)
    peer.changeMailbox { [number = count.value] in
      $0.messages[number] = bytes + ($0.messages[number - 1] ?? [])
    }
  }

  /// Has the state refuse what a trigger of SQLite's names.
  fileprivate func refuses(_ what: String) throws {
    let run = try office.shell(
      """
      python3 - <<'END'
      import sqlite3
      with sqlite3.connect("state/duban.sqlite") as database:
          database.execute("CREATE TRIGGER refusal \(what) BEGIN SELECT RAISE(ABORT, 'refused'); END")
      END
      """)
    #expect(run.status == 0, "\(run.complaints)")
  }
}
