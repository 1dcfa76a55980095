import DubanCore
import Testing

@testable import DubanLedger

/// Deadlines and report dates that stand in running sentences.
@Suite struct SentenceTests {
  private static let head = "云水县重点工作任务分工方案\n云政办〔2023〕3号\n"

  /// A measure's sentence, and the deadlines that are taken from it for certain.
  @Test(arguments: [
    ("6月底前完成首批资金拨付", ["6月底前"]), ("推广托盘，“十四五”末占有率提高到30%", ["“十四五”末占有率提高到30%"]),
    ("到2025年，绿色建筑占比达到80%", ["到2025年"]), ("9月投入使用", ["9月投入使用"]), ("2023年建成充电桩200个", ["2023年建成充电桩200个"]),
    ("到2025年底下降30%", ["2025年底"]), ("截至2022年底已完成60%", []), ("二季度通过预可研审查", ["二季度通过预可研审查"]),
    ("国庆节前开通公交专线", ["国庆节前开通公交专线"]), ("2023年6月底前建成，2024年10月底前投用", ["2023年6月底前", "2024年10月底前"]),
    // What a date says of the things isn't when they are due.
    ("改造2000年底前建成的老旧小区120个", []), ("对2022年底前到期的合同逐一清理", []), ("10月1日前入学的新生全部建档", []),
    ("较2020年底前下降10%", []), ("推行网上办理", []), ("发放补贴300万元", []),
  ])
  func deadlines(sentence: String, phrases: [String]) {
    let reader = DeadlineReader(issued: CivilDate(year: 2023, month: 3, day: 6))
    #expect(SentenceDeadlines.phrases(in: sentence, reader: reader) == phrases)
  }

  /// What a notice asks of everyone, and the dates, the recurring reports and the office it goes to.
  @Test(arguments: [
    ("请于2023年7月10日前将进展情况送县营商办。", "2023-07-10", "", "县营商办"), ("请于7月10日前反馈县营商办。", "2023-07-10", "", "县营商办"),
    ("请各单位于7月10日前提交县政府督查室。", "2023-07-10", "", "县政府督查室"),
    ("请各单位7月10日前将方案交县政府办公室。", "2023-07-10", "", "县政府办公室"),
    ("请于7月10日（星期一）下班前报县督查室。", "2023-07-10", "", "县督查室"),
    ("请于6月末、12月末报送落实情况。", "2023-06-30 2023-12-31", "", ""),
    ("请于6月底、12月底前将情况报县督查室。", "2023-06-30 2023-12-31", "", "县督查室"),
    ("请于2024年6月25日前报送上半年情况，12月25日前报送全年情况。", "2024-06-25 2024-12-25", "", ""),
    ("请于7月10日前，将方案及进展报县督查室；每月25日前报送进展。", "2023-07-10", "每月25日前", "县督查室"),
    ("请于4月10日前将方案、每月25日前将进展报县督查室。", "2023-04-10", "每月25日前", "县督查室"),
    ("请对3月10日前发现的问题报县督查室。", "", "", "县督查室"), ("请于2月10日前报县督查室。", "", "", "县督查室"),
    ("请各单位于7月10日、次年1月10日前报县督查室。", "2023-07-10 2024-01-10", "", "县督查室"),
    ("请于每季度结束后5日内报县营商办。", "", "每季度结束后5日内", "县营商办"), ("请按季度向县营商办报送。", "", "按季度", "县营商办"),
    ("请各单位每周一报送进展。", "", "每周一", ""), ("请于每周一上午10点前将进展报县督查室。", "", "每周一上午10点前", "县督查室"),
    ("请各单位每周五12:00前报县督查室。", "", "每周五12:00前", "县督查室"), ("请各单位每周报送一次进展。", "", "每周", ""),
    ("请于4月25日前书面报送县督查室。联系人：何清；联系电话：5550233。", "2023-04-25", "", "县督查室"),
    ("请各单位于每季度首月10日前报县督查室。", "", "每季度首月10日前", "县督查室"), ("请县水利局牵头，于6月20日前报送方案。", "", "", ""),
    ("请各单位按季度向县营商办报送。", "", "按季度", "县营商办"),
    ("请各单位每季度末月25日前向县营商办报送（2024年起）。", "", "每季度末月25日前", "县营商办"),
    ("请各单位每月25日前报县督查室（首次报送为4月25日）。", "", "每月25日前", "县督查室"),
    ("请各单位每月25日前报县督查室（遇节假日提前至上一工作日）。", "", "每月25日前", "县督查室"),
    ("请各单位每月向县督查室报送一次（每月25日前）。", "", "每月25日前", "县督查室"),
    ("请各单位每季度末月25日前报县督查室（云政办〔2023〕5号，首次报送为2023年6月25日前）。", "", "每季度末月25日前", "县督查室"),
    ("请各单位按月报县督查室（每月5日前）。", "", "每月5日前", "县督查室"),
    ("请各乡镇加强交通安全工作，7月10日前全面排查。", "", "", ""), ("请各单位于6月30日前完成配送中心建设。", "", "", ""),
  ])
  func reports(sentence: String, dates: String, recurring: String, unit: String) {
    let text =
      Self.head
      + "\n各乡镇人民政府：\n\n现将方案印发给你们。\(sentence)\n\n2023年3月6日\n\n一、优化服务\n（一）规范收费。（县市场监管局负责，2023年6月底前完成）\n"
    let plan = PlanImporter.plan(from: text, calendar: WorkdayCalendar()).ledger
    #expect(plan.reports.map(\.description).joined(separator: " ") == dates)
    #expect(plan.recurringReports.map(\.text).joined(separator: " ") == recurring)
    #expect(plan.plan.contact.unit == unit)
  }

  /// What a bracket says of the days of recurring reports is asked about, by the words of both.
  @Test(arguments: [
    ("每半年报县督查室（6月20日、12月20日前）", [], "每半年（6月20日、12月20日前）"),
    ("每半年报县督查室（2024年起，6月20日、12月20日前）", [], "每半年（6月20日、12月20日前）"),
    ("每月报县督查室（25日前）", [], "每月（25日前）"),
    ("每月25日前报县督查室（截至2025年12月）", ["每月25日前"], "每月25日前（截至2025年12月）"),
    ("每月25日前报县督查室（每年12月10日前报年度总结）", ["每月25日前"], "每月25日前（每年12月10日前报年度总结）"),
    ("每月28日前报县督查室（2月为25日前）", ["每月28日前"], "每月28日前（2月为25日前）"),
    ("每月28日前报县督查室（遇节假日提前，纸质版于29日前）", ["每月28日前"], "每月28日前（纸质版于29日前）"),
    ("每月报县督查室（首次报送时间为2024年2月5日）", [], "每月（首次报送时间为2024年2月5日）"),
    ("每季度末月25日前报县督查室（首次为2024年3月20日前）", ["每季度末月25日前"], "每季度末月25日前（首次为2024年3月20日前）"),
  ])
  func reportsInBrackets(clause: String, recurring: [String], asked: String) {
    let text =
      Self.head + "\n各乡镇人民政府：\n\n请各单位\(clause)。\n\n2023年3月6日\n\n一、优化服务\n（一）规范收费。（县市场监管局负责，2023年6月底前完成）\n"
    let plan = PlanImporter.plan(from: text, calendar: WorkdayCalendar())
    #expect(plan.ledger.recurringReports.map(\.text) == recurring)
    #expect(
      plan.findings.filter { $0.kind == .doubt }.map(\.message).contains(
        "the report date “\(asked)” can't be read for certain"))
  }

  /// The words of a closing in brackets that say when.
  @Test(arguments: [
    ("县市场监管局牵头，2023年6月底前完成试点", "2023年6月底前完成试点"),
    ("县政务局负责，2023年9月底前完成80%，年底前全面完成", "2023年9月底前完成80%；年底前全面完成"),
    ("县政务局牵头，2023年10月底前取得明显成效，并长期坚持", "2023年10月底前取得明显成效；并长期坚持"),
  ])
  func closings(inner: String, deadline: String) throws {
    let text = Self.head + "2023年3月6日\n\n一、优化服务\n（一）规范收费。（\(inner)）\n"
    let measure = try #require(
      PlanImporter.plan(from: text, calendar: WorkdayCalendar()).ledger.measures.first)
    #expect(measure.deadline.text == deadline)
  }

  /// Labels without colons, at the end of the document: the words to everyone behind them are no part of the deadline.
  @Test func aDeadlineEndsBeforeTheNextParagraph() throws {
    let measures =
      "一、夯实基础\n1.开展百日安全活动。每周通报一次。【责任部门】工会、安全环保部【责任人】董其方【完成时间】2023年10月8日\n"
    let words = "各单位要将责任清单逐级分解，每月28日前将进展情况报集团安全环保部。联系人：唐越，电话：5550116。\n"
    let text = Self.head + "2023年3月6日\n\n" + measures + "\n" + words
    let measure = try #require(
      PlanImporter.plan(from: text, calendar: WorkdayCalendar()).ledger.measures.first)
    #expect(measure.deadline.text == "2023年10月8日")
  }
}
