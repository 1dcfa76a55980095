import DubanCore
import TestSupport
import Testing

/// Which measure is which after a ledger was changed, case by case: `number title @unit`, one measure each.
@Suite struct MeasureMatchingTests {
  /// A change and what comes of it: for each measure of the new ledger the identity that it has.
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let before: [String]
    let after: [String]
    let identities: [String]

    init(_ name: String, _ before: [String], _ after: [String], _ identities: [String]) {
      (testDescription, self.before, self.after, self.identities) = (name, before, after, identities)
    }
  }

  @Test(arguments: [
    Case("nothing", ["1 清理证明@数据局", "2 联合验收@住建局"], ["1 清理证明@数据局", "2 联合验收@住建局"], ["1", "2"]),
    Case(
      "a row put in, and all numbered anew", ["1 清理证明@数据局", "2 联合验收@住建局"],
      ["1 清理证明@数据局", "2 夜间窗口@数据局", "3 联合验收@住建局"], ["1", "2~2", "2"]),
    Case(
      "a row taken out, and all numbered anew", ["1 清理证明@数据局", "2 联合验收@住建局", "3 多测合一@住建局"],
      ["1 联合验收@住建局", "2 多测合一@住建局"], ["2", "3"]),
    Case(
      "two sheets change places", ["1.1 清理证明@数据局", "2.1 联合验收@住建局"],
      ["1.1 联合验收@住建局", "2.1 清理证明@数据局"], ["2.1", "1.1"]),
    Case(
      "one sheet becomes two", ["1 清理证明@数据局", "2 联合验收@住建局"], ["1.1 清理证明@数据局", "2.1 联合验收@住建局"], ["1", "2"]),
    Case("the same title in two units", ["1 宣传@甲局", "2 宣传@乙局"], ["1 宣传@乙局", "2 宣传@甲局"], ["2", "1"]),
    Case("given to another unit under its number", ["2 联合验收@住建局"], ["2 联合验收@规划局"], ["2"]),
    Case("given to another unit and numbered anew", ["2 联合验收@住建局"], ["3 联合验收@规划局"], ["3"]),
    Case("another measure in its place", ["2 联合验收@住建局"], ["2 消防手续@财政局"], ["2~2"]),
    Case("another title of the same unit", ["2 整修护栏@交通局"], ["2 安装路灯@交通局"], ["2~2"]),
    Case("a few words more", ["2 整修县道护栏@交通局"], ["2 进一步整修县道护栏@交通局"], ["2"]),
    Case("a few words less, and numbered anew", ["2 全面推行联合验收@住建局"], ["3 推行联合验收@住建局"], ["2"]),
    Case(
      "parted in two, neither of which it is", ["2 开通夜间窗口@数据局"], ["2 开通夜间窗口（大厅）@数据局", "3 开通夜间窗口（社区）@数据局"],
      ["2~2", "3"]),
    Case(
      "a few words more, and another of its unit", ["2 开通夜间窗口@数据局"], ["2 开通夜间窗口（大厅）@数据局", "3 清理证明@数据局"],
      ["2", "3"]),
    Case("other punctuation and blanks", ["2 推行“联合验收” 制度@住建局"], ["3 推行联合验收制度；@住建局"], ["2"]),
    Case("a word exchanged is another measure", ["2 整修东街路面@交通局"], ["2 整修西街路面@交通局"], ["2~2"]),
    Case("an ordinal more is another measure", ["2 完成整改任务@交通局"], ["2 完成第二批整改任务@交通局"], ["2~2"]),
    Case("the contrary is another measure", ["2 整修县道护栏@交通局"], ["2 停止整修县道护栏@交通局"], ["2~2"]),
    Case(
      "two that it could be", ["2 整修县道护栏@交通局", "3 再整修县道护栏@交通局"], ["4 认真再整修县道护栏@交通局"], ["4"]),
    Case(
      "two that it could be, of which the number tells", ["2 全面整修县道护栏@交通局", "3 认真全面整修县道护栏@交通局"],
      ["2 整修县道护栏@交通局", "3 认真整修县道护栏@交通局"], ["2", "3"]),
    Case(
      "in the order of numbers, not of their digits", ["9 宣传@甲局", "10 宣传@甲局"], ["19 宣传@甲局", "20 宣传@甲局"],
      ["9", "10"]),
    Case(
      "of alike ones it isn't clear which is gone", ["1 宣传@甲局=一季度", "2 宣传@甲局=二季度"], ["5 宣传@甲局=年底"], ["5"]),
    Case(
      "told apart by their text", ["1 宣传@甲局=一季度", "2 宣传@甲局=二季度"],
      ["1 夜间窗口@甲局", "2 宣传@甲局=一季度", "3 宣传@甲局=二季度"], ["1~2", "1", "2"]),
    Case(
      "an identity that looks like a number given twice", ["2~2 甲事@甲局", "2 乙事@乙局"], ["2 丙事@丙局", "2~2 甲事@甲局"],
      ["2~3", "2~2"]),
  ]) func cases(_ one: Case) {
    #expect(identities(of: one.after, after: [one.before]) == one.identities)
  }

  @Test func whatComesBackIsTheSame() {
    let all = ["1 清理证明@数据局", "2 联合验收@住建局"]
    #expect(identities(of: ["1 清理证明@数据局", "2 联合验收@住建局"], after: [all, ["1 清理证明@数据局"]]) == ["1", "2"])
    #expect(identities(of: ["7 联合验收@住建局"], after: [all, ["1 清理证明@数据局"]]) == ["2"])
    #expect(identities(of: ["2 消防手续@财政局"], after: [all, ["1 清理证明@数据局"]]) == ["2~2"])
    #expect(
      identities(of: ["2 消防手续@财政局"], after: [all, ["2 夜间窗口@财政局"], ["1 清理证明@数据局"]]) == ["2~3"],
      "no identity is given twice")
  }

  @Test func theLedgerKnowsItsMeasuresByThem() {
    let before = ledger(["1 清理证明@数据局", "2 联合验收@住建局"])
    let after = ledger(["1 夜间窗口@数据局", "2 清理证明@数据局", "3 联合验收@住建局"])
    let known = MeasureMatching(after, known: MeasureMatching(before, known: []).known).known
    let identified = after.identified(by: known)
    #expect(identified.measures.map(\.identity) == ["1~2", "1", "2"])
    #expect(identified.measures.map(\.id) == ["1", "2", "3"])
    #expect(identified.identified(by: []).measures.map(\.identity) == ["1", "2", "3"])
    #expect(before.measuresPrint != after.measuresPrint)
    #expect(after.measuresPrint == identified.measuresPrint)
  }

  /// A ledger of other titles altogether is another one: that is found out without comparing each with each.
  @Test func manyOtherTitlesAreOthers() {
    func titles(_ word: String) -> [String] { (0..<3_000).map { "\($0) \(word)\($0)号甲乙丙丁@甲局" } }
    let found = identities(of: titles("业"), after: [titles("事")])
    #expect(found.allSatisfy { $0.hasSuffix("~2") })
  }

  private func identities(of after: [String], after befores: [[String]]) -> [String] {
    var known: [KnownMeasure] = []
    for before in befores { known = MeasureMatching(ledger(before), known: known).known }
    let found = MeasureMatching(ledger(after), known: known).known
    return found.filter(\.isPresent).map(\.identity)
  }

  private func ledger(_ measures: [String]) -> Ledger {
    SampleLedger.ledger(
      owners: [],
      measures: measures.map { text in
        let number = text.prefix { $0 != " " }
        let parts = text.dropFirst(number.count + 1).split(separator: "@")
        let rest = parts[1].split(separator: "=")
        var measure = SampleLedger.measure(String(number), due: "2022-12-31", owners: [])
        measure.title = String(parts[0])
        measure.units = [String(rest[0])]
        measure.text = rest.count > 1 ? String(rest[1]) : ""
        return measure
      })
  }
}
