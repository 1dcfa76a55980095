import DeadlinePhrases
import DubanCore
import Testing

/// Dates that are counted by the working-day calendar, and how the reading says so.
@Suite struct CountedDateTests {
  /// 2022 as announced around its end: no notice names a working day there, New Year's Day is a Sunday.
  private static let calendar = WorkdayCalendar(
    offDays: (1...7).compactMap { CivilDate(year: 2022, month: 10, day: $0) },
    makeUpDays: [8, 9].compactMap { CivilDate(year: 2022, month: 10, day: $0) }, knownYears: [2022])

  @Test(
    arguments: [
      (
        "2022年12月31日前3个工作日", "date:2022-12-28",
        "3 working days before 2022-12-31, by the working-day calendar"
      ),
      (
        "10月10日前3个工作日报送", "date:2022-09-30",
        "3 working days before 2022-10-10, by the working-day calendar"
      ),
      ("12月底前5天", "date:2022-12-26", "5 days before 2022-12-31"),
      (
        "自2022年9月29日起5个工作日内", "date:2022-10-11",
        "5 working days from 2022-09-29, by the working-day calendar"
      ),
      ("自2022年11月30日起三个月内", "date:2023-02-28", "3 months from 2022-11-30"),
      ("自2022年12月20日起20个工作日内", "relative:20 workday after 2022年12月20日", nil),
      (
        "2023年1月10日前3个工作日", "unread",
        "counts working days of a year whose holiday notice isn't known"
      ),
      ("3-5年内", "relative:5 year", "names a span of two lengths, of which the longer is read"),
      (
        "每月最后一个工作日", "recurring:FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
        "read as the last day from Monday to Friday; the working-day calendar may put it earlier"
      ),
      ("国庆假期前", "date:2022-09-30", nil),
      ("于24日下午4:00前", "date:2022-09-24T16:00", "the day is read as one of the document's month"),
    ] as [(String, String, String?)])
  func reads(text: String, expected: String, reason: String?) {
    let reading = DeadlineReader(issued: CivilDate("2022-09-21"), calendar: Self.calendar).read(text)
    #expect(DeadlineNotation.line(reading) == expected)
    #expect(reading.reason == reason)
  }
}
