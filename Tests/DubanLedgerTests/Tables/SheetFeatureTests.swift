import DubanCore
import Testing

@testable import DubanLedger

/// What cells say, as their reader sees it, and cells that say nothing.
@Suite struct SheetFeatureTests {
  @Test func datesAndNumbersReadAsTheyAreShown() throws {
    let bytes = try SheetFixture.bytes("features.xlsx")
    let (draft, diagnostics) = TableLedger.read(bytes, file: "t.xlsx", for: .measures)
    #expect(diagnostics == [])
    let measures = draft.areas.flatMap(\.measures)
    let rows = measures.map { measure in
      [measure.id, measure.title, measure.deadline, measure.due].map { $0?.text ?? "" }.joined(separator: "|")
    }
    #expect(
      rows == [
        "1.10|编号按显示的小数读|2022年12月31日|2022-12-31", "1.2|文本编号|2022年12月31日|", "1.3|短日期格式|2022年12月31日|",
        "1.4|只显示月日|2022年12月31日|", "1.5|只显示年月|2022年12月|", "1.6|带时间|2022年12月31日18:00|",
        "1.7|1900年的闰日|1900年2月29日|", "1.8|只显示年|2022年|", "1.9|月日格式中有区域标记|2022年12月31日|",
      ])
    #expect(measures.allSatisfy { $0.status?.text == "in-progress" })
    #expect(measures[2].deadline?.location.description == "t.xlsx[特性]!F4")
  }

  @Test func cellsWithoutAValueAreNamedWithTheirText() throws {
    let reading = try SheetFixture.ledger(
      try SheetFixture.bytes("faults.xlsx"), file: "t.xlsx", withOwners: false)
    #expect(reading.ledger == nil)
    #expect(
      brief(reading.diagnostics) == [
        "t.xlsx[问题]!F2: error: the cell under “完成时限” holds “#REF!”, which is no value",
        "t.xlsx[问题]!F2: warning: measure 1.1 has no deadline",
        "t.xlsx[问题]!F3: error: the formula under “完成时限” was saved without its result",
        "t.xlsx[问题]!F3: warning: measure 1.2 has no deadline",
        "t.xlsx[问题]!F4: error: the deadline is the bare number 2022.1, which may have lost digits",
        "t.xlsx[问题]!F4: warning: measure 1.3 has no deadline",
        "t.xlsx[问题]!F5: error: the deadline is the bare number 44926 (as a date, 2022年12月31日), which may have lost digits",
        "t.xlsx[问题]!F5: warning: measure 1.4 has no deadline",
        "t.xlsx[问题]!G6: warning: the status “搁置” of measure 1.5 is unknown and counts as open",
        "t.xlsx[问题]!A7: error: the row with “1.6” has no “整改措施”",
      ])
  }

  @Test func mergedCellsThatCSVLostAreReportedWithTheirPlaces() throws {
    let reading = try SheetFixture.ledger(
      try SheetFixture.bytes("merged.csv"), file: "t.csv", withOwners: true)
    #expect(reading.ledger == nil)
    #expect(
      brief(reading.diagnostics) == [
        "t.csv:4:22: warning: the column “备注” is not read",
        "t.csv:8:11: warning: the cell under “责任落实／责 任 单 位” is empty: “市场监督管理局” is taken from the row above",
        "t.csv:8:12: warning: the cell under “责任落实／责任人：” is empty: “徐　娟” is taken from the row above",
        "t.csv:8:13: warning: the cell under “完成时限（年月日）” is empty: “长期” is taken from the row above",
        "t.csv:9:20: warning: the cell under “责任落实／责 任 单 位” is empty: “市场监督管理局” is taken from the row above",
        "t.csv:9:21: warning: the cell under “责任落实／责任人：” is empty: “徐　娟” is taken from the row above",
        "t.csv:9:22: warning: the cell under “完成时限（年月日）” is empty: “长期” is taken from the row above",
        "t.csv:14:6: error: the row with “经济运行部” has no “整改措施”",
      ])
  }

  /// The diagnostics without what to do about them.
  private func brief(_ diagnostics: [Diagnostic]) -> [String] {
    diagnostics.map { "\($0.location): \($0.severity): \($0.message)" }
  }
}
