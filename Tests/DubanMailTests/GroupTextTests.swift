import Foundation
import TestSupport
import Testing

@testable import DubanCore
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

  /// How often it was reminded of, and when head and supervisor hear → what the item says.
  @Test(arguments: [
    (Int?.none, String?.none, String?.none, ""), (0, nil, nil, ""), (2, nil, nil, "第3次提醒"),
    (2, "2023-01-09", nil, "第3次提醒；2023年1月9日起报单位第一责任人"), (0, "2022-12-22", nil, "12月22日起报单位第一责任人"),
    (3, "2022-12-15", "2022-12-22", "第4次提醒；已于12月15日报单位第一责任人；12月22日起报分管领导"),
    (3, "2022-12-20", nil, "第4次提醒；今日报单位第一责任人"),
    (4, "2022-12-15", "2022-12-19", "第5次提醒；已于12月15日报单位第一责任人；已于12月19日报分管领导"),
  ])
  func anItemSaysWhatWasSentAndWhatFollows(
    _ reminded: Int?, _ head: String?, _ supervisor: String?, _ words: String
  ) {
    let due = "2022-12-10"
    var line = ItemLine(
      AgendaItem(
        item: ItemID(plan: "甲", kind: .measure, id: "1.1"),
        subject: .measure(SampleLedger.measure("1.1", due: due, owners: [Self.owner]), area: "一"),
        owners: [Self.owner.recipient], due: SampleLedger.day(due), daysLeft: nil, light: .red,
        noReminder: nil))
    let hearings = [(EscalationLevel.head, head), (.supervisor, supervisor)]
    line.hearings = hearings.compactMap { level, day in
      day.map { Reminder.Hearing(level: level, on: SampleLedger.day($0)) }
    }
    line.reminded = reminded
    let items = ItemRecords(
      phrases: Phrases(today: Self.day), lights: LightLooks(LightScheme()),
      templates: TemplateSet.load(overrides: nil).0, use: .mails, plans: [:])
    #expect(items.record(line)[.follows] == words)
  }

  /// Of readers who share a mailbox, each level is named once, with the first day.
  @Test(
    arguments: [
      ([[(.head, "2023-01-10")], [(.head, "2023-01-05")]], ["head 2023-01-05"]),
      (
        [[(.supervisor, "2023-01-10")], [(.head, "2023-01-12"), (.supervisor, "2023-01-16")]],
        ["supervisor 2023-01-10", "head 2023-01-12"]
      ),
    ] as [([[(EscalationLevel, String)]], [String])])
  func readersWhoShareAMailboxHearOfEachLevelOnce(_ people: [[(EscalationLevel, String)]], _ says: [String]) {
    let measure = SampleLedger.measure("1.1", due: "2022-12-30", owners: [])
    let day = SampleLedger.day("2023-01-13")
    let reminders = people.enumerated().map { place, hearings in
      let due = SampleLedger.day("2022-12-30")
      var reminder = Reminder(
        occurrence: Occurrence(item: ItemID(plan: "甲", kind: .measure, id: "1.1"), due: due), stage: .due,
        recipient: Recipient(person: "\(place)", unit: "甲"),
        reason: Reason(step: ReminderStep(stage: .due, nominal: due, sendOn: due), due: due, on: day),
        subject: .measure(measure, area: "一"), fellows: [], light: .red)
      reminder.hearings = hearings.map { Reminder.Hearing(level: $0, on: SampleLedger.day($1)) }
      return reminder
    }
    #expect(ItemLine.lines(of: reminders).flatMap(\.hearings).map { "\($0.level) \($0.day)" } == says)
  }
}
