import DubanCore
import Foundation
import TestSupport
import Testing

@testable import DubanDaemon

/// A snapshot's text says the same to Foundation's decoder as what Foundation's encoder writes.
@Suite struct SnapshotTextTests {
  @Test func whatIsWrittenIsRead() {
    for seed in 0..<30 as Range<UInt64> {
      for ledger in GeneratedOffice(seed: seed).ledgers {
        let snapshot = LedgerSnapshot(ledger)
        let text = SnapshotText.write(snapshot)
        #expect(SnapshotText.read(text) == snapshot, "seed \(seed)")
        #expect(SnapshotText.write(LedgerSnapshot(ledger)) == text, "seed \(seed): not the same twice")
      }
    }
  }

  @Test func strangeTextsStayAsTheyAre() {
    let strange =
      (0...0x20).map { String(UnicodeScalar(UInt8($0))) }.joined() + "\"\\/ü督\u{2028}\u{7f}👍\u{301}"
    let owner = SampleLedger.owner(strange, strange, "a")
    var measure = SampleLedger.measure("1.1", due: "2022-12-31", owners: [owner])
    measure.title = strange
    measure.id = strange
    var ledger = SampleLedger.ledger(reports: ["2022-12-27"], owners: [owner], measures: [measure])
    ledger.plan.number = strange
    let snapshot = LedgerSnapshot(ledger)
    #expect(SnapshotText.read(SnapshotText.write(snapshot)) == snapshot)
  }

  /// As Foundation wrote it before: such a text is read, and told changes against.
  @Test func foundationsTextIsRead() throws {
    let snapshot = LedgerSnapshot(GeneratedOffice(seed: 3).ledgers[0])
    let text = String(decoding: try JSONEncoder().encode(snapshot), as: UTF8.self)
    #expect(SnapshotText.read(text) == snapshot)
    #expect(SnapshotText.read("{}") == nil)
  }
}
