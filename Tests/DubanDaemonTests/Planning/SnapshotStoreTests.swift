import DubanCore
import DubanOutbox
import Foundation
import TestSupport
import Testing

@testable import DubanDaemon

/// What a ledger is compared with is its state when the contact was last told.
@Suite struct SnapshotStoreTests {
  private let folder: ScratchDirectory
  private let outbox: Outbox
  private let now = Timestamp(seconds: 1_670_000_000)
  private let owner = SampleLedger.owner("徐娟", "市场监督管理局", "a")

  init() throws {
    folder = try ScratchDirectory()
    outbox = try Outbox(directory: folder.path)
  }

  private func ledger(_ titles: [String]) -> Ledger {
    let measures = titles.enumerated().map { place, title in
      var measure = SampleLedger.measure("1.\(place + 1)", due: "2022-12-31", owners: [owner])
      measure.title = title
      return measure
    }
    return SampleLedger.ledger(reports: ["2022-12-27"], owners: [owner], measures: measures)
  }

  @Test func onlyWhatDiffersIsAChange() throws {
    let store = SnapshotStore(outbox: outbox)
    let strange = (0...0x20).map { String(UnicodeScalar(UInt8($0))) }.joined() + "\"\\/ü督\u{2028}👍\u{301}"
    let (old, new) = (ledger(["甲", strange]), ledger(["甲", strange, "丙"]))
    #expect(try store.changes(of: old).isEmpty && store.moment(of: old) == nil, "new here")
    try store.putFirst(old, at: now)
    #expect(try store.changes(of: old).isEmpty)
    #expect(try store.changes(of: new).map(\.kind) == [.added])
    try store.putFirst(new, at: now.adding(seconds: 9))
    #expect(try store.moment(of: old) == now && store.changes(of: new).count == 1)
    try outbox.change(SnapshotStore.facts(of: new).mapValues(\.self), at: now.adding(seconds: 9))
    #expect(try store.changes(of: new).isEmpty && store.changes(of: old).map(\.kind) == [.removed])
  }

  /// A large ledger was kept in parts by an earlier version.
  @Test func aSnapshotInPartsIsRead() throws {
    let ledger = ledger(["甲", "乙", "丙"])
    let whole = LedgerSnapshot(ledger)
    for part in 0..<2 {
      var snapshot = whole
      snapshot.measures = whole.measures.filter { ($0.key == "1.1") == (part == 0) }
      if part > 0 { snapshot.reports = [] }
      let text = String(decoding: try JSONEncoder().encode(snapshot), as: UTF8.self)
      try outbox.remember("snapshot-part/2/\(part)/\(ledger.plan.key)", text, at: now)
    }
    try outbox.remember("snapshot/\(ledger.plan.key)", "parts:2", at: now)
    let store = SnapshotStore(outbox: outbox)
    #expect(try store.changes(of: ledger).isEmpty)
    var fewer = ledger
    fewer.areas[0].measures.removeLast()
    #expect(try store.changes(of: fewer).map(\.kind) == [.removed])
  }
}
