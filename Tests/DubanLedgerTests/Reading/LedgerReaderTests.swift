import DubanCore
import DubanLedger
import Foundation
import TestSupport
import Testing

/// What the values of a ledger mean.
struct LedgerReaderTests {
  private static func small() throws -> String {
    try String(
      contentsOf: RepositoryFile.url("Tests/DubanLedgerTests/Fixtures/small-ledger.yaml"), encoding: .utf8)
  }

  private func read(_ text: String) -> LedgerReading {
    LedgerReader.read(Array(text.utf8), file: "ledger.yaml", calendar: WorkdayCalendar(), today: nil)
  }

  /// 和 parts names that are owners', and no others: 住房和城乡建设局 is one unit.
  @Test func joinedNamesAreParted() throws {
    let text = """
      plan: {title: t, issued: 2022-09-01, contact: {unit: u, person: p, phone: "1", email: c@example.org}}
      owners:
        - {person: 江篱, unit: 财政局, email: jiangli@example.org}
        - {person: 白芷, unit: 住房和城乡建设局, email: baizhi@example.org}
      areas:
        - name: a
          measures:
            - {id: "1.1", title: 修路, units: [财政局和住房和城乡建设局], persons: [江篱和白芷], deadline: 长期}
            - {id: "1.2", title: 架桥, units: [住房和城乡建设局], persons: [白芷], deadline: 长期}
            - {id: "1.3", title: 清淤, units: [财政局和教育局], persons: [江篱], deadline: 长期}
      """
    let ledger = try #require(read(text).ledger)
    #expect(ledger.measures.map(\.persons) == [["江篱", "白芷"], ["白芷"], ["江篱"]])
    #expect(ledger.measures.map(\.units) == [["财政局", "住房和城乡建设局"], ["住房和城乡建设局"], ["财政局和教育局"]])
  }

  /// The lead unit and its people come first, wherever they are written; persons[i] goes on answering for units[i].
  @Test(arguments: [
    ("units: [财政局, 教育局], lead: 教育局, persons: [江篱, 白芷]", "教育局 财政局", "白芷 江篱"),
    ("units: [财政局, 教育局], lead: 教育局, persons: [江篱, 甘草, 白芷]", "教育局 财政局", "白芷 江篱 甘草"),
    ("units: [财政局, 教育局], lead: 财政局, persons: [江篱, 白芷]", "财政局 教育局", "江篱 白芷"),
    ("units: [财政局, 教育局], persons: [江篱, 白芷]", "财政局 教育局", "江篱 白芷"),
  ])
  func theLeadComesFirst(_ fields: String, _ units: String, _ persons: String) throws {
    let text = """
      plan: {title: t, issued: 2022-09-01, contact: {unit: u, person: p, phone: "1", email: c@example.org}}
      owners:
        - {person: 江篱, unit: 财政局, email: jiangli@example.org}
        - {person: 甘草, unit: 财政局, email: gancao@example.org}
        - {person: 白芷, unit: 教育局, email: baizhi@example.org}
      areas:
        - name: a
          measures:
            - {id: "1.1", title: 修路, \(fields), deadline: 长期}
      """
    let measure = try #require(read(text).ledger?.measures.first)
    #expect(measure.units.joined(separator: " ") == units)
    #expect(measure.persons.joined(separator: " ") == persons)
  }

  /// What stands around an owner's name is passed over where it is a post, the unit or a telephone number.
  @Test(arguments: [
    ("江篱（副局长）", "江篱"), ("江篱(13800000000)", "江篱"), ("江篱 13800000000", "江篱"), ("副局长江篱", "江篱"),
    ("江篱副局长", "江篱"), ("局长：江篱", "江篱"), ("党组成员、副局长江篱", "江篱"), ("江篱等", "江篱"), ("江 篱", "江篱"),
    ("财政局：江篱", "江篱"), ("江篱（财政局）", "江篱"), ("江篱同志", "江篱"), ("买买提•艾力", "买买提·艾力"),
    ("江篱（小）", nil), ("江篱（教育局）", nil), ("大江篱", nil), ("副局长", nil), ("江局长", nil),
  ])
  func namesWithMoreAroundThem(written: String, meant: String?) throws {
    let text = """
      plan: {title: t, issued: 2022-09-01, contact: {unit: u, person: p, phone: "1", email: c@example.org}}
      owners:
        - {person: 江篱, unit: 县财政局, email: jiangli@example.org}
        - {person: 买买提·艾力, unit: 县教育局, email: aili@example.org}
      areas:
        - name: a
          measures:
            - {id: "1.1", title: 修路, units: [县财政局等], persons: ["\(written.replacing("、", with: "\", \""))"], deadline: 长期}
      """
    let reading = read(text)
    #expect(reading.ledger?.measures.first?.persons == meant.map { [$0] })
    guard meant != nil else { return }
    #expect(reading.ledger?.measures.first?.units == ["县财政局"])
    let warnings = reading.diagnostics.map(\.message)
    #expect(warnings.contains { $0.contains("“县财政局等”") })
    #expect(warnings.contains { $0.contains("“江篱等”") } == (written == "江篱等"))
  }

  @Test func everyKeyArrives() throws {
    let text = try Self.small().replacingOccurrences(
      of: "email: xujuan@example.org",
      with: "email: xujuan@example.org, copies: [deputy@example.org], head: true"
    ).replacingOccurrences(
      of: "        status: open\n",
      with: "        status: 已销号\n        due: 2023-06-30\n        progress: 已办结\n")
    let reading = read(text)
    #expect(reading.diagnostics == [])
    let ledger = try #require(reading.ledger)
    #expect(ledger.plan.title == "营商环境整改提升方案")
    #expect(ledger.plan.key == "洛开〔2022〕19号")
    #expect(ledger.plan.issued == CivilDate("2022-09-21"))
    #expect(
      ledger.plan.contact
        == Contact(unit: "区营商服务中心", person: "杜潘", phone: "65650023", email: "contact@example.org"))
    #expect(ledger.reports.map(\.description) == ["2022-09-27", "2022-12-27"])
    #expect(
      ledger.owners.first
        == Owner(
          person: "徐娟", unit: "市场监督管理局", email: "xujuan@example.org", copies: ["deputy@example.org"],
          isHead: true))
    #expect(ledger.areas.map(\.index) == [1, 2])
    #expect(ledger.areas.map(\.problems) == [["流程仍需优化"], []])
    #expect(ledger.areas.map(\.goal) == ["优化线上服务", ""])
    let first = try #require(ledger.measures.first)
    #expect((first.id, first.number, first.title, first.text) == ("1.1", 1, "加快企业开户", "加强政银合作。"))
    #expect((first.units, first.persons) == (["市场监督管理局"], ["徐娟"]))
    #expect(first.duties == [Duty(what: "召开座谈会", rule: .halfYear)])
    #expect((first.status, first.progress) == (.closed, "已办结"))
    #expect(first.deadline.text == "长期")
    #expect(first.deadline.dueDates.map(\.description) == ["2023-06-30"])
    #expect(ledger.measures.last?.deadline.dueDates.map(\.description) == ["2022-12-31"])
  }

  @Test(
    arguments: [
      ("half-year", Recurrence.halfYear), ("每半年", .halfYear), ("quarter", .quarter), ("每季度", .quarter),
      ("month", .month), ("每月", .month), ("year", .year), ("每年", .year), ("week", .week), ("每周", .week),
    ])
  func aDutysRhythm(word: String, rule: Recurrence) throws {
    let text = try Self.small().replacingOccurrences(of: "every: half-year", with: "every: \(word)")
    #expect(read(text).ledger?.measures.first?.duties.first?.rule == rule)
  }

  @Test func aDutysRule() throws {
    let text = try Self.small().replacingOccurrences(
      of: "every: half-year", with: "rule: \"FREQ=MONTHLY;BYMONTHDAY=15\"")
    #expect(read(text).ledger?.measures.first?.duties.first?.rule == Recurrence(.monthly, monthDays: [15]))
  }

  @Test(
    arguments: [
      ("in-progress", Measure.Status.inProgress), ("进行中", .inProgress), ("未完成", .open), ("已报送", .submitted),
      ("已完成", .submitted), ("已销号", .closed), ("\"\"", .open),
    ])
  func aStatus(word: String, status: Measure.Status) throws {
    let text = try Self.small().replacingOccurrences(of: "status: open", with: "status: \(word)")
    #expect(read(text).ledger?.measures.first?.status == status)
  }

  @Test func aReportInThePastIsJudgedOnlyWhenTheDayIsKnown() throws {
    let bytes = Array(try Self.small().utf8)
    func warnings(_ today: CivilDate?) -> [String] {
      LedgerReader.read(bytes, file: "l", calendar: WorkdayCalendar(), today: today).diagnostics.map(
        \.message)
    }
    #expect(warnings(nil) == [])
    #expect(warnings(CivilDate("2022-09-27")) == [])
    #expect(warnings(CivilDate("2022-09-28")) == ["the report date 2022-09-27 is in the past"])
  }

  @Test func onePersonMayAnswerForSeveralUnitsAndTheReverse() throws {
    for (units, persons) in [
      ("[规划建设部, 财政部]", "[李晓光]"), ("[规划建设部]", "[李晓光, 常鸣]"),
      ("[规划建设部, 科技创新部, 市场监督管理局]\n        supporting: [市场监督管理局]", "[李晓光, 常鸣]"),
    ] {
      let text = try Self.small().replacingOccurrences(
        of: "units: [规划建设部, 科技创新部]\n        persons: [李晓光, 常鸣]",
        with: "units: \(units)\n        persons: \(persons)")
      let reading = read(text)
      #expect(reading.ledger != nil)
      #expect(!reading.diagnostics.contains { $0.message.contains("paired") })
    }
  }

  @Test func whatAFileNamesIsRelativeToItsFolder() {
    #expect(RelativePath.resolve("a.csv", from: "ledger.yaml") == "a.csv")
    #expect(RelativePath.resolve("t/a.csv", from: "etc/ledger.yaml") == "etc/t/a.csv")
    #expect(RelativePath.resolve("a.csv", from: "/etc/duban/ledger.yaml") == "/etc/duban/a.csv")
    #expect(RelativePath.resolve("/srv/a.csv", from: "etc/ledger.yaml") == "/srv/a.csv")
  }
}
