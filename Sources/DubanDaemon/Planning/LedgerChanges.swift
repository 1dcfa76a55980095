import DubanCore
import DubanMail
import DubanOutbox

/// What a change of one ledger means for people: sentences for the contact, and for owners who hand over.
struct LedgerChanges {
  var plan: String
  var notices: [PendingNotice]
  var notes: [OwnerNote]

  /// What differs from the state that the contact was last told, ledger by ledger.
  static func pending(_ active: ActiveConfiguration, _ outbox: Outbox) throws(OutboxError) -> [LedgerChanges]
  {
    let shelf = SnapshotStore(outbox: outbox)
    var news: [LedgerChanges] = []
    for ledger in active.ledgers {
      // The moment of that state keeps a change that was taken back and made again from passing for the first one.
      guard let since = try shelf.moment(of: ledger) else { continue }
      let changes = try shelf.changes(of: ledger)
      guard !changes.isEmpty else { continue }
      let notices = sentences(changes).map { sentence in
        PendingNotice(
          plan: ledger.plan.key,
          key: Notices.key("change", [ledger.plan.key, String(since.seconds), sentence]),
          notice: Notice(.change, sentence))
      }
      news.append(
        LedgerChanges(
          plan: ledger.plan.key, notices: notices, notes: changes.flatMap { $0.notes(in: ledger) }))
    }
    return news
  }

  /// How many measures that were renumbered are named: a row put in at the top renumbers all below.
  private static let mostRenumbered = 5

  /// One sentence for each change, and one for all new numbers together.
  private static func sentences(_ changes: [LedgerChange]) -> [String] {
    let renumbered = changes.compactMap { change -> String? in
      guard case .renumbered(let old) = change.kind else { return nil }
      return "\(old)改为\(change.item)“\(change.title)”"
    }
    let others = changes.filter { if case .renumbered = $0.kind { false } else { true } }.map(\.description)
    guard !renumbered.isEmpty else { return others }
    let named = renumbered.prefix(mostRenumbered).joined(separator: "、")
    let more = renumbered.count > mostRenumbered ? "等" : ""
    return others + ["\(renumbered.count)项措施改了编号（\(named)\(more)），提醒记录和登记随之转到新编号，不重复提醒。"]
  }

  /// Only the changes of which everyone concerned can be told today: the rest waits, whole, for the next day's mails.
  static func toTell(_ changes: [LedgerChanges], on day: CivilDate, _ planner: Planner, _ history: History)
    -> [LedgerChanges]
  {
    changes.filter { one in
      one.notes.allSatisfy { !planner.wasMailed($0.owner.recipient, on: day, after: history) }
        && planner.contact(ofPlan: one.plan).map { !planner.wasMailed($0.recipient, on: day, after: history) }
          ?? false
    }
  }
}
