import TestSupport
import Testing

@testable import DubanCore
@testable import DubanMail

/// The subject says what and by when.
struct HeadlineTests {
  /// Seen on 22 December 2022.
  static let rows: [(name: String, dues: [String], reports: [String], subject: String)] = [
    ("one date", ["2022-12-31", "2022-12-31"], [], "【整改提醒】12月31日到期2项（剩9天）"),
    ("today", ["2022-12-22"], [], "【整改提醒】今日到期1项"),
    ("overdue", ["2022-12-17", "2022-12-17"], [], "【整改提醒】逾期2项（5天）"),
    ("overdue for different times", ["2022-12-17", "2022-12-12"], [], "【整改提醒】逾期2项（最长10天）"),
    ("two dates", ["2022-12-25", "2022-12-31"], [], "【整改提醒】12月25日到期1项（剩3天），12月31日到期1项"),
    (
      "many dates", ["2022-12-25", "2022-12-31", "2023-01-31", "2023-02-28"], [],
      "【整改提醒】12月25日到期1项（剩3天），其后到期3项"
    ),
    (
      "today and ahead", ["2022-12-22", "2022-12-31", "2022-12-31"], [],
      "【整改提醒】今日到期1项，12月31日到期2项（剩9天）"
    ),
    ("overdue and ahead", ["2022-12-17", "2022-12-31"], [], "【整改提醒】逾期1项（5天），12月31日到期1项（剩9天）"),
    ("today before overdue", ["2022-12-17", "2022-12-22"], [], "【整改提醒】今日到期1项，逾期1项（5天）"),
    ("next year", ["2023-01-31"], [], "【整改提醒】2023年1月31日到期1项（剩40天）"),
    ("report", [], ["2022-12-27"], "【报送提醒】整改情况12月27日前报送（剩5天）"),
    ("report today", [], ["2022-12-22"], "【报送提醒】整改情况报送今日截止"),
    ("report missed", [], ["2022-12-20"], "【报送提醒】请补报12月20日的整改情况"),
    ("report missed last year", [], ["2021-12-20"], "【报送提醒】请补报2021年12月20日的整改情况"),
    (
      "report missed, items ahead", ["2022-12-31"], ["2022-12-20"],
      "【报送提醒】请补报12月20日的整改情况，12月31日到期1项（剩9天）"
    ),
    ("report first", ["2022-12-31"], ["2022-12-27"], "【报送提醒】整改情况12月27日前报送（剩5天），12月31日到期1项（剩9天）"),
    ("item first", ["2022-12-24"], ["2022-12-27"], "【整改提醒】12月24日到期1项（剩2天），整改情况12月27日前报送（剩5天）"),
    ("overdue leads", ["2022-12-17"], ["2022-12-27"], "【整改提醒】逾期1项（5天），整改情况12月27日前报送（剩5天）"),
  ]

  @Test("subjects", arguments: rows)
  func subject(_ row: (name: String, dues: [String], reports: [String], subject: String)) {
    let lines =
      row.dues.enumerated().map { line(.measure, "1.\($0)", $1) }
      + row.reports.map { line(.report, "report", $0) }
    #expect(Headline(lines, on: SampleLedger.day("2022-12-22")).subject == row.subject)
  }

  /// A phone shows 20 characters: what is to be done and by when are among them.
  @Test("20 characters are enough", arguments: rows)
  func cut(_ row: (name: String, dues: [String], reports: [String], subject: String)) {
    let shown = String(row.subject.prefix(20))
    let days = (row.dues + row.reports).map(SampleLedger.day)
    let isDated = days.contains { shown.contains($0.chinese(relativeTo: 2022)) }
    #expect(isDated || ["今日", "逾期"].contains { shown.contains($0) }, "\(shown): by when")
    #expect(["到期", "逾期", "报送", "补报"].contains { shown.dropFirst(6).contains($0) }, "\(shown): what")
  }

  /// What an area calls its report may sound like a count of several.
  @Test(
    arguments: [
      (["窗口专项报告"], "2022-12-22", "窗口专项报告报送今日截止"), (["整改情况", "商事登记周报"], "2022-12-22", "2项报告今日截止"),
      (["整改情况", "商事登记周报"], "2022-12-27", "2项报告12月27日前报送（剩5天）"),
    ] as [([String], String, String)])
  func severalReportsAreCounted(_ names: [String], _ due: String, _ words: String) {
    let phrases = Phrases(today: SampleLedger.day("2022-12-22"))
    let part = Headline.report(Set(names), due: SampleLedger.day(due), phrases)
    #expect(part.text + part.note == words)
  }

  @Test("an escalation is marked as one")
  func escalation() {
    var escalated = line(.measure, "1.1", "2022-12-12")
    escalated.stage = .escalation(.head)
    #expect(Headline([escalated], on: SampleLedger.day("2022-12-22")).subject == "【逾期提请关注】逾期1项（10天）")
  }

  private func line(_ kind: ItemID.Kind, _ id: String, _ due: String) -> ItemLine {
    let measure = SampleLedger.measure(id, due: due, owners: [])
    return ItemLine(
      AgendaItem(
        item: ItemID(plan: "测", kind: kind, id: id),
        subject: kind == .report ? .report(on: [measure]) : .measure(measure, area: "领域一"), owners: [],
        due: SampleLedger.day(due), daysLeft: nil, light: .yellow, noReminder: nil))
  }
}
