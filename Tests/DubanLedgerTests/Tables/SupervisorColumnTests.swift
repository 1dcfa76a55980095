import DubanCore
import Testing

@testable import DubanLedger

/// 分管领导 and 定期报送 in tables, as CSV that people can read here.
@Suite struct SupervisorColumnTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let csv: String
    /// `area: supervisor, reports`
    var areas: [String] = []
    /// `person: supervisor`
    var owners: [String] = []
    /// Of each measure.
    var persons: [String] = []
    var diagnostics: [String] = []
  }

  static let cases = [
    Case(
      testDescription: "once for each area",
      csv: """
        序号,领域,整改措施,责任单位,责任人,完成时限,分管领导,定期报送
        1,甲,一,一科,张三,长期,丁一,每周五前；每月28日前
        2,甲,二,一科,张三,长期,,
        3,乙,三,二科,李四,长期,丁二,
        """,
      areas: ["甲: 丁一, 每周五前、每月28日前", "乙: 丁二, "], persons: ["张三", "张三", "李四"]),
    Case(
      testDescription: "the same in each row",
      csv: """
        领域,整改措施,责任单位,分管领导,责任人,完成时限
        甲,一,一科,丁一,张三,长期
        甲,二,一科,丁一,张三,长期
        甲,三,一科,/,张三,长期
        """,
      areas: ["甲: 丁一, "], persons: ["张三", "张三", "张三"]),
    Case(
      testDescription: "several in an area",
      csv: """
        领域,整改措施,责任单位,分管领导,责任人,完成时限
        甲,一,一科,丁一,张三,长期
        甲,二,一科,丁二,张三,长期
        甲,三,一科,丁三,张三,长期
        """,
      areas: ["甲: , "], persons: ["张三", "张三", "张三"], diagnostics: ["t.csv:3:8: warning"]),
    Case(
      testDescription: "nobody else: the persons themselves",
      csv: """
        领域,整改措施,责任单位,分管领导,完成时限
        甲,一,一科,张三,长期
        """,
      areas: ["甲: , "], persons: ["张三"]),
    Case(
      testDescription: "a list of addresses",
      csv: """
        责任人,责任单位,邮箱,联系电话,分管领导
        张三,一科,a@example.org,1,丁一
        丁一,管委会,d@example.org,2,
        """,
      owners: ["张三: 丁一", "丁一: "]),
    Case(
      testDescription: "a list in which the addresses could be the leaders'",
      csv: """
        责任人,责任单位,分管领导,邮箱
        张三,一科,丁一,a@example.org
        """,
      diagnostics: ["t.csv:1:10: error"]),
  ]

  @Test(arguments: cases) func columns(_ one: Case) {
    let part: TableLedger.Part = one.persons.isEmpty ? .owners : .measures
    let (draft, diagnostics) = TableLedger.read(Array(one.csv.utf8), file: "t.csv", for: part)
    func list(_ texts: [LocatedText]) -> String { texts.map(\.text).joined(separator: "、") }
    #expect(
      draft.areas.map {
        "\($0.name?.text ?? ""): \($0.supervisor?.text ?? ""), \(list($0.recurringReports))"
      } == one.areas)
    #expect(draft.owners.map { "\($0.person?.text ?? ""): \($0.supervisor?.text ?? "")" } == one.owners)
    #expect(draft.areas.flatMap(\.measures).map { list($0.persons) } == one.persons)
    #expect(diagnostics.map { "\($0.location): \($0.severity)" } == one.diagnostics, "\(diagnostics)")
  }
}
