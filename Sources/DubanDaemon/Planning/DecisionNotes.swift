import DubanCore
import DubanMail
import DubanOutbox

/// What owners are told of decisions about their measures, on the day whose digest tells the contact: 销号通知, 期限调整, and
/// what becomes of the entry in their calendar.
enum DecisionNotes {
  /// The notes of the decisions that are told today. A decision one of whose owners has had a mail today already waits with
  /// its notice for the next day's.
  ///
  /// - Parameter notices: what is to be told; the notices of decisions that wait are taken out.
  static func take(
    _ notices: inout [PendingNotice], _ decisions: [Decision], _ active: ActiveConfiguration,
    wasMailed: (Recipient) -> Bool
  ) -> [OwnerNote] {
    let told = Set(notices.filter { $0.isNew && $0.notice.kind == .decision }.flatMap(\.keys))
    guard !told.isEmpty else { return [] }
    var (notes, waiting): ([OwnerNote], Set<String>) = ([], [])
    let standing = Set(decisions.standing)
    // Nobody hears that it was taken back who hasn't heard of it.
    let untold = Set(
      decisions.filter { $0.kind == .done && told.contains(Notices.key(of: $0)) }.map(\.identity))
    for decision in decisions
    where decision.kind == .doneUndone ? !untold.contains(decision.identity) : standing.contains(decision) {
      let key = Notices.key(of: decision)
      guard told.contains(key), let ledger = active.ledgers.first(where: { $0.plan.key == decision.plan }),
        let change = change(decision, LedgerSnapshot(ledger).measures[decision.identity])
      else { continue }
      let own = change.notes(in: ledger)
      if own.contains(where: { wasMailed($0.owner.recipient) }) { waiting.insert(key) } else { notes += own }
    }
    notices.removeAll { $0.keys.contains(where: waiting.contains) }
    return notes
  }

  /// The decision as a change of its measure; nil for one that changes nothing for good, or one date of several.
  private static func change(_ decision: Decision, _ line: LedgerSnapshot.Line?) -> LedgerChange? {
    guard let line, decision.occurrence.map({ line.dates == [$0] }) ?? true else { return nil }
    let kind: LedgerChange.Kind
    switch decision.kind {
    case .done: kind = .closed
    case .doneUndone: kind = .reopened
    case .due: kind = .moved(from: line.dates, to: decision.until.map { [$0] } ?? [])
    default: return nil
    }
    return .decided(kind, plan: decision.plan, identity: decision.identity, about: line)
  }
}
