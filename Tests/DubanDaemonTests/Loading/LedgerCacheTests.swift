import DubanCore
import DubanLedger
import Foundation
import TestSupport
import Testing

@testable import DubanDaemon

/// Of many ledgers only those are read again that changed, or whose tables did.
@Suite struct LedgerCacheTests {
  private let folder: ScratchDirectory
  private let cache = LedgerCache()
  private let today = SampleLedger.day("2022-10-10")
  private let calendar = WorkdayCalendar()

  init() throws {
    folder = try ScratchDirectory()
    try write("a", title: "方案甲")
    try write("b", title: "方案乙")
  }

  private func write(_ name: String, title: String, measure: String = "推进") throws {
    try write(
      "\(name).yaml",
      "plan: {title: \(title), contact: {unit: 中心, email: c@example.org}}\nmeasures: \(name).csv\n"
        + "owners: [{person: 徐娟, unit: 市场监督管理局, email: o@example.org}]\n")
    try write("\(name).csv", "序号,领域,整改措施,责任单位,责任人,完成时限\n1.1,领域,\(measure),市场监督管理局,徐娟,长期\n")
  }

  private func write(_ name: String, _ text: String) throws {
    try Data(text.utf8).write(to: folder.url.appending(path: name), options: .atomic)
  }

  private func read(_ name: String, on day: CivilDate? = nil) -> Ledger? {
    cache.read("\(folder.path)/\(name).yaml", calendar: calendar, today: day ?? today).ledger
  }

  /// The same array of measures: nothing was read again.
  private func isSame(_ one: Ledger?, _ other: Ledger?) -> Bool {
    guard let one = one?.areas.first?.measures, let other = other?.areas.first?.measures else { return false }
    return one.withUnsafeBufferPointer { one in
      other.withUnsafeBufferPointer { one.baseAddress == $0.baseAddress }
    }
  }

  @Test func whatDidNotChangeIsNotReadAgain() throws {
    let (a, b) = (read("a"), read("b"))
    #expect(a?.measureCount == 1)
    #expect(isSame(a, read("a")))
    try write("b", title: "方案丙")
    #expect(isSame(a, read("a")))
    #expect(read("b")?.plan.title == "方案丙")
    #expect(!isSame(b, read("b")))
  }

  /// Under any name that a table may have; its bytes say what it is.
  @Test(arguments: ["a.csv", "a.xlsm", "a.et"]) func aTableThatChangedIsReadAgain(name: String) throws {
    let yaml = try String(contentsOfFile: "\(folder.path)/a.yaml", encoding: .utf8)
    try write("a.yaml", yaml.replacing("a.csv", with: name))
    try write(name, "序号,领域,整改措施,责任单位,责任人,完成时限\n1.1,领域,推进,市场监督管理局,徐娟,长期\n")
    let a = read("a")
    #expect(a?.measureCount == 1)
    try write(name, "序号,领域,整改措施,责任单位,责任人,完成时限\n1.1,领域,另一项,市场监督管理局,徐娟,长期\n")
    let again = read("a")
    #expect(!isSame(a, again))
    #expect(again?.measures.first?.title == "另一项")
  }

  /// The stamp is the file's from before the reading: what was written meanwhile doesn't pass for what was read.
  @Test func stampsAreFromBeforeTheReading() throws {
    let before = FileStamp("\(folder.path)/a.csv")
    let reading = LedgerReader.read(file: "\(folder.path)/a.yaml", calendar: calendar, today: today)
    #expect(reading.tables == ["\(folder.path)/a.csv"])
    #expect(reading.tableStamps == [before])
    try write("a.csv", "序号,领域,整改措施,责任单位,责任人,完成时限\n1.1,领域,另一项,市场监督管理局,徐娟,长期\n")
    #expect(reading.tableStamps != [FileStamp("\(folder.path)/a.csv")])
  }

  @Test func anotherDayAndAnotherCalendarReadAgain() {
    let a = read("a")
    #expect(!isSame(a, read("a", on: today.adding(days: 1))))
    let other = WorkdayCalendar(knownYears: [2022])
    let again = cache.read("\(folder.path)/a.yaml", calendar: other, today: today).ledger
    #expect(!isSame(a, again))
  }

  @Test func whatIsMissingIsLookedForAgain() throws {
    #expect(read("c") == nil)
    try write("c", title: "方案丁")
    #expect(read("c")?.plan.title == "方案丁")
    try FileManager.default.removeItem(atPath: "\(folder.path)/c.csv")
    #expect(read("c") == nil)
  }

  @Test func whatIsNoLongerNamedIsForgotten() {
    let a = read("a")
    cache.keep(["\(folder.path)/b.yaml"])
    #expect(!isSame(a, read("a")))
  }
}
