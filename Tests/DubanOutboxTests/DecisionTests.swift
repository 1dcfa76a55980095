import DubanCore
import Testing

@testable import DubanOutbox

/// Which decisions hold, of all in their order.
@Suite struct DecisionTests {
  /// `snooze 3.1 2022-12-28`: kind, item, and the day until which it holds or the date that it is about.
  private static func decision(_ line: String) throws -> Decision {
    let words = line.split(separator: " ").map(String.init)
    var decision = Decision(
      try #require(Decision.Kind(rawValue: words[0])), plan: "测", item: words[1], by: "甲", why: "",
      at: Timestamp(seconds: 0))
    let day = words.count > 2 ? CivilDate(words[2]) : nil
    if words[0].hasPrefix("snooze") { decision.until = day } else { decision.occurrence = day }
    return decision
  }

  @Test(
    arguments: [
      (["snooze 3.1 2022-12-28"], [0], ["snoozeUndone 3.1"]),
      (["snooze 3.1 2022-12-28", "snooze 3.1 2022-12-30"], [0, 1], ["snoozeUndone 3.1"]),
      (["snooze 3.1 2022-12-28", "snooze 3.1 2022-12-30", "snoozeUndone 3.1"], [], []),
      (["snooze 3.1 2022-12-28", "snoozeUndone 3.1", "snooze 3.1 2022-12-30"], [2], ["snoozeUndone 3.1"]),
      (["snooze 3.1 2022-12-28", "snoozeUndone 3.2"], [0], ["snoozeUndone 3.1"]),
      (["done 3.1 2022-12-28", "done 3.1", "doneUndone 3.1"], [0], ["doneUndone 3.1"]),
      (
        ["done 3.1 2022-12-28", "done 3.1 2022-12-29", "snooze 3.1 2022-12-30"], [0, 1, 2],
        ["doneUndone 3.1", "doneUndone 3.1", "snoozeUndone 3.1"]
      ),
    ] as [([String], [Int], [String])])
  func whatStandsIsTakenBackOnce(_ lines: [String], _ standing: [Int], _ back: [String]) throws {
    let all = try lines.map(Self.decision)
    #expect(all.inForce == standing.map { all[$0] })
    #expect(all.inForce.takenBack.map { "\($0.kind) \($0.item)" } == back)
    #expect((all + all.inForce.takenBack).inForce.isEmpty)
  }
}
