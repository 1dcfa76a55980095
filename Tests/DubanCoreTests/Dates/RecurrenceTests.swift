import DubanCore
import Testing

@Suite struct RecurrenceTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var rules: [Recurrence]
    var written: [String]
    /// The occurrences from 2023-01-01 through 2024-03-31, as month and day, with the year at its first.
    var days: String
    var testDescription: String { name }
  }

  static let cases = [
    Case(
      name: "the 30th is the end of a shorter month", rules: Recurrence.onDays([30]),
      written: ["FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1"],
      days:
        "1-30 2-28 3-30 4-30 5-30 6-30 7-30 8-30 9-30 10-30 11-30 12-30 1-30 2-29 3-30"),
    Case(
      name: "the 29th beside the 10th", rules: Recurrence.onDays([10, 29], of: [2, 3]),
      written: [
        "FREQ=YEARLY;BYMONTH=2,3;BYMONTHDAY=10", "FREQ=MONTHLY;BYMONTH=2,3;BYMONTHDAY=28,29;BYSETPOS=-1",
      ], days: "2-10 2-28 3-10 3-29 2-10 2-29 3-10 3-29"),
    Case(
      name: "months that all have the day", rules: Recurrence.onDays([30], of: [3, 6, 9, 12]),
      written: ["FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=30"], days: "3-30 6-30 9-30 12-30 3-30"),
    Case(
      name: "the last weekday of the quarter", rules: [Recurrence.lastWeekday(of: [3, 6, 9, 12])],
      written: ["FREQ=MONTHLY;BYMONTH=3,6,9,12;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"],
      days: "3-31 6-30 9-29 12-29 3-29"),
  ]

  @Test(arguments: cases) func falls(row: Case) throws {
    #expect(row.rules.map(\.rule) == row.written)
    let start = try #require(CivilDate("2023-01-01"))
    let end = try #require(CivilDate("2024-03-31"))
    let days = row.rules.flatMap { $0.occurrences(from: start, through: end) }.sorted()
    #expect(days.map { "\($0.month)-\($0.day)" }.joined(separator: " ") == row.days)
  }

  @Test(arguments: cases) func readsWhatItWrites(row: Case) {
    #expect(row.written.map { Recurrence(rule: $0) } == row.rules)
  }

  /// In a rule of a year the last one would be counted within the year: this subset doesn't have it.
  @Test(arguments: [
    "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=28,29;BYSETPOS=-1", "FREQ=MONTHLY;BYMONTHDAY=10,20;BYSETPOS=1",
    "FREQ=MONTHLY;BYMONTHDAY=10,20;BYSETPOS=",
  ])
  func refuses(rule: String) { #expect(Recurrence(rule: rule) == nil) }
}
