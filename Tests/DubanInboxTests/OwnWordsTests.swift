import DubanCore
import Testing

@testable import DubanInbox

/// Answers in the words of the measure itself, its title and what is to be done, on 28 December.
@Suite struct OwnWordsTests {
  static let clinics = "7.4 开展医疗机构专项督导\n    领域：人才资源\n    完成一轮全覆盖督导检查。"
  static let flats = "7.2 加快青年人才公寓建设\n    完成主体装修和家具进场。"
  static let school = "7.3 推进新建学校布点\n    完成选址论证并报批。"
  static let windows = "3.1 加强“好差评”宣传\n    线上线下多渠道宣传。\n3.2 丰富投诉渠道\n    设置意见箱和“办不成事”反映窗口。"
  static let cases = "7.5 推进“未办结”事项清零\n    对“未开工”的项目和“久拖不决”案件逐一会商。"
  static let online = "7.6 推行“不见面”审批\n    实现“零差错”登记，整治“无证经营”行为。"
  static let market = "4.1 强化行政执法信息公示\n4.2 优化信用监管机制\n4.3 联合开展“双随机、一公开”抽查"

  /// The whole of it is done; a part, a paper about it and a round of it are not.
  static let table: [(items: String, text: String, says: String)] = [
    (clinics, "已完成一轮全覆盖督导检查。", "7.4 done"), (clinics, "7.4已完成全覆盖督导检查。", "7.4 done"),
    (clinics, "督导检查已完成，检查记录照片附后。", "7.4 done"), (clinics, "专项督导已完成，请销号。", "7.4 done"),
    (clinics, "督导检查已完成80%", "7.4 progress"), (clinics, "督导检查尚未完成", "7.4 progress"),
    (clinics, "督导检查预计1月10日完成", "7.4 postpone 2023-01-10"),
    (clinics, "预计1月10日完成全部督导", "7.4 postpone 2023-01-10"),
    (clinics, "已完成一轮督导。", "?"), (clinics, "第一轮督导检查已完成", "?"), (clinics, "已完成督导检查方案", "?"),
    (clinics, "完成督导检查", "?"), (clinics, "（医疗机构）已完成", "?"),
    (clinics, "城区督导检查已完成", "?"), (clinics, "上半年已完成督导检查", "?"), (clinics, "请完成一轮全覆盖督导检查", "?"),
    (flats, "主体装修和家具进场均已完成。", "7.2 done"), (flats, "主体装修、家具进场均已完成。", "7.2 done"),
    (flats, "公寓建设已完成，请予销号。", "7.2 done"), (flats, "装修已完成，家具已进场，7.2已完成。", "7.2 done"),
    (flats, "主体装修和家具进场均未完成", "7.2 progress"), (flats, "家具进场已完成", "?"), (flats, "主体装修已完成", "?"),
    (flats, "主体装修和家具进场均已完成招标", "?"),
    (school, "已完成选址论证并报批。", "7.3 done"), (school, "预计12月30日完成选址论证并报批", "7.3 progress 2022-12-30"),
    (school, "已完成选址论证", "?"), (school, "预计12月30日前完成选址论证。", "?"),
    // A short title behind the number; its part as a subject is asked about.
    (market, "4.1执法信息公示：已完成", "4.1 done"),
    (market, "4.1（执法信息公示）已完成，4.2（信用监管）推进中，4.3（抽查）已完成。", "4.1 done; 4.2 progress; 4.3 done"),
    (market, "4.1信息公示工作已完成。", "4.1 done"), (market, "4.1公示工作已全部完成。", "?"),
    (market, "4.1招标已完成", "4.1 progress"),
    (market, "4.1（公示方案）已完成", "?"),
    // A "not" in a name denies nothing.
    (windows, "3.1、3.2均已完成，“好差评”宣传覆盖所有窗口。", "3.1 done; 3.2 done"),
    (windows, "3.2已完成，“办不成事”窗口已设置。", "3.2 done"), (windows, "3.2已完成，办不成事窗口已设置。", "3.2 done"),
    (windows, "3.1加强“好差评”宣传已完成。", "3.1 done"), (windows, "3.1已完成，“不见面”审批已上线", "3.1 done"),
    (windows, "3.2“办不成事”窗口正在设置", "3.2 progress"), (windows, "3.1已完成，好差评还未覆盖", "?"),
    (windows, "3.1已完成，“不合格”事项2条", "?"),
    (windows, "3.2已完成，“办不成事”窗口尚未设置", "?"), (windows, "3.2已完成，“还差一点”", "?"), (windows, "3.2已完成，“不行”", "?"),
    // In the name of what the measure is about it may deny all the same.
    (cases, "已完成，未办结2件。", "?"), (cases, "未办结。", "7.5 progress"), (cases, "已完成，两个项目未开工。", "?"),
    (cases, "已完成，“未开工”的项目2个。", "?"), (cases, "已完成，久拖不决案件2件。", "?"), (cases, "已完成，“久拖不决”案件剩2件。", "?"),
    (cases, "已完成，案件久拖不决。", "?"), (cases, "已完成，“久拖不决”案件已会商。", "7.5 done"),
    (cases, "已完成，久拖不决案件增多。", "?"), (cases, "已完成，“久拖不决”案件较多。", "?"),
    (online, "不见面审批已完成", "7.6 done"), (online, "推行不见面审批已全部完成", "7.6 done"),
    (online, "我局不见面审批工作已完成", "7.6 done"),
    (online, "7.6不见面审批：已完成", "7.6 done"), (online, "已完成，零差错", "7.6 done"),
    (online, "不见面审批推进中", "7.6 progress"),
    (online, "不见面审批尚未完成", "7.6 progress"), (online, "已完成，不见面审批取消", "?"), (online, "已完成，不见面", "?"),
    (online, "已完成，无证经营户增加", "?"), (online, "已完成，无证经营行为已全部整治", "7.6 done"),
  ]

  @Test(arguments: table)
  func says(items: String, text: String, says: String) throws {
    #expect(AnswerTests.read(text, try AnswerTests.mail(items)) == says)
  }

  /// What our mail about an overdue measure asks for, in its words.
  static let overdue: [(text: String, says: String)] = [
    ("目前进展：摸排清单已建立。\n未完成原因：两宗地块权属不清。\n预计完成日期：1月31日。", "7.3 postpone 2023-01-31"),
    ("进展：论证报告已编制；原因：专家行程调整；预计完成日期：2023年1月31日。", "7.3 postpone 2023-01-31"),
    ("1.目前进展：论证报告已编制；\n2.未完成原因：专家行程调整；\n3.预计完成日期：1月31日前", "7.3 postpone 2023-01-31"),
    ("进展情况：论证报告已编制\n未完成原因：专家行程调整\n预计完成时间：1月31日", "7.3 postpone 2023-01-31"),
    ("目前进展：已完成。\n未完成原因：无。\n预计完成日期：1月31日。", "?"),
    ("目前进展：论证报告已编制。\n未完成原因：已完成，系统未更新。\n预计完成日期：1月31日。", "?"),
    ("目前进展：论证报告已编制。\n未完成原因：专家行程调整。\n预计完成日期：1月31日或2月15日。", "?"),
    ("目前进展：论证报告已编制。\n未完成原因：专家行程调整。\n预计完成日期：待定。", "7.3 progress; ?"),
    // The reason has a day of its own, or takes the day back.
    ("目前进展：正在推进；未完成原因：等待批复；预计完成日期：1月31日", "7.3 postpone 2023-01-31"),
    ("目前进展：正在推进；未完成原因：等待批复，2月15日前能批下来；预计完成日期：1月31日", "?"),
    ("目前进展：正在推进；未完成原因：1月31日前肯定完不成；预计完成日期：1月31日", "?"),
    ("目前进展：正在推进；未完成原因：已申请延期至3月；预计完成日期：1月31日", "?"),
    ("目前进展：正在推进；未完成原因：无法推进；预计完成日期：1月31日", "?"),
    ("目前进展：正在推进；未完成原因：项目已被上级叫停；预计完成日期：1月31日", "?"),
    ("目前进展：正在推进；未完成原因：拟暂停实施；预计完成日期：1月31日", "?"),
    ("目前进展：正在推进；未完成原因：措施建议取消；预计完成日期：1月31日", "?"),
  ]

  /// What explains a delay, and is no other day.
  @Test(arguments: [
    "受天气影响，工期延误", "年底任务重，人员紧张", "元旦放假", "春节临近，工人返乡", "上级尚未批复", "方案未获批复", "环评未批", "停止施工1个月",
    "11月疫情停工", "受疫情影响，施工推迟",
  ])
  func aReasonExplains(reason: String) throws {
    let text = "目前进展：正在推进；未完成原因：\(reason)；预计完成日期：1月31日"
    #expect(AnswerTests.read(text, try AnswerTests.mail(Self.school)) == "7.3 postpone 2023-01-31")
  }

  /// What ends the measure, or makes it another's or another day's.
  @Test(arguments: [
    "项目停建", "项目下马", "无法按期推进", "学校不建了", "不做了", "先放一放", "已停工，复工时间未定", "申请延期半年", "已申请销号", "3月评审", "春节后复工",
    "原责任人退休，由李红接手", "我已调离", "此项由规划部牵头", "项目已整体移交", "合同已解除", "不再列入年度计划", "须重新选址", "停止施工6个月", "企业破产",
  ])
  func aReasonIsAskedAbout(reason: String) throws {
    let text = "目前进展：正在推进；未完成原因：\(reason)；预计完成日期：1月31日"
    #expect(AnswerTests.read(text, try AnswerTests.mail(Self.school)).hasSuffix("?"))
  }

  @Test(arguments: overdue)
  func whatWeAskFor(text: String, says: String) throws {
    #expect(AnswerTests.read(text, try AnswerTests.mail(Self.school)) == says)
  }
}
