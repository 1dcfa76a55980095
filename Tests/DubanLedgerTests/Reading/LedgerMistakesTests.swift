import DubanCore
import DubanLedger
import Foundation
import TestSupport
import Testing

/// Every mistake in a ledger is said with its place, all of them at once.
struct LedgerMistakesTests {
  private static let folder = "Tests/DubanLedgerTests/Fixtures/"

  private static func sound() throws -> String {
    try String(contentsOf: RepositoryFile.url(folder + "small-ledger.yaml"), encoding: .utf8)
  }

  private func read(_ text: String) -> LedgerReading {
    LedgerReader.read(
      Array(text.utf8), file: "ledger.yaml", calendar: WorkdayCalendar(), today: CivilDate("2022-09-26"))
  }

  @Test func theSoundLedgerIsSound() throws {
    let reading = read(try Self.sound())
    #expect(reading.diagnostics.map(\.description) == [])
    #expect(reading.ledger?.measures.map(\.id) == ["1.1", "2.1"])
  }

  @Test(arguments: try MistakeTable.mistakes(folder + "ledger-mistakes.txt"))
  func mistake(_ mistake: MistakeTable.Mistake) throws {
    let reading = read(try mistake.text(of: try Self.sound()))
    #expect(reading.diagnostics.map(\.description) == mistake.expected)
    #expect((reading.ledger == nil) == reading.diagnostics.hasErrors)
  }
}
