import DubanCore
import DubanLedger
import Foundation
import TestSupport
import Testing

/// Damaged plans import without a crash and without a lost line. `DUBAN_FUZZ_ROUNDS` sets how many.
@Suite struct PlanFuzzTests {
  private static let rounds = Int(ProcessInfo.processInfo.environment["DUBAN_FUZZ_ROUNDS"] ?? "") ?? 20

  @Test(arguments: PlanFixtures.names) func damagedFixtures(_ name: String) throws {
    try Self.damage(
      try PlanFixtures.text(name), rounds: Self.rounds,
      seed: UInt64(truncatingIfNeeded: name.utf8.reduce(7) { $0 &* 31 &+ Int($1) }))
  }

  @Test func damagedRealPlan() throws {
    try Self.damage(try RealPlanTests.text(), rounds: Self.rounds / 2, seed: 20_220_921)
  }

  private static func damage(_ text: String, rounds: Int, seed: UInt64) throws {
    var damage = PlanDamage(seed: seed)
    for round in 0..<rounds {
      let damaged = damage.damaged(text, times: 1 + round % 8)
      let imported = PlanImporter.plan(from: damaged, calendar: WorkdayCalendar())
      let lost = SourceAccount(imported).lost(of: damaged)
      try #require(lost == [], "seed \(seed), round \(round)")
      let yaml = Array(LedgerYAML.text(imported.ledger).utf8)
      let reading = LedgerReader.read(yaml, file: "ledger.yaml", calendar: WorkdayCalendar(), today: nil)
      let malformed = reading.diagnostics.filter { $0.message.contains("YAML") || $0.message.contains("key") }
      try #require(malformed == [], "seed \(seed), round \(round)")
      guard let ledger = reading.ledger else { continue }
      let again = LedgerYAML.text(ledger).split(separator: "\n")
      let difference = zip(again, LedgerYAML.text(imported.ledger).split(separator: "\n")).first { $0 != $1 }
      let isSame = ledger == imported.ledger
      try #require(isSame, "seed \(seed), round \(round): \(difference.map { "\($0)" } ?? "unseen in YAML")")
    }
  }
}

/// Damages texts as extraction from PDF, careless copying and typing do; the same seed gives the same damage.
struct PlanDamage {
  private var generator: SeededGenerator

  init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

  mutating func damaged(_ text: String, times: Int) -> String {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    for _ in 0..<times where lines.count > 2 { damage(&lines) }
    return lines.joined(separator: "\n")
  }

  private mutating func damage(_ lines: inout [String]) {
    let at = Int(next() % UInt64(lines.count))
    let other = Int(next() % UInt64(lines.count))
    let cut = Int(next() % UInt64(lines[at].count + 1))
    switch next() % 12 {
    case 0: lines.remove(at: at)
    case 1: lines.insert(lines[at], at: other)
    case 2: lines.swapAt(at, other)
    case 3:
      let tail = String(lines[at].dropFirst(cut))
      lines[at] = String(lines[at].prefix(cut))
      lines.insert(tail, at: at + 1)
    case 4 where at + 1 < lines.count: lines[at] += lines.remove(at: at + 1)
    case 5: lines[at] = String(lines[at].prefix(cut))
    case 6 where !lines[at].contains(where: \.isWhitespace): lines[at] = lines[at].map { "\($0) " }.joined()
    case 7: lines[at] = lines[at].replacing("：", with: next() % 2 == 0 ? ":" : "")
    case 8: lines[at] = lines[at].replacing("、", with: next() % 2 == 0 ? "，" : " ")
    case 9: lines[at] = "\u{0C}" + lines[at]
    case 10: lines[at] = String(repeating: " ", count: Int(next() % 30)) + lines[at]
    default:
      let marks = [
        "1、", "（二）", "三、", "（1）", "①", "责任单位：", "责任人：", "完成时限：", "主要问题：", "整改措施：", "附件：", "# ", "- ", "\"",
        "\t",
      ]
      lines[at] = marks[Int(next() % UInt64(marks.count))] + lines[at]
    }
  }

  private mutating func next() -> UInt64 { generator.next() }
}
