import DubanCore
import DubanLedger
import Foundation
import TestSupport
import Testing

/// What holds for any bytes whatever: no crash, nothing lost, always an answer that says where.
struct LedgerReaderPropertyTests {
  /// More rounds come from the environment, for a long run.
  private static let factor =
    ProcessInfo.processInfo.environment["DUBAN_FUZZ_FACTOR"].flatMap { Int($0) } ?? 1

  private static let small = "Tests/DubanLedgerTests/Fixtures/small-ledger.yaml"

  private func read(_ bytes: [UInt8]) -> LedgerReading {
    LedgerReader.read(bytes, file: "ledger.yaml", calendar: WorkdayCalendar(), today: nil)
  }

  @Test(arguments: [(small, 1000), ("etc/ledger.yaml", 30)])
  func damagedLedgersGiveALedgerOrALocatedError(path: String, rounds: Int) throws {
    let bytes = Array(try Data(contentsOf: RepositoryFile.url(path)))
    var (sound, broken) = (0, 0)
    for seed in 0..<UInt64(rounds * Self.factor) {
      var generator = SeededGenerator(seed: seed)
      let reading = read(Mutator.mutated(bytes, &generator))
      let errors = reading.diagnostics.filter { $0.severity == .error }
      #expect((reading.ledger == nil) == !errors.isEmpty, "seed \(seed)")
      // Damage that makes a section name a table file is answered for that file as a whole.
      #expect(
        errors.allSatisfy { $0.location.line != nil || $0.location.file != "ledger.yaml" }, "seed \(seed)")
      #expect(reading.diagnostics == reading.diagnostics.inFileOrder(), "seed \(seed)")
      if reading.ledger == nil { broken += 1 } else { sound += 1 }
    }
    #expect(sound > 0)
    #expect(broken > sound)
  }

  @Test func theOrderOfKeysChangesNothing() throws {
    let text = try String(contentsOf: RepositoryFile.url(Self.small), encoding: .utf8)
    let expected = try #require(read(Array(text.utf8)).ledger)
    let starts = ["plan:", "reports:", "owners:", "areas:"].compactMap { text.range(of: $0)?.lowerBound }
    let sections = zip(starts, starts.dropFirst() + [text.endIndex]).map { String(text[$0..<$1]) }
    #expect(sections.count == 4)
    for seed in 0..<24 {
      var generator = SeededGenerator(seed: UInt64(seed))
      let shuffled = sections.shuffled(using: &generator).map { shuffleFields(of: $0, &generator) }
      let reading = read(Array(shuffled.joined().utf8))
      #expect(reading.diagnostics == [], "seed \(seed)")
      #expect(reading.ledger == expected, "seed \(seed)")
    }
  }

  /// Shuffles runs of one-line fields that are indented alike.
  private func shuffleFields(of section: String, _ generator: inout SeededGenerator) -> String {
    var lines = section.split(separator: "\n").map(String.init)
    var start = 1
    while start < lines.count {
      let indent = lines[start].prefix { $0 == " " }
      var end = start
      while end < lines.count, lines[end].prefix(while: { $0 == " " }) == indent,
        !lines[end].hasPrefix(indent + "-"), !lines[end].hasSuffix(":")
      {
        end += 1
      }
      if end > start + 1 { lines[start..<end].shuffle(using: &generator) }
      start = max(end, start + 1)
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
