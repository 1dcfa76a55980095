import DubanCore
import DubanLedger
import Foundation
import TestSupport
import Testing

/// The files that ship under etc/ are sound.
struct ShippedFilesTests {
  @Test func holidaysReadWithoutADiagnostic() {
    let (calendar, diagnostics) = HolidayReader.read(directory: RepositoryFile.url("etc/holidays").path)
    #expect(diagnostics.map(\.description) == [])
    #expect(calendar.knownYears == Set(2021...2026))
  }

  @Test func ledgerReadsWithoutADiagnostic() {
    let reading = LedgerReader.read(
      file: RepositoryFile.url("etc/ledger.yaml").path, calendar: WorkdayCalendar(), today: nil)
    #expect(reading.diagnostics.map(\.description) == [])
    #expect(reading.ledger?.areas.count == 8)
    #expect(reading.ledger?.measures.count == 26)
    #expect(reading.ledger?.owners.count == 11)
  }
}
