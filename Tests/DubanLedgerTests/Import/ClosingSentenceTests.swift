import DubanCore
import Testing

@testable import DubanLedger

/// Who and by when where no bracket and no label says so: in sentences, by quarters, by a table's part for each unit.
@Suite struct ClosingSentenceTests {
  private static let head = "桃溪县重点任务分工方案\n2023年3月6日\n"

  private static func plan(_ text: String) -> ImportedPlan {
    PlanImporter.plan(from: head + text, calendar: WorkdayCalendar())
  }

  private static func lines(_ plan: ImportedPlan) -> [String] {
    plan.ledger.measures.map {
      "\($0.title)｜\($0.text)｜\($0.units.joined(separator: "、"))｜\($0.deadline.text)"
    }
  }

  /// A measure's text behind 一、任务 and 1., and what it becomes; a person is asked about each.
  @Test(arguments: [
    (
      "规范摊点。划定管控区域。由县城管局牵头，县公安局配合，5月20日前完成。", "规范摊点｜划定管控区域。｜县城管局、县公安局｜5月20日前完成"
    ),
    ("规范收费。公布目录。县发改局牵头，各乡镇配合，长期坚持。", "规范收费｜公布目录。｜县发改局｜长期坚持"),
    ("县农业农村局要组织技术人员下乡，4月10日前完成抽检。", "县农业农村局要组织技术人员下乡，4月10日前完成抽检｜｜县农业农村局｜4月10日前"),
    (
      "建助餐点。由县民政局牵头，会同县商务局制定标准，6月底前建成10个。", "建助餐点｜由县民政局牵头，会同县商务局制定标准，6月底前建成10个。｜县民政局｜6月底前"
    ),
  ]) func sentences(text: String, expected: String) {
    let plan = Self.plan("一、任务\n1.\(text)\n2.公开信息。（县政务局负责，6月底前完成）\n")
    #expect(Self.lines(plan).first == expected)
    #expect(plan.counts.toLookAt == 1)
  }

  /// Words that name an office without giving it the measure.
  @Test(arguments: [
    "四、附则\n1.本方案由县发改局负责解释。\n", "四、保障措施\n1.加强领导。由县政府办公室牵头，成立工作专班。\n",
  ]) func noMeasures(text: String) {
    let plan = Self.plan("一、任务\n1.公开信息。（县政务局负责，6月底前完成）\n" + text)
    #expect(Self.lines(plan) == ["公开信息｜｜县政务局｜6月底前完成"])
  }

  /// Marks and texts below quarters; the column of deadlines wins where there is one.
  @Test(arguments: [
    ("序号\t工作任务\t责任单位\t一季度\t二季度\n1\t修订预案\t县应急局\t√\t\n2\t排查危房\t县住建局\t\t√\n", "一季度 二季度"),
    ("序号\t工作任务\t责任单位\t一季度\t二季度\n1\t建幼儿园\t县教体局\t完成立项\t开工建设\n", "一季度完成立项；二季度开工建设"),
    ("序号\t工作任务\t责任单位\t一季度\t二季度\n1\t建幼儿园\t县教体局\t通过预审\t主体封顶\n", "一季度通过预审；二季度"),
    ("序号\t工作任务\t责任单位\t一季度\t二季度\t完成时限\n1\t建幼儿园\t县教体局\t完成立项\t开工建设\t12月底前\n", "12月底前"),
  ]) func quarters(table: String, deadlines: String) {
    #expect(Self.plan(table).ledger.measures.map(\.deadline.text).joined(separator: " ") == deadlines)
  }

  private static func plan(rows: [[DocumentTable.Cell]]) -> ImportedPlan {
    var table = DocumentTable()
    for (index, row) in rows.enumerated() {
      let text = row.map(\.text).joined(separator: "\t")
      table.append(row, lines: [SourceLine(number: index + 1, column: 1, text: text, startsPage: false)])
    }
    var document = PlanDocument()
    document.blocks = [.table(table)]
    return PlanImporter.plan(from: document, calendar: WorkdayCalendar())
  }

  private static func row(_ texts: String...) -> [DocumentTable.Cell] {
    texts.map { DocumentTable.Cell(text: $0) }
  }

  /// Quarters below one heading over them.
  @Test func quartersUnderOneHeading() {
    let above = ["序号", "工作任务", "责任单位"].map { DocumentTable.Cell(text: $0, continuesAbove: true) }
    let plan = Self.plan(rows: [
      Self.row("序号", "工作任务", "责任单位") + [DocumentTable.Cell(text: "2023年工作进度", furtherColumns: 1)],
      above + Self.row("一季度", "二季度"), Self.row("1", "建幼儿园", "县教体局", "完成立项", "开工建设"),
    ])
    #expect(plan.ledger.measures.map { $0.title + $0.deadline.text } == ["建幼儿园一季度完成立项；二季度开工建设"])
  }

  /// Rows below a unit's name without a column of units are that unit's, and a person is asked.
  @Test func aPartOfATableForEachUnit() {
    let plan = Self.plan(rows: [
      Self.row("序号", "整改措施", "责任人", "完成时限"), Self.row("县水利局"), Self.row("1", "拆除岸线违建6处", "何清", "5月底前"),
      Self.row("县生态环境局"), Self.row("1", "规范排污口9个", "欧阳锋", "7月底前"),
    ])
    #expect(plan.ledger.measures.map { $0.units + $0.persons } == [["县水利局", "何清"], ["县生态环境局", "欧阳锋"]])
    #expect(plan.counts.toLookAt == 2)
  }

  /// The date of issue beside the office, in brackets or not.
  @Test(arguments: ["桃溪县督查室　2023年3月6日", "（桃溪县人民政府办公室　2023年3月6日）", "（2023年3月6日）", "编号：2023-15　2023年3月6日"])
  func dateOfIssue(_ line: String) {
    let text = "桃溪县重点任务清单\n\(line)\n一、任务\n1.公开信息。（县政务局负责，6月底前完成）\n"
    let plan = PlanImporter.plan(from: text, calendar: WorkdayCalendar()).ledger.plan
    #expect(plan.issued == CivilDate(year: 2023, month: 3, day: 6))
  }
}
