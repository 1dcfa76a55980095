import DubanCore
import Testing

@testable import DubanLedger

/// Tables laid out in the many ways of offices, as CSV that people can read here.
@Suite struct TableLayoutTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var csv: String
    /// `id area|title|text|units|persons|deadline|status|progress`, one line a measure.
    var measures: [String] = []
    var diagnostics: [String] = []
    var testDescription: String { name }
  }

  static let cases = [
    Case(
      name: "numbers of the area's measures begin anew",
      csv: """
        序号,方面,措施,责任部门,责任领导,时限要求,整改进展,办结情况
        1,甲,加快办理,一科,张三,长期,正在办,推进中
        2,甲,优化流程。压缩时限。,一科,张三,长期,,
        1,乙,公开信息,二科,李四,2022年12月底前,,已销号
        """,
      measures: [
        "1.1 甲|加快办理||一科|张三|长期|in-progress|正在办", "1.2 甲|优化流程|压缩时限。|一科|张三|长期||",
        "2.1 乙|公开信息||二科|李四|2022年12月底前|closed|",
      ]),
    Case(
      name: "numbers that go through",
      csv: """
        序号,领域,整改措施,责任单位,责任人,完成时限
        1,甲,一,一科,张三,长期
        2,甲,二,一科,张三,长期
        3,乙,三,二科,李四,长期
        """,
      measures: ["1 甲|一||一科|张三|长期||", "2 甲|二||一科|张三|长期||", "3 乙|三||二科|李四|长期||"]),
    Case(
      name: "numbers of the plan's own kind",
      csv: """
        序号,领域,整改措施,责任单位,责任人,完成时限
        2.3,甲,3、一,一科,张三,长期
        A-1,甲,二,一科,张三,长期
        """,
      measures: ["2.3 甲|一||一科|张三|长期||", "A-1 甲|二||一科|张三|长期||"]),
    Case(
      name: "no numbers, no areas, the area's name in a row of its own",
      csv: """
        整改措施,责任单位,责任人,完成时限
        （一）商事登记,,,
        1、一。甲,一科,张三,长期
        3、三,一科,张三,长期
        二、项目建设,,,
        二,二科,李四,长期
        """,
      measures: ["1.1 商事登记|一|甲|一科|张三|长期||", "1.3 商事登记|三||一科|张三|长期||", "2.1 项目建设|二||二科|李四|长期||"],
      diagnostics: []),
    Case(
      name: "no areas at all",
      csv: "整改措施\t责任单位\t责任人\t完成时限\n一\t一科\t张三\t长期\n",
      measures: ["1.1 整改措施|一||一科|张三|长期||"]),
    Case(
      name: "area named once, numbers of the areas",
      csv: """
        序号;类别;工作任务;具体措施;牵头单位;配合单位;责任人;截止日期
        1;甲;任务一;做这个。再做那个。;一科;二科、三科;张三;长期
        ;;任务二;;一科;;张三;长期
        2;乙;任务三;;二科;;李四;长期
        """,
      measures: [
        "1.1 甲|任务一|做这个。再做那个。|一科、二科、三科|张三|长期||", "1.2 甲|任务二||一科|张三|长期||", "2.1 乙|任务三||二科|李四|长期||",
      ]),
    Case(
      name: "titles above, the header again, notes and totals below",
      csv: """
        整改台账,,,,,
        2022年10月,,,,,
        ,,,,,
        序号,领域,整改措施,责任单位,责任人,完成时限
        1,甲,一,一科,张三,长期
        序号,领域,整改措施,责任单位,责任人,完成时限
        2,甲,二,一科,张三,长期
        3,,,,,
        合计,,2项,,,
        注：每月更新。,,,,,
        ,,,,填表人：王五,
        """,
      measures: ["1 甲|一||一科|张三|长期||", "2 甲|二||一科|张三|长期||"],
      diagnostics: []),
    Case(
      name: "unknown columns with and without content",
      csv: """
        序号,领域,整改措施,责任单位,责任人,完成时限,备注,联系电话,
        1,甲,一,一科,张三,长期,,65650023,
        2,甲,二,一科,张三,长期,,,尾巴
        """,
      measures: ["1 甲|一||一科|张三|长期||", "2 甲|二||一科|张三|长期||"],
      diagnostics: [
        "t.csv:1:29: warning: the column “联系电话” is not read",
        "t.csv:3:18: warning: “尾巴” stands in a column without a heading",
      ]),
    Case(
      name: "several columns of one kind",
      csv: """
        整改措施,责任单位,责任领导,责任人,完成时限,时间节点
        一,一科,局长,张三,长期,2022年12月
        """,
      measures: ["1.1 整改措施|一||一科|张三|长期||"],
      diagnostics: [
        "t.csv:1:11: warning: the column “责任领导” is not read",
        "t.csv:1:25: warning: the column “时间节点” is not read",
      ]),
    Case(
      name: "a heading twice",
      csv: "整改措施,责任单位,责任人,责任人,完成时限\n一,一科,张三,李四,长期\n",
      diagnostics: ["t.csv:1:15: error: the heading “责任人” stands twice"]),
    Case(
      name: "headings that are missing",
      csv: "序号,整改措施,责任人\n1,一,张三\n",
      diagnostics: [
        "t.csv:1: error: the table has no column “责任单位”", "t.csv:1: error: the table has no column “完成时限”",
      ]),
    Case(
      name: "no header", csv: "甲,乙\n丙,丁\n", diagnostics: ["t.csv: error: no table of measures was found"]),
    Case(name: "nothing", csv: "", diagnostics: ["t.csv: error: no table of measures was found"]),
    Case(
      name: "a header alone", csv: "序号,整改措施,责任单位,责任人,完成时限\n",
      diagnostics: ["t.csv: error: the table of measures has no rows"]),
    Case(
      name: "rows that can't be placed",
      csv: """
        序号,领域,整改措施,责任单位,责任人,完成时限,其他
        1,甲,一,一科,张三,长期,
        ,,,二科,李四,,
        ,,,,,,随手一记
        """,
      measures: ["1 甲|一||一科|张三|长期||"],
      diagnostics: [
        "t.csv:1:26: warning: the column “其他” is not read",
        "t.csv:3:4: error: the row with “二科” has no “整改措施”",
        "t.csv:4:7: warning: “随手一记” is not read: no measure stands in this row",
      ]),
    Case(
      name: "addresses beside the measures",
      csv: """
        整改措施,责任单位,责任人,完成时限,邮箱
        一,一科,张三,长期,zhang@example.org
        二,一科、二科,张三、李四,长期,zhang@example.org、li@example.org
        三,一科,张三,长期,other@example.org
        四,一科,张三、李四,长期,zhang@example.org
        """,
      measures: [
        "1.1 整改措施|一||一科|张三|长期||", "1.2 整改措施|二||一科、二科|张三、李四|长期||", "1.3 整改措施|三||一科|张三|长期||",
        "1.4 整改措施|四||一科|张三、李四|长期||",
      ],
      diagnostics: [
        "t.csv:4:12: error: “张三” has another address here than in a row above",
        "t.csv:5:15: error: 1 addresses and 2 persons can't be paired",
      ]),
    Case(
      name: "an unclosed quote",
      csv: "整改措施,责任单位,责任人,完成时限\n一,\"一科,张三,长期\n二,二科,李四,长期\n",
      measures: ["1.1 整改措施|一||一科、张三、长期、二、二科、李四、长期||||"],
      diagnostics: [
        "t.csv:2:3: error: the quote that begins this field is never closed: “一科,张三,长期 二,二科,李四,长期”"
      ]),
  ]

  @Test(arguments: cases) func layout(entry: Case) {
    let (draft, diagnostics) = TableLedger.read(Array(entry.csv.utf8), file: "t.csv", for: .measures)
    let measures = draft.areas.flatMap { area in
      area.measures.map { measure in
        let head = "\(measure.id?.text ?? "") \(area.name?.text ?? "")"
        let names = [measure.units, measure.persons].map { $0.map(\.text).joined(separator: "、") }
        let fields =
          [measure.title, measure.text].map { $0?.text ?? "" } + names
          + [measure.deadline, measure.status, measure.progress].map { $0?.text ?? "" }
        return ([head] + fields).joined(separator: "|")
      }
    }
    #expect(measures == entry.measures)
    #expect(diagnostics.map { "\($0.location): \($0.severity): \($0.message)" } == entry.diagnostics)
  }

  @Test func directory() {
    let csv = """
      通讯录
      序号,姓名,工作单位,电子邮箱,抄送,是否第一责任人
      1,张　三,一科,zhang@example.org,a@example.org、b@example.org,是
      2,李四,高新区（甲、乙）管委会,,,
      填表人：王五,,,,,
      3,,三科,wang@example.org,,
      4,赵六、钱七,四科,zhao@example.org,,
      """
    let (draft, diagnostics) = TableLedger.read(Array(csv.utf8), file: "t.csv", for: .owners)
    let owners = draft.owners.map { owner in
      let fields = [owner.person, owner.unit, owner.email, owner.head].map { $0?.text ?? "" }
      return (fields + owner.copies.map(\.text)).joined(separator: "|")
    }
    #expect(
      owners == ["张三|一科|zhang@example.org|是|a@example.org|b@example.org", "李四|高新区（甲、乙）管委会||"])
    #expect(
      diagnostics.map { "\($0.location): \($0.severity): \($0.message)" } == [
        "t.csv:6:3: error: the row with “3” names nobody", "t.csv:7:3: error: the row names 2 persons",
      ])
  }

  @Test func directoryUnderTheMeasures() {
    let csv = """
      整改措施,责任单位,责任人,完成时限
      一,一科,张三,长期

      责任人,责任单位,邮箱
      张三,一科,zhang@example.org
      """
    for part in [TableLedger.Part.measures, .owners] {
      let (draft, diagnostics) = TableLedger.read(Array(csv.utf8), file: "t.csv", for: part)
      #expect(diagnostics == [])
      #expect(draft.areas.flatMap(\.measures).count == 1)
      #expect(draft.owners.map { $0.email?.text } == ["zhang@example.org"])
      #expect(draft.owners.first?.email?.location.description == "t.csv:5:7")
    }
  }
}
