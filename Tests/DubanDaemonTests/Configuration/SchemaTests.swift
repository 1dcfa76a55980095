import DubanCore
import DubanDaemon
import DubanLedger
import Foundation
import TestSupport
import Testing

/// The JSON Schemas for editors know the keys that the readers know, and take the files that are shipped.
@Suite struct SchemaTests {
  /// A key that is like no other, so that the reader answers with all that it expects.
  private static let strange = "qqqqqqqqqqqq"

  /// Where a section stands: its properties in the schema, and a file with the strange key in it.
  struct Section: Sendable, CustomTestStringConvertible {
    var schema: String
    var path: [String]
    var file: String
    var testDescription: String { "\(schema) \(path.joined(separator: "."))" }
  }

  private static let configuration: [Section] = [
    ([], "\(strange): 1"),
    (["properties", "state", "anyOf", "1"], "state: {\(strange): 1}"),
    (["properties", "relay"], "relay: {\(strange): 1}"),
    (["properties", "answers"], "answers: {\(strange): 1}"),
    (["properties", "robots"], "robots: {\(strange): 1}"),
    (["$defs", "robot"], "robots: {wecom: {\(strange): 1}}"),
    (["properties", "papers"], "papers: {\(strange): 1}"),
    (["$defs", "slipLevel"], "papers: {levels: [{\(strange): 1}]}"),
    (["$defs", "inbox"], "inbox: {\(strange): 1}"),
    (["properties", "delivery"], "delivery: {\(strange): 1}"),
    (["properties", "observe"], "observe: {\(strange): 1}"),
    (["properties", "reminders"], "reminders: {\(strange): 1}"),
    (["properties", "reminders", "properties", "escalate"], "reminders: {escalate: {\(strange): 1}}"),
    (["properties", "reminders", "properties", "lights"], "reminders: {lights: {\(strange): 1}}"),
    (["$defs", "light"], "reminders: {lights: {red: {\(strange): 1}}}"),
    (["$defs", "periods", "items"], "reminders: {quiet: [{\(strange): 1}]}"),
    (
      ["properties", "reminders", "properties", "overrides", "items"],
      "reminders: {overrides: [{\(strange): 1}]}"
    ),
  ].map { Section(schema: "duban", path: $0.0, file: $0.1) }

  private static let ledger: [Section] = [
    ([], "\(strange): 1"),
    (["properties", "plan"], "plan: {\(strange): 1}"),
    (["properties", "plan", "properties", "contact"], "plan: {contact: {\(strange): 1}}"),
    (["properties", "plan", "properties", "contacts", "items"], "plan: {contacts: [{\(strange): 1}]}"),
    (["properties", "received", "items"], "received: [{\(strange): 1}]"),
    (["properties", "owners", "anyOf", "1", "items"], "owners: [{\(strange): 1}]"),
    (["properties", "areas", "items"], "areas: [{\(strange): 1}]"),
    (
      ["properties", "areas", "items", "properties", "feedback", "anyOf", "2", "items"],
      "areas: [{feedback: [{\(strange): 1}]}]"
    ),
    (["$defs", "measure"], "areas: [{measures: [{\(strange): 1}]}]"),
    (
      ["$defs", "measure", "properties", "duties", "items"],
      "areas: [{measures: [{duties: [{\(strange): 1}]}]}]"
    ),
  ].map { Section(schema: "ledger", path: $0.0, file: $0.1) }

  @Test(arguments: configuration + ledger) func theSchemaHasTheReadersKeys(section: Section) throws {
    #expect(try schemaKeys(section) == readerKeys(section))
  }

  /// Every mapping of the schemas is among the sections above.
  @Test(arguments: ["duban", "ledger"]) func noMappingIsForgotten(schema: String) throws {
    let text = try String(contentsOf: Self.url(schema), encoding: .utf8)
    let mappings = text.matches(of: #/"additionalProperties": false/#).count
    #expect(mappings == (schema == "duban" ? Self.configuration : Self.ledger).count)
  }

  @Test func theShippedFilesAreAsTheSchemasSay() throws {
    let run = try Self.check([])
    #expect(run.status == 0, "\(run.output)")
  }

  @Test(arguments: [
    ("duban", "ledger: ledger.yaml\ndelivery: {perDay: 0}\n", "delivery.perDay"),
    ("duban", "ledger: ledger.yaml\nreminders: {advance: [soon]}\n", "reminders.advance.0"),
    ("duban", "ledger: ledger.yaml\nobserve: {metrics: duban.txt}\n", "observe.metrics"),
    ("ledger", "plan: {title: x}\nareas: []\n", "plan"),
    ("ledger", "plan: {title: x, contact: {unit: x, email: a@b}}\nmeasures: list.pdf\n", "measures"),
  ])
  func theSchemasFindMistakes(schema: String, text: String, place: String) throws {
    let scratch = try ScratchDirectory()
    let file = scratch.url.appendingPathComponent("file.yaml")
    try Data(text.utf8).write(to: file)
    let run = try Self.check([Self.url(schema).path, file.path])
    #expect(run.status == 1)
    #expect(run.output.hasPrefix("\(file.path): \(place): "), "\(run.output)")
  }

  private static func url(_ schema: String) -> URL { RepositoryFile.url("etc/schemas/\(schema).schema.json") }

  private func schemaKeys(_ section: Section) throws -> Set<String> {
    var node = try JSONSerialization.jsonObject(with: Data(contentsOf: Self.url(section.schema)))
    for step in section.path {
      if let list = node as? [Any], let index = Int(step) {
        node = list[index]
      } else {
        node = try #require((node as? [String: Any])?[step], "\(step) of \(section.path)")
      }
    }
    return Set(try #require((node as? [String: Any])?["properties"] as? [String: Any]).keys)
  }

  /// The keys that the reader names when it meets the strange one.
  private func readerKeys(_ section: Section) throws -> Set<String> {
    let bytes = Array(section.file.utf8)
    let diagnostics =
      section.schema == "duban"
      ? ConfigurationReader.read(bytes, file: "duban.yaml", environment: [:]).diagnostics
      : LedgerReader.read(bytes, file: "ledger.yaml", calendar: WorkdayCalendar(), today: nil).diagnostics
    let answer = try #require(diagnostics.first { $0.message.contains(Self.strange) })
    let list = try #require(answer.help.components(separatedBy: "expected one of ").dropFirst().first)
    return Set(list.components(separatedBy: ", "))
  }

  private static func check(_ arguments: [String]) throws -> (status: Int32, output: String) {
    let process = Process()
    process.executableURL = RepositoryFile.url("scripts/check-schemas")
    process.arguments = arguments
    let output = Pipe()
    process.standardOutput = output
    process.standardError = output
    try process.run()
    let text = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: text, as: UTF8.self))
  }
}
