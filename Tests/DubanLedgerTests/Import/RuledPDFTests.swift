import DubanCore
import Foundation
import TestSupport
import Testing

@testable import DubanLedger

/// Tables of PDFs by their ruled lines.
@Suite struct RuledPDFTests {
  private typealias Words = [(y: Int, x: Int, text: String)]
  /// From where to where, in points from the page's top left corner.
  private typealias Rule = (x: Int, y: Int, toX: Int, toY: Int)

  private struct Page {
    var words: Words
    var rules: [Rule]
  }

  /// Where the columns 序号, 工作任务, 责任单位, 责任人 and 完成时限 begin, and where the last ends.
  private static let columns = [30, 55, 300, 430, 470, 565]
  private static let headings: Words = [
    (102, 31, "序号"), (102, 60, "工作任务"), (102, 305, "责任单位"), (102, 432, "责任人"), (102, 475, "完成时限"),
  ]

  /// Lines between all columns, and below and above all rows.
  private static func grid(_ rows: [Int]) -> [Rule] {
    across(rows) + down(columns, from: rows[0], to: rows.last ?? 0)
  }

  private static func across(_ rows: [Int], from: Int = 30, to: Int = 565) -> [Rule] {
    rows.map { (from, $0, to, $0) }
  }

  private static func down(_ columns: [Int], from: Int, to: Int) -> [Rule] {
    columns.map { ($0, from, $0, to) }
  }

  /// What a plan of those pages gives, each measure as `title | units | persons | deadline`, and what is to be looked at.
  /// Characters are 12 points wide.
  private static func imported(_ pages: [Page], asBoxes: Bool = false) throws -> (
    measures: [String], asked: [String]
  ) {
    let words = pages.map { page in
      let words = page.words.map { word in
        "<word xMin=\"\(word.x)\" yMin=\"\(word.y - 6)\" xMax=\"\(word.x + 12 * word.text.count)\" yMax=\"\(word.y + 6)\">\(word.text)</word>"
      }
      return "<page width=\"595\" height=\"842\">\(words.joined())</page>"
    }
    let drawings = pages.map { page in
      "<page>\(page.rules.map { asBoxes ? box($0) : stroke($0) }.joined())</page>"
    }
    let document = try #require(
      try PDFDocument.document(
        ofWords: Data("<doc>\(words.joined())</doc>".utf8),
        drawings: Data("<svg><pageSet>\(drawings.joined())</pageSet></svg>".utf8)))
    let plan = PlanImporter.plan(from: document, calendar: WorkdayCalendar())
    let measures = plan.ledger.measures.map {
      "\($0.title) | \($0.units.joined(separator: "、")) | \($0.persons.joined(separator: "、")) | \($0.deadline.text)"
    }
    return (measures, plan.findings.filter { $0.kind == .doubt || $0.kind == .leftOut }.map(\.message))
  }

  /// As LibreOffice's lines come out of Cairo: from the page's lower left corner.
  private static func stroke(_ rule: Rule) -> String {
    "<path style=\"fill:none;stroke-width:0.5;stroke:rgb(0%,0%,0%);\" d=\"M \(rule.x) \(842 - rule.y) L \(rule.toX) \(842 - rule.toY) \" transform=\"matrix(1,0,0,-1,0,842)\"/>"
  }

  /// As Word's and Chromium's: thin rectangles, here in Cairo's newer spelling.
  private static func box(_ rule: Rule) -> String {
    let (right, bottom) = (Double(rule.toX) + 0.5, Double(rule.toY) + 0.5)
    return
      "<path fill=\"rgb(0%, 0%, 0%)\" d=\"M \(rule.x) \(rule.y) L \(right) \(rule.y) L \(right) \(bottom) L \(rule.x) \(bottom) Z M \(rule.x) \(rule.y) \"/>"
  }

  /// Two measures under one number and deadline, one of another: the number stands beside the line between the two.
  private static let merged = Page(
    words: headings + [
      (132, 60, "逐户核查托餐点。建立名录库，与学校名单"), (144, 60, "比对。"), (138, 305, "县市监局"), (138, 432, "苏木"),
      (163, 36, "1"), (163, 475, "8月底前"),
      (176, 60, "关停拒不整改的。"), (182, 305, "县执法局"), (188, 60, "依法处罚。"), (182, 432, "白芷"),
      (220, 36, "2"), (220, 60, "更换过期试剂。"), (214, 305, "县市监局、县农业农"), (226, 305, "村局"), (220, 432, "苏木"),
      (220, 475, "长期"),
    ],
    rules: across([90, 115, 205, 245]) + across([160], from: 55, to: 470) + down(columns, from: 90, to: 245))
  private static let ofMerged = [
    "逐户核查托餐点 | 县市监局 | 苏木 | 8月底前", "关停拒不整改的 | 县执法局 | 白芷 | 8月底前",
    "更换过期试剂 | 县市监局、县农业农村局 | 苏木 | 长期",
  ]

  @Test(arguments: [false, true]) func cellsMergedOverRows(asBoxes: Bool) throws {
    let (measures, asked) = try Self.imported([Self.merged], asBoxes: asBoxes)
    #expect(measures == Self.ofMerged)
    #expect(!asked.contains { $0.contains("row") })
  }

  /// A table without lines at its sides; words that are underlined, one of them in the whole width of its cell.
  @Test func openSidesAndUnderlines() throws {
    var page = Self.merged
    page.rules = Self.across([90, 115, 205, 245]) + Self.across([160], from: 55, to: 470)
    page.rules += Self.down([55, 300, 430, 470], from: 90, to: 245)
    page.rules += [(60, 138, 288, 138), (305, 144, 353, 144), (432, 226, 456, 226)]
    #expect(try Self.imported([page]).measures == Self.ofMerged)
  }

  /// Words that stand so close that they are taken for one: 苏木 and 8月底前.
  @Test func aWordOverTwoColumns() throws {
    let page = Page(
      words: Self.headings + [
        (130, 36, "1"), (130, 60, "更换过期试剂。"), (130, 305, "县市监局"), (130, 446, "苏木长期坚持"),
        (150, 36, "2"), (150, 60, "配齐快检人员。"), (150, 305, "县市监局"), (150, 432, "白芷"), (150, 475, "6月底前"),
      ], rules: Self.grid([90, 115, 140, 160]))
    #expect(
      try Self.imported([page]).measures == ["更换过期试剂 | 县市监局 | 苏木 | 长期坚持", "配齐快检人员 | 县市监局 | 白芷 | 6月底前"])
  }

  /// Lines between the columns only: the rows are told by the places of the words.
  @Test func linesBetweenColumnsOnly() throws {
    let page = Page(
      words: Self.headings + [
        (130, 36, "1"), (130, 60, "更换过期试剂。"), (130, 305, "县市监局"), (130, 432, "苏木"), (130, 475, "长期坚持"),
        (150, 36, "2"), (150, 60, "配齐快检人员。"), (150, 305, "县市监局"), (150, 432, "白芷"), (150, 475, "6月底前"),
      ], rules: Self.across([90, 115, 160]) + Self.down(Self.columns, from: 90, to: 160))
    #expect(
      try Self.imported([page]).measures == ["更换过期试剂 | 县市监局 | 苏木 | 长期坚持", "配齐快检人员 | 县市监局 | 白芷 | 6月底前"])
  }

  private static let firstPage = Page(
    words: headings + [
      (730, 36, "1"), (720, 60, "逐户核查托餐点。"), (732, 60, "建立名录库。"), (730, 305, "县市监局"), (730, 432, "苏木"),
      (730, 475, "8月底前"),
    ], rules: across([90, 115, 745]) + down(columns, from: 90, to: 745))

  private static func secondPage(_ words: Words) -> Page {
    Page(
      words: words + [
        (150, 36, "2"), (150, 60, "更换过期试剂。"), (150, 305, "县执法局"), (150, 432, "白芷"), (150, 475, "长期"),
      ], rules: grid([60, 130, 165]))
  }

  /// What the next page begins with, what becomes of the row above, and whether a person is asked.
  @Test(
    arguments: [
      // A row of its own.
      (
        [(90, 36, "3"), (90, 60, "公布快检结果。"), (90, 305, "县农业农村局"), (90, 475, "9月底前")],
        ["逐户核查托餐点 | 县市监局 | 苏木 | 8月底前", "公布快检结果 | 县农业农村局 |  | 9月底前"], false
      ),
      // The rest of the row, which ended with a whole sentence.
      ([(90, 60, "与学校名单比对。")], ["逐户核查托餐点 | 县市监局 | 苏木 | 8月底前"], true),
      // Another measure of the number that both share, or the rest of the row.
      (
        [(90, 60, "公布快检结果。"), (90, 305, "县农业农村局")],
        ["逐户核查托餐点 | 县市监局 | 苏木 | 8月底前", "公布快检结果 | 县农业农村局 | 苏木 | 8月底前"], true
      ),
      // Likewise, where every other row has a number of its own.
      (
        [(90, 60, "公布快检结果。"), (90, 305, "县农业农村局"), (90, 475, "长期坚持")],
        ["逐户核查托餐点 | 县市监局 | 苏木 | 8月底前", "公布快检结果 | 县农业农村局 | 苏木 | 长期坚持"], true
      ),
    ] as [([(y: Int, x: Int, text: String)], [String], Bool)])
  func aPageEndsWithinATable(_ words: [(y: Int, x: Int, text: String)], _ rows: [String], _ isAsked: Bool)
    throws
  {
    let (measures, asked) = try Self.imported([Self.firstPage, Self.secondPage(words)])
    #expect(measures == rows + ["更换过期试剂 | 县执法局 | 白芷 | 长期"])
    #expect(asked.contains { $0.contains("stands where the page ends") } == isAsked)
  }

  /// A cell that ends with a comma goes on, whatever else is whole.
  @Test func aPageEndsWithinACell() throws {
    var first = Self.firstPage
    first.words[first.words.count - 1].text = "8月底前，"
    let rest: Words = [(90, 60, "公布快检结果。"), (90, 305, "县农业农村局"), (90, 475, "长期坚持")]
    let (measures, asked) = try Self.imported([first, Self.secondPage(rest)])
    #expect(measures.count == 2 && measures[0].hasSuffix("8月底前，长期坚持"), "\(measures)")
    #expect(asked.contains { $0.contains("stands where the page ends") })
  }

  /// What stands alone on the next page: the last row, or the end of a cell, within lines or without any.
  @Test(
    arguments: [
      (lastRow, grid([60, 130]), ["逐户核查托餐点 | 县市监局 | 苏木 | 8月底前", "更换过期试剂 | 县执法局 | 白芷 | 长期"], nil),
      (
        [(90, 60, "并与学校名单比对。")], grid([60, 130]),
        ["逐户核查托餐点，建立名录库，并与学校名单比对 | 县市监局 | 苏木 | 8月底前"], nil
      ),
      (
        lastRow, [], ["逐户核查托餐点 | 县市监局 | 苏木 | 8月底前"],
        "left out: “2 更换过期试剂。 县执法局 白芷 长期” begins a page behind a table, and may be the end of it"
      ),
    ] as [(Words, [Rule], [String], String?)])
  private func onlyARowOnTheNextPage(_ words: Words, _ rules: [Rule], _ rows: [String], _ asked: String?)
    throws
  {
    var first = Self.firstPage
    if rows[0].contains("，") { (first.words[6].text, first.words[7].text) = ("逐户核查托餐点，", "建立名录库，") }
    let found = try Self.imported([first, Page(words: words, rules: rules)])
    #expect(found.measures == rows)
    #expect(
      asked == nil ? !found.asked.contains { $0.contains("left out") } : found.asked.contains(asked ?? ""))
  }

  private static let lastRow: Words = [
    (90, 36, "2"), (90, 60, "更换过期试剂。"), (90, 305, "县执法局"), (90, 432, "白芷"), (90, 475, "长期"),
  ]

  /// Units on lines that are full to their ends.
  @Test func unitsOnLines() throws {
    let page = Page(
      words: Self.headings + [
        (130, 36, "1"), (130, 60, "更换过期试剂。"), (124, 305, "云水县市场监督管理局"), (136, 305, "国网云水县供电公司"),
        (130, 432, "苏木"), (130, 475, "长期坚持"),
      ], rules: Self.grid([90, 115, 145]))
    #expect(try Self.imported([page]).measures == ["更换过期试剂 | 云水县市场监督管理局、国网云水县供电公司 | 苏木 | 长期坚持"])
  }

  /// Headings that the next page repeats begin no row.
  @Test func repeatedHeadings() throws {
    let next = Page(
      words: Self.headings + [
        (130, 60, "与学校名单比对，每月"), (142, 60, "更新。"),
        (170, 36, "2"), (170, 60, "更换过期试剂。"), (170, 305, "县执法局"), (170, 432, "白芷"), (170, 475, "长期"),
      ], rules: Self.grid([90, 115, 155, 185]))
    var first = Self.firstPage
    first.words[6].text = "逐户核查托餐点，"
    first.words[7].text = "建立名录库，"
    let (measures, asked) = try Self.imported([first, next])
    #expect(
      measures == ["逐户核查托餐点，建立名录库，与学校名单比对，每月更新 | 县市监局 | 苏木 | 8月底前", "更换过期试剂 | 县执法局 | 白芷 | 长期"])
    #expect(!asked.contains { $0.contains("page") })
  }

  /// A cell whose lines don't close can't be decided: one line ends in the middle of the units.
  @Test func linesThatDoNotClose() throws {
    var page = Self.merged
    page.rules =
      Self.across([90, 115, 205, 245]) + Self.down(Self.columns, from: 90, to: 245)
      + Self.across([160], from: 55, to: 380)
    #expect(try Self.imported([page]).asked.contains { $0.contains("lines in the PDF are not closed") })
  }

  /// Cells merged over rows, centred and widely spaced, on two pages, by LibreOffice (scripts/plan-fixtures.py): the PDF
  /// gives what the .docx gives.
  @Test func aPDFGivesWhatItsDocumentGives() throws {
    let ledgers = try ["docx", "pdf"].map { kind in
      let file = RepositoryFile.url("Tests/DubanLedgerTests/Fixtures/documents/merged-rows.\(kind)").path
      return LedgerYAML.text(
        PlanImporter.plan(from: try PlanFile.document(of: file).get(), calendar: WorkdayCalendar()).ledger)
    }
    #expect(ledgers[0] == ledgers[1])
    #expect(ledgers[0].contains("县食药安办"))
  }

  /// A drawing that is damaged or hostile is bounded.
  @Test func drawings() throws {
    let rules = PDFRules()
    let svg =
      "<svg><defs><path d=\"M 0 0 L 9 0\" stroke=\"black\"/></defs><g transform=\"matrix(2,0,0,2,10,0)\"><path style=\"stroke:black;fill:none\" d=\"M 0 5 L 50 5 M 1 nan L 2 2\"/><path stroke=\"black\" fill=\"none\" d=\"M 0 5 L 50 5 C 1 1 2 2 3 3\"/><path fill=\"none\" stroke=\"black\" d=\"M 0 5 L 50 5 L 50 25 L 0 25 Z\"/></g></svg>"
    try XMLPart.read(Array(svg.utf8), with: rules)
    #expect(rules.pages.map(\.count) == [4])
    #expect(rules.pages[0][0] == PDFRules.Rule(isHorizontal: true, place: 10, from: 10, to: 110))
  }
}
