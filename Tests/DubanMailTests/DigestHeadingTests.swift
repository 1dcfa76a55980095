import DubanCore
import TestSupport
import Testing

@testable import DubanMail

/// What the digest's subject says is next, and what it says of measures that are reported as done.
@Suite struct DigestHeadingTests {
  private static let owners = [
    SampleLedger.owner("王二", "窗口科", "wanger"), SampleLedger.owner("李四", "财政科", "lisi"),
  ]

  private static func digest(
    on day: String, reports: [String] = [], feedback: [AreaReports.Feedback] = [],
    unreported: [String]? = nil, _ measures: [Measure]
  ) throws -> (subject: String, text: String) {
    var ledger = SampleLedger.ledger(
      issued: "2022-09-01", reports: reports, owners: owners, measures: measures)
    ledger.areas[0].reports.feedback = feedback
    let planner = Planner(ledgers: [ledger], policy: Policy(), calendar: SampleLedger.calendar)
    let day = SampleLedger.day(day)
    let mail = try #require(planner.plan(on: day, after: History()).mails.first { $0.kind != .reminders })
    var composer = try Composer(
      sender: Sender(name: "督办", address: "contact@example.org"), ledgers: [ledger], lights: LightScheme(),
      templates: TemplateSet.load(overrides: nil).0)
    for measure in measures { composer.unreported[ItemID(measure, ofPlan: ledger.plan.key)] = unreported }
    let overview = planner.overview(on: day, extent: .attention)
    let text = try composer.bodies(
      of: mail, overview: overview, notices: [], at: Timestamp(seconds: 1_672_185_600)
    ).text
    return (try #require(text.split(separator: "\n").first { $0.contains("逾期") }).description, text)
  }

  /// On Monday 26 September 2022: reports, the measure's date → the subject after 无逾期.
  @Test(
    arguments: [
      (["2022-09-27"], nil, "整改情况9月27日前报送（剩1天）"), (["2022-09-26"], nil, "整改情况报送今日截止"),
      (["2022-10-26"], nil, "整改情况10月26日前报送（剩30天）"), (["2022-10-27"], nil, "30天内无到期事项"),
      ([], nil, "30天内无到期事项"),
      (["2022-09-27"], "2022-10-20", "10月20日到期1项（剩24天）"),
    ] as [([String], String?, String)])
  func aReportIsDueToo(_ reports: [String], _ due: String?, _ words: String) throws {
    let measure = SampleLedger.measure("1.1", due: due, owners: [Self.owners[0]])
    #expect(try Self.digest(on: "2022-09-26", reports: reports, [measure]).subject.hasPrefix("无逾期，\(words)"))
  }

  /// Reports of a plan and of an area that are due on one day.
  @Test func reportsOfOneDayAreCounted() throws {
    let measure = SampleLedger.measure("1.1", due: nil, owners: [Self.owners[0]])
    let feedback = AreaReports.Feedback(what: "办理结果", after: Span(26))
    let subject = try Self.digest(on: "2022-09-26", reports: ["2022-09-27"], feedback: [feedback], [measure])
      .subject
    #expect(subject.hasPrefix("无逾期，2项报告9月27日前报送（剩1天）"), "\(subject)")
  }

  /// The ledger says 待销号, and not who said so; what units filled in says it.
  @Test(
    arguments: [
      (1, nil, "能否销号（台账标为待销号），可询问王二（窗口科）。"),
      (2, nil, "能否销号（台账标为待销号；由2个单位共同负责，请核对是否均已完成），可询问王二（窗口科）、李四（财政科）。"),
      (2, ["财政科"], "能否销号（台账标为待销号；财政科尚未填报完成，请核对），可询问"), (2, [], "能否销号（台账标为待销号；2个单位均已填报完成），可询问"),
    ] as [(Int, [String]?, String)])
  func onlyWhoFilledItInIsSaidToHaveReported(
    _ units: Int, _ unreported: [String]?, _ words: String
  ) throws {
    let measure = SampleLedger.measure(
      "1.1", due: "2022-09-20", owners: Array(Self.owners.prefix(units)), status: .submitted)
    let (subject, text) = try Self.digest(on: "2022-09-26", unreported: unreported, [measure])
    #expect(text.filter { !$0.isWhitespace }.contains(words), "\(text)")
    #expect(subject.hasPrefix("无逾期"))
  }
}

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

/// What a digest asks the contact to pass on, by whom it is for and why that person gets no mail.
@Suite struct PassedOnTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let owner: Owner
    var isRefused = false
    let says: [String]
    let saysNot: [String]
    var testDescription: String { name }
  }

  private static let contact = SampleLedger.contact

  @Test(arguments: [
    Case(
      name: "the contact",
      owner: Owner(person: contact.person, unit: contact.unit, email: contact.email),
      says: ["请办理您本人负责的事项：12月31日到期1项（剩15天）。", "您本人负责的事项：12月31日", "今天没有发给其他责任人的提醒。"],
      saysNot: ["转达", "没有可用邮箱"]),
    Case(
      name: "somebody who shares the contact's mailbox",
      owner: Owner(person: "甲", unit: contact.unit, email: contact.email.uppercased()),
      says: ["请向甲（营商服务中心）转达", "与您共用邮箱", "1人的提醒需您转达"], saysNot: ["没有可用邮箱", "您本人"]),
    Case(
      name: "somebody without an address", owner: Owner(person: "甲", unit: "规划部", email: nil),
      says: ["请向甲（规划部）转达", "没有可用邮箱"], saysNot: ["共用", "您本人"]),
    Case(
      name: "somebody whose address was refused",
      owner: Owner(person: "甲", unit: "规划部", email: "a@example.org"), isRefused: true,
      says: ["请向甲（规划部）转达", "没有可用邮箱"], saysNot: ["共用", "您本人"]),
  ])
  func isSaidAsItIs(_ row: Case) throws {
    let ledger = SampleLedger.ledger(
      issued: "2022-09-21", owners: [row.owner],
      measures: [SampleLedger.measure("1.1", due: "2022-12-31", owners: [row.owner])])
    let plan = try RealPlan(ledger: ledger, policy: Policy())
    let day = SampleLedger.day("2022-12-16")
    var history = History(assumedThrough: day.adding(days: -1))
    if row.isRefused { history.unreachable = ["a@example.org"] }
    let mails = plan.planner().plan(on: day, after: history).mails
    let mail = try #require(mails.first)
    #expect(mails.count == 1)
    let letter = try plan.composer().letters(
      mail, overview: plan.planner().overview(on: day), notices: [], at: plan.moment(day),
      utcOffset: RealPlan.utcOffset, occasion: .scheduled)[0]
    let text = (letter.subject + letter.text).filter { !$0.isWhitespace }
    for words in row.says { #expect(text.contains(words), "\(words)") }
    for words in row.saysNot { #expect(!text.contains(words), "\(words)") }
  }
}
