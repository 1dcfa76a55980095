import DubanCore
import Foundation
import TestSupport
import Testing

@testable import DubanLedger

/// Shapes of papers that offices publish, each with what its measures become.
@Suite struct UsualPaperTests {
  /// A paper and its measures, each as `title | units | persons | deadline`.
  struct Shape: Sendable, CustomTestStringConvertible {
    let testDescription: String
    var paper: String
    var measures: [String]
    /// Words that one of the findings holds.
    var said = ""
  }

  private static let head = "云水县重点任务分工方案\n2024年3月6日\n\n"

  static let shapes = [
    Shape(
      testDescription: "a bracket in which one name is unusual",
      paper: "一、项目\n（一）改造管网。（高新区管委会、临港新城、东湖街道）\n（二）建污水厂。（县水利局负责，6月底前完成）\n",
      measures: ["改造管网 | 高新区管委会、临港新城、东湖街道 |  | ", "建污水厂 | 县水利局 |  | 6月底前完成"],
      said: "“临港新城” is no usual name of a unit"),
    Shape(
      testDescription: "paragraphs without numbers, each with its labels",
      paper: "一、推进医联体建设\n成立理事会。责任单位：县卫健局；完成时限：6月底前\n推广家庭病床。责任单位：县医保局；完成时限：9月底前\n",
      measures: ["成立理事会 | 县卫健局 |  | 6月底前", "推广家庭病床 | 县医保局 |  | 9月底前"]),
    Shape(
      testDescription: "the office that signs below a measure without a closing",
      paper: "一、宣传\n（一）开展宣传周。（县应急局负责，5月底前）\n（二）更新标识。\n\n云水县安全生产委员会办公室\n2024年3月6日\n",
      measures: ["开展宣传周 | 县应急局 |  | 5月底前", "更新标识 |  |  | "], said: "“更新标识。” names no unit, person or deadline"
    ),
    Shape(
      testDescription: "persons before their units",
      paper: "一、行动\n1.清理主次干道。\n责任人：江平、何清\n责任单位：县城管局、县水利局\n完成时限：4月底前\n",
      measures: ["清理主次干道 | 县城管局、县水利局 | 江平、何清 | 4月底前"]),
    Shape(
      testDescription: "a unit is asked in the sentence",
      paper: "一、关于水库加固问题。请县水利局牵头，会同县财政局制定方案，9月30日前完成主体工程。\n二、关于采砂问题。请县公安局负责，常态化开展执法。\n",
      measures: [
        "关于水库加固问题 | 县水利局 |  | 9月30日前", "关于采砂问题 | 县公安局 |  | 常态化开展执法",
      ], said: "the units were taken from the sentence"),
    Shape(
      testDescription: "a measure with units of its own below a heading with a lead",
      paper: "一、登记提效（牵头单位：县资规局；责任单位：县住建局）\n1.推行交房即交证。（完成时限：10月底前）\n2.清零遗留问题。（责任单位：县信访局；完成时限：长期坚持）\n",
      measures: ["推行交房即交证 | 县资规局、县住建局 |  | 10月底前", "清零遗留问题 | 县信访局 |  | 长期坚持"],
      said: "“清零遗留问题。” names its own units, and “县资规局” of its heading is none of them"),
    Shape(
      testDescription: "persons of each measure below labels of its heading",
      paper: "一、政务\n责任单位：县政务局\n1.完善清单。\n责任人：何清\n完成时限：6月底前\n2.公开评价。\n责任人：石岩\n完成时限：9月底前\n",
      measures: ["完善清单 | 县政务局 | 何清 | 6月底前", "公开评价 | 县政务局 | 石岩 | 9月底前"],
      said: "“完善清单。” names no unit: those below its heading were taken"),
    Shape(
      testDescription: "a person below a heading whose measures all name their own",
      paper: "一、政务\n责任单位：县政务局\n责任人：方圆\n1.完善清单。（责任人：何清；完成时限：6月底前）\n2.公开评价。（责任人：石岩；完成时限：9月底前）\n",
      measures: ["完善清单 | 县政务局 | 何清 | 6月底前", "公开评价 | 县政务局 | 石岩 | 9月底前"],
      said: "“责任人：方圆” is part of no measure"),
    Shape(
      testDescription: "a leader in a heading, and a measure with a unit of its own and no person",
      paper: "一、登记（牵头单位：县政务局；责任领导：何清）\n1.推行通办。（责任单位：县政务局；完成时限：5月底前）\n2.压缩时限。（责任单位：县政务局；责任人：方圆；完成时限：6月底前）\n",
      measures: ["推行通办 | 县政务局 |  | 5月底前", "压缩时限 | 县政务局 | 方圆 | 6月底前"],
      said: "“推行通办。” names no person"),
    Shape(
      testDescription: "persons with their units in brackets at the paragraph's end",
      paper: "一、隐患\n1.拆除隔断。责任单位：县应急局。整改时限：6月15日前。责任人：江平（县应急局）、何清（县消防大队）。\n",
      measures: ["拆除隔断 | 县应急局 | 江平、何清 | 6月15日前"]),
    Shape(
      testDescription: "numbers straight before a digit",
      paper: "一、行动\n1.3个月内清查。（县水利局，6月底前）\n2.5G基站提速。（县工信局，7月底前）\n3.65岁以上老人体检。（县卫健局，8月底前）\n",
      measures: ["3个月内清查 | 县水利局 |  | 6月底前", "5G基站提速 | 县工信局 |  | 7月底前", "65岁以上老人体检 | 县卫健局 |  | 8月底前"]),
    Shape(
      testDescription: "a number with a point at a line's beginning, before the item of that number",
      paper: "一、行动\n1.投资\n2.5亿元建水厂。（县水利局，6月底前）\n2.清理干道。（县城管局，7月底前）\n",
      measures: ["投资 | 县水利局 |  | 6月底前", "清理干道 | 县城管局 |  | 7月底前"]),
    Shape(
      testDescription: "a bracket and a label over the lines' ends",
      paper: "一、行动\n1.清理干道。（牵头单位：县城管局；\n责任单位：县公安局；完成时限：\n2024年6月底前）\n2.清理广告。\n责任单位：县城管局　责任人：何清　完成\n时限：7月底前\n",
      measures: ["清理干道 | 县城管局、县公安局 |  | 2024年6月底前", "清理广告 | 县城管局 | 何清 | 7月底前"]),
    Shape(
      testDescription: "a deadline over a line's end",
      paper: "一、行动\n1.清理干道。\n责任单位：县城管局\n完成时限：立行\n立改\n2.清理广告。\n责任单位：县城管局\n完成时限：7月底前\n",
      measures: ["清理干道 | 县城管局 |  | 立行立改", "清理广告 | 县城管局 |  | 7月底前"]),
    Shape(
      testDescription: "how often in a bracket without labels",
      paper: "一、行动\n1.清理干道。（县城管局、县公安局，每半年一次）\n2.清理广告。（县城管局，立即）\n",
      measures: ["清理干道 | 县城管局、县公安局 |  | 每半年一次", "清理广告 | 县城管局 |  | 立即"]),
    Shape(
      testDescription: "quotation marks the wrong way round",
      paper: "一、行动\n1.推进”一网通办“改革，\n清理证明。\n责任单位：县城管局\n完成时限：6月底前\n2.清理广告。\n责任单位：县城管局\n完成时限：7月底前\n",
      measures: ["推进”一网通办“改革，清理证明 | 县城管局 |  | 6月底前", "清理广告 | 县城管局 |  | 7月底前"]),
    Shape(
      testDescription: "chapters with one measure each",
      paper: "一、治水\n（1）改造管网。（县水利局，6月底前）\n二、监督检查\n（1）开展督查。（县审计局，7月底前）\n",
      measures: ["改造管网 | 县水利局 |  | 6月底前", "开展督查 | 县审计局 |  | 7月底前"]),
    Shape(
      testDescription: "titles without a stop behind their numbers",
      paper: "1 提升招商质效\n1.1 签约项目。（县商务局，6月底前）\n2 做优园区平台\n2.1 建成厂房。（县工信局，7月底前）\n",
      measures: ["签约项目 | 县商务局 |  | 6月底前", "建成厂房 | 县工信局 |  | 7月底前"]),
    Shape(
      testDescription: "a table whose only column of measures is 项目内容",
      paper: "序号\t项目内容\t责任单位\t责任人\t完成时限\n1\t改造管网\t县水利局\t何清\t6月底前\n2\t修缮校舍\t县教育局\t江平\t7月底前\n",
      measures: ["改造管网 | 县水利局 | 何清 | 6月底前", "修缮校舍 | 县教育局 | 江平 | 7月底前"]),
    Shape(
      testDescription: "brackets inside the labels of a paragraph's end",
      paper: "一、隐患\n1.开展演练。责任单位：县应急局；责任人：江平；完成时限：国庆节前（9月20日前）。\n2.整改隐患。（县住建局，责任人：何清，立即整改）\n",
      measures: ["开展演练 | 县应急局 | 江平 | 国庆节前（9月20日前）", "整改隐患 | 县住建局 | 何清 | 立即整改"]),
    Shape(
      testDescription: "labels below the headings above",
      paper:
        "一、差距\n责任领导：江平\n（一）用力不够\n牵头单位：县发改局\n整改措施：\n1.制定图谱。责任单位：县发改局、县工信局；完成时限：9月底前。\n2.开展招商。责任单位：县商务局；完成时限：12月底前。\n3.走访企业。完成时限：6月底前。\n",
      measures: ["制定图谱 | 县发改局、县工信局 |  | 9月底前", "开展招商 | 县商务局 |  | 12月底前", "走访企业 | 县发改局 |  | 6月底前"],
      said: "“开展招商。” names its own units, and “县发改局” of its heading is none of them"),
    Shape(
      testDescription: "several brackets, the first with labels",
      paper: "一、诉求\n（一）办结诉求。【牵头单位：县政务局；责任单位：县工商联】【完成时限：持续推进】\n",
      measures: ["办结诉求 | 县政务局、县工商联 |  | 持续推进"]),
    Shape(
      testDescription: "persons in a bracket behind the units that help",
      paper: "序号\t工作任务\t责任单位\t完成时限\n1\t排查危房\t县住建局牵头，县民政局配合（责任人：江平、何清）\t6月底前\n",
      measures: ["排查危房 | 县住建局、县民政局 | 江平、何清 | 6月底前"]),
    Shape(
      testDescription: "below a table's last measure: nothing follows",
      paper: "序号\t工作任务\t责任单位\t配合单位\t完成时限\nXF-01\t排查危房\t县住建局\t无\t6月底前\n\t以下空白\t\t\t\n",
      measures: ["排查危房 | 县住建局 |  | 6月底前"]),
    Shape(
      testDescription: "below a table's last measure: nothing follows, with a number",
      paper: "序号\t工作任务\t责任单位\t完成时限\n1\t排查危房\t县住建局\t6月底前\n2\t以下空白\t\t\n",
      measures: ["排查危房 | 县住建局 |  | 6月底前"]),
    Shape(
      testDescription: "leaders who see to a case, beside who answers",
      paper: "序号\t工作任务\t包案领导\t责任单位\t责任人\t完成时限\n1\t排查危房\t江平\t县住建局\t何清\t6月底前\n",
      measures: ["排查危房 | 县住建局 | 何清 | 6月底前"], said: "“江平”, who lead or watch over"),
    Shape(
      testDescription: "one person for two units",
      paper: "一、行动\n1.清理主次干道。（责任单位：县城管局、县水利局；责任人：江平；完成时限：4月底前）\n",
      measures: ["清理主次干道 | 县城管局、县水利局 | 江平 | 4月底前"],
      said: "“江平” answers for “县城管局” alone in “清理主次干道。”: nobody is reminded for “县水利局”"),
    Shape(
      testDescription: "stages of the whole",
      paper:
        "一、任务\n（一）排查危房。（县住建局负责，6月底前完成）\n二、时间安排\n（一）动员部署阶段（3月8日—3月20日）。\n（二）总结提升阶段（9月底前）。\n",
      measures: ["排查危房 | 县住建局 |  | 6月底前完成"], said: "“动员部署阶段” is a stage that names no unit"),
  ]

  @Test(arguments: shapes) func measures(shape: Shape) {
    let plan = PlanImporter.plan(from: Self.head + shape.paper, calendar: WorkdayCalendar())
    let measures = plan.ledger.measures.map {
      "\($0.title) | \($0.units.joined(separator: "、")) | \($0.persons.joined(separator: "、")) | \($0.deadline.text)"
    }
    #expect(measures == shape.measures)
    let said = plan.diagnostics(file: "t").map(\.description).joined(separator: "\n")
    #expect(shape.said.isEmpty || said.contains(shape.said), "\(said)")
  }

  /// 第一责任单位为牵头单位 counts for its measure, and with 下同 for those behind it.
  @Test(arguments: [("", [nil, "县住建局", nil]), ("，下同", [nil, "县住建局", "县教育局"])] as [(String, [String?])])
  func aNoteSaysWhoLeads(more: String, leads: [String?]) {
    let plan = PlanImporter.plan(
      from: Self.head
        + "一、行动\n1.清理干道。（责任单位：县城管局、县水利局）\n2.排查危房。（责任单位：县住建局、县民政局（第一责任单位为牵头单位\(more)）；完成时限：6月底前）\n3.扩建校舍。（责任单位：县教育局、县财政局）\n",
      calendar: WorkdayCalendar())
    #expect(plan.ledger.measures.map(\.lead) == leads)
  }

  /// A paragraph with units and a deadline of its own that is no measure, here since two 2. follow it, is no mere remark.
  @Test func whatLooksLikeAMeasureIsNoRemark() {
    let text =
      Self.head
      + "一、整改\n1.5米以上围挡整改。（县住建局，6月底前）\n2.3处隐患整改。（县应急局，6月底前）\n2.5公里渠道整改。（县水利局，6月底前）\n"
    let plan = PlanImporter.plan(from: text, calendar: WorkdayCalendar())
    #expect(plan.findings.contains { $0.kind == .leftOut && $0.text.hasPrefix("1.5米以上围挡整改") })
    #expect(plan.counts.sure == 0)
  }

  /// What a paper says of itself above its first measure, as `title | number | date of issue`.
  @Test(arguments: [
    ("云水县2024年重点项目推进表\n2024年1月15日\n\n", "云水县2024年重点项目推进表 |  | 2024-01-15"),
    ("重点项目责任卡\n2024年1月15日\n\n", "重点项目责任卡 |  | 2024-01-15"),
    ("督查通知\n云督〔2024〕42号\n2024年1月15日\n\n", "督查通知 | 云督〔2024〕42号 | 2024-01-15"),
    ("发文单位\t云水县财政局\t拟稿人\t江平\n签发\t同意\t核稿\t何清\n\n预算提升方案\n2024年1月15日\n\n", "预算提升方案 |  | 2024-01-15"),
  ]) func header(head: String, expected: String) {
    let measures = "一、项目建设\n1.建设冷链物流园。\n责任单位：县商务局\n完成时限：2024年10月底前\n2.扩建中学。\n责任单位：县教育局\n完成时限：2024年8月底前\n"
    let plan = PlanImporter.plan(from: head + measures, calendar: WorkdayCalendar()).ledger.plan
    #expect("\(plan.title) | \(plan.number) | \(plan.issued?.description ?? "")" == expected)
  }

  /// A table of addresses: what isn't certain is said, and what is no address isn't taken.
  @Test func addresses() throws {
    let scratch = try ScratchDirectory()
    let file = scratch.path + "/通讯录.csv"
    let rows = [
      "单位,姓名,邮箱", "县住建局,江平,a@example.org", "县水利站,何清,b@example.org", "县住建局,方圆,c@example.org",
      "县住建局,方圆,d@example.org", "县住建局,林远,e#example.org",
    ]
    try Data((rows.joined(separator: "\n") + "\n").utf8).write(to: URL(fileURLWithPath: file))
    var plan = PlanImporter.plan(
      from: Self.head
        + "一、行动\n1.清理主次干道。\n责任单位：县住建局\n责任人：江平、何清、方圆、林远、山青\n完成时限：4月底前\n2.维修路灯。\n责任单位：县城管局\n完成时限：5月底前\n",
      calendar: WorkdayCalendar())
    let said = plan.fillAddresses(from: file).map(\.message)
    #expect(plan.ledger.owners.map(\.email) == ["a@example.org", nil, nil, nil, nil, nil])
    #expect(
      said == [
        "“何清” of “县住建局” gets no address: the table has one for “何清” of “县水利站”",
        "“方圆” of “县住建局” gets no address: the table has c@example.org and d@example.org",
        "“林远” of “县住建局” gets no address: “e#example.org” has no “@”",
        "“山青” of “县住建局” gets no address: the table has none",
        "“县城管局” gets no address: the table has none",
      ])
  }
}
