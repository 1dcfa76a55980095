import DubanCore
import DubanZip
import Foundation
import TestSupport
import Testing

@testable import DubanLedger

/// What a unit filled in comes back into the ledger's file, and nothing else does.
@Suite struct SheetMergeTests {
  private static let day = SampleLedger.day("2022-12-20")
  private static let owner = SampleLedger.owner("徐娟", "市场监督管理局", "a")

  private static func ledger(_ progress: String = "", _ status: Measure.Status = .open) -> Ledger {
    var measures = (1...3).map { SampleLedger.measure("1.\($0)", due: "2022-12-31", owners: [owner]) }
    (measures[0].progress, measures[0].status) = (progress, status)
    return SampleLedger.ledger(issued: "2022-09-21", owners: [owner], measures: measures)
  }

  /// The sheet that was made of a ledger, with cells of the first measure as the unit has filled them.
  private static func filled(_ ledger: Ledger, _ cells: [Int: String]) throws -> [UInt8] {
    let sheet = try UnitSheet.bytes(ledger, unit: "市场监督管理局", on: day, calendar: SampleLedger.calendar)
    var editor = try SheetEditor(sheet)
    for (column, text) in cells {
      let isSet = editor.set(text, sheet: "填报", line: 2, column: column)
      #expect(isSet)
    }
    return try editor.bytes()
  }

  struct Row: Sendable, CustomTestStringConvertible {
    let testDescription: String
    /// Of the first measure: when the sheet was made, and now.
    var before: (String, Measure.Status) = ("", .open)
    var now: (String, Measure.Status) = ("", .open)
    /// Columns 5 状态, 6 进展情况, 7 申请事项.
    let cells: [Int: String]
    var status: Measure.Status?
    var progress: String?
    var errors = 0
    var warnings = 0
  }

  static let rows = [
    Row(testDescription: "nothing filled in", cells: [:]),
    Row(testDescription: "a status", cells: [5: "待销号"], status: .submitted),
    Row(testDescription: "a status in other words", cells: [5: "正在推进"], status: .inProgress),
    Row(testDescription: "no status", cells: [5: "差不多了吧，等领导看"], errors: 1),
    Row(testDescription: "closed by the unit", cells: [5: "已销号"], status: .submitted, warnings: 1),
    Row(testDescription: "progress", cells: [6: "一\n二 <&\"]]>"], progress: "一\n二 <&\"]]>"),
    Row(testDescription: "a request", cells: [7: "申请延期至2023年1月15日"], progress: "申请事项：申请延期至2023年1月15日"),
    Row(
      testDescription: "progress and a request", cells: [6: "一", 7: "移交"], progress: "一\n申请事项：移交"),
    Row(
      testDescription: "done, and a request at once", cells: [5: "已销号", 7: "申请延期至2023年1月15日"],
      progress: "申请事项：申请延期至2023年1月15日", warnings: 1),
    Row(
      testDescription: "progress that goes on", before: ("旧", .inProgress), now: ("旧", .inProgress),
      cells: [6: "旧，新"], progress: "旧，新"),
    Row(
      testDescription: "the same in both", now: ("新", .submitted), cells: [5: "待销号", 6: "新"]),
    Row(
      testDescription: "the ledger has other progress meanwhile", now: ("办公室的", .open), cells: [6: "单位的"],
      errors: 1),
    Row(
      testDescription: "the ledger has another status meanwhile", now: ("", .inProgress), cells: [5: "待销号"],
      errors: 1),
    Row(
      testDescription: "the ledger has changed, and the unit has said nothing", before: ("旧", .open),
      now: ("办公室的", .closed), cells: [:]),
    Row(testDescription: "emptied cells", before: ("旧", .open), now: ("旧", .open), cells: [5: "", 6: ""]),
  ]

  @Test(arguments: rows) func aRowIsMerged(row: Row) throws {
    var merge = SheetMerge(into: Self.ledger(row.now.0, row.now.1))
    merge.add(
      try Self.filled(Self.ledger(row.before.0, row.before.1), row.cells), file: "填.xlsx")
    let errors = merge.diagnostics.filter { $0.severity == .error }
    #expect(errors.count == row.errors && merge.diagnostics.count == row.errors + row.warnings)
    #expect(errors.allSatisfy { "\($0)".hasPrefix("填.xlsx[填报]!") })
    // Nobody is offered what only the office says.
    #expect(errors.allSatisfy { !$0.help.contains("已销号") })
    let expected = SheetMerge.Change(id: "1.1", status: row.status, progress: row.progress)
    #expect(merge.changes == (row.status == nil && row.progress == nil ? [] : [expected]))
  }

  /// Rows that somebody has put into a unit's sheet, with the notes that name the unit and without them.
  @Test(arguments: [true, false]) func onlyTheUnitsOwnRowsAreTaken(hasNotes: Bool) throws {
    let other = SampleLedger.owner("马鹏", "商务局", "b")
    var ledger = Self.ledger()
    let foreign = SampleLedger.measure("2.1", due: "2022-12-31", owners: [other])
    ledger.areas[0].measures.append(foreign)
    var editor = try SheetEditor(try Self.filled(Self.ledger(), [5: "待销号", 6: "=一"]))
    // The third measure's row becomes the other unit's.
    for (column, text) in [1: foreign.id, 2: foreign.title, 5: "待销号", 6: "别家的"] {
      let isSet = editor.set(text, sheet: "填报", line: 4, column: column)
      #expect(isSet)
    }
    if !hasNotes { _ = editor.set("", sheet: "填报说明", line: 2, column: 1) }
    var merge = SheetMerge(into: ledger)
    merge.add(try editor.bytes(), file: "填.xlsx")
    #expect(merge.changes.map(\.id) == ["1.1"])
    #expect(merge.diagnostics.map { "\($0.location) \($0.severity)" } == ["填.xlsx[填报]!E4 error"])
  }

  /// The formula's row is left out whole.
  @Test func aFormulaWithoutItsResultIsNoProgress() throws {
    let sheet = try Self.filled(Self.ledger(), [5: "待销号", 6: "一"])
    let archive = try ZipArchive(sheet)
    let parts = try archive.names.map { name in
      let text = String(decoding: try archive.read(name), as: UTF8.self)
      let cell = #"t="inlineStr"><is><t xml:space="preserve">一</t></is></c>"#
      return (name: name, bytes: Array(text.replacing(cell, with: "><f>1+1</f></c>").utf8))
    }
    var merge = SheetMerge(into: Self.ledger())
    merge.add(try ZipWriter.bytes(parts), file: "填.xlsx")
    #expect(merge.changes.isEmpty)
    #expect(merge.diagnostics.map(\.message) == ["the formula under “进展情况” was saved without its result"])
  }

  /// Of two sheets of one unit the later one counts, and it is said.
  @Test func theLaterSheetOfAUnitCounts() throws {
    var merge = SheetMerge(into: Self.ledger())
    merge.add(try Self.filled(Self.ledger(), [6: "甲"]), file: "甲.xlsx")
    merge.add(try Self.filled(Self.ledger(), [6: "乙"]), file: "乙.xlsx")
    #expect(merge.changes.map(\.progress) == ["乙"])
    let told = ["1.1 says “乙” in this sheet and “甲” in one before it, and this one counts"]
    #expect(merge.diagnostics.map(\.message) == told)
  }

  /// What a unit has put above and below the plan's title in the notes, whose plan is known all the same.
  @Test(arguments: [0, 1]) func aLineOfTheUnitsOwnIsNoPlan(line: Int) throws {
    var notes = ["《\(Self.ledger().plan.title)》", "填报单位：市场监督管理局"]
    notes.insert("由张三填写", at: line)
    var editor = try SheetEditor(try Self.filled(Self.ledger(), [6: "甲"]))
    for (place, text) in notes.enumerated() {
      let isSet = editor.set(text, sheet: "填报说明", line: place + 1, column: 1)
      #expect(isSet)
    }
    var merge = SheetMerge(into: Self.ledger())
    merge.add(try editor.bytes(), file: "填.xlsx")
    #expect(merge.changes.map(\.progress) == ["甲"] && merge.diagnostics.isEmpty, "\(merge.diagnostics)")
  }

  /// Next year's plan has the same measures and units.
  @Test func aSheetOfAnotherPlanIsRefused() throws {
    var other = Self.ledger()
    other.plan.title += "（2023年）"
    var merge = SheetMerge(into: Self.ledger())
    merge.add(try Self.filled(other, [5: "待销号", 6: "甲", 7: "移交"]), file: "填.xlsx")
    #expect(merge.changes.isEmpty && merge.requests.isEmpty)
    #expect(
      merge.diagnostics.map { "\($0.location) \($0.severity) \($0.message)" } == [
        "填.xlsx[填报说明]!A1 error this sheet is of the plan “\(other.plan.title)”, and the ledger of “\(Self.ledger().plan.title)”"
      ])
  }

  /// A unit's sheet comes twice; what the first measure says before, between and after, and what the second time brings.
  struct Again: Sendable, CustomTestStringConvertible {
    let testDescription: String
    var before = ""
    /// Columns 5 状态, 6 进展情况, 7 申请事项.
    let first: [Int: String]
    /// What the office makes of the ledger meanwhile; nil: nothing.
    var office: (String, Measure.Status)?
    let second: [Int: String]
    var progress: String
    var status = Measure.Status.open
    var asks = 0
    /// Diagnostics of the first time, and of the second.
    var firstErrors = 0
    var errors = 0
  }

  static let again = [
    Again(testDescription: "the same again", first: [6: "甲"], second: [6: "甲"], progress: "甲"),
    Again(
      testDescription: "the same again, with a request", first: [5: "正在推进", 6: "甲", 7: "移交"],
      second: [5: "正在推进", 6: "甲", 7: "移交"], progress: "甲\n申请事项：移交", status: .inProgress),
    Again(
      testDescription: "closed by the office since", first: [5: "待销号", 6: "甲"], office: ("甲", .closed),
      second: [5: "待销号", 6: "甲"], progress: "甲", status: .closed),
    Again(
      testDescription: "sent back by the office since", first: [5: "待销号", 6: "甲"],
      office: ("甲。请补充佐证", .inProgress), second: [5: "待销号", 6: "甲"], progress: "甲。请补充佐证",
      status: .inProgress),
    Again(
      testDescription: "the request was taken out by the office", first: [7: "移交"], office: ("不同意移交", .open),
      second: [7: "移交"], progress: "不同意移交"),
    Again(
      testDescription: "filled in further", first: [5: "正在推进", 6: "甲", 7: "移交"],
      second: [5: "待销号", 6: "甲，乙", 7: "移交"], progress: "甲，乙\n申请事项：移交", status: .submitted),
    Again(
      testDescription: "done, and a request at once, again", first: [5: "待销号", 7: "延期"],
      second: [5: "待销号", 7: "延期"], progress: "申请事项：延期", firstErrors: 1, errors: 1),
    Again(
      testDescription: "done, and a request at once, which was taken back", first: [5: "待销号", 7: "延期"],
      second: [5: "待销号"], progress: "申请事项：延期", status: .submitted, firstErrors: 1),
    Again(
      testDescription: "filled in after a request", before: "旧", first: [7: "移交"],
      second: [6: "旧，新", 7: "移交"],
      progress: "旧，新\n申请事项：移交"),
    Again(
      testDescription: "another request", first: [7: "移交"], second: [7: "延期"],
      progress: "申请事项：移交\n申请事项：延期", asks: 1),
    Again(
      testDescription: "filled in further under the office's words", first: [6: "甲"],
      office: ("甲\n办：已核", .open),
      second: [6: "甲，乙"], progress: "甲，乙\n办：已核"),
    Again(
      testDescription: "other words than before", first: [5: "正在推进", 6: "甲"],
      second: [5: "待销号", 6: "乙"], progress: "乙", status: .submitted),
    Again(
      testDescription: "other words than before, above a request", first: [6: "甲", 7: "移交"],
      second: [6: "乙", 7: "移交"], progress: "乙\n申请事项：移交"),
    Again(
      testDescription: "fewer words than before", first: [6: "甲\n乙"], second: [6: "甲"], progress: "甲"),
    Again(
      testDescription: "a number that goes on in the office's words", first: [6: "完成1"],
      office: ("完成10项", .open), second: [6: "完成12"], progress: "完成10项", errors: 1),
    Again(
      testDescription: "done, in words that the office has written over", first: [5: "正在推进", 6: "甲"],
      office: ("办公室的", .inProgress), second: [5: "待销号", 6: "乙", 7: "移交"],
      progress: "办公室的\n申请事项：移交", status: .inProgress, asks: 1, errors: 1),
    Again(
      testDescription: "other words than the office's", first: [6: "甲"], office: ("办公室的", .open),
      second: [6: "甲，乙"], progress: "办公室的", errors: 1),
    Again(
      testDescription: "a status that goes back", first: [5: "待销号"], second: [5: "正在推进", 6: "甲"],
      progress: "", status: .submitted, errors: 1),
    Again(
      testDescription: "a status that is taken out", first: [5: "待销号"], second: [:], progress: "",
      status: .submitted, errors: 1),
    Again(
      testDescription: "a status over the office's", first: [5: "正在推进"], office: ("", .open),
      second: [5: "待销号"],
      progress: "", status: .submitted),
  ]

  /// The office has reopened what a unit called done; a new sheet in which the unit says so again is asked about.
  @Test(arguments: [true, false]) func aNewSheetAfterTheOfficeReopened(isNew: Bool) throws {
    let made = Self.ledger()
    var first = SheetMerge(into: made)
    first.add(try Self.filled(made, [5: "待销号", 6: "已完成"]), file: "旧.xlsx")
    let reopened = Self.ledger("退回", .inProgress)
    var second = SheetMerge(into: reopened, said: first.said)
    second.add(try Self.filled(isNew ? reopened : made, [5: "待销号", 6: "已完成"]), file: "新.xlsx")
    #expect(second.changes == [])
    #expect(second.diagnostics.map { "\($0.location)" } == (isNew ? ["新.xlsx[填报]!E2", "新.xlsx[填报]!F2"] : []))
  }

  @Test(arguments: again) func aSheetComesAgain(row: Again) throws {
    let made = Self.ledger(row.before)
    var first = SheetMerge(into: made)
    first.add(try Self.filled(made, row.first), file: "填.xlsx")
    #expect(first.diagnostics.count == row.firstErrors, "\(first.diagnostics)")
    var ledger = made
    let change = first.changes.first
    ledger.areas[0].measures[0].progress = row.office?.0 ?? change?.progress ?? row.before
    ledger.areas[0].measures[0].status = row.office?.1 ?? change?.status ?? .open
    var second = SheetMerge(into: ledger, said: first.said)
    second.add(try Self.filled(made, row.second), file: "填.xlsx")
    #expect(second.diagnostics.count == row.errors, "\(second.diagnostics)")
    let (now, brought) = (ledger.areas[0].measures[0], second.changes.first)
    #expect(brought?.progress ?? now.progress == row.progress)
    #expect(brought?.status ?? now.status == row.status)
    #expect(second.requests.count { !$0.isKnown } == row.asks)
  }

  /// A row was put in before, the rest numbered on, and a title got a few words more: the sheet finds its measures. By
  /// the title alone too, where a sheet of an earlier version says no more.
  @Test(arguments: [true, false]) func aSheetFindsItsMeasuresUnderNewNumbers(hasIdentities: Bool) throws {
    let made = Self.ledger()
    var editor = try SheetEditor(try Self.filled(made, [5: "待销号", 6: "甲"]))
    _ = editor.set("乙", sheet: "填报", line: 3, column: 6)
    if !hasIdentities { _ = editor.set("标", sheet: "填报", line: 1, column: 10) }
    var ledger = made
    ledger.areas[0].measures.insert(
      SampleLedger.measure("1.0", due: "2022-12-31", owners: [Self.owner]), at: 0)
    for (place, measure) in ledger.areas[0].measures.enumerated() {
      let identity = place == 0 ? "1.1~2" : measure.identity
      ledger.areas[0].measures[place].id = "1.\(place + 1)"
      ledger.areas[0].measures[place].identity = identity
    }
    if hasIdentities { ledger.areas[0].measures[1].title += "工作" }
    var merge = SheetMerge(into: ledger)
    merge.add(try editor.bytes(), file: "填.xlsx")
    #expect(merge.diagnostics.isEmpty, "\(merge.diagnostics)")
    #expect(
      merge.changes == [
        SheetMerge.Change(id: "1.2", status: .submitted, progress: "甲"),
        SheetMerge.Change(id: "1.3", progress: "乙"),
      ])
  }

  /// Two measures of one title under other numbers than the sheet's: nothing says which is meant.
  @Test func amongNamesakesNobodyGuesses() throws {
    let made = Self.ledger()
    var editor = try SheetEditor(try Self.filled(made, [6: "甲"]))
    _ = editor.set("标", sheet: "填报", line: 1, column: 10)
    var ledger = made
    ledger.areas[0].measures[1].title = made.areas[0].measures[0].title
    for place in 0..<2 { ledger.areas[0].measures[place].id = "1.\(place + 7)" }
    var merge = SheetMerge(into: ledger)
    merge.add(try editor.bytes(), file: "填.xlsx")
    #expect(merge.changes.isEmpty)
    #expect(merge.diagnostics.map { "\($0.location)" }.first == "填.xlsx[填报]!E2")
  }

  @Test func anotherMeasureUnderTheNumberIsRefused() throws {
    var ledger = Self.ledger()
    ledger.areas[0].measures[0].title = "另一条"
    var merge = SheetMerge(into: ledger)
    merge.add(try Self.filled(Self.ledger(), [5: "待销号"]), file: "填.xlsx")
    #expect(merge.changes.isEmpty && merge.diagnostics.hasErrors)
    merge.add(Array("无".utf8), file: "x.txt")
    #expect(merge.diagnostics.count == 2)
  }

  private static let changes = [
    SheetMerge.Change(id: "1.1", status: .submitted, progress: "一\n二: \"三\" # 四"),
    SheetMerge.Change(id: "1.3", status: nil, progress: "<a&b>"),
    SheetMerge.Change(id: "1.2", status: .inProgress, progress: nil),
  ]

  /// The ledger's own file, as YAML and as a workbook, also one with macros or under WPS's name, gets the changes and keeps
  /// the rest.
  @Test(arguments: ["yaml", "xlsx", "xlsm", "et"]) func theLedgersFileIsChanged(kind: String) throws {
    let folder = try ScratchDirectory()
    let file = folder.path + "/ledger.\(kind)"
    let ledger = Self.ledger("旧的", .inProgress)
    let bytes =
      kind == "yaml"
      ? Array(("# 注释\n" + LedgerYAML.text(ledger)).utf8)
      : try LedgerXLSX.bytes(ledger, on: Self.day, calendar: SampleLedger.calendar)
    try Data(bytes).write(to: URL(fileURLWithPath: file))
    #expect(try LedgerEditor.apply(Self.changes, to: file, calendar: SampleLedger.calendar) == file)
    let after = try #require(
      LedgerReader.read(file: file, calendar: SampleLedger.calendar, today: nil).ledger)
    #expect(after.measures.map(\.status) == [.submitted, .inProgress, .open])
    #expect(after.measures.map(\.progress) == ["一\n二: \"三\" # 四", "", "<a&b>"])
    #expect(after.measures.map(\.title) == ledger.measures.map(\.title))
    if kind == "yaml" { #expect(try String(contentsOfFile: file, encoding: .utf8).hasPrefix("# 注释\n")) }
  }

  /// Two sheets about one measure, whose `status:` and `progress:` may be missing: one change of it.
  @Test(arguments: ["", "旧的"]) func twoSheetsChangeAMeasureOnce(progress: String) throws {
    let folder = try ScratchDirectory()
    let file = folder.path + "/ledger.yaml"
    let ledger = Self.ledger(progress)
    try Data(LedgerYAML.text(ledger).utf8).write(to: URL(fileURLWithPath: file))
    var merge = SheetMerge(into: ledger)
    merge.add(try Self.filled(ledger, [5: "进行中", 6: "甲"]), file: "甲.xlsx")
    merge.add(try Self.filled(ledger, [5: "待销号", 6: "乙"]), file: "乙.xlsx")
    _ = try LedgerEditor.apply(merge.changes, to: file, calendar: SampleLedger.calendar)
    let after = try #require(
      LedgerReader.read(file: file, calendar: SampleLedger.calendar, today: nil).ledger)
    #expect(after.measures[0].status == .submitted && after.measures[0].progress == "乙")
  }

  /// 3月进展 | 4月进展: nobody knows which of them the words belong into.
  @Test func severalColumnsOfProgressAreLeftToAPerson() throws {
    let folder = try ScratchDirectory()
    let file = folder.path + "/ledger.xlsx"
    let ledger = Self.ledger("旧的", .inProgress)
    let headings = LedgerTable.measureHeadings(ledger.areas)
    var editor = try SheetEditor(
      try LedgerXLSX.bytes(ledger, on: Self.day, calendar: SampleLedger.calendar))
    for (heading, month) in [(Heading.progress, "3月进展"), (.goal, "4月进展")] {
      let place = try #require(headings.firstIndex(of: heading))
      let isSet = editor.set(month, sheet: "整改台账", line: 1, column: place + 1)
      #expect(isSet)
    }
    let bytes = Data(try editor.bytes())
    try bytes.write(to: URL(fileURLWithPath: file))
    let failure = #expect(throws: LedgerEditor.Failure.self) {
      try LedgerEditor.apply(
        [SheetMerge.Change(id: "1.1", status: nil, progress: "新的")], to: file, calendar: SampleLedger.calendar
      )
    }
    #expect(
      failure?.description.contains("no column, or several, “进展情况”") ?? false,
      "\(String(describing: failure))")
    #expect(try Data(contentsOf: URL(fileURLWithPath: file)) == bytes)
  }

  @Test func aFileThatCannotBeChangedSafelyStays() throws {
    let folder = try ScratchDirectory()
    let file = folder.path + "/ledger.yaml"
    // A text over several lines: replacing its first line alone would change what it says.
    let text = LedgerYAML.text(Self.ledger("旧的", .inProgress))
      .replacing("progress: 旧的", with: "progress: >-\n          旧的\n          话")
    try Data(text.utf8).write(to: URL(fileURLWithPath: file))
    #expect(throws: LedgerEditor.Failure.self) {
      try LedgerEditor.apply(Self.changes, to: file, calendar: SampleLedger.calendar)
    }
    #expect(try String(contentsOfFile: file, encoding: .utf8) == text)
  }
}
