public import DubanCore
public import DubanOutbox

extension Proposal {
  /// Why a proposal can't be accepted.
  public enum Obstacle: Error, Hashable {
    /// It names no day, and nobody gave one.
    case noDay
    /// The ledger has no such item any more.
    case gone
    /// The day can't be meant.
    case unlikely(CivilDate, UnlikelyDay)
    /// The ledger has no such owner, or several.
    case unknownOwner(String)
  }

  /// What becomes of it, with the decision that follows: an item that is done, due later or another's, a report that
  /// came in.
  ///
  /// - Parameters:
  ///   - until: another day than the one that was asked for.
  ///   - successor: another new owner than the one that was named.
  ///   - today: the day on which it is decided.
  ///   - ledgers: the ledgers in force, as they were read.
  public func ruling(
    isAccepted: Bool, until: CivilDate? = nil, successor: String? = nil, by: String, at now: Timestamp,
    on today: CivilDate, in ledgers: [Ledger]
  ) throws(Obstacle) -> Ruling {
    let asked = NewProposal(self, until: until, successor: successor)
    return Ruling(
      id, isAccepted: isAccepted, by: by,
      decision: isAccepted
        ? try asked.decision(by: by, evidence: messageID, at: now, on: today, in: ledgers) : nil)
  }

  /// What takes back the decisions that followed when it was accepted.
  public func takenBack(_ decisions: [Decision], by: String, at now: Timestamp) -> [Decision] {
    guard state == .accepted else { return [] }
    return decisions.standing.filter {
      $0.at == decidedAt && $0.by == decidedBy && $0.plan == plan && $0.identity == identity
    }.takenBack.map { back in
      var back = back
      (back.by, back.at) = (by, now)
      return back
    }
  }

  /// Whether it was decided and no decision about an item says so: it was refused, or somebody has only seen to it.
  public func wasRuledAlone(_ decisions: [Decision]) -> Bool {
    switch state {
    case .open: false
    case .rejected: true
    case .accepted:
      !decisions.contains { $0.at == decidedAt && $0.plan == plan && $0.identity == identity }
    }
  }

  /// Whether a sheet brought it, and no mail.
  var isOfSheet: Bool { messageID.isEmpty && !item.isEmpty }

  /// What it is about in a ledger; nil where that has no such measure any more.
  func measure(in ledgers: [Ledger]) -> Measure? {
    ledgers.first { $0.plan.key == plan }?.measures.first { $0.identity == identity.prefix { $0 != "#" } }
  }
}

extension Ledger {
  /// Whether it has a measure of this identity, or the measure of such a duty.
  fileprivate func has(_ identity: String) -> Bool {
    measures.contains { $0.identity == identity.prefix { $0 != "#" } }
  }
}

extension NewProposal {
  fileprivate init(_ one: Proposal, until: CivilDate?, successor: String?) {
    self.init(
      one.kind, plan: one.plan, item: one.item, identity: one.identity, due: one.due, person: one.person,
      unit: one.unit, until: until ?? one.until, successor: successor ?? one.successor, text: one.text)
  }

  /// The decision that follows where it is accepted; nil where somebody only has seen to it.
  func decision(
    by: String, evidence: String, at now: Timestamp, on today: CivilDate, in ledgers: [Ledger]
  ) throws(Proposal.Obstacle) -> Decision? {
    let ledger = ledgers.first { $0.plan.key == plan }
    let holder = ledger?.measures.first { $0.identity == identity.prefix { $0 != "#" } }
    let measure = item.contains("#") ? nil : holder
    let asksOfItem = [.done, .postpone, .handover, .notMine].contains(kind)
    if asksOfItem, !(ledger?.has(identity) ?? false) { throw .gone }
    func made(_ kind: Decision.Kind) -> Decision {
      var decision = Decision(
        kind, plan: plan, item: item, identity: identity, by: by,
        why: "\(unit)\(person)\(evidence.isEmpty ? "填报" : "来信")", at: now)
      decision.evidence = evidence
      return decision
    }
    switch kind {
    case .done:
      var decision = made(.done)
      // A duty without an end can't be done for good.
      if item.contains("#") { decision.occurrence = due }
      decision.words = Decision.words(
        of: holder, besides: [unit], isDoneAsAWhole: decision.occurrence == nil)
      return decision
    case .report:
      var decision = made(.reportReceived)
      (decision.occurrence, decision.person) = (due, unit)
      return decision
    case .postpone:
      guard let until else { throw .noDay }
      if let fault = UnlikelyDay(until, due: due, today: today) { throw .unlikely(until, fault) }
      // One date among several, or of a duty, has no place in the ledger: its reminders wait.
      guard let measure, measure.deadline.dueDates.count < 2 else {
        var decision = made(.snooze)
        decision.until = until
        decision.words = Decision.words(of: holder, besides: [unit], isDoneAsAWhole: false)
        return decision
      }
      var decision = made(.due)
      (decision.occurrence, decision.until, decision.words) = (due, until, measure.deadline.words)
      return decision
    case .handover, .notMine:
      if kind == .notMine, successor.isEmpty { return nil }
      guard let ledger, let measure else { return nil }
      guard let owner = ledger.successor(successor, of: measure) else {
        throw .unknownOwner(successor)
      }
      var decision = made(.handover)
      (decision.person, decision.former, decision.words) = (owner.person, person, measure.assignmentWords)
      return decision
    case .progress, .question, .message: return nil
    }
  }
}
