import DubanCore
import DubanLedger
import TestSupport
import Testing

/// Measures that stand in two ledgers, as in a summary beside a unit's own file: `title @unit due`.
@Suite struct LedgerCopiesTests {
  private typealias Row = (name: String, first: [String], second: [String], said: String?)
  private static let rows: [Row] = [
    (
      "a unit's own file", ["清理证明事项 @窗口科 2022-10-31", "延长窗口时间 @窗口科 2022-11-30", "联合验收 @工程科 2022-12-31"],
      ["清理证明事项 @窗口科 2022-10-31", "延长窗口时间 @窗口科 2022-11-30"],
      "b.yaml: error: “清理证明事项” stands in two ledgers, as 2 measures do, and would count twice"
    ),
    (
      "one that two plans ask for", ["清理证明事项 @窗口科 2022-10-31", "延长窗口时间 @窗口科 2022-11-30"],
      ["清理证明事项 @窗口科 2022-10-31", "联合验收 @工程科 2022-12-31"],
      "b.yaml: warning: “清理证明事项” stands in two ledgers, as 1 measure does, and may count twice"
    ),
    ("another year's", ["清理证明事项 @窗口科 2022-10-31"], ["清理证明事项 @窗口科 2023-10-31"], nil),
    ("another unit's", ["清理证明事项 @窗口科 2022-10-31"], ["清理证明事项 @工程科 2022-10-31"], nil),
    (
      "again and again", ["报送进展 @窗口科 每月25日前", "公示进度 @窗口科 每季度末前"],
      ["报送进展 @窗口科 每月25日前", "公示进度 @窗口科 每季度末前"],
      "b.yaml: error: “报送进展” stands in two ledgers, as 2 measures do, and would count twice"
    ),
    ("without a date", ["清理证明事项 @窗口科 长期"], ["清理证明事项 @窗口科 长期"], nil),
  ]

  @Test(arguments: rows.indices)
  func between(_ place: Int) {
    let row = Self.rows[place]
    let found = SheetCopies.check([("a.yaml", ledger("一号", row.first)), ("b.yaml", ledger("二号", row.second))])
    let said = found.map { String("\($0)".prefix { $0 != ";" }) }
    #expect(said == (row.said.map { [$0] } ?? []), "\(row.name)")
  }

  @Test func whatIsClosedCountsNowhere() {
    var closed = ledger("一号", ["清理证明事项 @窗口科 2022-10-31"])
    closed.areas[0].measures[0].status = .closed
    let other = ledger("二号", ["清理证明事项 @窗口科 2022-10-31"])
    #expect(SheetCopies.check([("a.yaml", closed), ("b.yaml", other)]) == [])
    closed.areas[0].measures[0].status = .open
    #expect(SheetCopies.check([("a.yaml", closed), ("b.yaml", other)]).count == 1)
  }

  private func ledger(_ number: String, _ lines: [String]) -> Ledger {
    let measures = lines.enumerated().map { place, line in
      let parts = line.split(separator: " ").map(String.init)
      let due = CivilDate(parts[2]) == nil ? nil : parts[2]
      var measure = SampleLedger.measure("\(place + 1)", due: due, owners: [])
      if due == nil { measure.deadline = Deadline(reading: DeadlineReader(issued: nil).read(parts[2])) }
      (measure.title, measure.units) = (parts[0], [String(parts[1].dropFirst())])
      return measure
    }
    var ledger = SampleLedger.ledger(owners: [], measures: measures)
    ledger.plan.number = number
    return ledger
  }
}
