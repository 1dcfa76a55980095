import DubanCore
import DubanLedger
import Foundation
import TestSupport

/// The spreadsheets that `scripts/make-sheet-fixtures` made.
enum SheetFixture {
  static let folder = RepositoryFile.url("Tests/DubanLedgerTests/Fixtures/sheets")

  static func bytes(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: folder.appendingPathComponent(name)))
  }

  /// What a ledger reads as whose `measures:` (and, without owners of its own, everything else) is this table.
  static func ledger(_ table: [UInt8], file: String, withOwners: Bool) throws -> LedgerReading {
    let source = String(decoding: try bytes("office.yaml"), as: UTF8.self)
    let header = source.components(separatedBy: withOwners ? "areas:" : "owners:")[0]
    let folder = try ScratchDirectory()
    try Data(table).write(to: folder.url.appendingPathComponent(file))
    let ledger = folder.url.appendingPathComponent("ledger.yaml")
    try Data((header + "measures: \(file)\n").utf8).write(to: ledger)
    var reading = LedgerReader.read(file: ledger.path, calendar: WorkdayCalendar(), today: nil)
    for index in reading.diagnostics.indices {
      let place = reading.diagnostics[index].location
      reading.diagnostics[index].location = Diagnostic.Location(
        file: place.file.replacing(folder.path + "/", with: ""), sheet: place.sheet, line: place.line,
        column: place.column)
    }
    return reading
  }

  /// The ledger that all fixtures of the same plan must read as.
  static func expected() -> LedgerReading {
    LedgerReader.read(
      file: folder.appendingPathComponent("office.yaml").path, calendar: WorkdayCalendar(), today: nil)
  }
}
