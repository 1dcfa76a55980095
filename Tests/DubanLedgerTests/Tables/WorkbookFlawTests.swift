import DubanCore
import DubanLedger
import Testing

/// Files that aren't sound workbooks: each is told what it is and what to do.
@Suite struct WorkbookFlawTests {
  private static let save = "open it in Excel, WPS or LibreOffice and save it as .xlsx (另存为 → Excel 工作簿)"
  private static let again = "open it in Excel or WPS and save it anew as .xlsx"
  private static let less = "keep only the ledger in the workbook: delete other sheets, rows and columns"

  static let flaws: [(name: String, expected: String)] = [
    (
      "office.ods",
      "office.ods: error: this is an OpenDocument file (.ods), not an .xlsx workbook or CSV text; \(save)"
    ),
    (
      "office.xls",
      "office.xls: error: this is an old binary workbook (.xls, .et), not an .xlsx workbook or CSV text; \(save)"
    ),
    (
      "office-page.xls",
      "office-page.xls: error: this is a web page saved under a spreadsheet's name, not an .xlsx workbook or CSV text; \(save)"
    ),
    (
      "office-password.xlsx",
      "office-password.xlsx: error: this is a workbook that is protected with a password, not an .xlsx workbook or CSV text; open it in Excel or WPS, remove the password (文件 → 信息 → 保护工作簿) and save it as .xlsx"
    ),
    (
      "bomb.xlsx",
      "bomb.xlsx: error: the workbook's part “xl/worksheets/sheet1.xml” is too large, or packed too densely, to be a ledger's; \(less)"
    ),
    (
      "entity.xlsx",
      "entity.xlsx: error: the part “xl/worksheets/sheet1.xml” declares a document type, which no workbook does; \(again)"
    ),
    (
      "broken-xml.xlsx",
      "broken-xml.xlsx: error: line 1 of the part “xl/worksheets/sheet1.xml” is no well-formed XML; \(again)"
    ),
    (
      "far-column.xlsx",
      "far-column.xlsx[问题]: error: the workbook is too large: something stands past its column 512; \(less)"
    ),
    (
      "out-of-order.xlsx",
      "out-of-order.xlsx[问题]: error: the sheet contradicts itself: cell “A2” is out of order; \(again)"
    ),
    (
      "no-such-text.xlsx",
      "no-such-text.xlsx[整改台账]: error: the sheet contradicts itself: a cell refers to shared text “99999”, which there isn't; \(again)"
    ),
  ]

  @Test(arguments: flaws) func fixture(flaw: (name: String, expected: String)) throws {
    #expect(try diagnostics(try SheetFixture.bytes(flaw.name), flaw.name) == [flaw.expected])
  }

  @Test func truncatedContainer() throws {
    let whole = try SheetFixture.bytes("office-libreoffice.xlsx")
    let expected =
      "t.xlsx: error: the workbook's container is damaged: Not a zip archive; \(Self.again)"
    for length in [4, 100, whole.count / 2, whole.count - 1] {
      #expect(try diagnostics(Array(whole[..<length]), "t.xlsx") == [expected], "\(length) bytes")
    }
  }

  @Test func damagedEntry() throws {
    var bytes = try SheetFixture.bytes("office-libreoffice.xlsx")
    bytes[60] ^= 0xFF
    let found = try diagnostics(bytes, "t.xlsx")
    #expect(found.count == 1)
    #expect(found.first?.hasPrefix("t.xlsx: error: the workbook's container is damaged: ") == true)
  }

  @Test(arguments: [
    ("%PDF-1.7\n", "a PDF document"), ("<?xml version=\"1.0\"?><a/>", "an XML file"),
    (
      "<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\"/>",
      "an XML spreadsheet of 2003"
    ), ("{\\rtf1\\ansi", "an RTF document"),
  ])
  func otherKinds(content: String, words: String) throws {
    let expected = "t.xlsx: error: this is \(words), not an .xlsx workbook or CSV text; \(Self.save)"
    #expect(try diagnostics(Array(content.utf8), "t.xlsx") == [expected])
  }

  /// The diagnostics that are the table's own, not those of the ledger that lacks it.
  private func diagnostics(_ bytes: [UInt8], _ file: String) throws -> [String] {
    let name = file.hasSuffix(".xlsx") ? file : file + ".xlsx"
    return try SheetFixture.ledger(bytes, file: name, withOwners: false).diagnostics
      .map { $0.description.replacing(name, with: file) }
  }
}
