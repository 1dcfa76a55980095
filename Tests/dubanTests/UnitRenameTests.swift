import TestSupport
import Testing

/// A unit gets another name in the ledger, and everybody in it stays: nobody is asked anew.
@Suite struct UnitRenameTests {
  private static let (unit, name) = ("涧西区市场监督管理局", "涧西区市场监管局")

  /// What the ledger changes besides; whether the owner's work counts as handed over then.
  @Test(arguments: [
    (["xujuan@example.org": "xujuan@example.org"], false),
    (["xujuan@example.org": "other@example.org"], true),
  ])
  func samePersonsSameRecord(addresses: [String: String], isAnew: Bool) throws {
    let office = try Office()
    func mails(_ day: String) throws -> String {
      let run = try office.duban("run", "--once", "--now", "\(day)T08:30")
      #expect(run.status == 0, "\(run.complaints)")
      return try office.duban("history", "--from", day, "--through", day, "--json").output
    }
    #expect(try mails("2022-12-16").contains("涧西区市场监督管理局"))
    #expect(
      try office.duban("report", "received", Self.unit, "--on", "2022-12-27", "--now", "2022-12-16T09:00")
        .status == 0)
    try office.replace(Self.unit, Self.name)
    for (old, new) in addresses where old != new { try office.replace(old, new) }
    let next = try mails("2022-12-19")
    #expect(next.contains("徐娟") == isAnew, "\(next)")
    let (last, explained) = (
      try mails("2022-12-20"),
      try office.duban("explain", "徐娟", "--on", "2022-12-20", "--now", "2022-12-20T09:00").output
    )
    #expect(last.contains("徐娟") == isAnew, "\(last)")
    #expect(explained.contains("the report was received") != isAnew, "\(explained)")
    #expect(explained.contains("4.1  徐娟（涧西区市场监管局）  due 2022-12-31: no mail: already sent"), "\(explained)")
    let told = try office.texts(to: "zwfwjzhc")
    #expect(told.contains("责任单位“\(Self.unit)”改称“\(Self.name)”") != isAnew, "\(told)")
  }
}
