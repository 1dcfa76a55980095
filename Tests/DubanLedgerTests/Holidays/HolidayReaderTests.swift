import DubanCore
import DubanLedger
import Foundation
import TestSupport
import Testing

/// Notices go by the year of the notice, and everything wrong in them is said with its place.
struct HolidayReaderTests {
  private func read(_ files: [String: String]) throws -> (WorkdayCalendar, [String]) {
    let scratch = try ScratchDirectory()
    for (name, text) in files {
      try Data(text.utf8).write(to: scratch.url.appendingPathComponent(name))
    }
    let (calendar, diagnostics) = HolidayReader.read(directory: scratch.path)
    return (
      calendar, diagnostics.map { $0.description.replacingOccurrences(of: scratch.path + "/", with: "") }
    )
  }

  private func date(_ text: String) throws -> CivilDate { try #require(CivilDate(text)) }

  @Test func aNoticeMayNameDaysOfTheYearBefore() throws {
    let (calendar, diagnostics) = try read([
      "2018.json": #"{"year": 2018, "days": [{"name": "元旦", "date": "2018-01-01", "isOffDay": true}]}"#,
      "2019.json":
        #"{"year":2019,"papers":["x"],"days":[{"name":"元旦","date":"2018-12-29","isOffDay":false}]}"#,
    ])
    #expect(diagnostics == [])
    #expect(calendar.isWorkday(try date("2018-12-29")))
    #expect(!calendar.isWorkday(try date("2018-12-30")))
    #expect(calendar.knownYears == [2018, 2019])
  }

  @Test func aYearWithoutAFileOrWithAnEmptyOneIsUnknown() throws {
    let (calendar, diagnostics) = try read([
      "2022.json": #"{"year": 2022, "days": [{"name": "元旦", "date": "2022-01-03", "isOffDay": true}]}"#,
      "2023.json": #"{"year": 2023, "papers": [], "days": []}"#, "schema.json": "{}", "README.md": "-",
    ])
    #expect(diagnostics == [])
    #expect(calendar.isKnown(try date("2022-06-01")))
    #expect(!calendar.isKnown(try date("2023-06-01")))
    #expect(!calendar.isKnown(try date("2024-06-01")))
  }

  @Test func everyMistakeIsSaid() throws {
    let (calendar, diagnostics) = try read([
      "2022.json": """
      {
      \t"year": 2023,
      \t"days": [
        {"name": "元旦", "date": "2022-01-01", "isOffDay": true},
        {"name": "元旦", "date": "2022-02-30", "isOffDay": true},
        {"name": "元旦", "isOffDay": true},
        {"name": "元旦", "date": "2022-01-02"},
        {"name": "元旦", "date": "2022-01-04", "isOffDay": "maybe"},
        {"name": "元旦", "date": "2024-01-04", "isOffDay": true},
        {"name": "元旦", "date": "2022-01-01", "isOffDay": true},
        {"name": "元旦", "date": "2022-01-01", "isOffDay": false},
        {"name": "春节", "date": "2022-02-09", "isOffDay": false},
        5
      ]}
      """, "holidays.json": "{}", "2021.json": "{\"year\": 2021}", "2020.json": "[1, 2",
    ])
    #expect(
      diagnostics == [
        "2020.json:2:1: error: this is no YAML: did not find expected ',' or ']' (while parsing a flow sequence that begins in line 1); see whether the line is indented like its neighbours and its quotes and brackets are closed",
        "2021.json:1:1: error: the notice has no days; write \"days\": [] while it isn't out yet",
        "2022.json:2:10: error: the file is of the year “2023”, but its name says 2022",
        "2022.json:5:26: error: date: expected a date like 2022-10-01, found the text “2022-02-30”",
        "2022.json:6:3: error: date: expected a date like 2022-10-01, found nothing",
        "2022.json:7:3: error: isOffDay of 2022-01-02 is neither true nor false",
        "2022.json:8:52: error: isOffDay of 2022-01-04 is neither true nor false",
        "2022.json:9:26: error: the notice of 2022 can't name 2024-01-04; see the year of the date",
        "2022.json:10:26: warning: 2022-01-01 stands twice; it is already at 2022.json:4:26",
        "2022.json:11:52: error: 2022-01-01 is worked here, but off at 2022.json:4:26; see the notice and correct one of them",
        "2022.json:12:52: warning: 2022-02-09 is a Wednesday (周三), which is worked anyway; make-up days fall on Saturdays and Sundays: see the notice",
        "2022.json:13:3: error: a day: expected an object, found the text “5”",
        "holidays.json: warning: this file isn't read: its name is no year; expected a name like 2022.json",
      ])
    #expect(!calendar.isWorkday(try date("2022-01-01")))
  }

  @Test func aDirectoryThatIsNotThereIsAnError() {
    let (calendar, diagnostics) = HolidayReader.read(directory: "/nonexistent/holidays")
    #expect(calendar == WorkdayCalendar())
    #expect(
      diagnostics.map(\.description) == [
        "/nonexistent/holidays: error: there is no such directory of holidays; "
          + "expected a directory, readable by this user, of holiday-cn files such as 2022.json"
      ])
  }
}
