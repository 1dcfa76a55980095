import DubanCore
import TestSupport

/// One line of a scenario's `steps.txt`. Times of day are 08:30 throughout.
enum ScenarioStep: Equatable {
  /// `run D` or `run D .. D`: the service looks at the plan on each of these days, twice.
  case run(ClosedRange<CivilDate>)
  /// `stop D .. D`: the service is off; says so in the plan, and does nothing.
  case stop(ClosedRange<CivilDate>)
  /// `replace ledger.yaml by ledger-2.yaml`: the file is changed, and everything is read again as of the next run.
  case replace(String, by: String)
  /// `snooze ITEM until D by NAME: WHY`
  case snooze(String, until: CivilDate, by: String, why: String)
  /// `done ITEM` or `done ITEM on D`
  case done(String, on: CivilDate?)
  /// `received UNIT on D`
  case received(String, on: CivilDate)
  /// `explain NAME on D`: the planner's answers, by what was really queued before that day.
  case explain(String, on: CivilDate)

  /// Reads a line; nil for anything else.
  init?(_ line: some StringProtocol) {
    let (head, why) = Self.cut(String(line), at: ": ")
    let words = head.split(separator: " ").map(String.init)
    func date(_ index: Int) -> CivilDate? { words.indices.contains(index) ? CivilDate(words[index]) : nil }
    switch (words.first, words.count) {
    case ("run", 2), ("run", 4), ("stop", 4):
      guard let first = date(1), let last = words.count == 2 ? first : date(3), first <= last else {
        return nil
      }
      self = words[0] == "run" ? .run(first...last) : .stop(first...last)
    case ("replace", 4): self = .replace(words[1], by: words[3])
    case ("snooze", 6):
      guard let until = date(3) else { return nil }
      self = .snooze(words[1], until: until, by: words[5], why: why)
    case ("done", 2): self = .done(words[1], on: nil)
    case ("done", 4):
      guard let due = date(3) else { return nil }
      self = .done(words[1], on: due)
    case ("received", 4), ("explain", 4):
      guard let day = date(3) else { return nil }
      self = words[0] == "received" ? .received(words[1], on: day) : .explain(words[1], on: day)
    default: return nil
    }
  }

  private static func cut(_ text: String, at separator: String) -> (String, String) {
    let parts = text.split(separator: separator, maxSplits: 1)
    return (parts.first.map(String.init) ?? "", parts.count == 2 ? String(parts[1]) : "")
  }
}
