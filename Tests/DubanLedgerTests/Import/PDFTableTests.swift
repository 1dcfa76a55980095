import DubanCore
import Foundation
import Testing

@testable import DubanLedger

/// Tables of PDFs by the places of their words.
@Suite struct PDFTableTests {
  /// The measures of a page of words at those places, as `title | units | persons | deadline`. Characters are 12 points wide.
  private static func measures(_ words: [(y: Int, x: Int, text: String)]) throws -> [String] {
    try measures(pages: [words])
  }

  private static func measures(pages: [[(y: Int, x: Int, text: String)]]) throws -> [String] {
    try plan(pages: pages).ledger.measures.map {
      "\($0.title) | \($0.units.joined(separator: "、")) | \($0.persons.joined(separator: "、")) | \($0.deadline.text)"
    }
  }

  private static func plan(pages: [[(y: Int, x: Int, text: String)]]) throws -> ImportedPlan {
    let printed = pages.map { words in
      let boxes = words.map { word in
        "<word xMin=\"\(word.x)\" yMin=\"\(word.y - 6)\" xMax=\"\(word.x + 12 * word.text.count)\" yMax=\"\(word.y + 6)\">\(word.text)</word>"
      }
      return "<page width=\"595\" height=\"842\">\(boxes.joined(separator: "\n"))</page>"
    }
    let document = try #require(
      try PDFDocument.document(ofWords: Data("<doc>\(printed.joined())</doc>".utf8)))
    return PlanImporter.plan(from: document, calendar: WorkdayCalendar())
  }

  private static let rows: [(y: Int, x: Int, text: String)] = [
    (160, 32, "1"), (160, 60, "推行网上预约"), (160, 310, "县政务局"), (160, 440, "江"), (160, 470, "6月底前"),
    (172, 440, "平"),
    (200, 32, "2"), (200, 60, "公布收费目录"), (200, 310, "县发改局"), (200, 440, "何"), (200, 470, "9月底前"),
    (212, 440, "清"),
  ]
  private static let expected = ["推行网上预约 | 县政务局 | 江平 | 6月底前", "公布收费目录 | 县发改局 | 何清 | 9月底前"]

  /// Characters one below another, in the middle of their cells: a heading's first line holds a single one.
  @Test func headingsOneCharacterBelowAnother() throws {
    let heading: [(y: Int, x: Int, text: String)] = [
      (95, 440, "责"), (101, 30, "序"), (107, 120, "工作任务"), (107, 320, "责任单位"), (107, 440, "任"),
      (107, 475, "完成时限"),
      (113, 30, "号"), (119, 440, "人"),
    ]
    #expect(try Self.measures(heading + Self.rows) == Self.expected)
  }

  /// 责任 over 人, and 责任分工 over two columns, each on a line of its own.
  @Test func headingsInTwoLinesUnderOneOverSeveral() throws {
    let heading: [(y: Int, x: Int, text: String)] = [
      (90, 360, "责任分工"), (104, 440, "责任"), (111, 30, "序"), (111, 120, "工作任务"), (111, 475, "完成时限"),
      (118, 310, "责任单位"),
      (118, 440, "人"), (125, 30, "号"),
    ]
    #expect(try Self.measures(heading + Self.rows) == Self.expected)
  }

  /// A deadline in the middle of three rows, and one over two rows in two lines: each row has its own by its place.
  @Test func aDeadlineOverSeveralRows() throws {
    let rows: [(y: Int, x: Int, text: String)] = [
      (100, 30, "序号"), (100, 120, "工作任务"), (100, 310, "责任单位"), (100, 420, "责任人"), (100, 490, "完成时限"),
      (130, 32, "1"), (130, 60, "推行网上预约"), (130, 310, "县政务局"), (130, 425, "江平"),
      (150, 32, "2"), (150, 60, "设置帮办岗位"), (150, 310, "县政务局"), (150, 425, "何清"), (150, 490, "6月底前"),
      (170, 32, "3"), (170, 60, "清理证明材料"), (170, 310, "县司法局"), (170, 425, "林远"),
      (190, 32, "4"), (190, 60, "公布收费目录"), (190, 310, "县发改局"), (190, 425, "方圆"), (194, 490, "9月"),
      (210, 32, "5"), (210, 60, "开展收费检查"), (210, 310, "县审计局"), (210, 425, "席远"), (206, 490, "底前"),
    ]
    #expect(
      try Self.measures(rows) == [
        "推行网上预约 | 县政务局 | 江平 | 6月底前", "设置帮办岗位 | 县政务局 | 何清 | 6月底前", "清理证明材料 | 县司法局 | 林远 | 6月底前",
        "公布收费目录 | 县发改局 | 方圆 | 9月底前", "开展收费检查 | 县审计局 | 席远 | 9月底前",
      ])
  }

  /// Measures that share a number and a deadline, without lines between: a gap wider than a cell's parts them, and a person
  /// is asked; where there is none they stay one, and a person is asked too.
  @Test(arguments: [(24, 3), (14, 2)]) func measuresThatShareANumber(gap: Int, count: Int) throws {
    let second = 144 + gap
    let rows: [(y: Int, x: Int, text: String)] = [
      (100, 30, "序号"), (100, 120, "工作任务"), (100, 310, "责任单位"), (100, 420, "责任人"), (100, 490, "完成时限"),
      (130, 32, "1"), (130, 60, "推行网上预约，节假日照"), (130, 310, "县政务局"), (130, 425, "江平"), (130, 490, "长期"),
      (144, 60, "常受理。"),
      (second, 60, "清理证明材料。"), (second, 310, "县司法局"), (second, 425, "何清"),
      (220, 32, "2"), (220, 60, "公布收费目录。"), (220, 310, "县发改局"), (220, 425, "方圆"), (220, 490, "长期"),
    ]
    let plan = try Self.plan(pages: [rows])
    #expect(plan.ledger.measures.count == count)
    #expect(plan.counts.sure == 1)
    guard count == 3 else { return }
    #expect(
      try Self.measures(rows) == [
        "推行网上预约，节假日照常受理 | 县政务局 | 江平 | 长期", "清理证明材料 | 县司法局 | 何清 | 长期", "公布收费目录 | 县发改局 | 方圆 | 长期",
      ])
  }

  /// What stands below a unit's name in a cell three characters wide: the rest of it, or a person.
  @Test(arguments: [
    (["城关镇", "人民政", "府、县", "水利局"], "城关镇人民政府、县水利局"), (["水利局", "何林清"], "水利局\n何林清"),
  ])
  func linesOfUnits(lines: [String], text: String) {
    let cell = lines.enumerated().map { row, text in
      let top = 14 * Double(row)
      return PDFCell.Line([
        PDFWords.Word(text: text, left: 0, right: 12 * Double(text.count), top: top, bottom: top + 12)
      ])
    }
    #expect(PDFCell.text(of: cell, left: 0, right: 36, .units) == text)
  }

  /// A deadline over three rows, the first of which holds two measures: the rows below keep their own deadlines.
  @Test func aDeadlineOverRowsBesideAPartedOne() throws {
    func row(_ y: Int, _ number: Int, _ unit: String, _ person: String, _ deadline: String) -> [(
      y: Int, x: Int, text: String
    )] {
      [(y, 32, "\(number)"), (y, 60, "推行措施\(number)。"), (y, 310, unit), (y, 425, person), (y, 490, deadline)]
    }
    let rows: [(y: Int, x: Int, text: String)] =
      [
        (100, 30, "序号"), (100, 120, "工作任务"), (100, 310, "责任单位"), (100, 420, "责任人"), (100, 490, "完成时限"),
        (130, 32, "1"), (130, 60, "推行网上预约，节假日照"), (130, 310, "县政务局"), (130, 425, "江平"), (144, 60, "常受理。"),
        (180, 60, "清理证明材料。"), (180, 310, "县司法局"), (180, 425, "何清"),
        (220, 32, "2"), (220, 60, "公布收费目录。"), (220, 310, "县发改局"), (220, 425, "方圆"), (220, 490, "6月底前"),
        (310, 32, "3"), (310, 60, "开展收费检查。"), (310, 310, "县审计局"), (310, 425, "席远"),
      ] + row(340, 4, "县教育局", "林远", "9月底前") + row(370, 5, "县民政局", "山青", "10月底前")
      + row(400, 6, "县卫健局", "高远", "11月底前")
    let plan = try Self.plan(pages: [rows])
    let last = plan.ledger.measures.suffix(4).map { "\($0.units.joined()) \($0.deadline.text)" }
    #expect(last == ["县审计局 6月底前", "县教育局 9月底前", "县民政局 10月底前", "县卫健局 11月底前"])
    #expect(plan.counts.sure < plan.counts.read)
  }

  /// An area's cell that goes over a page's end: whose the next page's rows are isn't certain.
  @Test func anAreaOverAPagesEnd() throws {
    func row(_ number: Int, _ y: Int) -> [(y: Int, x: Int, text: String)] {
      [(y, 32, "\(number)"), (y, 160, "推行措施\(number)"), (y, 310, "县政务局"), (y, 425, "江平"), (y, 490, "长期")]
    }
    let heading: [(y: Int, x: Int, text: String)] = [
      (100, 30, "序号"), (100, 70, "领域"), (100, 160, "工作任务"), (100, 310, "责任单位"), (100, 420, "责任人"),
      (100, 490, "完成时限"),
    ]
    let first = heading + row(1, 130) + [(142, 70, "政务服务")] + row(2, 154)
    let second = heading + row(3, 130) + row(4, 154) + [(166, 70, "市场监管")] + row(5, 178)
    let plan = try Self.plan(pages: [first, second])
    #expect(plan.ledger.measures.count == 5)
    #expect(plan.counts.sure == 2)
  }

  /// A row without a deadline stays without one where the others have their own.
  @Test func anEmptyDeadlineIsNoMergedOne() throws {
    let rows: [(y: Int, x: Int, text: String)] = [
      (100, 30, "序号"), (100, 120, "工作任务"), (100, 310, "责任单位"), (100, 420, "责任人"), (100, 490, "完成时限"),
      (130, 32, "1"), (130, 60, "推行网上预约"), (130, 310, "县政务局"), (130, 425, "江平"), (130, 490, "6月底前"),
      (150, 32, "2"), (150, 60, "设置帮办岗位"), (150, 310, "县政务局"), (150, 425, "何清"), (150, 490, "7月底前"),
      (170, 32, "3"), (170, 60, "清理证明材料"), (170, 310, "县司法局"), (170, 425, "林远"),
    ]
    #expect(
      try Self.measures(rows) == [
        "推行网上预约 | 县政务局 | 江平 | 6月底前", "设置帮办岗位 | 县政务局 | 何清 | 7月底前", "清理证明材料 | 县司法局 | 林远 | ",
      ])
  }

  /// A form: each label beside the middle of its value, two in a row.
  @Test func aForm() throws {
    let rows: [(y: Int, x: Int, text: String)] = [
      (100, 60, "督办事项"), (100, 160, "农贸市场改造"), (120, 60, "工作要求"), (120, 160, "完成地面硬化，设置快检室"),
      (150, 60, "承办单位"), (150, 160, "县商务局"), (150, 300, "协办单位"), (142, 380, "县市场监管局、县城"), (158, 380, "管局"),
      (180, 60, "责任人"), (180, 160, "何清"), (180, 300, "办结时限"), (180, 380, "6月底前"), (200, 60, "领导批示"),
    ]
    #expect(
      try Self.measures(rows) == ["农贸市场改造 | 县商务局、县市场监管局、县城管局 | 何清 | 6月底前"])
  }

  /// Names in a column of two characters' width.
  @Test func namesInANarrowColumn() throws {
    let rows: [(y: Int, x: Int, text: String)] = [
      (100, 30, "序号"), (100, 120, "工作任务"), (100, 310, "责任单位"), (94, 420, "责任"), (106, 424, "人"),
      (100, 490, "完成时限"),
      (130, 32, "1"), (130, 60, "推行网上预约"), (130, 310, "县政务局"), (130, 420, "何清"), (142, 420, "欧阳"),
      (154, 424, "锋"),
      (130, 490, "6月底前"),
    ]
    #expect(try Self.measures(rows) == ["推行网上预约 | 县政务局 | 何清、欧阳锋 | 6月底前"])
  }

  /// Rows without numbers whose texts stand in the middle of their cells.
  @Test func rowsWithoutNumbers() throws {
    let rows: [(y: Int, x: Int, text: String)] = [
      (100, 40, "工作事项"), (100, 200, "工作标准"), (100, 310, "牵头单位"), (100, 420, "责任人"), (100, 490, "完成时限"),
      (130, 180, "在大厅设置专区并"), (137, 40, "政务公开"), (137, 310, "县政务局"), (137, 425, "江平"), (137, 490, "6月底前"),
      (144, 180, "公布目录"), (160, 180, "县级干部每季度走"), (167, 40, "企业走访"), (167, 310, "县工信局"), (167, 425, "何清"),
      (167, 490, "9月底前"), (174, 180, "访企业一次"),
    ]
    #expect(
      try Self.measures(rows) == ["政务公开 | 县政务局 | 江平 | 6月底前", "企业走访 | 县工信局 | 何清 | 9月底前"])
  }

  /// A row over a page's end has its number at its top, the rows around it in their middles; the next page begins with the
  /// headings and its rest.
  @Test func aRowOverAPagesEnd() throws {
    let heading: [(y: Int, x: Int, text: String)] = [
      (300, 30, "序号"), (300, 120, "工作任务"), (300, 310, "责任单位"), (300, 420, "责任人"), (300, 490, "完成时限"),
    ]
    let first: [(y: Int, x: Int, text: String)] = [
      (330, 60, "推行网上预约和延时"), (344, 32, "1"), (344, 60, "服务，节假日轮值，"), (344, 310, "县政务局"), (344, 425, "江平"),
      (344, 490, "6月底前"), (358, 60, "设置帮办岗位"),
      (372, 32, "2"), (372, 60, "清理证明材料，逐项"), (372, 310, "县司法局"), (372, 425, "何清"), (372, 490, "7月底前"),
      (386, 60, "登记造册，"),
    ]
    let second: [(y: Int, x: Int, text: String)] = [
      (330, 60, "公布取消清单"), (344, 60, "规范收费，公布目录"), (351, 32, "3"), (351, 310, "县发改局"), (351, 425, "林远"),
      (351, 490, "9月底前"), (358, 60, "并开展检查"),
    ]
    #expect(
      try Self.measures(pages: [heading + first, heading + second]) == [
        "推行网上预约和延时服务，节假日轮值，设置帮办岗位 | 县政务局 | 江平 | 6月底前", "清理证明材料，逐项登记造册，公布取消清单 | 县司法局 | 何清 | 7月底前",
        "规范收费，公布目录并开展检查 | 县发改局 | 林远 | 9月底前",
      ])
  }

  /// A title of a larger size, and the date below it.
  @Test func aDateOfAnotherSizeThanTheTitle() throws {
    func word(_ y: Int, _ size: Int, _ text: String) -> String {
      "<word xMin=\"60\" yMin=\"\(y)\" xMax=\"\(60 + size * text.count)\" yMax=\"\(y + size)\">\(text)</word>"
    }
    let words = [
      word(80, 20, "临江市防汛重点工作责任分解任务表"), word(120, 12, "二〇二三年三月十八日"), word(160, 12, "一、修订预案（市应急局负责，6月底前完成）"),
    ]
    let xml = "<doc><page width=\"595\" height=\"842\">\(words.joined())</page></doc>"
    let document = try #require(try PDFDocument.document(ofWords: Data(xml.utf8)))
    let plan = PlanImporter.plan(from: document, calendar: WorkdayCalendar()).ledger.plan
    #expect(plan.issued == CivilDate(year: 2023, month: 3, day: 18))
    #expect(plan.title == "临江市防汛重点工作责任分解任务表")
  }
}
