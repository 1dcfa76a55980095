import DubanCore
import Foundation
import TestSupport
import Testing

@testable import DubanLedger

/// The real plan as YAML, CSV and a workbook is the same ledger.
@Suite struct ShippedLedgerRoundTripTests {
  private let calendar = WorkdayCalendar()

  private func shipped() throws -> Ledger {
    let file = RepositoryFile.url("etc/ledger.yaml").path
    return try #require(LedgerReader.read(file: file, calendar: calendar, today: nil).ledger)
  }

  @Test func workbookIsTheSameLedger() throws {
    let folder = try ScratchDirectory()
    let ledger = try shipped()
    let day = try #require(CivilDate("2022-12-20"))
    let bytes = try LedgerXLSX.bytes(ledger, on: day, calendar: calendar)
    let file = try write(bytes, to: folder, "台账.xlsx")
    let reading = LedgerReader.read(file: file, calendar: calendar, today: nil)
    #expect(reading.diagnostics.map(\.description) == [])
    #expect(reading.ledger == ledger)
  }

  @Test func csvUnderAHeaderIsTheSameLedger() throws {
    let folder = try ScratchDirectory()
    let ledger = try shipped()
    _ = try write(try LedgerCSV.bytes(ledger), to: folder, "台账.csv")
    let source = try String(contentsOf: RepositoryFile.url("etc/ledger.yaml"), encoding: .utf8)
    let header = try #require(source.components(separatedBy: "owners:").first)
    let file = try write(Array((header + "measures: 台账.csv\n").utf8), to: folder, "ledger.yaml")
    let reading = LedgerReader.read(file: file, calendar: calendar, today: nil)
    #expect(reading.diagnostics.map(\.description) == [])
    #expect(reading.ledger == ledger)
  }

  private func write(_ bytes: [UInt8], to folder: ScratchDirectory, _ name: String) throws -> String {
    let url = folder.url.appendingPathComponent(name)
    try Data(bytes).write(to: url)
    return url.path
  }
}
