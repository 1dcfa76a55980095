import DubanCore
import TestSupport
import Testing

@testable import DubanLedger
@testable import DubanMail

/// Papers: what their templates' marks mean, and that the document says it.
@Suite struct PaperTests {
  @Test(arguments: [
    ("# 标题", PaperMarkup.Block.paragraph(.title, "标题")), ("## 一、情况", .paragraph(.heading, "一、情况")),
    ("### （一）", .paragraph(.subheading, "（一）")), ("^ 中", .paragraph(.centred, "中")),
    ("> 落款", .paragraph(.right, "落款")), ("< 各单位：", .paragraph(.flush, "各单位：")),
    ("正文", .paragraph(.body, "正文")), ("\\# 正文", .paragraph(.body, "# 正文")), ("@page", .pageBreak),
    ("@letterhead 某中心", .paragraph(.letterhead, "某中心")), ("#标题", .paragraph(.body, "#标题")),
  ])
  func aLineIsAParagraph(_ line: String, _ block: PaperMarkup.Block) {
    #expect(PaperMarkup(line).blocks == [block])
  }

  @Test func linesWithBarsAreATable() {
    let markup = PaperMarkup(
      "@size 9\n@landscape\n| 甲 | 乙 |\n|=1|=3|\n| ^1 | @#c62828 > 红 |\n| a\\|b\\nc |\n下文")
    #expect(markup.size == 9 && markup.isLandscape)
    var table = PaperMarkup.Table(
      rows: [[.init(text: "甲"), .init(text: "乙")]], headerRows: 1, widths: [1, 3])
    table.rows.append([.init(text: "1", isCentred: true), .init(text: "红", isRight: true, color: "#c62828")])
    table.rows.append([.init(text: "a|b\nc")])
    #expect(markup.blocks == [.table(table), .paragraph(.body, "下文")])
  }

  @Test func noValueIsTakenForAMark() {
    for text in ["# 标题", "| 甲 | 乙 |", "@landscape", "^", "> 右", "|=1|", "a\n# b", "\\", "@#c62828 红"] {
      var values = TemplateRecord()
      values[.title] = text
      let templates = TemplateSet([.paper: ["x": try! Template("{{title}}\n| {{title}} |\n")]])
      var cell = PaperMarkup.Table()
      cell.rows = [[.init(text: text)]]
      #expect(
        PaperMarkup(templates.render("x", .paper, values)).blocks == [.paragraph(.body, text), .table(cell)])
    }
  }

  private static let owner = SampleLedger.owner("徐|娟", "#市场监管局", "a")
  private static let day = SampleLedger.day("2022-12-20")

  private static func planner() -> Planner {
    var late = SampleLedger.measure("1.1", due: "2022-12-15", owners: [owner])
    late.title = "<公开> & \"指南\" \u{0B}\u{FFFE}]]>"
    late.progress = "第一行\n第二行"
    return Planner(
      ledgers: [SampleLedger.ledger(owners: [owner], measures: [late])], policy: Policy(),
      calendar: SampleLedger.calendar)
  }

  private static func lines(_ paper: DubanMail.Paper) throws -> [String] {
    try DocxText.paper(paper.docx, file: "x.docx").get().lines.map(\.text)
  }

  private let composer = PaperComposer(lights: LightScheme(), templates: TemplateSet.load(overrides: nil).0)

  @Test func aSlipSaysWhatIsLateAndByWhenToAnswer() throws {
    let slip = try #require(
      Self.planner().slips(for: "#市场监管局", levels: SlipLevel.suqian, on: Self.day).first)
    let paper = try composer.slip(slip, number: "督〔2022〕3号", by: "杜潘")
    let text = try Self.lines(paper).joined(separator: "\n")
    for words in [
      "督〔2022〕3号", "签发：杜潘", "督办单（红色）", "#市场监管局：", "1项已逾期", "<公开> & \"指南\"", "徐|娟", "已逾期5天",
      "请于12月22日（周四）前",
    ] { #expect(text.contains(words), "\(words) in\n\(text)") }
    #expect(
      try composer.slip(slip, number: "督〔2022〕3号", by: "杜潘") == paper, "the same paper is the same bytes")
    #expect(try Self.lines(composer.slip(slip, number: "", by: "")).joined().contains("拟稿，未编号"))
  }

  @Test func aBulletinComparesWithTheMonthBefore() throws {
    let planner = Self.planner()
    let record = FinishRecord([
      LedgerVersion(from: SampleLedger.day("2022-10-01"), ledger: planner.ledgers[0])
    ])
    let key = "测〔2022〕1号"
    let bulletin = try #require(planner.bulletin(ofPlan: key, Bulletin.month(through: Self.day), record))
    var before = bulletin
    before.total.inTime = 1
    before.units[0].inTime = 1
    let text = try Self.lines(composer.bulletin(bulletin, before: before, number: "")).joined(separator: "\n")
    #expect(text.contains("按时办结率0%，比上月下降100个百分点"), "\(text)")
    #expect(text.contains("上月"))
    #expect(try !Self.lines(composer.bulletin(bulletin, before: nil, number: "")).joined().contains("上月"))
  }

  @Test func aPrintedLedgerReadsAsATable() throws {
    let paper = try composer.ledger(Self.planner().overview(on: Self.day), unit: nil)
    let text = try Self.lines(paper).joined(separator: "\n")
    #expect(text.contains("共1项，逾期1项") && text.contains("第一行"))
    let body = String(decoding: try ZipArchive(paper.docx).read("word/document.xml"), as: UTF8.self)
    #expect(body.contains("w:orient=\"landscape\"") && body.contains("<w:tblHeader/>"))
  }
}
