import DubanCore
import Testing

@testable import DubanLedger

/// Remarks beside cells, which change what a row says and aren't read.
@Suite struct SheetCommentTests {
  private static func workbook(_ comments: [(cell: String, text: String)]) -> [UInt8] {
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    let package = "http://schemas.openxmlformats.org/package/2006/relationships"
    let relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    let rows = [["序号", "整改措施", "责任单位", "完成时限"], ["1", "修路", "发改局", "2023年5月31日"]]
    let cells = rows.enumerated().map { row, texts in
      let cells = texts.enumerated().map { column, text in
        "<c r=\"\(["A", "B", "C", "D"][column])\(row + 1)\" t=\"inlineStr\"><is><t>\(text)</t></is></c>"
      }
      return "<row r=\"\(row + 1)\">\(cells.joined())</row>"
    }
    let remarks = comments.map {
      "<comment ref=\"\($0.cell)\"><text><r><t>\($0.text)</t></r></text></comment>"
    }
    return StoredZip.bytes(
      [
        (
          "_rels/.rels",
          "<Relationships xmlns=\"\(package)\"><Relationship Id=\"a\" Type=\"\(relation)/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
        ),
        (
          "xl/workbook.xml",
          "<workbook xmlns=\"\(main)\" xmlns:r=\"\(relation)\"><sheets><sheet name=\"台账\" sheetId=\"1\" r:id=\"a\"/></sheets></workbook>"
        ),
        (
          "xl/_rels/workbook.xml.rels",
          "<Relationships xmlns=\"\(package)\"><Relationship Id=\"a\" Type=\"\(relation)/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"
        ),
        (
          "xl/worksheets/sheet1.xml",
          "<worksheet xmlns=\"\(main)\"><sheetData>\(cells.joined())</sheetData></worksheet>"
        ),
        (
          "xl/worksheets/_rels/sheet1.xml.rels",
          "<Relationships xmlns=\"\(package)\"><Relationship Id=\"a\" Type=\"\(relation)/comments\" Target=\"../comments1.xml\"/></Relationships>"
        ),
        (
          "xl/comments1.xml",
          "<comments xmlns=\"\(main)\"><commentList>\(remarks.joined())</commentList></comments>"
        ),
      ].map { ($0.0, Array($0.1.utf8)) })
  }

  private static func said(_ comments: [(cell: String, text: String)]) -> [String] {
    TableLedger.read(workbook(comments), file: "t.xlsx", for: .measures).diagnostics.map {
      "\($0.location): \($0.message)"
    }
  }

  @Test("each is said at its cell, without who wrote it; those at the header say how to fill it in")
  func areSaid() {
    #expect(
      Self.said([("D2", "张三:\n延期至9月30日"), ("D1", "请填写年月日"), ("B2", "由许诺负责")]) == [
        "t.xlsx[台账]!B2: the comment “由许诺负责” is not read", "t.xlsx[台账]!D2: the comment “延期至9月30日” is not read",
      ])
  }

  @Test("of many, the first are said and the others counted")
  func many() {
    let said = Self.said((2...9).map { ("D\($0)", "改\($0)") })
    #expect(said.count == 5)
    #expect(said.last == "t.xlsx[台账]!D6: the comment “改6” is not read, nor are 3 more")
  }
}
