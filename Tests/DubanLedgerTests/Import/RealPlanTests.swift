import DubanCore
import DubanLedger
import Foundation
import TestSupport
import Testing

/// The real plan's text imports to the shipped ledger, addresses aside.
@Suite struct RealPlanTests {
  static func text() throws -> String {
    try String(contentsOf: RepositoryFile.url("Tests/DubanLedgerTests/Fixtures/plan.txt"), encoding: .utf8)
  }

  static func shipped() throws -> Ledger {
    let path = RepositoryFile.url("etc/ledger.yaml").path
    return try #require(LedgerReader.read(file: path, calendar: WorkdayCalendar(), today: nil).ledger)
  }

  @Test func equalsTheShippedLedger() throws {
    let imported = PlanImporter.plan(from: try Self.text(), calendar: WorkdayCalendar())
    var shipped = try Self.shipped()
    for index in shipped.owners.indices { shipped.owners[index].email = nil }
    #expect(imported.ledger.plan == shipped.plan)
    #expect(imported.ledger.reports == shipped.reports)
    #expect(imported.ledger.owners == shipped.owners)
    #expect(imported.ledger.areas.map(\.name) == shipped.areas.map(\.name))
    for (area, expected) in zip(imported.ledger.areas, shipped.areas) {
      #expect(area.problems == expected.problems)
      #expect(area.goal == expected.goal)
      for (measure, expected) in zip(area.measures, expected.measures) { #expect(measure == expected) }
    }
    #expect(imported.ledger == shipped)
  }

  @Test func nothingNeedsAPerson() throws {
    let imported = PlanImporter.plan(from: try Self.text(), calendar: WorkdayCalendar())
    let findings = imported.findings.map { "\($0.line)-\($0.lastLine) \($0.kind.rawValue): \($0.message)" }
    #expect(!imported.needsPerson, "\(findings.joined(separator: "\n"))")
  }

  @Test func losesNoLine() throws {
    let text = try Self.text()
    let imported = PlanImporter.plan(from: text, calendar: WorkdayCalendar())
    #expect(SourceAccount(imported).lost(of: text) == [])
  }

  @Test func readsBackWithMissingAddressesAlone() throws {
    let imported = PlanImporter.plan(from: try Self.text(), calendar: WorkdayCalendar())
    let reading = LedgerReader.read(
      Array(LedgerYAML.text(imported.ledger).utf8), file: "ledger.yaml", calendar: WorkdayCalendar(),
      today: nil)
    #expect(reading.ledger == imported.ledger)
    #expect(reading.diagnostics.count == 11)
    #expect(
      reading.diagnostics.allSatisfy { $0.severity == .warning && $0.message.contains("has no address") })
  }

  @Test func writesTheShippedFile() throws {
    let url = RepositoryFile.url("etc/ledger.yaml")
    #expect(LedgerYAML.text(try Self.shipped()) == (try String(contentsOf: url, encoding: .utf8)))
  }
}
