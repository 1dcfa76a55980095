import DubanCore
import TestSupport

/// Ledgers that nobody would write, but that the checker lets pass.
struct GeneratedLedger {
  private var generator: SeededGenerator
  private let calendar = WorkdayCalendar()

  /// Pieces that tables treat in their own ways, and plain ones.
  private static let pieces = [
    "甲", "乙", "一是", "二是", "；", "。", "、", "，", "（", "）", "\"", "'", "=", "+", "-", "@", "＝", "1、", "2.", "（3）",
    "\\", "\\n", "：",
    "FREQ=", "每半年", "注：", "合计", "责任人", "整改措施", "_x000D_", "_x0041_", "<b>&amp;", "]]>", "😀", " ", "\u{3000}",
    "Li Wei", "a", "7",
    "2022年12月31日", "#REF!", "/", "|", ";", ",", "0.10", "TRUE", "𠀀", "甲\u{200B}乙", "e\u{301}",
  ]

  init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

  mutating func ledger() -> Ledger {
    let owners = (1...Int.random(in: 1...4, using: &generator)).map { owner($0) }
    var areas = (1...Int.random(in: 1...4, using: &generator)).map { area($0, owners) }
    for place in areas.indices where place.isMultiple(of: 2) {
      areas[place].supervisor = owners[0].person
      areas[place].reports.recurring = [
        RecurringReport(text: "每月28日前", rules: [Recurrence(.monthly, monthDays: [28])])
      ]
    }
    let plan = Plan(
      title: line(), number: Bool.random(using: &generator) ? line() : "",
      issued: Bool.random(using: &generator) ? day() : nil,
      contact: Contact(
        unit: line(), person: Bool.random(using: &generator) ? line() : "", phone: "0379-65650023",
        email: "contact@example.org"))
    let reports = Set((0..<Int.random(in: 0...3, using: &generator)).map { _ in day() }).sorted()
    return Ledger(plan: plan, reports: reports, owners: owners, areas: areas)
  }

  private mutating func owner(_ index: Int) -> Owner {
    var owner = Owner(
      person: line() + "\(index)", unit: line(),
      email: Int.random(in: 0..<4, using: &generator) > 0 ? "owner\(index)@example.org" : nil,
      copies: (0..<Int.random(in: 0...2, using: &generator)).map { "copy\($0)@example.org" },
      isHead: Int.random(in: 0..<5, using: &generator) == 0)
    if index.isMultiple(of: 2) { owner.phone = "0379-6565002\(index)" }
    if index.isMultiple(of: 3) { owner.supervisor = "丁一" }
    return owner
  }

  private mutating func area(_ index: Int, _ owners: [Owner]) -> Area {
    let measures = (0..<Int.random(in: 1...4, using: &generator)).map {
      measure("\(index).\($0 + 1)", owners)
    }
    return Area(
      index: index, name: "领域\(index)" + line(),
      problems: (0..<Int.random(in: 0...3, using: &generator)).map { _ in text() },
      goal: Bool.random(using: &generator) ? text() : "", measures: measures)
  }

  private mutating func measure(_ id: String, _ owners: [Owner]) -> Measure {
    let named = owners.shuffled(using: &generator).prefix(Int.random(in: 1...owners.count, using: &generator))
    let words = ["长期", "2022年12月底前", "立行立改，长期坚持", "尽快", "", text()]
    let reading = DeadlineReader(issued: nil, calendar: calendar).read(
      words.randomElement(using: &generator) ?? "")
    let rules: [Recurrence] = [
      .halfYear, .month, .week, Recurrence(.monthly, interval: 2, monthDays: [25], hour: 17),
    ]
    var measure = Measure(
      id: id, number: Int(id.split(separator: ".").last ?? "") ?? 0, title: line(),
      text: Bool.random(using: &generator) ? text() : "", units: named.map(\.unit),
      persons: named.map(\.person),
      deadline: Deadline(reading: reading, decided: Bool.random(using: &generator) ? day() : nil),
      duties: (0..<Int.random(in: 0...2, using: &generator)).map { index in
        Duty(what: line(), rule: rules[(index + reading.text.count) % rules.count])
      },
      status: Measure.Status.allCases.randomElement(using: &generator) ?? .open,
      progress: Bool.random(using: &generator) ? text() : "")
    let units = Set(measure.units)
    if units.count == measure.units.count, units.count > 1, Bool.random(using: &generator) {
      measure.lead = Bool.random(using: &generator) ? measure.units[0] : nil
      measure.supporting = measure.units.dropFirst().filter { _ in Bool.random(using: &generator) }
    }
    return measure
  }

  private mutating func day() -> CivilDate {
    CivilDate(dayNumber: Int32.random(in: 18_000...22_000, using: &generator))
  }

  /// A text without white space at its ends, as the checker leaves them; never empty.
  private mutating func line() -> String {
    let count = Int.random(in: 1...5, using: &generator)
    let joined = (0..<count).compactMap { _ in Self.pieces.randomElement(using: &generator) }.joined()
    let trimmed = joined.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed()
    return trimmed.isEmpty ? "丙" : String(trimmed)
  }

  private mutating func text() -> String {
    (0..<Int.random(in: 1...3, using: &generator)).map { _ in line() }.joined(separator: "\n")
  }
}
