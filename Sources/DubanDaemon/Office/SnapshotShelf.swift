import DubanCore
import DubanOutbox
import Foundation

/// Keeps the snapshots that ledger changes are told against: the state of each ledger when the contact's last digest
/// was queued.
struct SnapshotShelf {
  private static let prefix = "snapshot/"

  let outbox: Outbox

  /// What has changed since the contact was last told; nothing for a ledger that is new here.
  func changes(of ledger: Ledger) throws(OutboxError) -> [LedgerChange] {
    guard let fact = try outbox.fact(Self.prefix + ledger.plan.key), let old = Self.decode(fact.value) else {
      return []
    }
    return LedgerChange.between(old, LedgerSnapshot(ledger))
  }

  /// Since when the shelf has the ledger's present entry; nil for a ledger that is new here.
  func moment(of ledger: Ledger) throws(OutboxError) -> Timestamp? {
    try outbox.fact(Self.prefix + ledger.plan.key)?.at
  }

  /// Puts the present state on the shelf.
  func put(_ ledger: Ledger, at now: Timestamp) throws(OutboxError) {
    guard let text = Self.encode(LedgerSnapshot(ledger)) else { return }
    let key = Self.prefix + ledger.plan.key
    guard try outbox.fact(key)?.value != text else { return }
    try outbox.remember(key, text, at: now)
  }

  /// Puts the present state on the shelf where there is none: changes are told from now on.
  func putFirst(_ ledger: Ledger, at now: Timestamp) throws(OutboxError) {
    guard let text = Self.encode(LedgerSnapshot(ledger)) else { return }
    _ = try outbox.rememberOnce(Self.prefix + ledger.plan.key, text, at: now)
  }

  /// A snapshot that another version wrote in another form tells nothing; the next one replaces it.
  private static func decode(_ text: String) -> LedgerSnapshot? {
    try? JSONDecoder().decode(LedgerSnapshot.self, from: Data(text.utf8))
  }

  /// Nil never happens: names and dates always encode.
  private static func encode(_ snapshot: LedgerSnapshot) -> String? {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    return (try? encoder.encode(snapshot)).map { String(decoding: $0, as: UTF8.self) }
  }
}
