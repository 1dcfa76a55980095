import Testing

@testable import DubanCore

/// Which ledger is an earlier one under a corrected number or title.
@Suite struct PlanCorrectionTests {
  private struct Row: CustomTestStringConvertible {
    var testDescription: String
    var number = "试1号"
    var title = "整改方案"
    var issued: String? = "2022-09-20"
    var measures = ["甲", "乙", "丙", "丁", "戊"]
    var deadline = "2022年12月底前"
    var isSame: Bool
  }

  private static let rows = [
    Row(testDescription: "nothing changed", isSame: true),
    Row(testDescription: "the number is corrected", number: "试2号", isSame: true),
    Row(testDescription: "the number is missing", number: "", isSame: true),
    Row(testDescription: "the title is in other words", title: "问题整改工作方案", isSame: true),
    Row(
      testDescription: "one of five measures is new", number: "试2号", measures: ["甲", "乙", "丙", "丁", "己"],
      isSame: true),
    Row(
      testDescription: "two of five measures are new", number: "试2号", measures: ["甲", "乙", "丙", "庚", "己"],
      isSame: false),
    Row(
      testDescription: "two of five measures are gone", number: "试2号", measures: ["甲", "乙", "丙"],
      isSame: false),
    Row(testDescription: "another day of issue", number: "试2号", issued: "2023-09-20", isSame: false),
    Row(testDescription: "other deadlines", number: "试2号", deadline: "2023年12月底前", isSame: false),
  ]

  private static func ledger(_ row: Row) throws -> Ledger {
    let contact = Contact(unit: "整改办公室", person: "张三", phone: "", email: "office@example.org")
    let issued = try row.issued.map { try #require(CivilDate($0)) }
    let measures = row.measures.enumerated().map { place, title in
      Measure(
        id: "1.\(place + 1)", number: place + 1, title: title, text: "", units: ["财政局"], persons: [],
        deadline: Deadline(reading: DeadlineReading(text: row.deadline, status: .none, readings: [])),
        duties: [], status: .open)
    }
    return Ledger(
      plan: Plan(title: row.title, number: row.number, issued: issued, contact: contact), reports: [],
      owners: [],
      areas: [Area(index: 1, name: "领域", problems: [], goal: "", measures: measures)])
  }

  @Test(arguments: rows) private func theEarlierOne(_ row: Row) throws {
    let first = try Self.ledger(Row(testDescription: "", isSame: true))
    #expect(try Self.ledger(row).isCorrection(of: first) == row.isSame)
  }

  @Test func withoutADayOfIssueTheTitleDecides() throws {
    func ledger(_ title: String) throws -> Ledger {
      try Self.ledger(Row(testDescription: "", number: "", title: title, issued: nil, isSame: true))
    }
    let first = try ledger("2022年整改方案")
    #expect(try ledger("2022年整改工作方案").isCorrection(of: first))
    #expect(try !ledger("2023年整改方案").isCorrection(of: first))
  }
}
