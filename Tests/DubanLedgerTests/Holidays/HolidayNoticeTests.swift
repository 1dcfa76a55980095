import DubanCore
import DubanLedger
import Foundation
import TestSupport
import Testing

@Suite struct HolidayNoticeTests {
  private static func notice(_ year: Int) throws -> String {
    try String(
      contentsOf: RepositoryFile.url("Tests/DubanLedgerTests/Fixtures/notices/\(year).txt"), encoding: .utf8)
  }

  /// The calendar that a notice's file gives, read back from a directory of its own.
  private static func calendar(_ notice: HolidayNotice) throws -> WorkdayCalendar {
    let scratch = try ScratchDirectory()
    try Data(notice.json.utf8).write(to: scratch.url.appendingPathComponent("\(notice.year).json"))
    let (calendar, diagnostics) = HolidayReader.read(directory: scratch.url.path)
    #expect(diagnostics.isEmpty)
    return calendar
  }

  /// The shipped files hold the same days under the same names, with the address of the paper.
  @Test(arguments: 2021...2026) func isReadAsShipped(year: Int) throws {
    let (read, diagnostics) = HolidayNotice.read(try Self.notice(year), file: "notice.txt")
    #expect(diagnostics.isEmpty)
    let notice = try #require(read)
    let shipped = try String(
      contentsOf: RepositoryFile.url("etc/holidays/\(year).json"), encoding: .utf8)
    func days(_ json: String) -> [Substring] {
      json.split(separator: "\n").filter { $0.contains("isOffDay") }
    }
    #expect(days(notice.json) == days(shipped))
    #expect(try Self.calendar(notice).knownYears == [year])
  }

  /// Lines cut anywhere, page numbers and full-width signs, as PDF files have them.
  @Test func layoutDoesNotMatter() throws {
    let text = try Self.notice(2022).replacingOccurrences(of: "上班。\n", with: "上\n班。\n— 1 —\n")
      .replacingOccurrences(of: "10月", with: "１０ 月").replacingOccurrences(of: "放假调休", with: "放假\n 调休")
    let plain = HolidayNotice.read(try Self.notice(2022), file: "notice.txt")
    #expect(HolidayNotice.read(text, file: "notice.txt").notice == plain.notice)
  }

  /// 二〇二二 in the headline, and 正常上班.
  @Test func wordsMayDiffer() throws {
    let text = try Self.notice(2022).replacingOccurrences(of: "关于2022年", with: "关于二〇二二年")
      .replacingOccurrences(of: "）上班", with: "）正常上班")
    let plain = HolidayNotice.read(try Self.notice(2022), file: "notice.txt")
    #expect(text.contains("关于二〇二二年") && text.contains("正常上班"))
    #expect(HolidayNotice.read(text, file: "notice.txt").notice == plain.notice)
  }

  struct Mistake: Sendable, CustomTestStringConvertible {
    var name: String
    var (found, put): (String, String)
    var message: String
    var testDescription: String { name }
  }

  /// Changes to the notice of 2022, each of which must be noticed.
  static let mistakes = [
    Mistake(
      name: "another paper", found: "部分节假日安排", put: "重点工作安排",
      message: "this isn't a notice of holidays: its title isn't there"),
    Mistake(
      name: "a notice of one holiday", found: "关于2022年", put: "关于延长2022年春节假期",
      message: "“关于延长2022年春节” changes one holiday; only the notice of a whole year is read"),
    Mistake(
      name: "a festival left out", found: "五、端午节：6月3日至5日放假，共3天。\n", put: "",
      message: "端午节 is named 0 times; expected one paragraph for each festival"),
    Mistake(
      name: "a festival outside its holiday", found: "6月3日至5日", put: "6月4日至6日",
      message: "端午节 falls on 2022-06-03, which isn't among its days off"),
    Mistake(
      name: "a count that differs", found: "共7天。1月29日", put: "共8天。1月29日",
      message: "春节: 7 days off were read, but the notice says 8"),
    Mistake(
      name: "a wrong day of the week", found: "4月2日（星期六）", put: "4月2日（星期日）",
      message: "2022-04-02 is a Saturday (周六), not “星期日”"),
    Mistake(
      name: "a make-up day in the week", found: "4月2日（星期六）", put: "4月1日",
      message: "清明节: 2022-04-01 is a Friday (周五), which is worked anyway"),
    Mistake(
      name: "a day that is off and worked", found: "10月8日（星期六）", put: "9月10日（星期六）",
      message: "2022-09-10 is named twice"),
    Mistake(
      name: "no such day", found: "6月3日至5日", put: "6月31日至7月2日", message: "“6月31日” is no day of 2022"),
    Mistake(
      name: "backwards", found: "9月10日至12日", put: "9月10日至2日",
      message: "“9月10日至2日” is no period that a holiday can have"),
    Mistake(
      name: "a sentence of another kind", found: "4月2日（星期六）上班", put: "4月2日（星期六）正常营业",
      message: "“4月2日(星期六)正常营业” isn't understood"),
    Mistake(
      name: "dates apart", found: "6月3日至5日放假", put: "6月3日及前后至5日放假",
      message: "“6月3日及前后至5日” isn't understood"),
  ]

  @Test(arguments: mistakes) func isNoticed(mistake: Mistake) throws {
    let text = try Self.notice(2022)
    #expect(text.contains(mistake.found))
    let (notice, diagnostics) = HolidayNotice.read(
      text.replacingOccurrences(of: mistake.found, with: mistake.put), file: "notice.txt")
    #expect(notice == nil)
    #expect(diagnostics.map(\.message).contains(mistake.message), "\(diagnostics)")
  }
}
