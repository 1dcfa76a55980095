import DubanCore
import DubanLedger
import DubanOutbox
import TestSupport
import Testing

@testable import DubanDaemon

/// What the ledger was on each day can be read again, however often it changed.
@Suite struct LedgerHistoryTests {
  private let folder: ScratchDirectory
  private let outbox: Outbox
  private let owner = SampleLedger.owner("徐娟", "市场监督管理局", "a")

  init() throws {
    folder = try ScratchDirectory()
    outbox = try Outbox(directory: folder.path)
  }

  private func ledger(_ statuses: [Measure.Status]) -> Ledger {
    SampleLedger.ledger(
      reports: ["2022-12-27"], owners: [owner],
      measures: statuses.enumerated().map {
        SampleLedger.measure("1.\($0 + 1)", due: "2022-12-31", owners: [owner], status: $1)
      })
  }

  private func note(_ statuses: [Measure.Status], _ day: String) throws {
    let ledger = ledger(statuses)
    try outbox.change(
      try LedgerHistory(outbox).changes(
        LedgerYAML.text(ledger), ofPlan: ledger.plan.key, on: SampleLedger.day(day)),
      at: Timestamp(seconds: 1))
  }

  private func versions(_ day: String) throws -> [String] {
    try LedgerHistory(outbox).versions(
      ofPlan: "测〔2022〕1号", through: SampleLedger.day(day), SampleLedger.calendar
    ).map { "\($0.from) " + $0.ledger.measures.map(\.status.rawValue).joined(separator: " ") }
  }

  @Test func eachDayHasTheLedgerAsItWasLast() throws {
    try note([.open, .open], "2022-11-01")
    try note([.open, .open], "2022-11-02")
    try note([.open, .submitted], "2022-11-10")
    try note([.open, .closed], "2022-11-10")
    try note([.closed, .open, .open], "2022-12-01")
    #expect(try versions("2022-10-31") == [])
    #expect(try versions("2022-11-09") == ["2022-11-01 open open"], "an unchanged day is no version")
    #expect(
      try versions("2022-12-31") == [
        "2022-11-01 open open", "2022-11-10 open closed", "2022-12-01 closed open open",
      ])
  }

  @Test func whatAWrongClockNotedForDaysToComeIsForgotten() throws {
    try note([.open], "2022-11-01")
    try note([.closed], "2023-11-01")
    try note([.submitted], "2022-11-02")
    #expect(try versions("2024-01-01") == ["2022-11-01 open", "2022-11-02 submitted"])
  }

  @Test func aChangeOfOneMeasureAmongManyNeedsLittleRoom() throws {
    var statuses = [Measure.Status](repeating: .open, count: 1_000)
    try note(statuses, "2022-11-01")
    statuses[500] = .closed
    try note(statuses, "2022-11-02")
    let sizes = try outbox.facts(withPrefix: "ledger-day/").map(\.value.utf8.count)
    #expect(sizes[1] < 1_000 && sizes[0] > 100_000, "\(sizes)")
  }
}
