import DubanCore
import TestSupport
import Testing

/// A ledger's digest changes with its snapshot.
@Suite struct LedgerSnapshotTests {
  @Test func theDigestChangesWithTheSnapshot() {
    let owners = [SampleLedger.owner("徐娟", "市场监督管理局", "a"), SampleLedger.owner("郭兰", "财政金融部", "b")]
    let ledger = SampleLedger.ledger(
      reports: ["2022-12-27"], owners: owners,
      measures: (1...3).map { SampleLedger.measure("1.\($0)", due: "2022-12-31", owners: [owners[0]]) })
    let digest = LedgerDigest(ledger)
    #expect(LedgerDigest(ledger) == digest)
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
      ("recurring report", { $0.recurringReports = [RecurringReport(text: "每月28日前", rules: [.month])] }),
      ("one less", { $0.areas[0].measures.removeLast() }),
      ("area's supervisor", { $0.areas[0].supervisor = "丁一" }),
      ("owner's supervisor", { $0.owners[1].supervisor = "丁一" }),
      (
        "area's reports",
        { $0.areas[0].reports.recurring = [RecurringReport(text: "每周五前", rules: [.week])] }
      ),
    ]
    for (name, change) in changes {
      var other = ledger
      change(&other)
      #expect(LedgerDigest(other) != digest, "\(name)")
    }
    // What is told of supervisors and reports; a snapshot of an earlier version knows nothing of them.
    var supervised = ledger
    supervised.areas[0].supervisor = "丁一"
    supervised.areas[0].reports.recurring = [RecurringReport(text: "每周五前", rules: [.week])]
    supervised.owners[1].supervisor = "丁一"
    var old = LedgerSnapshot(ledger)
    #expect(
      LedgerChange.between(old, LedgerSnapshot(supervised)).map(\.description) == [
        "财政金融部郭兰的分管领导由无改为丁一。", "领域“领域一”的分管领导由无改为丁一。", "领域“领域一”的定期报送由无改为每周五前。",
      ])
    old.supervised = nil
    #expect(LedgerChange.between(old, LedgerSnapshot(supervised)).isEmpty)
    // What the contact isn't told of changes nothing.
    var other = ledger
    other.areas[0].measures[0].progress = "进展"
    other.areas[0].goal = "别的目标"
    #expect(LedgerDigest(other) == digest)
  }
}
