import DubanCore
import DubanOutbox

/// Keeps the snapshots that ledger changes are told against: the state of each ledger when the contact's last digest
/// was queued.
struct SnapshotShelf {
  private static let prefix = "snapshot/"
  private static let partPrefix = "snapshot-part/"
  /// The key of ``LedgerPrint``, by which an unchanged ledger is known at once.
  private static let printPrefix = "snapshot-print/"
  /// What stands in place of a snapshot that is kept in parts, before their number.
  private static let partsMark = "parts:"

  let outbox: Outbox

  /// What has changed since the contact was last told; nothing for a ledger that is new here.
  func changes(of ledger: Ledger) throws(OutboxError) -> [LedgerChange] {
    guard let main = try outbox.fact(Self.prefix + ledger.plan.key)?.value,
      try outbox.fact(Self.printPrefix + ledger.plan.key)?.value != Self.print(of: ledger)
    else { return [] }
    guard let count = Self.partCount(main) else {
      return SnapshotText.read(main).map { LedgerChange.between($0, LedgerSnapshot(ledger)) } ?? []
    }
    let parts = LedgerSnapshotParts(ledger, count: count)
    var changes: [LedgerChange] = []
    // One part at a time, and those alone whose text isn't the same: a change of a ledger seldom touches many.
    for part in 0..<count {
      guard let text = try outbox.fact(Self.key(ledger, part, of: count))?.value else { continue }
      let new = parts.snapshot(part)
      guard SnapshotText.write(new) != text, let old = SnapshotText.read(text) else { continue }
      changes += LedgerChange.between(old, new)
    }
    return changes.sorted { NaturalOrder.isBefore($0.item, $1.item) }
  }

  /// Since when the shelf has the ledger's present entry; nil for a ledger that is new here.
  func moment(of ledger: Ledger) throws(OutboxError) -> Timestamp? {
    try outbox.fact(Self.prefix + ledger.plan.key)?.at
  }

  /// Puts the present state on the shelf; what says so comes last, so that half of it never counts as all.
  func put(_ ledger: Ledger, at now: Timestamp) throws(OutboxError) {
    let print = Self.print(of: ledger)
    let main = Self.prefix + ledger.plan.key
    let isNew = try outbox.fact(main) == nil
    let isOther = try outbox.fact(Self.printPrefix + ledger.plan.key)?.value != print
    guard isNew || isOther else { return }
    let count = LedgerSnapshotParts.count(for: ledger)
    let parts = LedgerSnapshotParts(ledger, count: count)
    if count == 1 {
      let text = SnapshotText.write(parts.snapshot(0))
      if try outbox.fact(main)?.value != text { try outbox.remember(main, text, at: now) }
    } else {
      for part in 0..<count {
        let (key, text) = (Self.key(ledger, part, of: count), SnapshotText.write(parts.snapshot(part)))
        if try outbox.fact(key)?.value != text { try outbox.remember(key, text, at: now) }
      }
      try outbox.remember(main, Self.partsMark + String(count), at: now)
    }
    try outbox.remember(Self.printPrefix + ledger.plan.key, print, at: now)
  }

  /// Puts the present state on the shelf where there is none: changes are told from now on.
  func putFirst(_ ledger: Ledger, at now: Timestamp) throws(OutboxError) {
    if try outbox.fact(Self.prefix + ledger.plan.key) == nil { try put(ledger, at: now) }
  }

  private static func print(of ledger: Ledger) -> String { String(LedgerPrint(ledger).value, radix: 16) }

  /// Other numbers of parts have other keys: one set is whole until what names the next one is written.
  private static func key(_ ledger: Ledger, _ part: Int, of count: Int) -> String {
    "\(partPrefix)\(count)/\(part)/\(ledger.plan.key)"
  }

  /// In how many parts a snapshot is kept; nil where the text is the snapshot itself.
  private static func partCount(_ text: String) -> Int? {
    text.hasPrefix(partsMark) ? Int(text.dropFirst(partsMark.count)) : nil
  }
}
