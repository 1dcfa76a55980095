import DubanCore
import Testing

@Suite struct CivilDateTests {
  @Test(arguments: [
    ("1970-01-01", 0, Weekday.thursday), ("2000-02-29", 11016, .tuesday), ("2022-12-31", 19357, .saturday),
    ("1949-10-01", -7397, .saturday), ("2149-12-31", 65743, .wednesday),
  ])
  func knowsDayNumberAndWeekday(text: String, dayNumber: Int, weekday: Weekday) throws {
    let date = try #require(CivilDate(text))
    #expect(date.dayNumber == dayNumber)
    #expect(date.weekday == weekday)
    #expect(date.description == text)
  }

  @Test func everyDayOfFourCenturiesRoundTrips() {
    for number in Int32(-100_000)...60_000 {
      let date = CivilDate(dayNumber: number)
      let (year, month, day) = date.components
      #expect(CivilDate(year: year, month: month, day: day) == date)
    }
  }

  @Test(arguments: [
    "2022-02-29", "2022-13-01", "2022-00-10", "2022-1-01", "2022/01/01", "", "２０２２-01-01", "2022-04-31",
  ])
  func refuses(text: String) { #expect(CivilDate(text) == nil) }

  @Test func addsMonthsWithinShorterMonths() {
    #expect(CivilDate("2022-01-31")?.adding(months: 1).description == "2022-02-28")
    #expect(CivilDate("2024-03-31")?.adding(months: -1).description == "2024-02-29")
    #expect(CivilDate("2022-12-31")?.adding(months: 12).description == "2023-12-31")
    #expect(CivilDate("2022-01-15")?.adding(months: -13).description == "2020-12-15")
  }
}
