import DubanCore
import TestSupport
import Testing

/// A ledger's snapshot in parts says what the whole one says, and its print changes with it.
@Suite struct LedgerSnapshotTests {
  @Test func partsAreTheWhole() {
    for seed in 0..<30 as Range<UInt64> {
      for ledger in GeneratedOffice(seed: seed).ledgers {
        let whole = LedgerSnapshot(ledger)
        let parts = LedgerSnapshotParts(ledger, count: 4)
        let all = (0..<4).map { parts.snapshot($0) }
        let measures = all.map(\.measures).reduce(into: [:]) { $0.merge($1) { first, _ in first } }
        #expect(measures == whole.measures, "seed \(seed)")
        #expect(
          all.map(\.measures.count).reduce(0, +) == whole.measures.count, "seed \(seed): a measure twice")
        #expect(all.map(\.reports) == [whole.reports, [], [], []], "seed \(seed)")
      }
    }
  }

  @Test func aMeasureStaysInItsPartWhereverItStands() {
    var office = GeneratedOffice(seed: 3)
    let ledger = office.ledgers[0]
    let shuffled = office.shuffled()[0]
    for part in 0..<4 {
      #expect(
        Set(LedgerSnapshotParts(ledger, count: 4).snapshot(part).measures.keys)
          == Set(LedgerSnapshotParts(shuffled, count: 4).snapshot(part).measures.keys))
    }
  }

  @Test func thePrintChangesWithTheSnapshot() {
    let owners = [SampleLedger.owner("徐娟", "市场监督管理局", "a"), SampleLedger.owner("郭兰", "财政金融部", "b")]
    let ledger = SampleLedger.ledger(
      reports: ["2022-12-27"], owners: owners,
      measures: (1...3).map { SampleLedger.measure("1.\($0)", due: "2022-12-31", owners: [owners[0]]) })
    let print = LedgerPrint(ledger)
    #expect(LedgerPrint(ledger) == print)
    let changes: [(String, (inout Ledger) -> Void)] = [
      ("title", { $0.areas[0].measures[1].title = "措施1.1" }),
      ("date", { $0.areas[0].measures[2].deadline.decided = SampleLedger.day("2023-01-31") }),
      (
        "owner",
        {
          $0.areas[0].measures[0].persons = ["郭兰"]; $0.areas[0].measures[0].units = ["财政金融部"]
        }
      ),
      ("status", { $0.areas[0].measures[0].status = .closed }),
      ("id", { $0.areas[0].measures[0].id = "1.4" }),
      ("report", { $0.reports = [] }),
      ("one less", { $0.areas[0].measures.removeLast() }),
    ]
    for (name, change) in changes {
      var other = ledger
      change(&other)
      #expect(LedgerPrint(other) != print, "\(name)")
    }
    // What the contact isn't told of changes nothing.
    var other = ledger
    other.areas[0].measures[0].progress = "进展"
    other.areas[0].goal = "别的目标"
    #expect(LedgerPrint(other) == print)
  }

  @Test func onlyLargeLedgersAreParted() {
    let owners = [SampleLedger.owner("徐娟", "市场监督管理局", "a")]
    func count(_ measures: Int) -> Int {
      LedgerSnapshotParts.count(
        for: SampleLedger.ledger(
          owners: owners,
          measures: (0..<measures).map { SampleLedger.measure("\($0)", due: nil, owners: owners) }))
    }
    #expect(count(26) == 1)
    #expect(count(4096) == 1)
    #expect(count(10_000) == 4)
  }
}
