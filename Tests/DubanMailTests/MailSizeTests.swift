import DubanCore
import TestSupport
import Testing

@testable import DubanMail

/// Mail programs cut off what is past 102 KB: an owner's mail stays below, whatever the ledger holds, and what to do and
/// whom to ask stand above the list.
struct MailSizeTests {
  /// In bytes of HTML.
  static let limit = 90 * 1024

  static let texts: [(name: String, text: String)] = [
    ("short", "按要求落实。"), ("long", String(repeating: "加强与业务职能部门联系，提升审批效率。", count: 300)),
    ("every letter escaped", String(repeating: "\"&'<", count: 1500)),
  ]

  @Test("all items of one person", arguments: [1, 12, 400, 5000], texts)
  func items(count: Int, _ row: (name: String, text: String)) throws {
    let html = try html(count: count, text: row.text, reports: [])
    #expect(html.utf8.count < Self.limit, "\(html.utf8.count) bytes")
    let steps = try #require(html.firstRange(of: "请按以下要求办理"))
    let contact = try #require(html.firstRange(of: "有疑问请联系"))
    let first = try #require(html.firstRange(of: "1.1 "))
    #expect(steps.lowerBound < contact.lowerBound && contact.lowerBound < first.lowerBound)
    #expect(html.contains("未在本邮件中列出") == (count >= 400))
  }

  @Test("a report on very many measures", arguments: [10, 3000])
  func report(count: Int) throws {
    let html = try html(count: count, text: "按要求落实。", reports: ["2022-12-28"])
    #expect(html.utf8.count < Self.limit, "\(html.utf8.count) bytes")
    #expect(html.contains("共\(count)项"))
    #expect(html.contains("请向联系人索取完整报送表") == (count > 1000))
  }

  private func html(count: Int, text: String, reports: [String]) throws -> String {
    let owner = SampleLedger.owner("责任人", "单位", "owner")
    let measures = (1...count).map { number in
      var measure = SampleLedger.measure("1.\(number)", due: "2022-12-28", owners: [owner])
      measure.text = text
      return measure
    }
    var ledger = SampleLedger.ledger(owners: [owner], measures: measures)
    ledger.reports = reports.map(SampleLedger.day)
    let planner = Planner(ledgers: [ledger], policy: Policy(), calendar: SampleLedger.calendar)
    let day = SampleLedger.day("2022-12-28")
    let mail = try #require(planner.plan(on: day, after: History()).mails.first { $0.kind == .reminders })
    let composer = try Composer(
      sender: Sender(name: "督办", address: "contact@example.org"), ledgers: [ledger], lights: LightScheme(),
      templates: TemplateSet.load(overrides: nil).0)
    return try composer.bodies(of: mail, at: Timestamp(seconds: 1_672_185_600)).html
  }
}
