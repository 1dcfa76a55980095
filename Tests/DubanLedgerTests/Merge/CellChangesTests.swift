import DubanCore
import TestSupport
import Testing

@testable import DubanLedger

/// What a mail about a new ledger names besides the changes that a digest tells.
@Suite struct CellChangesTests {
  private static let owner = SampleLedger.owner("甲", "规划部", "a")

  private static var ledger: Ledger {
    SampleLedger.ledger(
      reports: ["2022-12-27"], owners: [owner, SampleLedger.owner("乙", "财政部", "b")],
      measures: [SampleLedger.measure("1.1", due: "2022-12-31", owners: [owner])])
  }

  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let says: [String]
    let edit: @Sendable (inout Ledger) -> Void
    var testDescription: String { name }
  }

  @Test(arguments: [
    Case(name: "nothing", says: []) { _ in },
    Case(name: "progress", says: ["措施1.1“措施1.1”：进展情况改为“已安装10处”。"]) {
      $0.areas[0].measures[0].progress = "已安装10处"
    },
    Case(name: "a status that reminds on", says: ["措施1.1“措施1.1”：状态改为“待销号”。"]) {
      $0.areas[0].measures[0].status = .submitted
    },
    Case(name: "closed, which is told already", says: []) { $0.areas[0].measures[0].status = .closed },
    Case(name: "another date, which is told already", says: []) {
      $0.areas[0].measures[0].deadline.decided = SampleLedger.day("2023-01-15")
    },
    Case(name: "words of a deadline with the same date", says: ["措施1.1“措施1.1”：完成时限改为“年底前”。"]) {
      $0.areas[0].measures[0].deadline.reading.text = "年底前"
    },
    Case(name: "the text", says: ["措施1.1“措施1.1”：具体内容改为“全部完成”。"]) { $0.areas[0].measures[0].text = "全部完成" },
    Case(name: "an address, which isn't repeated", says: ["通讯录更改了财政部乙的登记。"]) {
      $0.owners[1].email = "c@example.org"
    },
    Case(name: "a new person", says: ["通讯录新增财政部丙。"]) {
      $0.owners.append(SampleLedger.owner("丙", "财政部", nil))
    },
    Case(name: "the goal", says: ["领域“领域一”：整改目标改为“达标”。"]) { $0.areas[0].goal = "达标" },
    Case(name: "the plan", says: ["方案信息（名称、文号、印发日期或联系人）有改动。"]) { $0.plan.title = "新方案" },
  ])
  func eachCellIsNamedOnce(_ row: Case) {
    var new = Self.ledger
    row.edit(&new)
    let told = LedgerChange.between(LedgerSnapshot(Self.ledger), LedgerSnapshot(new))
    #expect(CellChanges.between(Self.ledger, new, besides: told) == row.says)
  }
}
