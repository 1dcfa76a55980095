import DubanCore
import Foundation
import TestSupport
import Testing

@testable import DubanMail

/// What a group is told, and what an item says of its past and future.
@Suite struct GroupTextTests {
  private static let day = SampleLedger.day("2022-12-20")
  private static let owner = SampleLedger.owner("徐娟", "市场监督管理局", "a")

  private static func overview(_ count: Int) -> Overview {
    var measures = (1...count).map { SampleLedger.measure("1.\($0)", due: "2022-12-15", owners: [owner]) }
    measures[0].title = "*公开*[指南](http://x) <@所有人> `a`"
    return Planner(
      ledgers: [SampleLedger.ledger(reports: ["2022-12-27"], owners: [owner], measures: measures)],
      policy: Policy(), calendar: SampleLedger.calendar
    ).overview(on: day, extent: .attention)
  }

  private static func text(_ count: Int, names: Bool) -> String {
    GroupText(overview: overview(count), phrases: Phrases(today: day), namesPeople: names)
      .markdown(title: "【督办日报】逾期", link: "https://example.org/")
  }

  @Test func peopleAreNamedOnlyWhereThatIsWanted() {
    #expect(!Self.text(3, names: false).contains("徐娟"))
    #expect(Self.text(3, names: false).contains("1.2 措施1.2 市场监督管理局 已逾期5天"))
    #expect(Self.text(3, names: true).contains("徐娟"))
  }

  @Test func noTitleIsTakenForAMark() {
    #expect(Self.text(3, names: false).contains("> 1.1 公开指南(http://x) @所有人 a 市场监督管理局"))
  }

  @Test(arguments: RobotKind.allCases) func aLongListIsCountedAndStaysBelowTheLimit(kind: RobotKind) throws {
    let text = Self.text(500, names: true)
    #expect(text.utf8.count <= RobotKind.mostBytes)
    #expect(text.contains("行，详见督办日报。") && text.hasSuffix("[打开统计页](https://example.org/)"))
    let body = kind.body(title: "题", markdown: text)
    #expect(try JSONSerialization.jsonObject(with: Data(body)) is [String: Any])
    #expect(body.count < 20_000)
  }

  /// How often it was reminded of, when the head hears, and when it is due → what the item says.
  @Test(arguments: [
    (Int?.none, String?.none, "2022-12-15", ""), (0, nil, "2022-12-15", ""),
    (0, "2023-01-09", "2022-12-31", ""),
    (2, nil, "2022-12-31", "第3次提醒"), (2, "2023-01-09", "2022-12-31", "第3次提醒"),
    (2, "2023-01-09", "2022-12-15", "第3次提醒；2023年1月9日起报单位第一责任人"),
    (0, "2022-12-22", "2022-12-20", "12月22日起报单位第一责任人"),
  ])
  func anItemSaysWhatWasSentAndWhatFollows(_ reminded: Int?, _ head: String?, _ due: String, _ words: String)
  {
    var line = ItemLine(
      AgendaItem(
        item: ItemID(plan: "甲", kind: .measure, id: "1.1"),
        subject: .measure(SampleLedger.measure("1.1", due: due, owners: [Self.owner]), area: "一"),
        owners: [Self.owner.recipient], due: SampleLedger.day(due), daysLeft: nil, light: .red, silence: nil))
    (line.reminded, line.headHearsOn) = (reminded, head.map(SampleLedger.day))
    let items = ItemRecords(
      phrases: Phrases(today: Self.day), lights: LightLooks(LightScheme()),
      templates: TemplateSet.load(overrides: nil).0, use: .mails, plans: [:])
    #expect(items.record(line)[.follows] == words)
  }
}
