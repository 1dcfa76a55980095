import DubanCore
import Foundation
import TestSupport
import Testing

@testable import DubanLedger

/// The ways in which offices lay plans out, each as a small document with what must be read.
@Suite struct ImportKindTests {
  /// A document's text and its measures, as `title | units | persons | deadline`.
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var text: String
    var measures: [String]

    var testDescription: String { name }
  }

  /// A deadline, and whether a person has to look at its measure: the same for which `check` warns.
  @Test(arguments: [
    ("2023年6月底前", false), ("长期坚持", false), ("立行立改", false), ("每季度末月25日前", false), ("12月前", true),
    ("2023年前", true),
    ("项目开工后3个月内", true), ("尽快", true), ("2023年2月30日前", true),
  ])
  func anUncertainDeadlineIsNeverSure(deadline: String, isDoubtful: Bool) throws {
    let text = Self.head + "一、任务\n（一）规范收费。公布目录。（责任单位：县发改局；责任人：何清；完成时限：\(deadline)）"
    let plan = PlanImporter.plan(from: text, calendar: WorkdayCalendar())
    let measure = try #require(plan.ledger.measures.first)
    #expect(measure.deadline.needsDecision == isDoubtful)
    #expect(plan.counts.sure == (isDoubtful ? 0 : 1) && plan.counts.toLookAt == (isDoubtful ? 1 : 0))
  }

  /// What a document begins with, and the plan's title.
  @Test(arguments: [
    ("桃溪县人民政府办公室关于印发桃溪县安全生产专项整治行动方案的通知\n桃政办〔2023〕38号", "桃溪县安全生产专项整治行动方案"),
    ("桃溪县人民政府办公室\n关于印发《桃溪县安全生产专项整治行动方案》的通知\n桃政办〔2023〕38号", "桃溪县安全生产专项整治行动方案"),
    ("桃溪县人民政府办公室关于做好防汛工作的通知\n桃政办〔2023〕38号", "桃溪县人民政府办公室关于做好防汛工作的通知"),
    ("桃溪县营商环境任务分工", "桃溪县营商环境任务分工"),
  ])
  func theTitleIsThePlansOwn(head: String, title: String) throws {
    let text = head + "\n2023年3月6日\n一、任务\n（一）规范收费。（责任单位：县发改局；完成时限：6月底前）"
    #expect(PlanImporter.plan(from: text, calendar: WorkdayCalendar()).ledger.plan.title == title)
  }

  private static let head = "桃溪县营商环境任务分工\n2023年3月6日\n"

  @Test(arguments: [
    Case(
      name: "a table with a lead unit, supporting units and an empty last column",
      text: "序号\t工作任务\t牵头单位\t配合单位\t完成时限\t备注\n1\t推行网上办理\t县政务局\t县司法局\t2023年6月底前\t",
      measures: ["推行网上办理 | 县政务局、县司法局 |  | 2023年6月底前"]),
    Case(
      name: "an unknown heading over the widest column",
      text: "序号\t惠民好事\t责任单位\t完成时限\n1\t新建两座人行天桥并投入使用\t县住建局\t2023年9月底前",
      measures: ["新建两座人行天桥并投入使用 | 县住建局 |  | 2023年9月底前"]),
    Case(
      name: "areas as rows of their own",
      text: "序号\t工作措施\t责任单位\t完成时限\n一、提升效率\n1\t精简材料\t县司法局\t2023年9月底前\n二、降低成本\n2\t规范收费\t县发改局\t长期坚持",
      measures: ["精简材料 | 县司法局 |  | 2023年9月底前", "规范收费 | 县发改局 |  | 长期坚持"]),
    Case(
      name: "a leader beside the person who answers",
      text: "序号\t工作任务\t牵头领导\t责任人\t责任单位\t完成时限\n1\t推行网上办理\t江平\t何清\t县政务局\t2023年6月底前",
      measures: ["推行网上办理 | 县政务局 | 何清 | 2023年6月底前"]),
    Case(
      name: "a leader alone, who is named as responsible",
      text: "序号\t工作任务\t责任领导\t责任单位\t完成时限\n1\t推行网上办理\t江平\t县政务局\t2023年6月底前",
      measures: ["推行网上办理 | 县政务局 | 江平 | 2023年6月底前"]),
    Case(
      name: "labels on one line",
      text: "一、主要任务\n（一）开展排查。建立台账。\n责任领导：江平　　责任单位：县应急局、县住建局　　责任人：何清　　完成时限：2023年4月底前",
      measures: ["开展排查 | 县应急局、县住建局 | 何清 | 2023年4月底前"]),
    Case(
      name: "who leads and who helps in one label",
      text: "一、主要任务\n（一）修订预案。\n部门分工：县应急局牵头，县教育局、各乡镇配合。\n完成期限：2023年上半年",
      measures: ["修订预案 | 县应急局、县教育局 |  | 2023年上半年"]),
    Case(
      name: "numbered problems with measures in blocks",
      text:
        "1.存在问题：作风不实。\n整改目标：建立机制。\n整改措施：\n（1）开展检查。\n（2）通报典型。\n牵头单位：县委办公室\n整改期限：2023年10月底前\n\n2.存在问题：拨付缓慢。\n整改措施：\n一是清理资金。\n二是逐笔登记。\n牵头单位：县财政局\n整改期限：2023年12月底前",
      measures: [
        "开展检查 | 县委办公室 |  | 2023年10月底前", "通报典型 | 县委办公室 |  | 2023年10月底前", "清理资金 | 县财政局 |  | 2023年12月底前",
        "逐笔登记 | 县财政局 |  | 2023年12月底前",
      ]),
    Case(
      name: "a measure that begins with a year",
      text: "一、任务\n1．清理材料。（县司法局牵头，县政务局配合）\n2．2023年6月底前制定清单。（县政务局负责）\n3．推行承诺，2023年底前完成。（县司法局负责）",
      measures: [
        "清理材料 | 县司法局、县政务局 |  | ", "2023年6月底前制定清单 | 县政务局 |  | 2023年6月底前", "推行承诺，2023年底前完成 | 县司法局 |  | 2023年底前",
      ]),
    Case(
      name: "words behind the last measure",
      text: "一、任务\n（一）规范收费。公布目录。（县发改局负责，2023年底前完成）\n各乡镇要高度重视，确保落实。\n桃溪县人民政府办公室",
      measures: ["规范收费 | 县发改局 |  | 2023年底前完成"]),
    Case(
      name: "numbers such as 1.1",
      text: "一、优化环境\n1.1清理存量资金。收回结余。（责任单位：县财政局；完成时限：6月底前）\n1.2 规范支出。（责任单位：县审计局；完成时限：9月底前）",
      measures: ["清理存量资金 | 县财政局 |  | 6月底前", "规范支出 | 县审计局 |  | 9月底前"]),
    Case(
      name: "articles, with labels inside the sentence",
      text: "第一条 清理存量资金。责任单位：县财政局，责任人：江平，完成时限：6月底前。\n第二条 规范支出。责任单位：县审计局，责任人：何清，完成时限：9月底前。",
      measures: ["清理存量资金 | 县财政局 | 江平 | 6月底前", "规范支出 | 县审计局 | 何清 | 9月底前"]),
    Case(
      name: "the same as above",
      text: "序号\t工作任务\t责任单位\t责任人\t完成时限\n1\t精简材料\t县司法局\t江平\t6月底前\n2\t规范收费\t同上\t〃\t9月底前",
      measures: ["精简材料 | 县司法局 | 江平 | 6月底前", "规范收费 | 县司法局 | 江平 | 9月底前"]),
    Case(
      name: "numbered problems with numbered measures below them",
      text:
        "问题一：窗口排队久。\n措施1：增设窗口。加派人手。\n措施2：推行预约。\n责任单位：县政务局\n完成时限：6月底前\n问题二：收费不透明。\n整改目标：收费公开。\n措施1：公布目录。\n责任单位：县发改局\n完成时限：9月底前",
      measures: ["增设窗口 | 县政务局 |  | 6月底前", "推行预约 | 县政务局 |  | 6月底前", "公布目录 | 县发改局 |  | 9月底前"]),
    Case(
      name: "who and by when in an area's heading",
      text:
        "一、提升效率（牵头单位：县政务局；完成时限：6月底前）\n1.精简材料。\n2.推行预约。\n二、降低成本\n（一）规范收费（县发改局牵头，9月底前完成）\n1.公布目录。\n2.开展检查。",
      measures: [
        "精简材料 | 县政务局 |  | 6月底前", "推行预约 | 县政务局 |  | 6月底前", "公布目录 | 县发改局 |  | 9月底前完成",
        "开展检查 | 县发改局 |  | 9月底前完成",
      ]),
    Case(
      name: "the measures behind the units",
      text: "序号\t存在问题\t责任单位\t整改措施\t完成时限\n1\t窗口排队久\t县政务局\t增设窗口，加派人手\t6月底前\n2\t收费不透明\t县发改局\t公布收费目录\t9月底前",
      measures: ["增设窗口，加派人手 | 县政务局 |  | 6月底前", "公布收费目录 | 县发改局 |  | 9月底前"]),
    Case(
      name: "the task before the units and the measures behind them",
      text: "序号\t重点任务\t责任单位\t整改措施\t办结时间\n1\t提升效率\t县政务局\t增设窗口，加派人手\t6月底前\n2\t降低成本\t县发改局\t公布收费目录\t9月底前",
      measures: ["提升效率 | 县政务局 |  | 6月底前", "降低成本 | 县发改局 |  | 9月底前"]),
    Case(
      name: "persons with telephones, and a time that is a progress",
      text:
        "序号\t工作任务\t责任单位\t责任人及电话\t时间进度\n1\t精简材料\t县司法局\t江平 5550101\t6月底前\n2\t规范收费\t县发改局\t何清（0555-5550102）\t9月底前",
      measures: ["精简材料 | 县司法局 | 江平 | 6月底前", "规范收费 | 县发改局 | 何清 | 9月底前"]),
    Case(
      name: "units and persons in one column",
      text: "序号\t工作任务\t牵头单位及负责人\t配合单位\t完成时限\n1\t精简材料\t县司法局 江平\t县政务局\t6月底前\n2\t规范收费\t县发改局（何清）\t\t9月底前",
      measures: ["精简材料 | 县司法局、县政务局 | 江平 | 6月底前", "规范收费 | 县发改局 | 何清 | 9月底前"]),
    Case(
      name: "what is aimed at beside the task",
      text:
        "序号\t重点任务\t目标要求\t责任单位\t完成时限\n1\t精简材料\t办事材料减少三成以上，群众满意度达到九成\t县司法局\t6月底前\n2\t规范收费\t收费目录全部公开，投诉量下降一半\t县发改局\t9月底前",
      measures: ["精简材料 | 县司法局 |  | 6月底前", "规范收费 | 县发改局 |  | 9月底前"]),
    Case(
      name: "areas numbered in a cell of their own",
      text:
        "序号\t工作要点\t工作举措\t牵头单位\t完成时限\n一\t提升效率\t\t\t\n1\t一件事改革\t上线“一件事”20项\t县政务局\t6月底前\n二\t降低成本\t\t\t\n2\t规范收费\t公布收费目录\t县发改局\t9月底前",
      measures: ["一件事改革 | 县政务局 |  | 6月底前", "规范收费 | 县发改局 |  | 9月底前"]),
    Case(
      name: "projects with what is built",
      text:
        "序号\t项目名称\t建设内容\t年度目标\t牵头单位\t办结时间\n1\t学位扩容\t新建第三小学，改扩建实验中学\t新增学位1800个\t县教体局\t8月底前\n2\t口袋公园\t建设口袋公园6处\t全部开放\t县城管局\t9月底前",
      measures: ["学位扩容 | 县教体局 |  | 8月底前", "口袋公园 | 县城管局 |  | 9月底前"]),
    Case(
      name: "short and full names of a unit",
      text:
        "一、任务\n1.精简材料。（县发改局牵头，县住建局配合，6月底前完成）\n2.规范收费。（桃溪县发展和改革局负责，9月底前完成）\n3.检查工地。（县住房和城乡建设局、县公安局负责，9月底前完成）",
      measures: [
        "精简材料 | 桃溪县发展和改革局、县住房和城乡建设局 |  | 6月底前完成", "规范收费 | 桃溪县发展和改革局 |  | 9月底前完成",
        "检查工地 | 县住房和城乡建设局、县公安局 |  | 9月底前完成",
      ]),
    Case(
      name: "cells parted by spaces, headings made of usual parts",
      text:
        "序号  隐患描述  整治措施  责任部室  责任人  整改期限\n1  指示灯损坏  更换8盏  总务处  何清  2023年3月20日前\n2  软管超期  全部更换  总务处、食堂管理办  江平  2023年4月底前",
      measures: ["更换8盏 | 总务处 | 何清 | 2023年3月20日前", "全部更换 | 总务处、食堂管理办 | 江平 | 2023年4月底前"]),
    Case(
      name: "who in the heading, by when in each measure",
      text:
        "一、开办企业（牵头单位：县政务局；配合单位：县税务局；责任人：何清）\n1.完善平台。\n完成时限：2023年10月底\n2.推行网办。\n完成时限：2023年9月底",
      measures: ["完善平台 | 县政务局、县税务局 | 何清 | 2023年10月底", "推行网办 | 县政务局、县税务局 | 何清 | 2023年9月底"]),
    Case(
      name: "numbered opinions, each with numbered measures",
      text:
        "反馈意见一：学习不严。\n整改措施1：修订规则。\n责任处室：办公室\n整改时限：2023年4月底\n反馈意见二：选人不严。\n整改措施1：审核档案。\n责任处室：人事处\n整改时限：长期",
      measures: ["修订规则 | 办公室 |  | 2023年4月底", "审核档案 | 人事处 |  | 长期"]),
    Case(
      name: "an office that watches, kinds of offices, a signature",
      text:
        "一、任务\n1.封堵排口。\n责任单位：县水利局、县（区）政府、行业主管部门　　督导单位：县生态环境分局　　完成时限：2023年6月底前\n\n桃溪县人民政府\n2023年3月6日",
      measures: ["封堵排口 | 县水利局 |  | 2023年6月底前"]),
    Case(
      name: "tasks counted by 一, measures by 1",
      text:
        "序号\t重点任务\t序号\t具体任务\t责任单位\t完成时限\n一\t环境整治\t1\t硬化路面\t县住建局\t6月底\n一\t环境整治\t2\t清理死角\t县城管局\t长期",
      measures: ["环境整治：硬化路面 | 县住建局 |  | 6月底", "环境整治：清理死角 | 县城管局 |  | 长期"]),
    Case(
      name: "a heading over the task and its measures",
      text: "序号\t工作任务\t\t牵头单位\t参加单位\t完成时限\n1\t稳定就业\t新增就业1.6万人\t县人社局\t县财政局\t6月底前",
      measures: ["稳定就业 | 县人社局、县财政局 |  | 6月底前"]),
    Case(
      name: "a heading over units and persons",
      text: "序号\t工作任务\t责任单位\t\t推进时序\n1\t精简材料\t县司法局\t江平\t6月底前\n2\t规范收费\t县发改局\t何清\t9月底前",
      measures: ["精简材料 | 县司法局 | 江平 | 6月底前", "规范收费 | 县发改局 | 何清 | 9月底前"]),
    Case(
      name: "names with numerals, an office called 政协办, brackets of units only",
      text:
        "一、任务\n1.精简材料。（九江市教育局、县第一中学负责，6月底前完成）\n2.规范收费。（县政协办、县审计局协办，9月底前完成）\n3.推行网办。【县政务局】\n4.压减环节。（县税务局、县供电公司）",
      measures: [
        "精简材料 | 九江市教育局、县第一中学 |  | 6月底前完成", "规范收费 | 县政协办、县审计局 |  | 9月底前完成", "推行网办 | 县政务局 |  | ",
        "压减环节 | 县税务局、县供电公司 |  | ",
      ]),
    Case(
      name: "labels in brackets without colons",
      text: "一、任务\n1.精简材料。【责任部门】综合管理部【责任人】江平【完成时间】2023年6月底前",
      measures: ["精简材料 | 综合管理部 | 江平 | 2023年6月底前"]),
    Case(
      name: "several measures in a cell",
      text: "序号\n存在问题\n整改措施\n责任单位\n完成时限\n1\n责任不落实。\n修订规程。\n县水利局\n2023年5月底前\n2\n演练不足。\n开展演练。\n县应急局\n长期坚持",
      measures: ["修订规程 | 县水利局 |  | 2023年5月底前", "开展演练 | 县应急局 |  | 长期坚持"]),
  ]) func reads(_ example: Case) {
    let imported = PlanImporter.plan(from: Self.head + example.text, calendar: WorkdayCalendar())
    let measures = imported.ledger.measures.map { measure in
      "\(measure.title) | \(measure.units.joined(separator: "、")) | \(measure.persons.joined(separator: "、")) | \(measure.deadline.text)"
    }
    #expect(measures == example.measures)
  }

  /// Cells that are numbered as the row's measures are say it of each; others are asked about.
  @Test(arguments: [
    ("1.县发改局\n2.县审计局", "1.江平\n2.林远", "1.2023年5月底前；2.长期坚持", ["县发改局 江平 2023年5月底前", "县审计局 林远 长期坚持"], 2),
    ("县发改局", "江平", "1.2023年5月底前；2.长期坚持", ["县发改局 江平 2023年5月底前", "县发改局 江平 长期坚持"], 2),
    (
      "1.县发改局\n2.县审计局\n3.县财政局", "江平", "长期坚持", ["县发改局县审计局县财政局 江平 长期坚持", "县发改局县审计局县财政局 江平 长期坚持"], 0
    ),
  ]) func numberedCells(units: String, persons: String, deadline: String, measures: [String], sure: Int) {
    var table = DocumentTable()
    let rows = [
      ["序号", "整改措施", "责任单位", "责任人", "整改时限"], ["1", "1.修订办法。\n2.开展审计。", units, persons, deadline],
    ]
    for (number, cells) in rows.enumerated() {
      let line = SourceLine(number: number + 1, column: 1, text: "", startsPage: false)
      table.append(cells.map { DocumentTable.Cell(text: $0) }, lines: [line])
    }
    var document = PlanDocument()
    document.blocks = [.table(table)]
    let imported = PlanImporter.plan(from: document, calendar: WorkdayCalendar())
    let read = imported.ledger.measures.map {
      "\($0.units.joined()) \($0.persons.joined()) \($0.deadline.text)"
    }
    #expect(read == measures)
    #expect(imported.counts.sure == sure)
  }

  /// A form is read by its labels, who and by when behind what is to be done; a table's headings make no form.
  @Test func forms() throws {
    var form = DocumentTable()
    for (number, cells) in [
      ["督办单"], ["责任单位", "县水利局", "责任人", "何清"], ["整改措施", "1.封堵排口\n2.清理河道"], ["完成时限", "6月底前"],
    ]
    .enumerated() {
      let line = SourceLine(number: number + 1, column: 1, text: "", startsPage: false)
      form.append(cells.map { DocumentTable.Cell(text: $0) }, lines: [line])
    }
    let lines = try #require(form.cards)
    #expect(lines.map(\.text) == ["督办单", "整改措施：1.封堵排口", "2.清理河道", "责任单位：县水利局", "责任人：何清", "完成时限：6月底前"])
    #expect(lines.map(\.number) == [1, 3, 3, 2, 2, 4])
    let table = PlanDocument(text: "序号\t整改措施\t责任单位\n1\t封堵排口\t县水利局").blocks
    guard case .table(let table)? = table.first else { return #expect(Bool(false), "no table") }
    #expect(table.cards == nil)
  }

  /// Reports to an office whose contact stands in brackets; words in a sentence that have no year are shown.
  @Test func whatSentencesSay() {
    let text =
      "桃溪县民生实事责任分工（试行）\n各牵头单位每季度末月25日前向县督查室（联系人：何清，电话0555-5550123）报送进展情况。\n一、任务\n1.推行柔性执法，8月底前公布清单。（县司法局负责）"
    let imported = PlanImporter.plan(from: text, calendar: WorkdayCalendar())
    #expect(imported.ledger.plan.title == "桃溪县民生实事责任分工（试行）")
    #expect(imported.ledger.recurringReports.map(\.text) == ["每季度末月25日前"])
    #expect(
      imported.ledger.plan.contact == Contact(unit: "县督查室", person: "何清", phone: "0555-5550123", email: ""))
    #expect(imported.findings.contains { $0.message.contains("has no deadline: “8月底前”") })
    #expect(!imported.findings.contains { $0.message.contains("second person") })
  }

  /// The notice's own words behind the last measure are none of its.
  @Test func wordsToEveryoneBehindTheMeasures() {
    let text =
      Self.head + "一、任务\n（一）整治推诿。建立首问负责制。\n牵头单位：县政务局\n完成时限：6月底前\n请各单位于每季度末月25日前将进展报县政务局。"
    let imported = PlanImporter.plan(from: text, calendar: WorkdayCalendar())
    #expect(imported.ledger.recurringReports.map(\.text) == ["每季度末月25日前"])
    #expect(!imported.findings.contains { $0.kind == .leftOut })
  }

  /// Behind its salutation a notice speaks to everyone.
  @Test func reportsBehindTheSalutation() {
    let text =
      "关于印发《桃溪县任务清单》的通知\n各相关单位：\n现印发给你们。按月报送，每月5日前将进展报县政府督查室。\n2023年2月1日\n一、任务\n1.规范收费。每月10日前报县领导参阅。（县发改局负责，年底前完成）"
    let ledger = PlanImporter.plan(from: text, calendar: WorkdayCalendar()).ledger
    #expect(ledger.recurringReports.map(\.text) == ["每月5日前"])
    #expect(ledger.plan.contact.unit == "县政府督查室")
  }

  /// 保障措施 speaks to everyone; a leader who supervises is no one to be reminded.
  @Test func reportsInTheChapterOfSafeguards() {
    let text =
      Self.head
      + "一、任务\n（一）清理河道。\n责任单位：县水利局\n责任人：何清\n督导领导：江平\n完成时限：6月底前\n二、保障措施\n（一）强化督导。各责任单位每月25日前将进展报县整改办。"
    let imported = PlanImporter.plan(from: text, calendar: WorkdayCalendar())
    #expect(imported.ledger.recurringReports.map(\.text) == ["每月25日前"])
    #expect(imported.ledger.plan.contact.unit == "县整改办")
    #expect(imported.ledger.measures.map(\.persons) == [["何清"]])
  }

  /// Numbers that go on through the chapters are no gap.
  @Test func numbersOfProblemsGoOn() {
    let closing = "责任单位：县政务局\n完成时限：6月底前\n"
    let text =
      Self.head + "一、服务\n问题1：排队久。\n措施1：增设窗口。\n\(closing)二、收费\n问题2：不透明。\n措施1：公布目录。\n\(closing)"
    let imported = PlanImporter.plan(from: text, calendar: WorkdayCalendar())
    #expect(imported.ledger.areas.map(\.problems) == [["排队久"], ["不透明"]])
    #expect(!imported.findings.contains { $0.message.contains("is number") })
  }

  /// What the goal's column says of each row is its measure's; units' other names are said.
  @Test func goalsAndNamesAreSaid() {
    let text =
      Self.head + "序号\t重点任务\t目标要求\t责任单位\t完成时限\n1\t精简材料\t材料减少三成\t县发改局\t6月底前\n2\t规范收费\t目录公开\t县发展和改革局\t9月底前"
    let imported = PlanImporter.plan(from: text, calendar: WorkdayCalendar())
    #expect(imported.ledger.areas.map(\.goal) == [""])
    #expect(imported.ledger.measures.map(\.text) == ["材料减少三成", "目录公开"])
    #expect(imported.findings.contains { $0.message.contains("“县发改局” and “县发展和改革局”") })
    #expect(imported.ledger.owners.map(\.unit) == ["县发展和改革局"])
  }

  /// Names that only look like one another stay apart.
  @Test(arguments: [
    ["县公安局", "县公安局交警大队"], ["县教育局", "县教育考试中心"], ["青石县财政局", "桃溪县财政局", "县财政局"], ["县委办", "县委编办"],
    ["市公安局", "市公安局城关分局"], ["县政府", "县政务局"], ["区税务局", "高新区税务局"],
    ["税务局", "高新区税务局"], ["区公安分局", "开发区公安分局"],
  ]) func namesThatStayApart(_ names: [String]) { #expect(UnitNames(names).fullNames.isEmpty) }

  @Test func theLedgerTellsWhoLeadsAndWhoHelps() throws {
    let text = Self.head + "序号\t工作任务\t牵头单位\t配合单位\t完成时限\n1\t推行网上办理\t县政务局\t县司法局\t2023年6月底前"
    let measure = try #require(
      PlanImporter.plan(from: text, calendar: WorkdayCalendar()).ledger.measures.first)
    #expect(measure.lead == "县政务局")
    #expect(measure.supporting == ["县司法局"])
  }

  /// Report dates and the contact inside the notice's sentences; a measure's own reports are none of the plan's.
  @Test func reportsAndContactInSentences() {
    let text = """
      桃溪县人民政府办公室关于印发《桃溪县重点任务清单》的通知
      桃政办〔2023〕7号
      请各责任单位于2023年6月25日、12月25日及2024年1月15日前将落实情况报县督查室（联系人：韩松、石岩，电话：5550133，邮箱：ducha@example.org）。各牵头单位要于每月28日前报送进展。
      2023年3月6日
      一、任务
      （一）编印手册。每月15日前报县领导参阅。
      责任单位：县统计局
      完成时限：长期坚持
      """
    let imported = PlanImporter.plan(from: text, calendar: WorkdayCalendar())
    #expect(imported.ledger.reports.map(\.description) == ["2023-06-25", "2023-12-25", "2024-01-15"])
    let contact = Contact(unit: "县督查室", person: "韩松", phone: "5550133", email: "ducha@example.org")
    #expect(imported.ledger.plan.contact == contact)
    #expect(imported.ledger.plan.title == "桃溪县重点任务清单")
    #expect(imported.ledger.recurringReports.map(\.text) == ["每月28日前"])
    #expect(LedgerYAML.text(imported.ledger).contains("\nrecurringReports: [每月28日前]\n"))
    #expect(imported.findings.contains { $0.message.contains("每月28日前") && !$0.needsPerson })
    #expect(imported.findings.contains { $0.message.contains("石岩") })
  }

  /// What can't be read as a day is said; what nobody is asked to report is none.
  @Test(arguments: [
    ("请各单位于6月前、12月上旬前将情况报县督查室。", "6月前、12月上旬"), ("请各单位每季度末最后一个工作日前报送进展。", "每季度末最后一个工作日前"),
    ("请各单位于每周五下班前报送进展。", "每周五"),
  ]) func reportTimesThatAreNoDay(_ sentence: String, _ words: String) {
    let text = Self.head + sentence + "\n一、任务\n（一）规范收费。（县发改局负责，2023年底前完成）"
    let imported = PlanImporter.plan(from: text, calendar: WorkdayCalendar())
    let isTaken = imported.ledger.recurringReports.contains { $0.text.contains(words) }
    #expect(imported.ledger.reports.isEmpty)
    #expect(isTaken != imported.findings.contains { $0.needsPerson && $0.message.contains(words) })
  }

  @Test(arguments: [
    ("联系人：冯一凡，电话：5550171，传真：5550172，电子信箱：lz@example.org。", "冯一凡", "5550171", "lz@example.org"),
    ("联系人：韩松年（5550133）。", "韩松年", "5550133", ""), ("联系电话：0555-5550199（王科长）", "", "0555-5550199", ""),
    ("联系人：何苗联系电话：5550167邮箱：fx@example.org", "何苗", "5550167", "fx@example.org"),
  ]) func contacts(_ sentence: String, _ person: String, _ phone: String, _ email: String) {
    let text = Self.head + sentence + "\n一、任务\n（一）规范收费。（县发改局负责，2023年底前完成）"
    let contact = PlanImporter.plan(from: text, calendar: WorkdayCalendar()).ledger.plan.contact
    #expect((contact.person, contact.phone, contact.email) == (person, phone, email))
  }

  /// Made by Chromium from an invented table: cells without rules whose text stands in their middle, areas and tasks merged
  /// over several rows, headings of two rows, two pages.
  @Test(arguments: ["centred-table.pdf", "ruled-table.pdf"]) func tablesOfPDFs(_ name: String) throws {
    let file = RepositoryFile.url("Tests/DubanLedgerTests/Fixtures/documents/\(name)").path
    let imported = PlanImporter.plan(from: try PlanFile.document(of: file).get(), calendar: WorkdayCalendar())
    let expected = try String(
      contentsOf: RepositoryFile.url("Tests/DubanLedgerTests/Fixtures/documents/table.yaml"), encoding: .utf8)
    #expect(LedgerYAML.text(imported.ledger) == expected)
  }
}
