import TestSupport
import Testing

@testable import DubanCore

/// Changes of two people who had the same version of a ledger.
@Suite struct LedgerMergeTests {
  private static let owner = SampleLedger.owner("张三", "某局", "zhangsan")
  private static let other = SampleLedger.owner("李四", "某委", "lisi")

  private static func ledger(_ change: (inout Ledger) -> Void = { _ in }) -> Ledger {
    var ledger = SampleLedger.ledger(
      owners: [owner, other],
      measures: ["1.1", "1.2", "1.3"].map { SampleLedger.measure($0, due: "2022-12-31", owners: [owner]) })
    change(&ledger)
    return ledger
  }

  private static func due(_ place: Int, _ day: String) -> (inout Ledger) -> Void {
    { $0.areas[0].measures[place].deadline.decided = SampleLedger.day(day) }
  }

  @Test func rowsThatDontClashAreMerged() throws {
    let ours = Self.ledger { ledger in
      ledger.areas[0].measures[0].status = .closed
      ledger.owners[1].email = "new@example.org"
    }
    let theirs = Self.ledger { ledger in
      Self.due(1, "2023-02-28")(&ledger)
      ledger.areas[0].measures.append(SampleLedger.measure("1.4", due: "2023-01-31", owners: [Self.other]))
      ledger.reports = [SampleLedger.day("2022-12-27")]
    }
    guard case .merged(let both) = LedgerMerge.merge(base: Self.ledger(), theirs: theirs, ours: ours) else {
      Issue.record("no merge")
      return
    }
    #expect(both.areas[0].measures.map(\.id) == ["1.1", "1.2", "1.3", "1.4"])
    #expect(both.areas[0].measures[0].status == .closed)
    #expect(both.areas[0].measures[1].deadline.decided == SampleLedger.day("2023-02-28"))
    #expect(both.owners[1].email == "new@example.org")
    #expect(both.reports == theirs.reports)
  }

  @Test func theSameChangeIsNoConflict() {
    let both = Self.ledger(Self.due(0, "2023-02-28"))
    #expect(LedgerMerge.merge(base: Self.ledger(), theirs: both, ours: both) == .merged(both))
    #expect(LedgerMerge.merge(base: Self.ledger(), theirs: Self.ledger(), ours: both) == .merged(both))
  }

  @Test func whatBothChangedIsNamed() {
    let title = Self.ledger().areas[0].measures[0].title
    let changes: [(theirs: (inout Ledger) -> Void, ours: (inout Ledger) -> Void, conflict: String)] = [
      (Self.due(0, "2023-02-28"), Self.due(0, "2023-03-31"), "措施1.1“\(title)”"),
      ({ $0.areas[0].measures.remove(at: 0) }, Self.due(0, "2023-03-31"), "措施1.1“\(title)”"),
      (Self.due(0, "2023-03-31"), { $0.areas[0].measures.remove(at: 0) }, "措施1.1“\(title)”"),
      ({ $0.owners[0].email = "a@example.org" }, { $0.owners[0].email = "b@example.org" }, "责任人张三（某局）"),
      ({ $0.plan.number = "1号" }, { $0.plan.number = "2号" }, "方案信息"),
      ({ $0.areas[0].goal = "一" }, { $0.areas[0].goal = "二" }, "领域“\(Self.ledger().areas[0].name)”"),
    ]
    for change in changes {
      #expect(
        LedgerMerge.merge(
          base: Self.ledger(), theirs: Self.ledger(change.theirs), ours: Self.ledger(change.ours))
          == .conflict([change.conflict]))
    }
  }
}
