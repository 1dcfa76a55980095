import DubanCore
import TestSupport
import Testing

@testable import DubanLedger

/// What one of several units says of a measure that they share: it speaks for itself alone, unless it leads.
@Suite struct SharedMeasureTests {
  private static let day = SampleLedger.day("2022-12-20")
  private static let owners = [
    SampleLedger.owner("常鸣", "科技部", "a"), SampleLedger.owner("马鹏", "服务中心", "b"),
    SampleLedger.owner("郭兰", "财政部", "c"),
  ]

  private static func ledger(
    lead: String?, _ status: Measure.Status = .open, _ progress: String = ""
  ) -> Ledger {
    var measure = SampleLedger.measure("5.1", due: "2022-12-31", owners: owners, status: status)
    (measure.lead, measure.progress) = (lead, progress)
    return SampleLedger.ledger(owners: owners, measures: [measure])
  }

  /// A unit's sheet: made of this ledger, and filled in.
  private static func sheet(
    of unit: String, _ ledger: Ledger, status: String = "", progress: String = ""
  ) throws -> [UInt8] {
    var editor = try SheetEditor(
      try UnitSheet.bytes(ledger, unit: unit, on: day, calendar: SampleLedger.calendar))
    for (column, text) in [(5, status), (6, progress)] where !text.isEmpty {
      let isSet = editor.set(text, sheet: "填报", line: 2, column: column)
      #expect(isSet)
    }
    return try editor.bytes()
  }

  struct Row: Sendable, CustomTestStringConvertible {
    let testDescription: String
    var lead: String?
    /// Sheets that come one after another, made of the ledger at the beginning: the unit, and its 状态.
    let says: [(unit: String, status: String)]
    /// What the measure is after each, and who is named as missing (nil: nothing is said).
    let then: [(status: Measure.Status, missing: String?)]
  }

  static let rows = [
    Row(
      testDescription: "one of three", says: [("科技部", "待销号")], then: [(.open, "服务中心、财政部")]),
    Row(
      testDescription: "one after another",
      says: [("科技部", "待销号"), ("服务中心", "已完成"), ("财政部", "已销号"), ("科技部", "待销号")],
      then: [(.open, "服务中心、财政部"), (.open, "财政部"), (.submitted, nil), (.submitted, nil)]),
    Row(
      testDescription: "the same sheet twice", says: [("科技部", "待销号"), ("科技部", "待销号")],
      then: [(.open, "服务中心、财政部"), (.open, "服务中心、财政部")]),
    Row(
      testDescription: "the lead", lead: "财政部", says: [("科技部", "待销号"), ("财政部", "待销号")],
      then: [(.open, "服务中心、财政部"), (.submitted, nil)]),
    Row(
      testDescription: "one that goes on after the lead is done", lead: "财政部",
      says: [("财政部", "待销号"), ("科技部", "进行中")],
      then: [(.submitted, nil), (.submitted, "科技部、服务中心")]),
    Row(
      testDescription: "work has begun, and goes on", says: [("科技部", "进行中"), ("科技部", "待销号")],
      then: [(.inProgress, nil), (.inProgress, "服务中心、财政部")]),
    Row(
      testDescription: "begun by one, done by all",
      says: [("科技部", "进行中"), ("服务中心", "待销号"), ("财政部", "待销号"), ("科技部", "待销号")],
      then: [(.inProgress, nil), (.inProgress, "科技部、财政部"), (.inProgress, "科技部"), (.submitted, nil)]),
    Row(
      testDescription: "a word that is taken back",
      says: [("科技部", "待销号"), ("科技部", ""), ("科技部", ""), ("服务中心", "待销号"), ("财政部", "待销号")],
      then: [
        (.open, "服务中心、财政部"), (.open, "科技部、服务中心、财政部"), (.open, nil), (.open, "科技部、财政部"), (.open, "科技部"),
      ]),
    Row(
      testDescription: "a word that is changed back in other words",
      says: [("科技部", "待销号"), ("科技部", "尚未启动"), ("服务中心", "待销号"), ("财政部", "待销号")],
      then: [
        (.open, "服务中心、财政部"), (.open, "科技部、服务中心、财政部"), (.open, "科技部、财政部"), (.open, "科技部"),
      ]),
  ]

  @Test(arguments: rows) func aUnitSpeaksForItself(row: Row) throws {
    let made = Self.ledger(lead: row.lead)
    var (ledger, said) = (made, [String: [String: MergedRow]]())
    for ((unit, status), then) in zip(row.says, row.then) {
      var merge = SheetMerge(into: ledger, said: said)
      merge.add(try Self.sheet(of: unit, made, status: status), file: "填.xlsx")
      (ledger, said) = (ledger.applying(merge.changes), merge.said)
      #expect(ledger.areas[0].measures[0].status == then.status, "\(unit) \(status)")
      let told = merge.diagnostics.filter { $0.message.contains("is shared") }
      #expect(told.count == (then.missing == nil ? 0 : 1), "\(unit) \(status): \(merge.diagnostics)")
      #expect(!merge.diagnostics.hasErrors, "\(merge.diagnostics)")
      if let missing = then.missing {
        #expect(told.first?.message.contains("not by \(missing), and the status stays") == true, "\(told)")
      }
    }
  }

  /// A unit that takes back what it said, after all have said it: asked about, by an old sheet and by a new one.
  @Test(arguments: ["", "进行中"], [true, false])
  func aWordIsTakenBackAfterAllHaveReported(_ text: String, isNew: Bool) throws {
    let made = Self.ledger(lead: nil)
    var merge = SheetMerge(into: made)
    for owner in Self.owners {
      merge.add(try Self.sheet(of: owner.unit, made, status: "待销号"), file: "填.xlsx")
    }
    let submitted = made.applying(merge.changes)
    var again = SheetMerge(into: submitted, said: merge.said)
    again.add(
      try Self.sheet(of: "科技部", isNew ? submitted : made, status: text, progress: "漏了一处"), file: "填.xlsx")
    // A new sheet says 待销号 where nobody has touched it.
    let isBack = !(isNew && text.isEmpty)
    #expect(again.changes.compactMap(\.status).isEmpty && again.changes.isEmpty == isBack)
    #expect(
      again.diagnostics.map(\.message)
        == (isBack ? ["状态 of 5.1 says “\(text.isEmpty ? "未完成" : text)”, and the ledger “待销号”"] : []))
    #expect(SheetMerge.reported(submitted.measures[0], again.said).contains("科技部"))
  }

  /// What a unit says after the office reopened the measure counts by itself, and what was said before that no more.
  @Test(arguments: [nil, "财政部"], [("已办结", ""), ("待销号", "补好了")])
  func whatIsSaidAfterAReopening(lead: String?, says: (status: String, progress: String)) throws {
    let made = Self.ledger(lead: lead)
    let first = lead == nil ? Self.owners.map(\.unit) : ["科技部", "服务中心", "财政部"]
    var merge = SheetMerge(into: made)
    for unit in first {
      merge.add(try Self.sheet(of: unit, made, status: "待销号"), file: "填.xlsx")
    }
    let reopened = Self.ledger(lead: lead, .inProgress)
    #expect(SheetMerge.reported(reopened.measures[0], merge.said).isEmpty)
    var ledger = reopened
    for (unit, status) in [("科技部", Measure.Status.inProgress), ("服务中心", .inProgress), ("财政部", .submitted)] {
      var again = SheetMerge(into: ledger, said: merge.said)
      again.add(
        try Self.sheet(of: unit, reopened, status: says.status, progress: says.progress), file: "新.xlsx")
      ledger = ledger.applying(again.changes)
      #expect(!again.diagnostics.hasErrors, "\(again.diagnostics)")
      #expect(ledger.measures[0].status == status, "\(unit)")
      merge = again
    }
  }

  /// What the office took back stays so, whatever the old sheets say, and is asked about where a new one says it.
  @Test func theOfficesNoStays() throws {
    let made = Self.ledger(lead: nil)
    var merge = SheetMerge(into: made)
    for owner in Self.owners {
      merge.add(try Self.sheet(of: owner.unit, made, status: "待销号"), file: "填.xlsx")
    }
    #expect(merge.changes.map(\.status) == [.submitted])
    let reopened = Self.ledger(lead: nil, .inProgress)
    for (sheet, status, told) in [
      (made, "待销号", 0), (reopened, "待销号", 1), (reopened, "", 0), (reopened, "待销号", 1),
    ] {
      var again = SheetMerge(into: reopened, said: merge.said)
      again.add(try Self.sheet(of: "科技部", sheet, status: status), file: "填.xlsx")
      #expect(again.changes.isEmpty && again.diagnostics.count == told, "\(again.diagnostics)")
      merge = again
    }
    // Never half a row of the old sheet either.
    var again = SheetMerge(into: reopened, said: merge.said)
    again.add(try Self.sheet(of: "科技部", made, status: "待销号", progress: "再次完成"), file: "填.xlsx")
    #expect(again.changes.isEmpty && again.diagnostics.map(\.severity) == [.error], "\(again.diagnostics)")
  }

  /// 进展情况 as it stood, then what units write into their sheets, made of the ledger as it stands then; and what it says.
  @Test(
    arguments: [
      ("", [("科技部", "甲"), ("服务中心", "乙")], "科技部：甲\n服务中心：乙"),
      ("旧", [("科技部", "旧\n甲")], "旧\n科技部：甲"), ("旧", [("科技部", "旧")], "旧"),
      ("", [("科技部", "甲\n乙")], "科技部：甲 乙"),
      ("", [("科技部", "甲"), ("科技部", "科技部：甲，乙")], "科技部：甲，乙"),
      ("科技部：甲。办公室已核", [("科技部", "科技部：丙")], "科技部：甲。办公室已核\n科技部：丙"),
      ("", [("科技部", "甲"), ("服务中心", "科技部：甲\n乙"), ("科技部", "丙")], "科技部：丙\n服务中心：乙"),
      ("", [("科技部", "甲"), ("科技部", "科技部：甲\n乙")], "科技部：甲\n科技部：乙"),
      ("科技部：完成10项", [("科技部", "科技部：完成10项\n完成1")], "科技部：完成10项\n科技部：完成1"),
    ] as [(String, [(String, String)], String)])
  func wordsStandUnderTheUnitsName(
    _ before: String, _ sheets: [(unit: String, text: String)], _ after: String
  ) throws {
    var (ledger, said) = (Self.ledger(lead: "科技部", .open, before), [String: [String: MergedRow]]())
    for (unit, text) in sheets {
      var merge = SheetMerge(into: ledger, said: said)
      merge.add(try Self.sheet(of: unit, ledger, progress: text), file: "填.xlsx")
      #expect(merge.diagnostics.isEmpty, "\(merge.diagnostics)")
      (ledger, said) = (ledger.applying(merge.changes), merge.said)
    }
    #expect(ledger.areas[0].measures[0].progress == after)
  }

  /// Two sheets that were sent out together don't write over each other.
  @Test func sheetsOfOneDayAddUp() throws {
    let made = Self.ledger(lead: nil, .open, "旧")
    var merge = SheetMerge(into: made)
    for (unit, text) in [("科技部", "甲"), ("服务中心", "乙"), ("科技部", "甲"), ("科技部", "丙")] {
      merge.add(try Self.sheet(of: unit, made, progress: text), file: "填.xlsx")
    }
    #expect(merge.diagnostics.map(\.severity) == [.warning])
    #expect(merge.changes.last?.progress == "旧\n科技部：丙\n服务中心：乙")
  }

  /// Nobody knows whose a sheet is that has lost its notes.
  @Test func aSheetWithoutItsUnitIsNotTaken() throws {
    let made = Self.ledger(lead: nil)
    var editor = try SheetEditor(try Self.sheet(of: "科技部", made, status: "待销号", progress: "甲"))
    let isSet = editor.set("", sheet: "填报说明", line: 2, column: 1)
    #expect(isSet)
    var merge = SheetMerge(into: made)
    merge.add(try editor.bytes(), file: "填.xlsx")
    #expect(merge.changes.isEmpty && merge.diagnostics.hasErrors)
  }
}
