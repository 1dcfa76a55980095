import DubanCore
import TestSupport
import Testing
import Yams

@testable import DubanLedger

/// What is written as YAML reads back as the same.
@Suite struct LedgerYAMLTests {
  /// Texts that a YAML reader would take for something else without quotes.
  private static let awkward = [
    "", " 前后有空 ", "- 列表", "? 键", "a: b", "a:b", "结尾:", "有 #号", "#开头", "[方括号]", "{花括号}", "逗,号", "&锚", "*引",
    "!标", "|", ">",
    "'单引'", "\"双引\"", "反\\斜", "%指令", "@at", "`反引`", "~", "null", "true", "No", "on", "123", "0x1F", "1.5",
    "2022-12-31", "1e5", ".5",
    "---", "...", "<<", "=", "换\n行", "制\t表", "回\r车", "\u{85}下一行", "\u{2028}行分隔", "标\u{FEFF}记", "\u{7}响铃",
    "“证照联办”", "（1）", "①",
    "😀", "e\u{301}", "全角：冒号", "2022年 12月底前", "长期", "—— 破折号",
  ]

  @Test(arguments: awkward) func scalarsReadBack(_ text: String) throws {
    let block = "key: \(YAMLScalar.block(text))\nlist:\n  - \(YAMLScalar.block(text))\n"
    let flow = "flow: [\(YAMLScalar.flow(text)), {inner: \(YAMLScalar.flow(text))}]\n"
    let node = try #require(try Yams.compose(yaml: block + flow))
    for found in [node["key"], node["list"]?[0], node["flow"]?[0], node["flow"]?[1]?["inner"]] {
      #expect(found?.string == text)
      #expect(found?.tag.rawValue == "tag:yaml.org,2002:str", "“\(text)”")
    }
  }

  @Test func plainTextsStayReadable() {
    for text in ["“证照联办”工作尚未部署到位", "（1）加强工作人员业务培训。", "2022年 12月底前", "长期", "“3+1”主导产业", "5G基站"] {
      #expect(YAMLScalar.block(text) == text)
      #expect(YAMLScalar.flow(text) == text)
    }
  }

  @Test func everyFieldReadsBack() throws {
    let day = try #require(CivilDate("2022-12-30"))
    let rule = Recurrence(.monthly, monthDays: [25])
    let deadlines = DeadlineReader(issued: day, calendar: WorkdayCalendar())
    let measure = Measure(
      id: "1.1", number: 1, title: "标题: 带冒号", text: "正文 #1", units: ["甲局, 乙局"], persons: ["王五"],
      deadline: Deadline(reading: deadlines.read("长期"), decided: day),
      duties: [Duty(what: "报送", rule: rule), Duty(what: "召开会议", rule: .quarter)], status: .inProgress,
      progress: "进行中")
    let ledger = Ledger(
      plan: Plan(
        title: "方案", number: "甲〔2022〕1号", issued: day,
        contact: Contact(unit: "办公室", person: "", phone: "0001", email: "office@example.org")),
      reports: [day],
      owners: [
        Owner(
          person: "王五", unit: "甲局, 乙局", email: "wang@example.org", copies: ["deputy@example.org"],
          isHead: true)
      ], areas: [Area(index: 1, name: "领域", problems: ["问题"], goal: "", measures: [measure])])
    let yaml = LedgerYAML.text(ledger)
    let reading = LedgerReader.read(
      Array(yaml.utf8), file: "ledger.yaml", calendar: WorkdayCalendar(), today: nil)
    #expect(reading.diagnostics == [])
    #expect(reading.ledger == ledger)
    #expect(yaml.contains("- {what: 报送, rule: FREQ=MONTHLY;BYMONTHDAY=25}"))
    #expect(yaml.contains("- {what: 召开会议, every: quarter}"))
  }
}
