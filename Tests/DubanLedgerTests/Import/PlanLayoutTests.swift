import DubanCore
import DubanLedger
import Foundation
import Testing

/// Plans of other layouts give the ledgers and lists that people wrote down for them.
///
/// `duban import NAME.txt > NAME.yaml 2> NAME.left-out` writes both anew; read them before they are committed.
@Suite struct PlanLayoutTests {
  @Test func everyFixtureIsNamed() throws {
    let files = try FileManager.default.contentsOfDirectory(atPath: PlanFixtures.folder.path)
    let texts = files.filter { $0.hasSuffix(".txt") }.map { String($0.dropLast(4)) }
    #expect(texts.sorted() == PlanFixtures.names)
  }

  @Test(arguments: PlanFixtures.names) func givesItsLedger(_ name: String) throws {
    let imported = PlanImporter.plan(from: try PlanFixtures.text(name), calendar: WorkdayCalendar())
    #expect(LedgerYAML.text(imported.ledger) == (try PlanFixtures.text(name, "yaml")))
    let list = imported.diagnostics(file: "\(name).txt").map { "\($0)\n" }.joined()
    #expect(list == (try PlanFixtures.text(name, "left-out")))
  }

  @Test(arguments: PlanFixtures.names) func losesNoLine(_ name: String) throws {
    let text = try PlanFixtures.text(name)
    let imported = PlanImporter.plan(from: text, calendar: WorkdayCalendar())
    #expect(SourceAccount(imported).lost(of: text) == [])
  }

  /// What reads back as wrong is what the import has listed: no person, no unit, no contact.
  @Test(arguments: PlanFixtures.names) func readsBack(_ name: String) throws {
    let imported = PlanImporter.plan(from: try PlanFixtures.text(name), calendar: WorkdayCalendar())
    let yaml = LedgerYAML.text(imported.ledger)
    let reading = LedgerReader.read(
      Array(yaml.utf8), file: "ledger.yaml", calendar: WorkdayCalendar(), today: nil)
    let expected = [
      "has no address", "has no persons", "has no units", "the contact's", "nobody stands", "deadline",
      "can't be paired",
    ]
    for diagnostic in reading.diagnostics {
      #expect(expected.contains { diagnostic.message.contains($0) }, "\(diagnostic)")
    }
    if let ledger = reading.ledger { #expect(ledger == imported.ledger) }
    if !imported.needsPerson { #expect(reading.ledger == imported.ledger) }
  }
}
