public import DubanCore
public import DubanOutbox

/// Turns the recorded decisions into what the planner goes by: the latest word on each item counts.
public enum DecisionReader {
  /// What people decided, up to now.
  public static func read(_ outbox: Outbox) throws(OutboxError) -> Decisions {
    var decisions = Decisions()
    for decision in try outbox.decisions().standing {
      switch decision.kind {
      case .done:
        decisions.done.insert(
          .init(plan: decision.plan, item: decision.identity, due: decision.occurrence))
      case .reportReceived:
        guard let due = decision.occurrence else { continue }
        decisions.received.insert(.init(plan: decision.plan, unit: decision.person, due: due))
      case .snooze:
        guard let until = decision.until else { continue }
        decisions.put(
          off: Snooze(
            plan: decision.plan, item: decision.identity, until: until, by: decision.by, why: decision.why))
      case .snoozeUndone, .doneUndone, .reportUndone: continue
      }
    }
    return decisions
  }
}
