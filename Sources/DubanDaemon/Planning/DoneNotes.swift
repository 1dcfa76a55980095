import DubanCore
import DubanOutbox

/// What owners are told of measures that somebody marked as done, by a command or in answer to a digest: once, together
/// with the digest that tells the contact.
enum DoneNotes {
  /// Those that nobody has been told of, each with the key of what the contact is told of it.
  ///
  /// - Parameter ledgers: the ledgers with what was decided of owners and dates.
  static func pending(
    _ ledgers: [Ledger], _ outbox: Outbox
  ) throws(OutboxError) -> [(key: String, notes: [OwnerNote])] {
    let decisions = try outbox.decisions()
    let standing = Set(decisions.standing)
    let names = try UnitNames(outbox)
    var found: [(key: String, notes: [OwnerNote])] = []
    for (decision, notice) in zip(decisions, try Notices.decided(decisions, outbox))
    where decision.kind == .done && standing.contains(decision) {
      guard try outbox.fact(notice.keys[0]) == nil,
        let ledger = ledgers.first(where: { $0.plan.key == decision.plan }),
        // What the ledger has closed itself is told as a change of the ledger.
        let measure = ledger.measures.first(where: { $0.identity == decision.identity }),
        measure.status != .closed,
        // One that is another's since isn't done, and the contact is told so.
        decision.madeFor(names)?.isStill(measure) ?? true
      else { continue }
      let owners = OwnerDirectory(ledger.owners).owners(of: measure)
      found.append((notice.keys[0], owners.map { note(decision, measure, to: $0) }))
    }
    return found
  }

  private static func note(_ decision: Decision, _ measure: Measure, to owner: Owner) -> OwnerNote {
    let date = decision.occurrence.map { "\($0.chinese())到期的部分" } ?? ""
    let isOneOfSeveral = measure.deadline.dueDates.count > 1
    // By the number alone: a mail that names the measure would remind of it. The number is the one that the owner knows.
    let now = measure.id == decision.item ? "" : "（现编号\(measure.id)）"
    return OwnerNote(
      plan: decision.plan, owner: owner,
      kind: isOneOfSeveral && decision.occurrence != nil ? .other : .closed,
      text: "措施\(decision.item)\(now)\(date)已确认完成，不再提醒。",
      calendar: .init(
        item: ItemID(measure, ofPlan: decision.plan), title: measure.title, area: "", text: "",
        old: decision.occurrence.map { [$0] } ?? measure.deadline.dueDates, new: [],
        isOneOfSeveral: isOneOfSeveral))
  }
}
