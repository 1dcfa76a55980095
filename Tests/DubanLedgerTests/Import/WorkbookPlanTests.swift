import DubanCore
import Testing

@testable import DubanLedger

/// Plans in workbooks: each sheet a table, what is struck through or hidden said.
@Suite struct WorkbookPlanTests {
  /// A workbook of two sheets; style 1 strikes its text through.
  private static let workbook: [UInt8] = {
    func row(_ number: Int, _ attributes: String = "", _ texts: [(text: String, style: Int)]) -> String {
      let cells = texts.enumerated().map { column, cell in
        "<c r=\"\(["A", "B", "C", "D"][column])\(number)\" s=\"\(cell.style)\" t=\"inlineStr\"><is>\(cell.text.hasPrefix("<") ? cell.text : "<t>\(cell.text)</t>")</is></c>"
      }
      return "<row r=\"\(number)\" \(attributes)>\(cells.joined())</row>"
    }
    func sheet(_ rows: [String]) -> [UInt8] {
      Array(
        "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>\(rows.joined())</sheetData></worksheet>"
          .utf8)
    }
    let head = row(1, "", [("序号", 0), ("工作任务", 0), ("牵头单位", 0), ("完成时限", 0)])
    let units = "<r><rPr><strike val=\"1\"/></rPr><t>县审计局、</t></r><r><t>县发改局</t></r>"
    // Blanks beside what is struck through are no other words.
    let blank = "<r><rPr><strike/></rPr><t>清理收费</t></r><r><t>\u{3000}\u{A0}</t></r>"
    let relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    return StoredZip.bytes([
      (
        "_rels/.rels",
        Array(
          "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"a\" Type=\"\(relation)/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            .utf8)
      ),
      (
        "xl/workbook.xml",
        Array(
          "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"\(relation)\"><sheets><sheet name=\"政务\" sheetId=\"1\" r:id=\"a\"/><sheet name=\"收费\" sheetId=\"2\" r:id=\"b\"/></sheets></workbook>"
            .utf8)
      ),
      (
        "xl/_rels/workbook.xml.rels",
        Array(
          "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"a\" Type=\"\(relation)/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"b\" Type=\"\(relation)/worksheet\" Target=\"worksheets/sheet2.xml\"/><Relationship Id=\"c\" Type=\"\(relation)/styles\" Target=\"styles.xml\"/></Relationships>"
            .utf8)
      ),
      (
        "xl/styles.xml",
        Array(
          "<styleSheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><fonts><font/><font><strike/></font></fonts><cellXfs><xf fontId=\"0\"/><xf fontId=\"1\"/></cellXfs></styleSheet>"
            .utf8)
      ),
      (
        "xl/worksheets/sheet1.xml",
        sheet([
          head, row(2, "", [("1", 0), ("推行预约", 0), ("县政务局", 0), ("6月底前", 1)]),
          row(3, "hidden=\"1\"", [("2", 0), ("增设窗口", 0), ("县政务局", 0), ("9月底前", 0)]),
        ])
      ),
      (
        "xl/worksheets/sheet2.xml",
        sheet([
          head, row(2, "", [("1", 0), ("公布目录", 0), (units, 0), ("年底前", 0)]),
          row(3, "", [("2", 0), (blank, 0), ("县发改局", 0), ("年底前", 0)]),
        ])
      ),
    ])
  }()

  @Test func sheetsAreAreasAndWhatNoLongerCountsIsSaid() throws {
    let document = try PlanFile.office(Self.workbook, file: "t.xlsx").get()
    let imported = PlanImporter.plan(from: document, calendar: WorkdayCalendar())
    #expect(imported.ledger.areas.map(\.name) == ["政务", "收费"])
    #expect(imported.ledger.measures.map(\.title) == ["推行预约", "增设窗口", "公布目录"])
    #expect(imported.ledger.measures.map(\.deadline.text) == ["", "9月底前", "年底前"])
    let said = imported.diagnostics(file: "t.xlsx").map(\.description)
    #expect(
      said.contains { $0.hasPrefix("t.xlsx[政务]!A2: warning: left out: “6月底前”, which is struck through") })
    #expect(imported.ledger.measures.last?.units == ["县发改局"])
    #expect(
      said.contains {
        $0.hasPrefix("t.xlsx[收费]!A2: warning: a part of the cell is struck through and left out")
      })
    #expect(
      said.contains { $0.hasPrefix("t.xlsx[收费]!A3: warning: left out: “清理收费”, which is struck through") })
    #expect(said.contains { $0.hasPrefix("t.xlsx[政务]!A3: warning: the row") && $0.contains("is hidden") })
  }

  /// What columns of states say is the measure's status, by the ledger's own rule; what they don't say for certain is asked
  /// about, and the measure stays open.
  @Test(arguments: [
    ("整改状态", "已完成", "submitted", nil), ("整改状态", "已销号", "closed", nil), ("状态", "整改中", "in-progress", nil),
    ("状态", "退回整改", "open 退回整改", nil), ("状态", "", "open", nil),
    ("状态", "看情况", "open", "“看情况” of measure 1.1 is unknown"),
    ("是否销号", "是", "closed", nil), ("完成情况", "已完成", "submitted", nil),
    ("完成情况", "已完成竣工验收及移交", "open", "speaks of completion"), ("已完成\t推进中", "√\t", "submitted", nil),
    ("已完成\t推进中", "√\t√", "open", "are both ticked"), ("已完成\t推进中", "√\t—", "submitted", nil),
    ("进展情况\t状态", "尚未销号\t已完成", "submitted", nil),
    ("进展情况\t状态", "尚未销号\t已销号", "closed", "contradicts the status"),
    ("进展情况\t状态", "正在施工\t已完成", "submitted", "contradicts the status"),
  ])
  func states(headings: String, cells: String, status: String, doubt: String?) throws {
    let text =
      "序号\t整改措施\t责任单位\t完成时限\t\(headings)\n1\t修建堤坝\t县水利局\t2023年6月底前\t\(cells)\n2\t维修桥梁\t县交通局\t2023年6月底前\t\n"
    let imported = PlanImporter.plan(from: text, calendar: WorkdayCalendar())
    let measures = imported.ledger.measures
    #expect(measures.map { $0.status.rawValue + ($0.isReturned ? " 退回整改" : "") } == [status, "open"])
    #expect(
      imported.doubts["1.1"]?.map(\.message).joined().contains(doubt ?? "nothing") ?? false == (doubt != nil))
    #expect(
      !imported.findings.contains {
        $0.message.contains("left out: the column “\(headings)”") && $0.needsPerson
      })
    let isWritten = LedgerYAML.text(imported.ledger).contains(
      "status: \(measures[0].isReturned ? "退回整改" : status)\n")
    #expect(isWritten)
  }

  /// One other word among ticks is asked about, and takes nothing from the other rows; columns without ticks are asked about.
  @Test(arguments: [
    ("√\t", "是\t", "submitted open", "“是” under “已完成” is no tick"),
    ("已完成8处\t", "\t√", "open in-progress", "“已完成8处” under “已完成” is no tick"),
    ("是\t", "\t是", "open open", "left out: the column “已完成”"),
  ])
  func otherWordsAmongTicks(first: String, second: String, states: String, doubt: String) {
    let text =
      "序号\t整改措施\t责任单位\t完成时限\t已完成\t推进中\n1\t修建堤坝\t县水利局\t2023年6月底前\t\(first)\n2\t维修桥梁\t县交通局\t2023年6月底前\t\(second)\n"
    let imported = PlanImporter.plan(from: text, calendar: WorkdayCalendar())
    #expect(imported.ledger.measures.map(\.status.rawValue).joined(separator: " ") == states)
    #expect(imported.findings.contains { $0.message.contains(doubt) && $0.needsPerson })
  }

  /// Where the words don't say which of two columns is the deadline, the other one is asked about, and is no measure's text.
  @Test func ofTwoDeadlinesOneIsAsked() {
    let text =
      "序号\t整改措施\t责任单位\t起止时间\t计划销号时间\n1\t修堤\t县水利局\t2024年1月至5月\t2024年6月底前\n2\t修桥\t县交通局\t2024年1月至5月\t2024年6月底前\n"
    let imported = PlanImporter.plan(from: text, calendar: WorkdayCalendar())
    #expect(imported.ledger.measures.map(\.title) == ["修堤", "修桥"])
    #expect(imported.ledger.measures.map(\.text) == ["", ""])
    let asked = imported.findings.filter(\.needsPerson).map(\.message)
    #expect(asked.contains { $0.contains("left out: the column “计划销号时间”") })
  }

  /// A heading's year belongs to the cells that name none, as in a ledger's table.
  @Test(arguments: [
    ("2025年完成时限", "6月底前", "2025年6月底前", nil), ("2025年度完成时限", "年底前", "2025年年底前", nil),
    ("完成时限（2025年）", "第三季度", "2025年第三季度", nil), ("完成时限（2025年）", "2026年6月底前", "2026年6月底前", nil),
    ("整改期限(2025年度)", "长期坚持", "长期坚持", nil), ("完成时限", "2024年6月底前", "2024年6月底前", nil),
    ("2025年完成时限", "元旦前", "元旦前", "may be at the beginning of 2025 or at its end"),
  ])
  func yearsOfHeadings(heading: String, cell: String, deadline: String, doubt: String?) {
    let text = "序号\t整改措施\t责任单位\t\(heading)\n1\t修建堤坝\t县水利局\t\(cell)\n2\t维修桥梁\t县交通局\t长期坚持\n"
    let imported = PlanImporter.plan(from: text, calendar: WorkdayCalendar())
    #expect(imported.ledger.measures.map(\.deadline.text) == [deadline, "长期坚持"])
    let doubts = imported.doubts["1.1"]?.map(\.message).joined() ?? ""
    #expect(doubt.map(doubts.contains) ?? !doubts.contains("may be at the beginning"))
  }

  /// A line 已完成事项 above measures counts for those without a status, and is asked about.
  @Test func aTitleSaysTheState() {
    let text =
      "序号\t整改措施\t责任单位\t完成时限\t状态\n一、已完成事项\n1\t修建堤坝\t县水利局\t2023年6月底前\t\n二、其他\n2\t维修桥梁\t县交通局\t2023年6月底前\t进行中\n"
    let imported = PlanImporter.plan(from: text, calendar: WorkdayCalendar())
    #expect(imported.ledger.measures.map(\.status) == [.submitted, .inProgress])
    #expect(Set(imported.doubts.keys) == ["1.1"])
    #expect(imported.findings.contains { $0.message.contains("under “已完成事项” count as “已完成”") })
  }

  /// Of two states that one merged measure has, neither counts.
  @Test(arguments: [("未完成", false, Measure.Status.open), ("已完成", true, .submitted)])
  func statesOfOneMeasure(second: String, isMerged: Bool, status: Measure.Status) {
    typealias Cell = DocumentTable.Cell
    var table = DocumentTable()
    let rows = [
      [Cell(text: "序号"), Cell(text: "整改措施"), Cell(text: "责任单位"), Cell(text: "状态")],
      [Cell(text: "1"), Cell(text: "修建堤坝"), Cell(text: "县水利局"), Cell(text: "已完成")],
      [
        Cell(text: "1", continuesAbove: true), Cell(text: "修建堤坝", continuesAbove: true), Cell(text: "县交通局"),
        Cell(text: second, continuesAbove: isMerged),
      ],
    ]
    for (index, row) in rows.enumerated() {
      table.append(
        row, lines: [SourceLine(number: index + 1, column: 1, text: row[2].text, startsPage: false)])
    }
    var document = PlanDocument()
    document.blocks = [.table(table)]
    let imported = PlanImporter.plan(from: document, calendar: WorkdayCalendar())
    #expect(imported.ledger.measures.map(\.status) == [status])
    #expect(imported.ledger.measures.first?.units == ["县水利局", "县交通局"])
    #expect(imported.findings.contains { $0.message.contains("has a second “状态”") } == !isMerged)
  }
}
