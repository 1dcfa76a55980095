import Foundation
import TestSupport
import Testing

/// The shipped holiday-cn files hold the same days as the list that they were written from.
@Suite struct ShippedHolidaysTests {
  /// A file of the holiday-cn format: the days that one year's notice names.
  struct Notice: Decodable {
    struct Day: Decodable { let name, date: String; let isOffDay: Bool }
    let year: Int
    let papers: [String]
    let days: [Day]
  }

  /// The list by calendar year.
  struct Source: Decodable {
    struct Day: Decodable { let date, name: String }
    struct Year: Decodable { let papers: [String]; let holidays, makeup_workdays: [Day] }
    struct Moved: Decodable { let date: String; let in_file: Int }
    let years: [String: Year]
    let spill_over: [Moved]
  }

  static func notices() throws -> [Int: Notice] {
    let files = (2021...2026).map { RepositoryFile.url("etc/holidays/\($0).json") }
    let notices = try files.map { try JSONDecoder().decode(Notice.self, from: Data(contentsOf: $0)) }
    return Dictionary(uniqueKeysWithValues: notices.map { ($0.year, $0) })
  }

  static func source() throws -> Source {
    let url = RepositoryFile.url("Tests/DubanLedgerTests/Fixtures/cn-workdays.json")
    return try JSONDecoder().decode(Source.self, from: Data(contentsOf: url))
  }

  @Test func allDaysAgree() throws {
    var shipped: [String] = []
    for notice in try Self.notices().values {
      #expect(notice.days.map(\.date) == notice.days.map(\.date).sorted())
      shipped += notice.days.map { "\($0.date) \($0.name) \($0.isOffDay ? "off" : "works")" }
    }
    var listed: [String] = []
    for year in try Self.source().years.values {
      listed += year.holidays.map { "\($0.date) \($0.name) off" }
      listed += year.makeup_workdays.map { "\($0.date) \($0.name) works" }
    }
    #expect(shipped.sorted() == listed.sorted())
    #expect(shipped.count == 218)
  }

  @Test func everyFileHoldsItsNoticesDays() throws {
    let (notices, source) = (try Self.notices(), try Self.source())
    #expect(notices.keys.sorted() == [2021, 2022, 2023, 2024, 2025, 2026])
    for (year, notice) in notices {
      #expect(notice.papers == source.years[String(year)]?.papers)
      let fromElsewhere = notice.days.map(\.date).filter { !$0.hasPrefix(String(year)) }
      #expect(fromElsewhere == source.spill_over.filter { $0.in_file == year }.map(\.date))
    }
    #expect(notices[2022]?.days.contains { $0.date == "2022-12-31" } == false)
    #expect(notices[2023]?.days.first?.date == "2022-12-31")
  }

  @Test func scriptWritesTheShippedFiles() throws {
    let directory = FileManager.default.temporaryDirectory.appendingPathComponent("duban-\(UUID())")
    defer { try? FileManager.default.removeItem(at: directory) }
    let script = Process()
    script.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    script.arguments = [
      "python3", RepositoryFile.url("scripts/holidays.py").path,
      RepositoryFile.url("Tests/DubanLedgerTests/Fixtures/cn-workdays.json").path, directory.path,
    ]
    try script.run()
    script.waitUntilExit()
    #expect(script.terminationStatus == 0)
    for year in 2021...2026 {
      let written = try Data(contentsOf: directory.appendingPathComponent("\(year).json"))
      #expect(written == (try Data(contentsOf: RepositoryFile.url("etc/holidays/\(year).json"))), "\(year)")
    }
  }
}
