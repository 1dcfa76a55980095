import DubanCore
import Testing

@testable import DubanLedger

/// Parts of a Word document that python-docx doesn't write, as XML.
@Suite struct DocxBodyTests {
  private static func document(_ body: String) throws -> PlanDocument {
    let xml = "<w:document xmlns:w=\"w\" xmlns:mc=\"mc\"><w:body>\(body)</w:body></w:document>"
    let handler = DocxBody(numbering: DocxNumbering(), styles: DocxStyles())
    try XMLPart.read(Array(xml.utf8), with: handler)
    return handler.document
  }

  private static func lines(_ body: String) throws -> [String] { try document(body).lines.map(\.text) }

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

  private static func table(_ rows: [[String]]) -> String {
    let cells = rows.map { $0.map { "<w:tc>\(paragraph($0))</w:tc>" }.joined() }
    return "<w:tbl>\(cells.map { "<w:tr>\($0)</w:tr>" }.joined())</w:tbl>"
  }

  /// A table without headings whose numbers go on is the rest of the one above, in the same area, and asked about; unless
  /// something else stands between.
  @Test(arguments: [
    ("3", "（续表）", "应急：修订应急预案 组织应急演练 组建救援队 储备救灾物资"), ("1", "（续表）", "应急：修订应急预案 组织应急演练"),
    ("3", "重点任务分工表（续）", "应急：修订应急预案 组织应急演练 组建救援队 储备救灾物资"), ("3", "附表", "应急：修订应急预案 组织应急演练"),
    ("3", "持续推进有关工作", "应急：修订应急预案 组织应急演练"),
  ])
  func aTableGoesOn(_ number: String, _ between: String, _ measures: String) throws {
    let document = try Self.document(
      Self.paragraph("云水县重点任务方案")
        + Self.table([
          ["序号", "工作任务", "责任单位", "完成时限"], ["一、应急", "", "", ""], ["1", "修订应急预案。", "县应急局", "2024年6月底前"],
          ["2", "组织应急演练。", "县消防大队", "2024年8月底前"],
        ]) + Self.paragraph(between)
        + Self.table([
          [number, "组建救援队。", "县应急局", "2024年9月底前"], ["4", "储备救灾物资。", "县发改局", "2024年10月底前"],
        ]))
    let plan = PlanImporter.plan(from: document, calendar: WorkdayCalendar())
    let areas = plan.ledger.areas.map { area in
      "\(area.name)：\(area.measures.map(\.title).joined(separator: " "))"
    }
    #expect(areas == [measures])
    let isRest = plan.ledger.measures.count == 4
    #expect(plan.counts.toLookAt == (isRest ? 2 : 0))
    #expect(plan.findings.contains { $0.message.contains("as the rest of the one above") } == isRest)
  }

  /// The rest has no headings of its own, however many rows stand above the first part's; a rest of one row isn't lost either.
  @Test(arguments: [("（续表）", 3, 0), ("填报单位：县应急局", 2, 1)])
  func aRestOfOneRow(_ between: String, _ measures: Int, _ leftOut: Int) throws {
    let document = try Self.document(
      Self.paragraph("云水县重点任务方案")
        + Self.table([
          ["重点任务分工表", "", "", ""], ["序号", "工作任务", "责任单位", "完成时限"],
          ["1", "修订应急预案。", "县应急局", "2024年6月底前"], ["2", "组织应急演练。", "县消防大队", "2024年8月底前"],
        ]) + Self.paragraph(between) + Self.table([["3", "组建救援队。", "县应急局", "2024年9月底前"]]))
    let plan = PlanImporter.plan(from: document, calendar: WorkdayCalendar())
    #expect(plan.ledger.measures.count == measures)
    #expect(plan.counts.leftOut == leftOut)
  }

  /// A cell that is merged over the end of its table counts in the rest too.
  @Test func aMergedCellGoesOn() throws {
    let document = try Self.document(
      Self.table([
        ["序号", "领域", "工作任务", "责任单位", "完成时限"], ["1", "水利", "修建堤坝。", "县水利局", "2024年6月底前"],
      ]) + Self.paragraph("（续表）")
        + Self.table([
          ["2", "", "整治河道。", "县水利局", "2024年9月底前"], ["3", "交通", "维修桥梁。", "县交通局", "2024年9月底前"],
        ]))
    let ledger = PlanImporter.plan(from: document, calendar: WorkdayCalendar()).ledger
    #expect(ledger.areas.map(\.name) == ["水利", "交通"] && ledger.areas[0].measures.count == 2)
  }

  /// 责任分工 over 牵头领导 makes nobody answer who only leads.
  @Test func leadersBesideUnits() throws {
    func row(_ cells: [(text: String, properties: String)]) -> String {
      "<w:tr>\(cells.map { "<w:tc><w:tcPr>\($0.properties)</w:tcPr>\(Self.paragraph($0.text))</w:tc>" }.joined())</w:tr>"
    }
    let (begins, goesOn) = ("<w:vMerge w:val=\"restart\"/>", "<w:vMerge/>")
    let table = [
      [("序号", begins), ("工作任务", begins), ("责任分工", "<w:gridSpan w:val=\"2\"/>"), ("完成时限", begins)],
      [("", goesOn), ("", goesOn), ("牵头领导", ""), ("牵头单位", ""), ("", goesOn)],
      [("1", ""), ("排查危房", ""), ("江平", ""), ("县住建局", ""), ("6月底前", "")],
    ]
    let plan = PlanImporter.plan(
      from: try Self.document("<w:tbl>\(table.map(row).joined())</w:tbl>"), calendar: WorkdayCalendar())
    #expect(plan.ledger.measures.map { [$0.units, $0.persons] } == [[["县住建局"], []]])
    #expect(plan.findings.contains { $0.message.contains("“江平”, who lead or watch over") })
  }

  /// Unnumbered lines of a deadline's cell go to the row's measures in their order, where no number of these stands twice.
  @Test(arguments: [
    ("2", ["2023年6月底前", "2023年12月底前"]), ("1", ["2023年6月底前；2023年12月底前", "2023年6月底前；2023年12月底前"]),
  ])
  func linesOfDeadlines(second: String, deadlines: [String]) throws {
    func row(_ cells: [[String]]) -> String {
      "<w:tr>\(cells.map { "<w:tc>\($0.map(Self.paragraph).joined())</w:tc>" }.joined())</w:tr>"
    }
    let head = row([["序号"], ["整改措施"], ["责任单位"], ["完成时限"]])
    let body = row([["1"], ["1.整修路灯。", "\(second).整修路面。"], ["县住建局"], ["2023年6月底前", "2023年12月底前"]])
    let plan = PlanImporter.plan(
      from: try Self.document("<w:tbl>\(head)\(body)</w:tbl>"), calendar: WorkdayCalendar())
    #expect(plan.ledger.measures.map(\.deadline.text) == deadlines)
  }

  /// Text that no longer counts stays out of its paragraph, and is said with the line; a switch that is off changes nothing.
  @Test(arguments: [
    ("<w:strike/>", "6月底前", "is struck through"),
    ("<w:dstrike w:val=\"true\"/>", "6月底前", "is struck through"),
    ("<w:vanish/>", "6月底前", "is hidden text"), ("<w:rStyle w:val=\"gone\"/>", "6月底前", "is struck through"),
    ("<w:strike w:val=\"0\"/>", "9月底前6月底前", nil),
    ("<w:rPrChange><w:rPr><w:strike/></w:rPr></w:rPrChange>", "9月底前6月底前", nil),
  ]) func struckAndHidden(_ properties: String, _ words: String, _ why: String?) throws {
    let styles = DocxStyles()
    let sheet =
      "<w:styles xmlns:w=\"w\"><w:style w:styleId=\"gone\"><w:rPr><w:strike/></w:rPr></w:style></w:styles>"
    try XMLPart.read(Array(sheet.utf8), with: styles)
    let body = DocxBody(numbering: DocxNumbering(), styles: styles)
    let xml =
      "<w:body xmlns:w=\"w\"><w:p><w:r><w:t>9月底前</w:t></w:r><w:r><w:rPr>\(properties)</w:rPr><w:t>6月底前</w:t></w:r></w:p></w:body>"
    try XMLPart.read(Array(xml.utf8), with: body)
    let lines = body.document.lines
    #expect(lines.map(\.text) == (why == nil ? [words] : ["9月底前", words]))
    if let why { #expect(lines[1].place == .leftOut(why: why)) }
    let findings = PlanImporter.plan(from: body.document, calendar: WorkdayCalendar()).findings
    #expect(findings.contains { $0.message.contains("“6月底前”") && $0.needsPerson } == (why != nil))
  }

  /// A table that only lays the page out is no table: what stands in it is read as if it stood on the page.
  @Test func tablesInsideLayoutTables() throws {
    func cell(_ content: String) -> String { "<w:tc>\(content)</w:tc>" }
    func row(_ texts: String...) -> String {
      "<w:tr>\(texts.map { cell(Self.paragraph($0)) }.joined())</w:tr>"
    }
    let inner =
      "<w:tbl>\(row("序号", "工作任务", "责任单位", "完成时限"))\(row("1", "精简材料", "县司法局", "6月底前"))</w:tbl>"
    let title = Self.paragraph("桃溪县任务清单") + Self.paragraph("2023年3月6日")
    for layout in [
      "<w:tbl><w:tr>\(cell(title + inner))</w:tr></w:tbl>",
      "<w:tbl><w:tr>\(cell(title))\(cell(inner))</w:tr></w:tbl>",
      "<w:tbl><w:tr>\(cell(title))</w:tr><w:tr>\(cell("<w:tbl><w:tr>\(cell(inner))</w:tr></w:tbl>"))</w:tr></w:tbl>",
    ] {
      let document = try Self.document(layout + Self.paragraph("抄送：县委办"))
      #expect(document.lines.map(\.number) == [1, 2, 3, 4, 5])
      let ledger = PlanImporter.plan(from: document, calendar: WorkdayCalendar()).ledger
      #expect(ledger.plan.title == "桃溪县任务清单")
      #expect(ledger.measures.map(\.title) == ["精简材料"])
    }
    // A table inside a measure's cell is text of that cell.
    let outer =
      "<w:tbl>\(row("序号", "工作任务", "责任单位", "完成时限"))<w:tr>\(cell(Self.paragraph("1")))\(cell(Self.paragraph("精简材料") + inner))"
      + "\(cell(Self.paragraph("县司法局")))\(cell(Self.paragraph("6月底前")))</w:tr></w:tbl>"
    #expect(try Self.document(outer).lines.map(\.number) == [1, 2])
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
