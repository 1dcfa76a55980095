import DubanCore
import TestSupport
import Testing

@testable import DubanMail

/// What the digest says is new since the one before: 自…以来.
@Suite struct SinceLastTests {
  static let news: [Notice] = [
    Notice(.change, "措施1.1已销号。", news: .closed), Notice(.change, "措施1.2已销号。", news: .closed),
    Notice(.decision, "窗口科的整改情况报送已收到。", news: .reported),
    Notice(.change, "措施1.3的到期日调整。", news: .moved), Notice(.change, "报送日期变了。"),
  ]

  static let rows: [(since: String?, notices: [Notice], words: String?)] = [
    // Due on 1 and 20 December; the digest is of 28 December.
    ("2022-12-19", [], "自12月19日以来：新逾期1项（2.2）。"),
    ("2022-11-30", [], "自11月30日以来：新逾期2项（2.1、2.2）。"),
    ("2022-12-21", [], nil), (nil, news, nil),
    ("2022-12-21", news, "自12月21日以来：新销号2项，新报送1个单位，期限调整1项。"),
    ("2022-12-20", news, "自12月20日以来：新逾期1项（2.2），新销号2项，新报送1个单位，期限调整1项。"),
  ]

  @Test("what is new", arguments: rows)
  func new(_ row: (since: String?, notices: [Notice], words: String?)) throws {
    let owner = SampleLedger.owner("王二", "窗口科", "wanger")
    let ledger = SampleLedger.ledger(
      owners: [owner],
      measures: [
        SampleLedger.measure("2.1", due: "2022-12-01", owners: [owner]),
        SampleLedger.measure("2.2", due: "2022-12-20", owners: [owner]),
        SampleLedger.measure("2.3", due: "2022-12-28", owners: [owner]),
        SampleLedger.measure("2.4", due: "2022-12-20", owners: [owner], status: .closed),
      ])
    let planner = Planner(ledgers: [ledger], policy: Policy(), calendar: SampleLedger.calendar)
    let day = SampleLedger.day("2022-12-28")
    var mail = try #require(planner.plan(on: day, after: History()).mails.first { $0.kind != .reminders })
    mail.since = row.since.map(SampleLedger.day)
    let composer = try Composer(
      sender: Sender(name: "督办", address: "contact@example.org"), ledgers: [ledger], lights: LightScheme(),
      templates: TemplateSet.load(overrides: nil).0)
    let bodies = try composer.bodies(
      of: mail, overview: planner.overview(on: day, extent: .attention), notices: row.notices,
      at: Timestamp(seconds: 1_672_185_600))
    for body in [bodies.text, bodies.html] {
      #expect(body.contains(row.words ?? "以来：") == (row.words != nil))
      // First what is to be done, then what is new, then the lists.
      let headings = ["下一步"] + (row.words == nil ? [] : ["以来："]) + ["总体情况"]
      let places = try headings.map { try #require(body.firstRange(of: $0)).lowerBound }
      #expect(places == places.sorted())
    }
  }
}
