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
    #expect(reading.diagnostics.map(\.description) == [])
  }

  @Test func mergedCellsLostInCSVAreReportedRowByRow() throws {
    let reading = try SheetFixture.ledger(
      try SheetFixture.bytes("merged.csv"), file: "t.csv", withOwners: true)
    #expect(reading.ledger == nil)
    #expect(reading.diagnostics.map(\.description) == [])
  }
}
