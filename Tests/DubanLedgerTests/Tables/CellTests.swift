import DubanCore
import Testing

@testable import DubanLedger

/// How the texts of single cells are read.
@Suite struct CellTests {
  @Test(arguments: [
    ("徐娟", ["徐娟"]), ("徐　娟", ["徐娟"]), ("徐 娟", ["徐娟"]), ("张三 李四", ["张三", "李四"]),
    ("张三 李 四 王五六", ["张三", "李四", "王五六"]),
    ("张三、李四，王五；赵六/钱七", ["张三", "李四", "王五", "赵六", "钱七"]), ("张三\n李四\n", ["张三", "李四"]),
    ("Li Wei、Wang Wu", ["Li Wei", "Wang Wu"]), ("高新区（自贸区、综保区）管委会、发改局", ["高新区（自贸区、综保区）管委会", "发改局"]),
    ("半个（括号、发改局", ["半个（括号", "发改局"]), ("牵头单位：发改局\n配合单位：教育局、财政局", ["发改局", "教育局", "财政局"]),
    ("\"甲、乙\"、丙", ["甲、乙", "丙"]), ("\"甲\"\"乙\"", ["甲\"乙"]), ("\"甲\"乙、丙", ["\"甲\"乙", "丙"]), ("", []),
    ("、、", []),
  ])
  func names(cell: String, names: [String]) { #expect(ListCell.names(cell) == names) }

  @Test(arguments: [
    ("一是企业开办流程仍需优化；二是“证照联办”不到位；三是其他。", ["企业开办流程仍需优化", "“证照联办”不到位", "其他"]),
    ("1、甲；\n2、乙。\n（3）丙", ["甲", "乙", "丙"]), ("甲；乙", ["甲；乙"]), ("一是甲二是乙", ["甲", "乙"]), ("2022年一是", ["2022年一是"]),
    ("\"一是甲；\"\n乙", ["一是甲；", "乙"]), ("\"甲\\n乙\\\\\"", ["甲\n乙\\"]), ("", []), ("一是", []),
  ])
  func problems(cell: String, problems: [String]) { #expect(ProblemCell.problems(cell) == problems) }

  @Test(arguments: [
    ("1、加快实现。加强合作。", 1, "加快实现", "加强合作。"), ("12.推进办理", 12, "推进办理", ""), ("（3）推广：甲。乙", 3, "推广：甲", "乙"),
    ("2022年推进。乙", nil, "2022年推进", "乙"), ("0.5个工作日办结。", nil, "0.5个工作日办结", ""), ("1.5亿元", nil, "1.5亿元", ""),
    ("４．加快", 4, "加快", ""), ("标题\n正文。续", nil, "标题", "正文。续"), ("5G建设", nil, "5G建设", ""), ("1）甲", 1, "甲", ""),
  ])
  func measure(cell: String, number: Int?, title: String, text: String) {
    let parts = MeasureCell(cell)
    #expect(parts.number == number)
    #expect(parts.title == title)
    #expect(parts.text == text)
  }

  @Test(arguments: [
    ("状态", "未启动", "open"), ("状态", "未开始", "open"), ("状态", " 进 行 中 ", "in-progress"),
    ("状态", "推进中", "in-progress"),
    ("状态", "已完成", "submitted"), ("状态", "已提交", "submitted"), ("办结情况", "已办结", "submitted"),
    ("状态", "已销号", "closed"),
    ("状态", "in-progress", "in-progress"), ("是否销号", "是", "closed"), ("是否销号", "否", "open"),
    ("是否销号（√/×）", "√", "closed"),
    ("是否完成", "是", "submitted"), ("状态", "是", "是"), ("状态", "搁置", "搁置"), ("是否销号", "已销号", "closed"),
  ])
  func status(heading: String, cell: String, word: String) {
    #expect(StatusCell.word(cell, under: heading) == word)
  }

  @Test(arguments: Measure.Status.allCases) func statusIsWrittenAsItIsRead(status: Measure.Status) {
    #expect(StatusCell.word(status.chinese, under: "状态") == status.rawValue)
  }

  @Test(arguments: [
    ("2022年12月31日", "2022-12-31"), ("2022/12/1", "2022-12-01"), ("2022.12.31", "2022-12-31"),
    ("2022-12-31", "2022-12-31"),
    ("2022年 9月 1日", "2022-09-01"), ("2022年2月30日", "2022年2月30日"), ("2022年12月", "2022年12月"),
    ("22/12/31", "22/12/31"),
    ("12月31日", "12月31日"), ("2022年12月31日前", "2022年12月31日前"), ("２０２２-12-31", "2022-12-31"),
  ])
  func date(cell: String, iso: String) { #expect(DateCell.iso(cell) == iso) }

  @Test(arguments: [
    ("注：甲", true), ("注1：甲", true), ("备 注： 甲", true), ("填表人：张三　　审核：李四", true), ("合计", true), ("合计12项", false),
    ("注意安全", false),
    ("商事登记", false), ("说明会：召开", false),
  ])
  func note(cell: String, isNote: Bool) { #expect(TableNote.isNote(cell) == isNote) }

  @Test(arguments: [
    ("（一）商事登记", "商事登记"), ("一、商事登记", "商事登记"), ("(十二) 商事\n登记", "商事登记"), ("商事登记", nil), ("一是商事登记", nil),
    ("（一）", nil),
  ])
  func areaTitle(cell: String, name: String?) { #expect(TableNote.areaTitle(cell) == name) }

  @Test(arguments: [
    ("序号", Heading.id), ("责 任 人", .persons), ("责任人：", .persons), ("完成时限\n（年月日）", .deadline),
    ("E-mail", .email), ("EMAIL", .email),
    ("整改措施*", .measure), ("工作任务", .measure), ("牵头单位", .units), ("时限要求", .deadline), ("反馈问题", .problems),
    ("电子邮箱", .email), ("方面", .area),
    ("备注", nil), ("", nil), ("（整改措施）", nil),
  ])
  func heading(cell: String, heading: Heading?) { #expect(Heading.named(cell)?.heading == heading) }

  @Test func wordingsAreEachOfOneHeading() {
    let all = Heading.allCases.flatMap(\.wordings)
    #expect(Set(all).count == all.count)
    for heading in Heading.allCases {
      for wording in heading.wordings { #expect(Heading.named(wording)?.heading == heading, "\(wording)") }
    }
  }
}

/// Found by mutated documents: a number that no machine word holds begins no measure.
@Test func aNumberTooLargeIsNone() {
  #expect(NumberedText("99999999999999999999999.文") == nil)
  #expect(NumberedText("（３）文") == NumberedText("3、文"))
}

/// Who leads and who helps, in one cell.
@Suite struct UnitCellTests {
  @Test(arguments: [
    ("县发改局、县财政局", nil, [String]()), ("牵头：县发改局、县财政局", "县发改局", []),
    ("牵头：县发改局、配合：县财政局、县统计局", "县发改局", ["县财政局", "县统计局"]),
    ("县发改局\n配合单位：县财政局", nil, ["县财政局"]), ("配合：县财政局、责任单位：县发改局", nil, ["县财政局"]),
    ("牵头：\"县发改局、物价局\"、配合：县统计局", "县发改局、物价局", ["县统计局"]),
  ]) func roles(_ cell: String, _ lead: String?, _ supporting: [String]) {
    let roles = UnitCell.roles(cell)
    #expect(roles.lead == lead)
    #expect(roles.supporting == supporting)
  }

  /// 牵头单位 beside 配合单位: the headings say it.
  @Test func columnsTellTheUnitsApart() {
    let table = "序号,整改措施,牵头单位,配合单位,完成时限\n1,精简材料,县政务局,县司法局、县财政局,6月底前\n2,规范收费,县发改局,,9月底前\n"
    let measures = TableLedger.read(Array(table.utf8), file: "t.csv", for: .measures).draft.areas.flatMap(
      \.measures)
    #expect(measures.map { $0.lead?.text } == ["县政务局", nil])
    #expect(measures.map { $0.supporting.map(\.text) } == [["县司法局", "县财政局"], []])
  }
}
