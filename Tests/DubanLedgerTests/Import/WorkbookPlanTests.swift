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
    let paper = try PlanFile.office(Self.workbook, file: "t.xlsx").get()
    let imported = PlanImporter.plan(from: paper, calendar: WorkdayCalendar())
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
}
