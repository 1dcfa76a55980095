import Testing

@testable import DubanLedger

/// Parts of a Word document that python-docx doesn't write, as XML.
@Suite struct DocxBodyTests {
  private static func lines(_ body: String) throws -> [String] {
    let xml = "<w:document xmlns:w=\"w\" xmlns:mc=\"mc\"><w:body>\(body)</w:body></w:document>"
    let handler = DocxBody(numbering: DocxNumbering(), styles: DocxStyles())
    try XMLPart.read(Array(xml.utf8), with: handler)
    return handler.paper.lines.map(\.text)
  }

  private static func paragraph(_ text: String) -> String { "<w:p><w:r><w:t>\(text)</w:t></w:r></w:p>" }

  @Test func aLineBreakMakesALine() throws {
    let lines = try Self.lines("<w:p><w:r><w:t>责任单位：甲局</w:t><w:br/><w:t>责任人：王五</w:t></w:r></w:p>")
    #expect(lines == ["责任单位：甲局", "责任人：王五"])
  }

  @Test func insertionsStayAndDeletionsGo() throws {
    let lines = try Self.lines(
      "<w:p><w:ins><w:r><w:t>新</w:t></w:r></w:ins><w:del><w:r><w:delText>旧</w:delText></w:r></w:del></w:p>")
    #expect(lines == ["新"])
  }

  @Test func aTextBoxIsReadOnceAndBesideItsParagraph() throws {
    let box = "<w:txbxContent>\(Self.paragraph("框内"))</w:txbxContent>"
    let lines = try Self.lines(
      "<w:p><w:r><w:t>前</w:t></w:r><mc:AlternateContent><mc:Choice>\(box)</mc:Choice><mc:Fallback>\(box)</mc:Fallback>"
        + "</mc:AlternateContent><w:r><w:t>后</w:t></w:r></w:p>")
    #expect(lines == ["框内", "前后"])
  }

  @Test func fieldCodesAreNoText() throws {
    let lines = try Self.lines("<w:p><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>文</w:t></w:r></w:p>")
    #expect(lines == ["文"])
  }

  @Test func spannedCellsKeepTheirColumns() throws {
    func cell(_ text: String, _ properties: String = "") -> String {
      "<w:tc><w:tcPr>\(properties)</w:tcPr>\(Self.paragraph(text))</w:tc>"
    }
    let lines = try Self.lines(
      "<w:tbl><w:tr>\(cell("甲", "<w:gridSpan w:val=\"2\"/>"))\(cell("乙", "<w:vMerge w:val=\"restart\"/>"))</w:tr>"
        + "<w:tr>\(cell("一"))\(cell("二"))\(cell("", "<w:vMerge/>"))</w:tr></w:tbl>")
    #expect(lines == ["甲\t\t乙", "一\t二\t乙"])
  }

  @Test func tablesNestedTooDeeplyStop() throws {
    let deep = (0..<40).reduce(Self.paragraph("底")) { inner, _ in
      "<w:tbl><w:tr><w:tc>\(inner)</w:tc></w:tr></w:tbl>"
    }
    let handler = DocxBody(numbering: DocxNumbering(), styles: DocxStyles())
    try XMLPart.read(Array("<w:body xmlns:w=\"w\">\(deep)</w:body>".utf8), with: handler)
    #expect(handler.isTooDeep)
  }

  @Test func aDocumentTypeIsRefused() {
    let bomb = "<!DOCTYPE d [<!ENTITY a \"aaaa\"><!ENTITY b SYSTEM \"file:///etc/passwd\">]><d>&a;&b;</d>"
    #expect(throws: XMLPart.Failure.declaresDocumentType) {
      try XMLPart.read(Array(bomb.utf8), with: DocxBody(numbering: DocxNumbering(), styles: DocxStyles()))
    }
  }
}
