import Foundation
import TestSupport
import Testing

/// What units ask for in sheets that come back, and reports that were registered by mistake: what the contact is told.
@Suite struct SheetRequestTests {
  private static let (unit, contact) = ("涧西区市场监督管理局", "zwfwjzhc@126.com")

  /// `sheet.xlsx` of a unit, filled in: a measure's number, the column, and what is written there.
  private func fillIn(
    _ desk: InboxDesk, _ unit: String, _ cells: [(row: String, column: String, text: String)]
  ) throws {
    let made = try desk.office.duban(
      "paper", "ledger", "--unit", unit, "-o", "sheet.xlsx", "--now", "2022-12-16T09:00")
    #expect(made.status == 0, "\(made.complaints)")
    let filled = try desk.office.shell(
      """
      python3 - <<'END'
      import openpyxl
      book = openpyxl.load_workbook("sheet.xlsx")
      rows = list(book["填报"])
      columns = [cell.value for cell in rows[0]]
      for number, column, text in [\(cells.map { "('\($0.row)', '\($0.column)', '\($0.text)')" }.joined(separator: ", "))]:
          for row in rows[1:]:
              if row[0].value == number: row[columns.index(column)].value = text
      book.save("sheet.xlsx")
      END
      """)
    #expect(filled.status == 0, "\(filled.complaints)")
  }

  /// 申请事项 stands in the digest as a proposal, is decided like an answer's, and is asked once.
  @Test func aRequestIsDecidedLikeAnAnswers() throws {
    let desk = try InboxDesk()
    try fillIn(
      desk, Self.unit, [("4.2", "申请事项", "申请延期至2023年4月30日，设备未到"), ("4.3", "申请事项", "请增加预算")])
    let dry = try desk.office.duban("merge", "sheet.xlsx", "--dry-run", "--now", "2022-12-16T10:00")
    #expect(dry.output.contains("4.2 asks: 申请延期至2023年4月30日"))
    #expect(try desk.shown().isEmpty)
    for _ in 1...2 {
      let merged = try desk.office.duban("merge", "sheet.xlsx", "--now", "2022-12-16T10:00")
      #expect(merged.status == 0, "\(merged.complaints)")
      #expect(try desk.shown() == ["4.2 postpone 2023-04-30 open", "4.3 message open"])
    }
    try desk.look("2022-12-19T08:30")
    let text = try desk.mail(to: Self.contact).text.filter { !$0.isWhitespace }
    for words in ["〔1〕请决定能否延期：措施4.2", "徐娟12月16日填报申请延期至2023年4月30日", "〔2〕请研究申请事项：措施4.3"] {
      #expect(text.contains(words), "\(words) in \(text)")
    }
    try desk.clicks("同意", in: Self.contact)
    try desk.clicks("已处理", in: Self.contact)
    try desk.look("2022-12-19T11:00")
    #expect(try desk.shown() == ["4.2 postpone 2023-04-30 accepted", "4.3 message accepted"])
    let agenda = try desk.office.duban("agenda", "--of", "4.2", "--now", "2022-12-19T11:00").output
    #expect(agenda.contains("2023-04-30"))
  }

  /// The ledger stays as it is where the state couldn't remember what the sheets said.
  @Test(.enabled(if: geteuid() == 0, "only root can become somebody else"))
  func aStateThatCannotBeWrittenIsFoundBeforeTheLedgerChanges() throws {
    let desk = try InboxDesk()
    try fillIn(desk, Self.unit, [("4.2", "状态", "待销号")])
    let ledger = try desk.office.read("ledger.yaml")
    #expect(try desk.office.shell("chown -R nobody . && chmod 444 state/duban.sqlite").status == 0)
    let merge =
      "setpriv --reuid nobody --clear-groups '\(BuiltProducts.duban.path)' merge sheet.xlsx --config duban.yaml --now 2022-12-16T10:00"
    let refused = try desk.office.shell(merge)
    #expect(refused.status == 1 && refused.complaints.contains("duban.sqlite"), "\(refused.complaints)")
    #expect(try desk.office.read("ledger.yaml") == ledger)
    let merged = try desk.office.shell("chmod 600 state/duban.sqlite; \(merge)")
    #expect(merged.status == 0 && merged.output.contains("4.2: status: submitted"), "\(merged.complaints)")
  }

  /// Another process keeps the state locked, which is only found when the ledger has changed: it is said what to do.
  @Test func aStateThatIsLockedHearsOfTheSheetsLater() throws {
    let desk = try InboxDesk()
    try fillIn(desk, Self.unit, [("4.2", "状态", "待销号"), ("4.3", "申请事项", "请增加预算")])
    let locked = try desk.office.shell(
      """
      python3 - <<'END'
      import sqlite3, subprocess, sys
      db = sqlite3.connect("state/duban.sqlite", isolation_level=None)
      db.execute("BEGIN IMMEDIATE")
      options = ["--config", "duban.yaml", "--now", "2022-12-16T10:00"]
      sys.exit(subprocess.run(["\(BuiltProducts.duban.path)", "merge", "sheet.xlsx"] + options).returncode)
      END
      """)
    #expect(locked.status == 1)
    for words in ["another process keeps it locked", "the sheets are in ledger.yaml", "merge them again"] {
      #expect(locked.complaints.contains(words), "\(words) in \(locked.complaints)")
    }
    #expect(try desk.office.read("ledger.yaml").contains("status: submitted"))
    #expect(try desk.shown().isEmpty)
    let again = try desk.office.duban("merge", "sheet.xlsx", "--now", "2022-12-16T10:00")
    #expect(again.status == 0, "\(again.complaints)")
    #expect(try desk.shown() == ["4.3 message open"])
  }

  /// A merge before the service ever ran: the unit's next copy of its sheet replaces its words.
  @Test func whatWasSaidBeforeTheFirstRunIsRemembered() throws {
    let desk = try InboxDesk()
    for words in ["一", "二"] {
      try fillIn(desk, Self.unit, [("4.2", "进展情况", words)])
      #expect(try desk.office.shell("mv sheet.xlsx \(words).xlsx").status == 0)
    }
    #expect(try desk.office.shell("rm -f state/duban.sqlite*").status == 0)
    for words in ["一", "二"] {
      let merged = try desk.office.duban("merge", "\(words).xlsx", "--now", "2022-12-16T10:00")
      #expect(merged.status == 0 && merged.output.contains("4.2: progress: \(words)"), "\(merged)")
    }
  }

  /// One of two units has done its part: the other one is reminded, and the digest says once who is missing; then that both
  /// have.
  @Test func whoHasntReportedIsNamed() throws {
    let desk = try InboxDesk()
    try fillIn(desk, "科技创新部", [("5.1", "状态", "待销号")])
    let merged = try desk.office.duban("merge", "sheet.xlsx", "--now", "2022-12-16T10:00")
    #expect(merged.status == 0 && merged.complaints.contains("not by 自创综合服务中心"), "\(merged)")
    let explained = try desk.office.duban(
      "explain", "马鹏", "--on", "2022-12-30", "--now", "2022-12-19T09:00")
    #expect(explained.output.contains("5.1  马鹏（自创综合服务中心）  due 2022-12-31: a mail goes out"))
    for (day, isTold) in [("2022-12-19", true), ("2022-12-26", false)] {
      try desk.look("\(day)T08:30")
      let text = try desk.mail(to: Self.contact).text.filter { !$0.isWhitespace }
      #expect(text.contains("措施5.1“激发技术市场活力，加快技术成果落地”：科技创新部填报已完成，自创综合服务中心尚未报完成。") == isTold, "\(text)")
    }
    #expect(try desk.office.shell("rm sheet.xlsx").status == 0)
    try fillIn(desk, "自创综合服务中心", [("5.1", "状态", "待销号")])
    #expect(try desk.office.duban("merge", "sheet.xlsx", "--now", "2022-12-28T10:00").status == 0)
    try desk.look("2022-12-30T08:30")
    let text = try desk.mail(to: Self.contact).text.filter { !$0.isWhitespace }
    #expect(text.contains("能否销号（台账标为待销号；2个单位均已填报完成）"), "\(text)")
  }

  /// A no, and what somebody has only seen to, stand in the next digest as decided, and in the record.
  @Test func aRefusalIsOnRecord() throws {
    let desk = try InboxDesk()
    try desk.answers("4.2申请延期至2023年4月30日", to: "xujuan@example.org")
    try desk.look("2022-12-16T11:00")
    try #require(try desk.shown() == ["4.2 postpone 2023-04-30 open"])
    let run = try desk.office.duban("inbox", "reject", "1", "--by", "杜潘", "--now", "2022-12-16T12:00")
    #expect(run.status == 0, "\(run.complaints)")
    let record = try desk.office.duban("history", "--decisions").output
    #expect(record.contains("rejected") && record.contains("1: postpone"), "\(record)")
    for (day, isTold) in [("2022-12-19", true), ("2022-12-26", false)] {
      try desk.look("\(day)T08:30")
      let text = try desk.mail(to: Self.contact).text.filter { !$0.isWhitespace }
      #expect(text.contains("杜潘：未同意措施4.2") == isTold, "\(text)")
      #expect(text.contains("延期至2023年4月30日（涧西区市场监督管理局徐娟12月16日来信）") == isTold)
    }
  }

  /// How often a report was registered and taken back, and how many units are said to have reported.
  @Test(arguments: [([true], true), ([true, false], false), ([true, false, true], true)])
  func aReportThatWasTakenBackIsntCounted(registered: [Bool], isNew: Bool) throws {
    let desk = try InboxDesk()
    try desk.look("2022-12-19T08:30")
    for (minute, comes) in registered.enumerated() {
      let now = "2022-12-20T09:0\(minute)"
      let run =
        comes
        ? try desk.office.duban("report", "received", "规划建设部", "--now", now)
        : try desk.office.duban("undo", "report", "received", "规划建设部", "--by", "杜潘", "--now", now)
      #expect(run.status == 0, "\(run.complaints)")
    }
    try desk.look("2022-12-21T08:30")
    let text = try desk.mail(to: Self.contact).text.filter { !$0.isWhitespace }
    #expect(text.contains("新报送1个单位") == isNew, "\(text)")
  }

  @Test("of two merges at once the second would write over what the first has taken in")
  func oneMergeAtATime() throws {
    let desk = try InboxDesk()
    try fillIn(desk, Self.unit, [("4.1", "状态", "待销号")])
    let before = try desk.office.read("ledger.yaml")
    let held = try desk.office.shell(
      "flock duban.yaml duban merge sheet.xlsx --config duban.yaml --now 2022-12-17T09:00")
    #expect(
      held.status == 1 && held.complaints.contains("another `duban merge` is under way"), "\(held.complaints)"
    )
    #expect(try desk.office.read("ledger.yaml") == before)
    #expect(try desk.office.duban("merge", "sheet.xlsx", "--now", "2022-12-17T09:00").status == 0)
    #expect(try desk.office.read("ledger.yaml") != before)
  }
}
