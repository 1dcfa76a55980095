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
