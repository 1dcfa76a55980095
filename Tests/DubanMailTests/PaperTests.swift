import DubanCore
import Foundation
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
    ("~ 联系人", .paragraph(.ragged, "联系人")), ("\\~ 正文", .paragraph(.body, "~ 正文")),
    ("< 一号\\t签发", .paragraph(.flush, "一号\t签发")),
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
    for text in [
      "# 标题", "| 甲 | 乙 |", "@landscape", "^", "> 右", "|=1|", "a\n# b", "\\", "@#c62828 红", "~ 左", "a\\tb",
    ] {
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

  private static func lines(_ paper: Paper) throws -> [String] {
    try DocxText.document(paper.docx, file: "x.docx").get().lines.map(\.text)
  }

  private let composer = PaperComposer(lights: LightScheme(), templates: TemplateSet.load(overrides: nil).0)

  @Test func aSlipSaysWhatIsLateAndByWhenToAnswer() throws {
    let slip = try #require(
      Self.planner().dueSlips(levels: SlipLevel.suqian, on: Self.day).first?.slip(for: "#市场监管局"))
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

  /// A level of an office's own, with what follows from it.
  @Test(
    arguments: [
      (SlipLevel.suqian, "督办单（红色）", "请于12月22日（周四）前", [], ["计入考核扣分", "约谈"]),
      (
        SlipLevel.suqian + [
          SlipLevel(
            name: "橙色", title: "挂牌督办单", color: "#d35400", condition: .overdue(Span(3)),
            reply: Span(1, .workday),
            points: 2, asksToTalk: true)
        ], "挂牌督办单（橙色）", "请于12月21日（周三）前", ["上述事项按每项2分计入考核扣分。", "上述事项逾期未反馈或仍未办结的，将按规定约谈单位第一责任人。"], []
      ),
      (
        [
          SlipLevel(
            name: "红色", title: "督办单", color: "#c00000", condition: .overdue(Span(0)), reply: Span(3),
            points: 1)
        ],
        "督办单（红色）", "请于12月23日（周五）前", ["按每项1分计入"], ["约谈"]
      ),
    ] as [([SlipLevel], String, String, [String], [String])])
  func aLevelSaysWhatFollows(
    _ levels: [SlipLevel], _ title: String, _ reply: String, _ says: [String], _ saysNot: [String]
  ) throws {
    let slip = try #require(Self.planner().dueSlips(levels: levels, on: Self.day).first?.slip(for: "#市场监管局"))
    let text = try Self.lines(composer.slip(slip, number: "", by: "")).joined(separator: "\n")
    for words in [title, reply] + says { #expect(text.contains(words), "\(words) in\n\(text)") }
    for words in saysNot { #expect(!text.contains(words), "\(words)") }
  }

  /// A unit that only helps with a measure is asked for its part; points and talks are for whoever answers for it.
  @Test(
    arguments: [
      ("县财政局", "贵单位配合的下列整改措施", "1.1由贵单位配合县发改局，请完成贵单位承担的部分，进展和材料交其汇总报送。", ""),
      ("县发改局", "贵单位负责的下列整改措施", "", "上述事项"),
      (
        "县统计局", "贵单位负责、配合的下列整改措施", "1.1由贵单位配合县发改局；1.3由贵单位配合县住建局，请完成贵单位承担的部分，进展和材料分别交其汇总报送。",
        "措施1.2"
      ),
    ])
  func aSlipTellsLeadAndHelpersApart(
    _ unit: String, _ opening: String, _ role: String, _ answersFor: String
  ) throws {
    let owners = ["县发改局", "县财政局", "县统计局"].map { SampleLedger.owner("人", $0, "a") }
    var shared = SampleLedger.measure("1.1", due: "2022-12-15", owners: owners)
    (shared.lead, shared.supporting) = ("县发改局", ["县财政局", "县统计局"])
    var other = SampleLedger.measure("1.3", due: "2022-12-15", owners: [owners[2]])
    (other.units, other.lead, other.supporting) = (["县住建局", "县统计局"], "县住建局", ["县统计局"])
    let planner = Planner(
      ledgers: [
        SampleLedger.ledger(
          owners: owners,
          measures: [shared, SampleLedger.measure("1.2", due: "2022-12-15", owners: [owners[2]]), other])
      ], policy: Policy(), calendar: SampleLedger.calendar)
    let level = SlipLevel(
      name: "红色", title: "督办单", color: "#c00000", condition: .overdue(Span(0)), reply: Span(3), points: 1,
      asksToTalk: true)
    let slip = try #require(planner.dueSlips(levels: [level], on: Self.day).first?.slip(for: unit))
    let text = try Self.lines(composer.slip(slip, number: "", by: "")).joined(separator: "\n")
    #expect(text.contains(opening))
    #expect(role.isEmpty ? !text.contains("配合县发改局") : text.contains(role))
    let consequences =
      answersFor.isEmpty ? [] : ["\(answersFor)按每项1分计入考核扣分。", "\(answersFor)逾期未反馈或仍未办结的，将按规定约谈单位第一责任人。"]
    #expect(
      text.split(separator: "\n").filter { $0.contains("扣分") || $0.contains("约谈") }.map(String.init)
        == consequences)
  }

  /// What was sent back is poor, whatever its date.
  @Test(
    arguments: [
      ("2023-06-30", true, "黄色", "1项被退回整改"), (nil, true, "黄色", "1项被退回整改"),
      ("2022-12-15", true, "红色", "1项已逾期"), ("2022-12-30", false, "蓝色", "1项即将到期"),
      ("2023-06-30", false, nil, ""),
    ] as [(String?, Bool, String?, String)])
  func whatWasSentBackIsPoor(_ due: String?, _ isReturned: Bool, _ level: String?, _ words: String) throws {
    var measure = SampleLedger.measure("1.1", due: due, owners: [Self.owner])
    measure.isReturned = isReturned
    let planner = Planner(
      ledgers: [SampleLedger.ledger(owners: [Self.owner], measures: [measure])], policy: Policy(),
      calendar: SampleLedger.calendar)
    let slip = planner.dueSlips(levels: SlipLevel.suqian, on: Self.day).first?.slip(for: Self.owner.unit)
    #expect(slip?.level.name == level)
    if let slip {
      #expect(try Self.lines(composer.slip(slip, number: "", by: "")).joined().contains(words), "\(words)")
    }
  }

  /// Column by column, at the tables' size: a date of another year and 已逾期16天 stand in one line.
  @Test(arguments: [
    ("slip", ["完成时限": "2022年12月31日", "情况": "已逾期16天", "责任人": "欧阳锋"]),
    ("ledger", ["完成时限": "2022年12月底前", "情况": "已逾期16天", "责任人": "欧阳锋"]),
    ("bulletin", ["完成时限": "2022年12月31日", "已逾期": "已逾期16天", "责任人": "欧阳锋"]),
  ])
  func datesStandInOneLine(_ name: String, _ cells: [String: String]) throws {
    let text = try String(
      contentsOf: RepositoryFile.url("Sources/DubanMail/Templates/\(name).paper.mustache"), encoding: .utf8)
    let markup = PaperMarkup(text)
    let tables = markup.blocks.compactMap { if case .table(let table) = $0 { table } else { nil } }
    for (heading, words) in cells {
      let table = try #require(tables.last { $0.rows[0].contains { $0.text == heading } })
      let column = try #require(table.rows[0].firstIndex { $0.text == heading })
      let room =
        DocxWriter.Sheet(isLandscape: markup.isLandscape).textWidth * table.widths[column]
        / table.widths.reduce(0, +) - 170
      // A quarter of a character lies between Chinese and digits, which are wide in the fonts that stand in for Times.
      let gaps = zip(words, words.dropFirst()).count { $0.isASCII != $1.isASCII }
      let needed = words.reduce(gaps * 5) { $0 + ($1.isASCII ? 13 : 20) } * markup.size
      #expect(needed <= room, "\(heading): \(words) in \(room) twips")
    }
  }

  @Test func theIssuerStandsAtTheRightEdgeAndAnAddressIsntStretched() throws {
    let slip = try #require(
      Self.planner().dueSlips(levels: SlipLevel.suqian, on: Self.day).first?.slip(for: "#市场监管局"))
    let paper = try composer.slip(slip, number: "督〔2022〕3号", by: "杜潘")
    let body = String(decoding: try ZipArchive(paper.docx).read("word/document.xml"), as: UTF8.self)
    #expect(body.contains("<w:tabs><w:tab w:val=\"right\" w:pos=\"8844\"/></w:tabs>"))
    #expect(body.contains("督〔2022〕3号</w:t><w:tab/><w:t xml:space=\"preserve\">签发：杜潘"))
    #expect(body.contains("<w:jc w:val=\"left\"/></w:pPr><w:r><w:t xml:space=\"preserve\">联系人："))
  }

  /// 署名 and 日期 stand on one page, with the line before them.
  @Test func theSignatureIsntTornApart() throws {
    let markup = PaperMarkup("正文一\n正文二\n> 某中心\n> 2022年12月20日\n")
    let body = String(
      decoding: try ZipArchive(DocxWriter.bytes(markup, title: "")).read("word/document.xml"), as: UTF8.self)
    let kept = body.split(separator: "<w:p>").filter { $0.contains("</w:p>") }.map {
      $0.contains("</w:pPr>") && $0.contains("\"/><w:keepNext/>")
    }
    #expect(kept == [false, true, true, false])
  }

  /// Reported as done by its day and not confirmed: said, and neither 逾期未办结 nor counted against the unit. What was
  /// reported late is overdue, and said to be reported.
  @Test(arguments: [("2022-12-14", true), ("2022-12-17", false)])
  func aBulletinTellsWhatWaitsForConfirmation(_ reported: String, _ isInTime: Bool) throws {
    var planner = Self.planner()
    let before = planner.ledgers[0]
    var after = before
    after.areas[0].measures[0].status = .submitted
    planner = Planner(ledgers: [after], policy: Policy(), calendar: SampleLedger.calendar)
    let record = FinishRecord([
      LedgerVersion(from: SampleLedger.day("2022-10-01"), ledger: before),
      LedgerVersion(from: SampleLedger.day(reported), ledger: after),
    ])
    let bulletin = try #require(
      planner.bulletin(ofPlan: "测〔2022〕1号", Bulletin.month(through: Self.day), record))
    let text = try Self.lines(composer.bulletin(bulletin, before: nil, number: "")).joined(separator: "\n")
    #expect(text.contains("已按时报完成、待确认销号1项") == isInTime, "\(text)")
    #expect(text.contains("待确认销号的1项，不计入按时办结率") == isInTime)
    #expect(text.contains("没有逾期未办结的措施") == isInTime)
    #expect(text.contains("5天（已报完成、待确认）") != isInTime)
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
    before.period = Bulletin.periodBefore(bulletin.period, reports: nil)
    let text = try Self.lines(composer.bulletin(bulletin, before: before, number: "")).joined(separator: "\n")
    #expect(text.contains("按时办结率0%，比上月下降100个百分点"), "\(text)")
    #expect(text.contains("上期"))
    #expect(try !Self.lines(composer.bulletin(bulletin, before: nil, number: "")).joined().contains("上期"))
    for (first, last, words) in [
      ("2022-10-01", "2022-12-31", "比上期下降"), ("2022-11-11", "2022-12-10", "比上期下降"),
      ("2022-12-01", "2022-12-31", "比上月下降"),
    ] {
      before.period = SampleLedger.day(first)...SampleLedger.day(last)
      let said = try Self.lines(composer.bulletin(bulletin, before: before, number: "")).joined()
      #expect(said.contains(words), "\(said)")
    }
    var quiet = bulletin
    (quiet.total.due, quiet.total.late) = (0, 2)
    let said = try Self.lines(composer.bulletin(quiet, before: nil, number: "")).joined()
    #expect(said.contains("本期没有到期的整改措施，逾期办结以前到期的2项"), "\(said)")
  }

  @Test func aPrintedLedgerReadsAsATable() throws {
    let paper = try composer.ledger(Self.planner().overview(on: Self.day), unit: nil)
    let text = try Self.lines(paper).joined(separator: "\n")
    #expect(text.contains("共1项，逾期1项") && text.contains("第一行"))
    let body = String(decoding: try ZipArchive(paper.docx).read("word/document.xml"), as: UTF8.self)
    #expect(body.contains("w:orient=\"landscape\"") && body.contains("<w:tblHeader/>"))
  }
}
