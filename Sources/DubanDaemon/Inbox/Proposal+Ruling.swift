public import DubanCore
public import DubanOutbox

extension Proposal {
  /// Why a proposal can't be accepted.
  public enum Obstacle: Error, Hashable {
    /// It names no day, and nobody gave one.
    case noDay
  }

  /// What becomes of it, with the decision that follows: an item that is done or put off, a report that came in.
  ///
  /// - Parameter until: another day than the one that was asked for.
  public func ruling(
    isAccepted: Bool, until: CivilDate? = nil, by: String, at now: Timestamp
  ) throws(Obstacle) -> Ruling {
    let day = until ?? self.until
    if isAccepted, kind == .postpone, day == nil { throw .noDay }
    return Ruling(
      id, isAccepted: isAccepted, by: by,
      decision: isAccepted ? decision(until: day, by: by, at: now) : nil)
  }

  /// The decision that takes back what followed when it was accepted; nil where nothing did.
  public func takenBack(by: String, at now: Timestamp) -> Decision? {
    guard state == .accepted else { return nil }
    return decision(until: nil, by: by, at: now)?.takenBack
  }

  private func decision(until: CivilDate?, by: String, at now: Timestamp) -> Decision? {
    let kind: Decision.Kind
    switch self.kind {
    case .done: kind = .done
    case .postpone: kind = .snooze
    case .report: kind = .reportReceived
    case .handover, .notMine, .progress, .question, .message: return nil
    }
    // A duty without an end can't be done for good.
    let isForDate = kind == .reportReceived || kind == .done && item.contains("#")
    return Decision(
      kind, plan: plan, item: item, identity: identity, occurrence: isForDate ? due : nil,
      person: kind == .reportReceived ? unit : "", until: kind == .snooze ? until : nil, by: by,
      why: "\(unit)\(person)来信", at: now)
  }
}
