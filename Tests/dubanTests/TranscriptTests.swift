import Foundation
import TestSupport
import Testing

/// Every command as a person sees it. `DUBAN_WRITE_GOLDEN=1 swift test --filter TranscriptTests` writes the files anew.
@Suite struct TranscriptTests {
  private static let folder = RepositoryFile.url("Tests/dubanTests/Transcripts")
  private static let names =
    (try? FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".txt") }
      .sorted()) ?? []

  @Test(arguments: names) func everyCommandPrintsWhatItShould(name: String) throws {
    let file = Self.folder.appendingPathComponent(name)
    let office = try Office()
    var written: [String] = []
    for step in Transcript.steps(try String(contentsOf: file, encoding: .utf8), isMarkdown: false) {
      let actual = try Transcript.actual(step, in: office).map {
        $0.replacingOccurrences(of: office.url.path, with: "OFFICE")
      }
      written += ["$ \(step.command)"] + actual + [""]
      if ProcessInfo.processInfo.environment["DUBAN_WRITE_GOLDEN"] == nil {
        #expect(
          Transcript.matches(actual, step.expected),
          "\(name): $ \(step.command)\n\(actual.joined(separator: "\n"))\n--- expected\n\(step.expected.joined(separator: "\n"))"
        )
      }
    }
    if ProcessInfo.processInfo.environment["DUBAN_WRITE_GOLDEN"] != nil {
      try Data((written.joined(separator: "\n")).utf8).write(to: file)
    }
  }

  @Test func thereAreTranscripts() { #expect(Self.names.count >= 15) }
}
