import DubanCore
import TestSupport
import Testing

@testable import DubanLedger

/// Sheets of one unit that come one after another, with the office's own changes between them.
@Suite struct SheetSequenceTests {
  private static let day = SampleLedger.day("2022-12-20")
  private static let unit = "科技部"

  enum Step: Sendable {
    /// The sheet as it was sent out first, and one that is made of the ledger as it stands: 状态 and 进展情况.
    case old(String, String)
    case new(String, String)
    /// The office sets the status itself.
    case office(Measure.Status)
  }

  struct Row: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let steps: [Step]
    /// The measure in the end, and what is said of the last sheet.
    let status: Measure.Status
    let words: String
    var told: [String] = []
  }

  static let older = "5.1 says “一”, which its unit has replaced by “二” since, and stays as it is"

  static let rows = [
    Row(
      testDescription: "an older copy comes again",
      steps: [.old("进行中", "一"), .old("进行中", "二"), .old("进行中", "一")], status: .inProgress, words: "二",
      told: [older]),
    Row(
      testDescription: "an older copy, and then the newer one again",
      steps: [.old("进行中", "一"), .old("进行中", "二"), .old("进行中", "一"), .old("进行中", "二")], status: .inProgress,
      words: "二"),
    Row(
      testDescription: "old words beside a new status",
      steps: [.old("", "一"), .old("", "二"), .old("进行中", "一")], status: .open, words: "二",
      told: ["进展情况 of 5.1 says “一”, and the ledger “二”"]),
    Row(
      testDescription: "old words in a new sheet are meant anew",
      steps: [.old("进行中", "一"), .old("进行中", "二"), .new("进行中", "一")], status: .inProgress, words: "一"),
    Row(
      testDescription: "the old sheet goes on after a reopening",
      steps: [.old("待销号", "一"), .office(.inProgress), .old("待销号", "二")], status: .inProgress, words: "一",
      told: ["状态 of 5.1 says “待销号”, and the ledger “进行中”"]),
    Row(
      testDescription: "a new sheet after a reopening, in new words",
      steps: [.old("待销号", "一"), .office(.inProgress), .new("待销号", "二")], status: .submitted, words: "二"),
    Row(
      testDescription: "a new sheet after a reopening, in the same words",
      steps: [.old("待销号", "一"), .office(.inProgress), .new("待销号", "一")], status: .inProgress, words: "一",
      told: ["状态 of 5.1 says “待销号”, and the ledger “进行中”"]),
    Row(
      testDescription: "a new sheet after the first status is back, in new words",
      steps: [.old("待销号", ""), .office(.open), .new("待销号", "一")], status: .submitted, words: "一"),
    Row(
      testDescription: "after a reopening work goes on, and is done",
      steps: [.old("待销号", "一"), .office(.inProgress), .new("进行中", "二"), .new("待销号", "三")], status: .submitted,
      words: "三"),
    Row(
      testDescription: "the old sheet goes on after the office has closed the measure",
      steps: [.old("进行中", "一"), .office(.closed), .old("进行中", "二")], status: .closed, words: "一",
      told: ["状态 of 5.1 says “进行中”, and the ledger “已销号”"]),
  ]

  /// In the unit's own measure, and in one that it leads and shares.
  @Test(arguments: rows, [false, true]) func aUnitsSheetsFollow(row: Row, isShared: Bool) throws {
    let owners = [SampleLedger.owner("常鸣", Self.unit, "a"), SampleLedger.owner("马鹏", "服务中心", "b")]
    var measure = SampleLedger.measure(
      "5.1", due: "2022-12-31", owners: Array(owners.prefix(isShared ? 2 : 1)))
    measure.lead = isShared ? Self.unit : nil
    let made = SampleLedger.ledger(owners: owners, measures: [measure])
    var (ledger, merge) = (made, SheetMerge(into: made))
    func take(_ status: String, _ words: String, of origin: Ledger) throws {
      var editor = try SheetEditor(
        try UnitSheet.bytes(origin, unit: Self.unit, on: Self.day, calendar: SampleLedger.calendar))
      for (column, text) in [(5, status), (6, words)] where !text.isEmpty {
        let isSet = editor.set(text, sheet: "填报", line: 2, column: column)
        #expect(isSet)
      }
      merge = SheetMerge(into: ledger, said: merge.said)
      merge.add(try editor.bytes(), file: "填.xlsx")
      ledger = ledger.applying(merge.changes)
    }
    for step in row.steps {
      switch step {
      case .old(let status, let words): try take(status, words, of: made)
      case .new(let status, let words): try take(status, words, of: ledger)
      case .office(let status): ledger.areas[0].measures[0].status = status
      }
    }
    func plain(_ text: String) -> String { text.replacing("\(Self.unit)：", with: "") }
    #expect(ledger.measures[0].status == row.status)
    #expect(plain(ledger.measures[0].progress) == row.words)
    #expect(merge.diagnostics.map { plain($0.message) } == row.told)
  }

  /// As long as a year's months are, what was replaced is remembered, and not without an end.
  @Test func whatWasReplacedIsRememberedBounded() throws {
    var said = MergedRow()
    for month in 1...30 { said.say("\(month)月") }
    #expect(said.progress == "30月" && said.earlier == (10...29).map { "\($0)月" })
    said.say("12月")
    #expect(said.earlier?.count == 20 && said.earlier?.contains("12月") == false)
  }
}
