import Foundation
import TestSupport
import Testing

/// The ledger goes out with the week's digest and comes back by mail.
@Suite struct InboxLedgerTests {
  private static let contact = "zwfwjzhc@126.com"

  /// A desk whose ledger is a workbook in the state directory, after the week's digest of 19 December went out.
  private static func desk(_ state: StoreKind = .sqlite) throws -> InboxDesk {
    let desk = try InboxDesk(
      more: "answers: {ledger: true}", ledger: "state/ledger/ledger.xlsx", state: state)
    try desk.look("2022-12-19T08:30")
    return desk
  }

  @Test(arguments: StoreKind.installed) func aSoundWorkbookIsInForceWithinOneLook(_ state: StoreKind) throws {
    let desk = try Self.desk(state)
    #expect(try desk.mail(to: Self.contact).text.filter { !$0.isWhitespace }.contains("附件为现行台账（第1版）"))
    try desk.sendsLedger(edits: [
      "整改台账 4.1 状态 已销号", "整改台账 4.2 明确日期 2023-02-28", "整改台账 4.3 责任人 马鹏", "整改台账 4.3 责任单位 自创综合服务中心",
      "整改台账 3.1 进展情况 已安装意见箱10处", "整改台账 3.1 状态 进行中",
    ])
    try desk.look("2022-12-19T10:00")
    let told = try desk.mail(to: Self.contact)
    #expect(told.text.filter { !$0.isWhitespace }.contains("为第2版"))
    let text = told.text.filter { !$0.isWhitespace }
    for words in [
      "措施4.1", "已销号，不再提醒", "改为2023年2月28日", "责任人由涧西区市场监督管理局徐娟改为自创综合服务中心马鹏", "措施3.1",
      "进展情况改为“已安装意见箱10处”", "状态改为“进行中”",
    ] {
      #expect(text.contains(words), "\(words) in \(text)")
    }
    let agenda = try desk.office.duban("agenda", "--now", "2022-12-19T11:00").output
    #expect(agenda.contains("2023-02-28"))
    #expect(
      !(try desk.office.duban(
        "plan", "--from", "2022-12-23", "--to", "2022-12-30", "--now", "2022-12-19T11:00"))
        .output.contains("    4.1 "))
    #expect(try desk.office.duban("ledger", "--versions").output.split(separator: "\n").count == 3)

    // The same message again, and the version before.
    try desk.look("2022-12-19T10:05")
    #expect(
      try desk.office.duban("ledger", "--restore", "1", "--now", "2022-12-19T12:00").output.contains(
        "as version 3"))
    #expect(!(try desk.office.duban("agenda", "--now", "2022-12-19T12:10").output.contains("2023-02-28")))
  }

  /// Each of two hosts has a file of its own. What one takes, the other's next look puts into its file, and a file that was
  /// changed by hand is left alone.
  @Test(.enabled(if: PostgresServer.isInstalled, "PostgreSQL isn't installed"))
  func everyHostGetsTheLastVersion() throws {
    let desk = try Self.desk(.postgres)
    let (file, other) = ("state/ledger/ledger.xlsx", try Office())
    let copy = try desk.office.shell("cp -r state ledger.yaml password duban.yaml '\(other.url.path)/'")
    #expect(copy.status == 0, "\(copy.complaints)")
    let first = try Data(contentsOf: other.url.appendingPathComponent(file))
    try desk.sendsLedger(edits: ["整改台账 4.1 状态 已销号"])
    try desk.look("2022-12-19T10:00")
    func bytes(_ office: Office) throws -> Data {
      try Data(contentsOf: office.url.appendingPathComponent(file))
    }
    #expect(try bytes(other) == first)
    let run = try other.duban("run", "--once", "--now", "2022-12-19T10:05")
    #expect(run.status == 0, "\(run.complaints)")
    #expect(try bytes(desk.office) != first)
    #expect(try bytes(other) == bytes(desk.office))
    #expect(
      try other.duban("ledger", "--versions").output.split(separator: "\n").count == 3, "none of its own")
  }

  @Test func anUnsoundWorkbookComesBackMarked() throws {
    let desk = try Self.desk()
    try desk.sendsLedger(
      edits: ["整改台账 4.1 责任人 查无此人", "整改台账 4.2 明确日期 2023-13-45", "整改台账 4.3 状态 又开始"])
    try desk.look("2022-12-19T10:00")
    let told = try desk.mail(to: Self.contact)
    #expect(told.text.filter { !$0.isWhitespace }.contains("现行台账继续执行"))
    #expect(told.text.filter { !$0.isWhitespace }.contains("工作表“整改台账”第"))
    let marked = try desk.attachment(
      of: Self.contact,
      "[(c.coordinate, c.comment.text) for s in book for row in s for c in row if c.comment]")
    for words in ["查无此人", "2023-13-45", "又开始"] { #expect(marked.contains(words), "\(marked)") }
    // What is no error is said as well, and isn't counted as one.
    #expect(told.text.filter { !$0.isWhitespace }.contains("另请核对："), "\(told.text)")
    #expect(try desk.subject(to: Self.contact) == "【台账未生效】2处需更正")
    #expect(try desk.office.duban("ledger", "--versions").output.split(separator: "\n").count == 2)

    // What was marked, corrected, in answer to that mail.
    try desk.sendsLedger(edits: ["整改台账 4.1 责任人 徐娟", "整改台账 4.2 明确日期 2023-02-28"])
    try desk.look("2022-12-19T10:10")
    #expect(try desk.mail(to: Self.contact).text.filter { !$0.isWhitespace }.contains("为第2版"))
  }

  @Test(arguments: StoreKind.installed) func anOlderWorkbookIsMergedWhereRowsDontClash(_ state: StoreKind)
    throws
  {
    let desk = try Self.desk(state)
    let digest = try desk.mail(to: Self.contact).id
    try desk.sendsLedger(edits: ["整改台账 4.1 状态 已销号"])
    try desk.look("2022-12-19T10:00")
    try desk.sendsLedger(edits: ["整改台账 5.1 明确日期 2023-03-31"], answering: digest, version: 1)
    try desk.look("2022-12-19T10:10")
    #expect(try desk.mail(to: Self.contact).text.filter { !$0.isWhitespace }.contains("已与现行第2版合并"))
    let ledger = try desk.office.duban("ledger", "--format", "yaml").output
    #expect(ledger.contains("due: 2023-03-31") && ledger.contains("status: closed"))
    try desk.sendsLedger(edits: ["整改台账 4.1 状态 推进中"], answering: digest, version: 1)
    try desk.look("2022-12-19T10:20")
    let text = try desk.mail(to: Self.contact).text.filter { !$0.isWhitespace }
    #expect(text.contains("措施4.1") && text.contains("您修改的是第1版"))
    #expect(try desk.office.duban("ledger", "--versions").output.split(separator: "\n").count == 4)
  }

  /// Only the contact, only in answer to a digest, never a macro; and nothing that loses measures.
  @Test func whatIsNotTaken() throws {
    let desk = try Self.desk()
    let digest = try desk.mail(to: Self.contact).id
    let owners = try desk.mail(to: "xujuan@example.org").id
    try desk.sendsLedger(
      edits: ["整改台账 4.1 状态 已销号"], from: "xujuan@example.org", answering: digest, version: 1)
    try desk.sendsLedger(edits: ["整改台账 4.1 状态 已销号"], answering: owners, version: 1)
    try desk.sendsLedger(edits: ["整改台账 4.1 状态 已销号"], answering: "<none@example.org>", version: 1)
    try desk.sendsLedger(
      edits: ["整改台账 4.1 状态 已销号"], answering: digest, version: 1,
      more: "Authentication-Results: mx.example.org; dmarc=fail\n")
    let before = desk.office.mailCount
    try desk.look("2022-12-19T10:00")
    #expect(desk.office.mailCount == before)
    try desk.sendsLedger(edits: ["macro"], answering: digest, version: 1)
    try desk.look("2022-12-19T10:10")
    #expect(try desk.mail(to: Self.contact).text.filter { !$0.isWhitespace }.contains("含有宏"))
    try desk.sendsLedger(edits: ["cut"], answering: digest, version: 1)
    try desk.look("2022-12-19T10:20")
    #expect(try desk.mail(to: Self.contact).text.filter { !$0.isWhitespace }.contains("不要删去"))
    #expect(try desk.office.duban("ledger", "--versions").output.split(separator: "\n").count == 2)
  }

  @Test func aNewPlanComesBackAsADraft() throws {
    let desk = try Self.desk()
    try desk.sendsLedger(edits: ["plan"])
    try desk.look("2022-12-19T10:00")
    let told = try desk.mail(to: Self.contact)
    #expect(told.text.filter { !$0.isWhitespace }.contains("台账草稿见附件"))
    let title = try desk.attachment(of: Self.contact, "[s.title for s in book]")
    #expect(title.contains("整改台账"))
    #expect(try desk.office.duban("ledger", "--versions").output.split(separator: "\n").count == 2)
  }

  /// The service has pdftotext read it, without a shell and within a time limit.
  @Test func aPlanAsAPDFComesBackAsADraft() throws {
    let desk = try Self.desk()
    let plan = RepositoryFile.url("Tests/DubanLedgerTests/Fixtures/documents/real-plan.pdf")
    try desk.sends([("方案.pdf", try Data(contentsOf: plan))])
    try desk.look("2022-12-19T10:00")
    #expect(try desk.mail(to: Self.contact).text.filter { !$0.isWhitespace }.contains("台账草稿见附件"))
    let ids = try desk.attachment(of: Self.contact, "[row[0].value for row in book['整改台账']]")
    #expect(ids.contains("1.1") && ids.contains("8.3"), "\(ids)")
    #expect(try desk.office.duban("ledger", "--versions").output.split(separator: "\n").count == 2)
  }

  /// Bounded in size, number and kind: what isn't taken is said, and what is in force stays.
  @Test(
    arguments: [
      ([("台账.xlsx", 10 << 20 | 1)], "超过10MB"), ([("台账.xlsx", 10), ("副本.xlsx", 10)], "有2个附件"),
      ([("台账.xls", 10)], "不是.xlsx工作簿"), ([("台账.et", 10)], "不是.xlsx工作簿"), ([("台账.xlsx", 0)], "不是.xlsx工作簿"),
      ([("整改方案.doc", 10)], "整改方案请另存为.docx或.pdf"), ([("整改方案.wps", 10)], "整改方案请另存为.docx或.pdf"),
    ] as [([(String, Int)], String)])
  func filesThatAreNoLedger(files: [(String, Int)], says: String) throws {
    let desk = try Self.desk()
    try desk.sends(
      files.map { name, size in
        // An old workbook's first bytes (OLE2).
        (
          name,
          Data([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1].prefix(size)) + Data(count: max(0, size - 8))
        )
      })
    try desk.look("2022-12-19T10:00")
    let text = try desk.mail(to: Self.contact).text.filter { !$0.isWhitespace }
    #expect(text.contains("您发来的台账未生效，现行台账继续执行") && text.contains(says), "\(text)")
    #expect(try desk.office.duban("ledger", "--versions").output.split(separator: "\n").count == 2)
  }

  /// What was recorded is put into the file by the next look, if the first one ended before it could.
  @Test func aLookThatEndedBeforeTheFileWasWritten() throws {
    let desk = try Self.desk()
    try desk.sendsLedger(edits: ["整改台账 4.1 状态 已销号"])
    let before = try Data(contentsOf: desk.office.url.appendingPathComponent("state/ledger/ledger.xlsx"))
    try desk.look("2022-12-19T10:00")
    try before.write(to: desk.office.url.appendingPathComponent("state/ledger/ledger.xlsx"))
    _ = try desk.office.shell(
      """
      python3 -c 'import sqlite3
      with sqlite3.connect("state/duban.sqlite") as db: db.execute("UPDATE ledgerVersion SET isWritten = 0 WHERE number = 2")'
      """)
    try desk.look("2022-12-19T10:10")
    #expect(try desk.office.duban("ledger", "--format", "yaml").output.contains("status: closed"))
    #expect(try desk.office.duban("ledger", "--versions").output.split(separator: "\n").count == 3)
  }

  /// A unit's sheet that the contact sends on is merged; the same again is nothing new; a unit's own mail changes nothing.
  @Test(arguments: StoreKind.installed) func aUnitsSheetIsMerged(_ state: StoreKind) throws {
    let desk = try Self.desk(state)
    let digest = try desk.mail(to: Self.contact).id
    let owners = try desk.mail(to: "xujuan@example.org").id
    let edits = ["填报 4.1 状态 已完成", "填报 4.1 进展情况 已公示12项", "填报 4.2 申请事项 申请延期至2023年4月30日"]
    let sheet = "涧西区市场监督管理局"
    try desk.sendsLedger(edits: edits, from: "xujuan@example.org", answering: owners, sheet: sheet)
    try desk.look("2022-12-19T09:30")
    #expect(try desk.office.duban("ledger", "--versions").output.split(separator: "\n").count == 2)
    #expect(!(try desk.shown().contains { $0.contains("accepted") }))

    try desk.sendsLedger(edits: edits, answering: digest, sheet: sheet)
    try desk.look("2022-12-19T10:00")
    let text = try desk.mail(to: Self.contact).text.filter { !$0.isWhitespace }
    for words in ["填报表已并入台账，现行台账为第2版", "措施4.1", "已公示12项", "申请事项1件"] {
      #expect(text.contains(words), "\(words) in \(text)")
    }
    let ledger = try desk.office.duban("ledger", "--format", "yaml").output
    #expect(ledger.contains("status: submitted") && ledger.contains("已公示12项"))
    #expect(try desk.shown().contains("4.2 postpone 2023-04-30 open"))

    try desk.sendsLedger(edits: edits, answering: digest, sheet: sheet, file: "sheet.xlsx")
    try desk.look("2022-12-19T10:10")
    #expect(
      try desk.mail(to: Self.contact).text.filter { !$0.isWhitespace }.contains("没有台账尚未记载的内容"))
    #expect(try desk.office.duban("ledger", "--versions").output.split(separator: "\n").count == 3)
    #expect(try desk.shown().filter { $0.hasPrefix("4.2 postpone") }.count == 1)
  }

  /// What the ledger says otherwise meanwhile is named by its cell, and stays.
  @Test func whatClashesIsNamed() throws {
    let desk = try Self.desk()
    let digest = try desk.mail(to: Self.contact).id
    let sheet = "涧西区市场监督管理局"
    #expect(
      try desk.office.duban(
        "paper", "ledger", "--unit", sheet, "-o", "old.xlsx", "--now", "2022-12-19T09:00"
      ).status == 0)
    try desk.sendsLedger(edits: ["整改台账 4.1 进展情况 已更正"])
    try desk.look("2022-12-19T10:00")
    try desk.sendsLedger(
      edits: ["填报 4.1 进展情况 已公示12项", "填报 4.2 进展情况 已排查"], answering: digest, sheet: sheet, file: "old.xlsx")
    try desk.look("2022-12-19T10:10")
    let text = try desk.mail(to: Self.contact).text.filter { !$0.isWhitespace }
    #expect(text.contains("措施4.1的“进展情况”填为“已公示12项”，而台账现为“已更正”，本行状态和进展均未并入"), "\(text)")
    #expect(text.contains("已排查") && text.contains("第3版"))
    try desk.sendsLedger(
      edits: ["填报 4.1 进展情况 已公示20项"], answering: digest, sheet: sheet, file: "old.xlsx")
    try desk.look("2022-12-19T10:20")
    let refused = try desk.mail(to: Self.contact).text.filter { !$0.isWhitespace }
    #expect(refused.contains("填报表未并入，现行台账不变") && refused.contains("已公示20项"), "\(refused)")
  }
}

extension InboxDesk {
  /// The contact's answer with the workbook of the last mail to them, edited: `sheet id heading value`, `macro`, `cut`
  /// (five measures are gone), `plan` (a published plan in its place).
  func sendsLedger(
    edits: [String], from sender: String = "zwfwjzhc@126.com", answering id: String? = nil,
    version: Int? = nil, sheet unit: String? = nil, file: String? = nil,
    more: String = ""
  ) throws {
    // A unit's sheet in place of the ledger.
    if let unit, file == nil {
      let made = try office.duban(
        "paper", "ledger", "--unit", unit, "-o", "sheet.xlsx", "--now", "2022-12-19T09:00")
      #expect(made.status == 0, "\(made.complaints)")
    }
    let answered = try id ?? mail(to: "zwfwjzhc@126.com").id
    let run = try office.shell(
      """
      python3 - \(edits.map { "'\($0)'" }.joined(separator: " ")) <<'END' || echo failed
      import base64, email, email.policy, glob, io, openpyxl, os, re, sys, zipfile
      def age(path): return (os.path.getmtime(path), int(re.search(r"Q(\\d+)", path).group(1)))
      for path in sorted(glob.glob("mail/new/*"), key=age, reverse=True):
          mail = email.message_from_binary_file(open(path, "rb"), policy=email.policy.default)
          files = [part for part in mail.iter_attachments() if (part.get_filename() or "").endswith(".xlsx")]
          if not files or "zwfwjzhc" not in mail["to"]: continue
          book = openpyxl.load_workbook(io.BytesIO(files[0].get_content()))
          mark = [sheet for sheet in book if sheet.sheet_state == "hidden"]
          if not \(version ?? 0) or mark and mark[0]["A1"].value == "\(version ?? 0)": break
      name = "ledger.xlsx"
      if "\(unit ?? "")": book = openpyxl.load_workbook("\(file ?? "sheet.xlsx")")
      for edit in sys.argv[1:]:
          if len(edit.split(" ")) < 4: continue
          sheet, item, heading, value = edit.split(" ")
          rows = list(book[sheet])
          column = [cell.value for cell in rows[0]].index(heading)
          for row in rows[1:]:
              if row[0].value == item: row[column].value = value
      if "cut" in sys.argv: book["整改台账"].delete_rows(2, 8)
      data = io.BytesIO()
      book.save(data)
      data = data.getvalue()
      if "macro" in sys.argv:
          data = io.BytesIO(data)
          with zipfile.ZipFile(data, "a") as archive: archive.writestr("xl/vbaProject.bin", b"x")
          data = data.getvalue()
      if "plan" in sys.argv:
          import xml.sax.saxutils as sax
          name = "plan.docx"
          lines = ["关于某某整改的方案", "一、窗口服务", "1.推行首问负责制。责任单位：商务局；责任人：张三；完成时限：2023年6月30日前", "2.规范办事指南。责任单位：商务局；责任人：李四；完成时限：尽快"]
          body = "".join(f"<w:p><w:r><w:t>{sax.escape(line)}</w:t></w:r></w:p>" for line in lines)
          data = io.BytesIO()
          with zipfile.ZipFile(data, "w") as archive:
              archive.writestr("[Content_Types].xml", '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>')
              archive.writestr("_rels/.rels", '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>')
              archive.writestr("word/document.xml", f'<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{body}</w:body></w:document>')
          data = data.getvalue()
      print(name)
      print(base64.b64encode(data).decode())
      END
      """)
    let lines = run.output.split(separator: "\n").map(String.init)
    try #require(lines.count == 2, "\(run.output) \(run.complaints)")
    arrives(
      """
      From: \(sender)
      To: duban@example.org
      Date: Mon, 19 Dec 2022 09:00:00 +0800
      Message-ID: <ledger-\(count.value)@example.org>
      In-Reply-To: \(answered)
      MIME-Version: 1.0
      \(more)Content-Type: multipart/mixed; boundary=b

      --b
      Content-Type: text/plain; charset=utf-8

      台账已更新，见附件。
      --b
      Content-Type: application/octet-stream
      Content-Disposition: attachment; filename=\(lines[0])
      Content-Transfer-Encoding: base64

      \(lines[1])
      --b--
      """)
  }

  /// The contact's answer to the last mail to them, with these files.
  func sends(_ files: [(name: String, bytes: Data)]) throws {
    let answered = try mail(to: "zwfwjzhc@126.com").id
    let parts = files.map { name, bytes in
      """
      --b
      Content-Type: application/octet-stream
      Content-Disposition: attachment; filename="=?utf-8?B?\(Data(name.utf8).base64EncodedString())?="
      Content-Transfer-Encoding: base64

      \(bytes.base64EncodedString(options: [.lineLength76Characters, .endLineWithLineFeed]))

      """
    }
    arrives(
      """
      From: zwfwjzhc@126.com
      Date: Mon, 19 Dec 2022 09:00:00 +0800
      Message-ID: <files-\(count.value)@example.org>
      In-Reply-To: \(answered)
      MIME-Version: 1.0
      Content-Type: multipart/mixed; boundary=b

      \(parts.joined())--b--
      """)
  }

  /// What a line of Python says of the workbook (`book`) that came with the last mail to an address.
  func attachment(of address: String, _ expression: String) throws -> String {
    try office.shell(
      """
      python3 - <<'END'
      import email, email.policy, glob, io, openpyxl, os, re
      def age(path): return (os.path.getmtime(path), int(re.search(r"Q(\\d+)", path).group(1)))
      for path in sorted(glob.glob("mail/new/*"), key=age, reverse=True):
          mail = email.message_from_binary_file(open(path, "rb"), policy=email.policy.default)
          if "\(address)" not in mail["to"]: continue
          files = [part for part in mail.iter_attachments() if (part.get_filename() or "").endswith(".xlsx")]
          book = openpyxl.load_workbook(io.BytesIO(files[0].get_content()))
          print(\(expression))
          break
      END
      """
    ).output
  }
}
