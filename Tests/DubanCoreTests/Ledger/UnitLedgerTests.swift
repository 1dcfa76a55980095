import DubanCore
import TestSupport
import Testing

/// A unit's part of a ledger names nobody else.
@Suite struct UnitLedgerTests {
  @Test(
    "progress that names others is left out",
    arguments: [
      ("已完成初稿。", "已完成初稿。"), ("甲一已报送。", "甲一已报送。"), ("", ""), ("待财政局拨付。", "涉及其他单位，见台账"),
      ("已与乙二对接。", "涉及其他单位，见台账"), ("法规科正在审核。", "涉及其他单位，见台账"),
    ])
  func progress(written: String, shown: String) throws {
    let (one, two) = (SampleLedger.owner("甲一", "规划部", "jia"), SampleLedger.owner("乙二", "财政局", "yi"))
    var measure = SampleLedger.measure("1.1", due: nil, owners: [one, two])
    measure.progress = written
    var other = SampleLedger.measure("1.2", due: nil, owners: [two])
    other.units = ["法规科"]
    let part = SampleLedger.ledger(owners: [one, two], measures: [measure, other]).only("规划部")
    #expect(part.measures.map(\.progress) == [shown])
  }
}
