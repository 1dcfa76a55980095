import DubanCore
import DubanMail
import DubanOutbox

/// What a change of one ledger means for people: sentences for the contact, and for owners who hand over.
struct LedgerNews {
  var plan: String
  var notices: [PendingNotice]
  var notes: [OwnerNote]

  /// What differs from the state that the contact was last told, ledger by ledger.
  static func pending(_ inForce: InForce, _ outbox: Outbox) throws(OutboxError) -> [LedgerNews] {
    let shelf = SnapshotShelf(outbox: outbox)
    var news: [LedgerNews] = []
    for ledger in inForce.ledgers {
      // The moment of that state keeps a change that was taken back and made again from passing for the first one.
      guard let since = try shelf.moment(of: ledger) else { continue }
      let changes = try shelf.changes(of: ledger)
      guard !changes.isEmpty else { continue }
      let notices = changes.map { change in
        PendingNotice(
          plan: ledger.plan.key,
          key: "notice/change/\(ledger.plan.key)|\(since.seconds)|\(change)",
          notice: Notice(.change, change.description))
      }
      news.append(
        LedgerNews(plan: ledger.plan.key, notices: notices, notes: changes.flatMap { $0.notes(in: ledger) }))
    }
    return news
  }

  /// Only the news that everyone concerned can be told today: the rest waits, whole, for the next day's mails.
  static func tellable(_ news: [LedgerNews], on day: CivilDate, _ planner: Planner, _ history: History)
    -> [LedgerNews]
  {
    news.filter { one in
      one.notes.allSatisfy { !planner.wasMailed($0.owner.recipient, on: day, after: history) }
        && planner.contact(ofPlan: one.plan).map { !planner.wasMailed($0.recipient, on: day, after: history) }
          ?? false
    }
  }
}
