import DubanCore
import DubanOutbox
import Foundation

/// Keeps the snapshots that ledger changes are told against: the state of each ledger when the contact's last digest
/// was queued.
struct SnapshotStore {
  private static let prefix = "snapshot/"
  /// The key of ``LedgerDigest``, by which an unchanged ledger is known at once.
  private static let digestPrefix = "snapshot-print/"

  let outbox: Outbox

  /// What has changed since the contact was last told; nothing for a ledger that is new here.
  func changes(of ledger: Ledger) throws(OutboxError) -> [LedgerChange] {
    guard try outbox.fact(Self.digestPrefix + ledger.plan.key)?.value != Self.digest(of: ledger),
      let old = try snapshot(of: ledger)
    else { return [] }
    return LedgerChange.between(old, LedgerSnapshot(ledger))
  }

  /// Since when the store has the ledger's present entry; nil for a ledger that is new here.
  func moment(of ledger: Ledger) throws(OutboxError) -> Timestamp? {
    try outbox.fact(Self.prefix + ledger.plan.key)?.at
  }

  /// Keeps the present state; the digest comes last, so that half of it never counts as all.
  func put(_ ledger: Ledger, at now: Timestamp) throws(OutboxError) {
    let digest = Self.digest(of: ledger)
    let isKnown = try outbox.fact(Self.prefix + ledger.plan.key) != nil
    let isSame = try outbox.fact(Self.digestPrefix + ledger.plan.key)?.value == digest
    guard !(isKnown && isSame), let text = Self.text(LedgerSnapshot(ledger)) else { return }
    try outbox.remember(Self.prefix + ledger.plan.key, text, at: now)
    try outbox.remember(Self.digestPrefix + ledger.plan.key, digest, at: now)
  }

  /// Keeps the present state where there is none: changes are told from now on.
  func putFirst(_ ledger: Ledger, at now: Timestamp) throws(OutboxError) {
    if try outbox.fact(Self.prefix + ledger.plan.key) == nil { try put(ledger, at: now) }
  }

  private static func digest(of ledger: Ledger) -> String { String(LedgerDigest(ledger).value, radix: 16) }

  /// A snapshot that another version wrote in another form tells nothing; the next one replaces it. A large
  /// ledger was once kept in parts, of which the entry has the number.
  private func snapshot(of ledger: Ledger) throws(OutboxError) -> LedgerSnapshot? {
    let plan = ledger.plan.key
    guard let text = try outbox.fact(Self.prefix + plan)?.value else { return nil }
    guard text.hasPrefix("parts:"), let count = Int(text.dropFirst(6)) else { return Self.read(text) }
    var whole: LedgerSnapshot?
    for part in 0..<count {
      guard let text = try outbox.fact("snapshot-part/\(count)/\(part)/\(plan)")?.value,
        let one = Self.read(text)
      else { return nil }
      whole?.measures.merge(one.measures) { first, _ in first }
      if whole == nil { whole = one }
    }
    return whole
  }

  private static func read(_ text: String) -> LedgerSnapshot? {
    try? JSONDecoder().decode(LedgerSnapshot.self, from: Data(text.utf8))
  }

  /// The same snapshot is the same text.
  private static func text(_ snapshot: LedgerSnapshot) -> String? {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return (try? encoder.encode(snapshot)).map { String(decoding: $0, as: UTF8.self) }
  }
}
