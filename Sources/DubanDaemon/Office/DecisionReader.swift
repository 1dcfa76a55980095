public import DubanCore
public import DubanOutbox

/// Turns the recorded decisions into what the planner goes by: the latest word on each item counts.
public enum DecisionReader {
  /// What people decided, up to now.
  public static func read(_ outbox: Outbox) throws(OutboxError) -> Decisions {
    var decisions = Decisions()
    for decision in try outbox.decisions() {
      switch decision.kind {
      case .done: decisions.done.insert(.init(item: decision.item, due: decision.occurrence))
      case .reportReceived:
        if let due = decision.occurrence { decisions.received.insert(.init(unit: decision.person, due: due)) }
      case .snooze:
        guard let until = decision.until else { continue }
        decisions.snoozes[decision.item] = Snooze(
          item: decision.item, until: until, by: decision.by, why: decision.why)
      }
    }
    return decisions
  }
}
