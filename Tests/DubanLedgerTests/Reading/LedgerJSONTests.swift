import DubanCore
import DubanLedger
import Foundation
import TestSupport
import Testing

/// The JSON form of a ledger, on which scripts rely.
struct LedgerJSONTests {
  private func json(_ text: String) throws -> String {
    let reading = LedgerReader.read(
      Array(text.utf8), file: "ledger.yaml", calendar: WorkdayCalendar(), today: nil)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(LedgerJSON(reading)), as: UTF8.self)
  }

  @Test func aLedgerAsItStandsInTheGoldenFile() throws {
    let folder = "Tests/DubanLedgerTests/Fixtures/"
    let ledger = try String(contentsOf: RepositoryFile.url(folder + "small-ledger.yaml"), encoding: .utf8)
    let golden = try String(contentsOf: RepositoryFile.url(folder + "small-ledger.json"), encoding: .utf8)
    // With a decision, a progress note and an address that is missing, so that every key is there.
    let text = ledger.replacingOccurrences(
      of: "        status: open\n",
      with: "        status: open\n        due: 2023-06-30\n        progress: 已对接两家银行\n"
    ).replacingOccurrences(of: ", email: changming@example.org", with: "")
    #expect(try json(text) + "\n" == golden)
  }

  @Test func withoutALedgerTheDiagnosticsRemain() throws {
    #expect(
      try json("plan:\n  title: [\n").contains(#""message" : "this is no YAML"#))
    #expect(try json("plan:\n  title: [\n").contains(#""plan" : null"#))
  }
}
