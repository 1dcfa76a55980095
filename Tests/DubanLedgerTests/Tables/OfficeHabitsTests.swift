import DubanCore
import Testing

@testable import DubanLedger

/// What offices really write into their tables.
@Suite struct OfficeHabitsTests {
  @Test(
    "words of status",
    arguments: [
      ("√", "submitted"), ("100%", "submitted"), ("已落实", "submitted"), ("已整改到位", "submitted"),
      ("已完成（待验收）", "submitted"), ("已全部完成", "submitted"), ("80%", "in-progress"), ("正常推进", "in-progress"),
      ("正在办理", "in-progress"), ("达到序时进度", "in-progress"), ("推进中（80%）", "in-progress"),
      ("有序推进", "in-progress"),
      ("已完成待核查", "submitted"), ("已办", "submitted"), ("已结", "submitted"), ("完成率100%", "submitted"),
      ("已完成。", "submitted"), ("已于9月30日办结", "submitted"), ("2022-09-19已完成", "submitted"),
      ("已销号（2022.9.28）", "closed"), ("已完成（9月28日）", "submitted"), ("已完成（未销号）", "submitted"),
      ("已销号（见附件）", "closed"), ("未完成（部分材料缺失）", "open"),
      ("推进中，完成80%", "in-progress"), ("序时推进", "in-progress"), ("进度滞后", "in-progress"), ("部分完成", "in-progress"),
      ("超时限", "open"), ("没有完成", "open"),
      ("已达标", "submitted"), ("已建成投用", "submitted"), ("已完工", "submitted"), ("待验收", "submitted"),
      ("已整改销号", "closed"), ("已完成并销号", "closed"), ("销号完成", "closed"),
      ("按计划推进", "in-progress"), ("正在有序推进", "in-progress"), ("常态化推进", "in-progress"), ("办理当中", "in-progress"),
      ("部分整改", "in-progress"), ("已启动", "in-progress"), ("50%左右", "in-progress"), ("在办理", "in-progress"),
      ("未动工", "open"), ("尚未着手", "open"), ("超期未办", "open"), ("临期", "open"), ("缓办", "open"),
      ("逾期", "open"), ("超期未完成", "open"), ("尚未启动", "open"), ("未达序时进度", "open"), ("已销号", "closed"),
    ])
  func status(_ word: String, _ status: String) { #expect(StatusCell.known(word)?.rawValue == status) }

  @Test(
    "a question rather than a status",
    arguments: [
      "已销号（未通过）", "已销号（已撤回）", "已销号（误）", "已销号（否）", "已销号（待审核）", "已销号（部分）", "已销号（拟）", "已销号（1/3）",
      "已销号(90%)", "已完成（未完成）", "已完成（部分）", "12月31日完成整改", "2022-11-30完成", "完成（12月底）", "办结（预计11月）",
      "√（部分）", "整改销号", "拟完成销号", "已完成（退回）", "同意销号（待上会）",
    ])
  func doubt(_ word: String) { #expect(StatusCell.known(word) == nil) }

  @Test(
    "a sentence is no status",
    arguments: ["已完成前期调研，正在起草方案", "预计12月完成", "搁置", "5月底完成验收", "已完成，未销号", "逾期，已完成", ""])
  func noStatus(_ text: String) { #expect(StatusCell.known(text) == nil) }

  @Test(
    "headings that no list has, by their parts",
    arguments: [
      ("当前进度", "progress"), ("整改成效", "progress"), ("办理进度", "progress"), ("最新工作进展", "progress"),
      ("任务完成率", "progress"), ("整改进度情况", "progress"), ("月调度情况", "progress"), ("任务序号", "id"), ("问题编号", ""),
      ("进展情况（截至4月10日）", "progress"),
      ("工作状态", "status"), ("推进状态", "status"), ("完成与否", "status"), ("是否整改完成", "status"),
      ("具体负责人", "persons"), ("牵头单位责任人", "persons"), ("整改负责人", "persons"),
      ("市直责任单位", "units"), ("整改牵头单位", "units"), ("具体责任科室", "units"), ("完成节点", "deadline"),
      ("3月进展", "progress"), ("2023年4月份完成情况", "progress"), ("4月资金", ""), ("起止时间", "deadline"),
      ("计划结束时间", "deadline"), ("开始时间", ""), ("完成时限（旧）", ""), ("完成时限（作废）", ""),
      ("问题情况", ""), ("工作情况", ""), ("是否按期完成", ""), ("配合单位责任人", ""), ("单位主要负责人", ""), ("督办单位", ""),
      ("验收单位", ""), ("验收状态", ""), ("实际完成节点", ""), ("项目进度款", ""), ("满意率", ""),
    ])
  func heading(_ words: String, _ kind: String) {
    #expect(Heading.named(words).map { "\($0.heading)" } ?? "" == kind)
  }

  @Test(
    "the end of a time is the deadline, and its beginning is none",
    arguments: [
      ("止", "时间安排", "deadline"), ("竣工", "建设工期", "deadline"), ("结束", "时间节点", "deadline"),
      ("起", "时间安排", ""), ("开工", "建设工期", ""), ("完成", "实际进展", ""),
    ])
  func headingUnderAnother(_ words: String, _ group: String, _ kind: String) {
    #expect(Heading.named(words, under: group).map { "\($0.heading)" } ?? "" == kind)
  }

  @Test(
    "units with their parts behind them",
    arguments: [
      ("审批局牵头，交通局、财政局配合", "审批局 交通局 财政局", "审批局", "财政局"),
      ("教育局、住建局按职责分工负责", "教育局 住建局", "", ""), ("审批局牵头", "审批局", "", ""),
      ("县政协办", "县政协办", "", ""),
      ("审批局（牵头）、交通局", "审批局 交通局", "审批局", ""),
    ])
  func parts(_ cell: String, _ units: String, _ lead: String, _ supporting: String) throws {
    let table = read("序号,整改措施,责任单位,责任人,完成时限", "1,做一件事,\"\(cell)\",徐娟,2022-12-31")
    let measure = try #require(table.measures.first)
    #expect(measure.units.map(\.text).joined(separator: " ") == units)
    #expect(measure.lead?.text ?? "" == lead)
    #expect(measure.supporting.map(\.text).joined(separator: " ") == supporting)
  }

  @Test("headings of two columns under one are read with it")
  func groups() throws {
    let table = read(
      "序号,整改措施,责任落实,,完成时间,,完成情况,", ",,单位,人员,计划,实际,是否完成,备注", "1,做一件事,局,徐娟,2022-12-31,2022-09-28,是,",
      "2,做两件事,局,徐娟,2022-11-30,,否,")
    #expect(table.diagnostics.count == 1)
    #expect(table.diagnostics.allSatisfy { $0.contains("the column “完成时间／实际” is not read") })
    #expect(table.measures.map(\.deadline?.text) == ["2022-12-31", "2022-11-30"])
    #expect(table.measures.map(\.status?.text) == ["submitted", "open"])
    #expect(table.measures.map { $0.persons.map(\.text) } == [["徐娟"], ["徐娟"]])
  }

  private func read(_ rows: String...) -> (measures: [LedgerDraft.Measure], diagnostics: [String]) {
    let (draft, diagnostics) = TableLedger.read(
      Array((rows.joined(separator: "\n") + "\n").utf8), file: "t.csv", for: .measures)
    return (draft.areas.flatMap(\.measures), diagnostics.map(\.description))
  }

  @Test("of two columns, the one that says what was required is the deadline, wherever it stands")
  func requiredWins() {
    for heading in ["完成时间,要求完成时间", "完成时间,计划完成时间", "完成时间,整改时限"] {
      let table = read("序号,整改措施,责任单位,责任人,\(heading)", "1,做一件事,局,徐娟,2022-09-28,2022-10-31")
      #expect(table.measures.map(\.deadline?.text) == ["2022-10-31"])
    }
  }

  @Test("where the words don't decide, an error names both")
  func bothCouldBe() {
    let table = read("序号,整改措施,责任单位,责任人,整改时限,办结时限", "1,做一件事,局,徐娟,2022-09-28,2022-10-31")
    #expect(table.diagnostics.contains { $0.contains("“整改时限” and “办结时限” could both be the deadline") })
  }

  @Test("完成情况 that holds a status alone is the status, where no column has that")
  func progressAsStatus() {
    let table = read("序号,整改措施,责任单位,责任人,完成时限,完成情况", "1,甲,局,徐娟,2022-10-31,已完成", "2,乙,局,徐娟,2022-10-31,已完成初稿")
    #expect(table.measures.map(\.status?.text) == ["submitted", nil])
  }

  @Test("a table without persons, or with “/” in their place, and rows of signatures")
  func unitsAlone() {
    let table = read(
      "序号,整改措施,责任单位,责任人,完成时限", "1,甲,局,/,2022-10-31", "2,乙,局,,2022-10-31", "主要领导签字：,,,,",
      "单位负责人：甘露,,,填报日期：10月8日,")
    #expect(table.measures.map(\.persons.count) == [0, 0])
    #expect(table.diagnostics == [])
    #expect(read("序号,整改措施,责任单位,完成时限", "1,甲,局,2022-10-31").diagnostics == [])
  }

  @Test("a heading that nobody knows holds the measures where number, unit and deadline are known")
  func unknownHeading() {
    let table = read("序号,整治要点,责任单位,完成时限", "1,完成老旧小区管网改造并验收,局,2022-10-31")
    #expect(table.measures.map(\.title?.text) == ["完成老旧小区管网改造并验收"])
  }

  @Test("a row without a number among numbered ones gets one that no row has")
  func missingNumber() {
    let table = read(
      "序号,整改措施,责任单位,完成时限", "1,甲,局,2022-10-31", ",乙,局,2022-10-31", "2,丙,局,2022-10-31")
    #expect(table.measures.map(\.id?.text) == ["1", "3", "2"])
  }

  @Test("formulas that keep a text a text, days with a time, numbers that became dates")
  func spreadsheetForms() {
    let table = read(
      "序号,整改措施,责任单位,完成时限,明确日期", "=\"1.10\",甲,局,=\"2022-12-31\",2022-12-31 00:00:00",
      "1月2日,乙,局,2022-12-31,2022年12月31日12:00")
    #expect(table.measures.map(\.id?.text) == ["1.10", "1月2日"])
    #expect(table.measures.map(\.due?.text) == ["2022-12-31", "2022-12-31"])
    #expect(table.diagnostics.count == 1 && table.diagnostics[0].contains("the number “1月2日” is a date"))
  }

  @Test("a day that an export writes with midnight is that day; another hour stays")
  func midnight() {
    let table = read(
      "序号,整改措施,责任单位,完成时限", "1,甲,局,2022-12-31 00:00:00", "2,乙,局,2022/12/31 0:00", "3,丙,局,2022-12-31 23:59:59",
      "4,丁,局,2022-12-31 17:00")
    #expect(
      table.measures.map(\.deadline?.text) == ["2022-12-31", "2022-12-31", "2022-12-31", "2022-12-31 17:00"])
  }

  @Test("the end of a day is that day, as exports write it")
  func endOfDay() {
    #expect(SerialDay.words(44_926.99998843, style: .day, from1904: false) == "2022年12月31日23:59")
    #expect(SerialDay.words(44_926, style: .day, from1904: false) == "2022年12月31日")
    #expect(SerialDay.words(44_926.5, style: .day, from1904: false) == "2022年12月31日12:00")
  }

  @Test("a format that shows only the month hides the day")
  func monthAlone() { #expect(CellStyle(code: "m\"月\"") == .month) }

  @Test(
    "words that a format puts behind the month say which part of it is meant",
    arguments: [("m\"月中旬\"", "中旬"), ("yyyy\"年\"m\"月底前\"", "底前"), ("m\"月\"\"下旬\"", "下旬"), ("m\"月初\";@", "初")])
  func wordsOfMonth(_ code: String, _ words: String) {
    #expect(CellStyle(code: code) == .monthWords(words))
    #expect(SerialDay.words(44_880, style: CellStyle(code: code), from1904: false) == "2022年11月" + words)
  }

  @Test("characters that can't be seen don't belong to a text's ends")
  func invisible() {
    let place = Diagnostic.Location(file: "t")
    for text in ["1.1\u{200B}", "\u{FEFF}1.1", "\u{202A}1.1\u{202C} ", "\u{AD}1.1"] {
      #expect(LocatedText(text, at: place).text == "1.1")
    }
    #expect(LocatedText("徐\u{200B}娟", at: place).text == "徐\u{200B}娟")
  }

  @Test(
    "work that is still to be done, beside a status that says it is",
    arguments: [
      ("正在施工，预计6月完工", true), ("群众反映问题反弹，需重新整改", true), ("已完成，正在申请验收", false), ("已建成投用", false),
      ("反弹问题未整改", true), ("发现的问题尚未整改", true), ("未完成验收发现问题的整改", true), ("问题反弹，无人值守", true),
      ("尚未发现反弹", false), ("采取措施防止问题反弹", false), ("尚未出现反弹", false), ("验收资料尚未归档", false),
      ("无未整改问题", false), ("不存在尚未整改的问题", false), ("已完工，尚未支付尾款", false), ("尚未收到群众投诉", false), ("还剩2处没整改", true),
      ("无未整改问题，二期正在施工", true),
    ])
  func workAhead(_ progress: String, _ isAhead: Bool) {
    #expect(StatusCell.speaksOfWorkAhead(progress) == isAhead)
  }

  @Test(
    "the day by which a measure is to be closed, where there is no other",
    arguments: [("计划销号时间", true), ("最终销号时限", true), ("实际销号时间", false), ("销号时间", false)])
  func plannedClosing(_ heading: String, _ isDeadline: Bool) {
    #expect(DeadlineHeading(heading)?.heading == (isDeadline ? .deadline : nil))
  }
}
