import DubanCore
import Foundation
import TestSupport
import Testing

@testable import DubanLedger

/// Sheets laid out in the many ways of offices: `Fixtures/sheet-layouts.txt` shows each with what it is read as.
/// `DUBAN_WRITE_GOLDEN=1` writes what they are read as anew.
@Suite struct SheetLayoutTests {
  private static let file = RepositoryFile.url("Tests/DubanLedgerTests/Fixtures/sheet-layouts.txt")

  /// One workbook: `== name`, `[sheet]`, its rows with `|` between the cells (`<` and `^` are merged with the cell to the
  /// left or above, `-` is an empty row, `/` a line break), and after `=` what comes of it.
  private struct Layout {
    var lines: [String] = []
    var expected: [String] = []
    var name: String { String(lines[0].dropFirst(3)) }
  }

  private static func layouts() throws -> (head: [String], layouts: [Layout]) {
    var (head, layouts) = ([String](), [Layout]())
    for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map(String.init) {
      if line.hasPrefix("== ") {
        layouts.append(Layout(lines: [line]))
      } else if layouts.isEmpty {
        head.append(line)
      } else if line.hasPrefix("= ") {
        layouts[layouts.count - 1].expected.append(String(line.dropFirst(2)))
      } else {
        layouts[layouts.count - 1].lines.append(line)
      }
    }
    return (head, layouts)
  }

  @Test func layoutsAreReadAsTheyAreMeant() throws {
    let (head, layouts) = try Self.layouts()
    let read = try layouts.map { try (layout: $0, lines: Self.read($0)) }
    guard ProcessInfo.processInfo.environment["DUBAN_WRITE_GOLDEN"] == nil else {
      let text = head + read.flatMap { $0.layout.lines + $0.lines.map { "= " + $0 } }
      try Data((text.joined(separator: "\n") + "\n").utf8).write(to: Self.file)
      return
    }
    #expect(read.count > 20)
    for (layout, lines) in read { #expect(lines == layout.expected, "\(layout.name)") }
  }

  /// The plan is of 2023; each deadline without a year may be another one's.
  @Test(
    arguments: [
      (
        "云水区2024年重点任务台账",
        "the deadline “6月30日” of measure 2 is read as 2023-06-30, and the title of its sheet says 2024年"
      ),
      ("云水区2023年重点任务台账", nil), ("云水区重点任务台账", nil), ("2023—2024年任务台账", nil), ("填报时间：2024年5月6日", nil),
      (
        "二○二四年重点任务台账",
        "the deadline “6月30日” of measure 2 is read as 2023-06-30, and the title of its sheet says 2024年"
      ),
      (
        "2024",
        "the deadline “6月30日” of measure 2 is read as 2023-06-30, and the title of its sheet says 2024年"
      ),
      ("二〇二三年重点任务台账", nil), ("2023", nil), ("2023年任务（文号2024）", nil),
    ] as [(String, String?)])
  func aTitleMaySayAnotherYear(title: String, said: String?) {
    let rows =
      "\(title),,,,\n序号,整改措施,责任单位,责任人,完成时限\n1,修路,发改局,林一,2023年5月31日\n2,架桥,住建局,张三,6月30日\n3,植树,林业局,李四,7月底前\n4,种草,林业局,李四,后年6月底前\n5,养花,林业局,李四,翌年6月底前\n6,养鱼,林业局,李四,二○二○年底前\n"
    var (draft, _) = TableLedger.read(Array(rows.utf8), file: "t.csv", for: .measures)
    let place = Diagnostic.Location(file: "t.csv")
    draft.plan = LedgerDraft.Plan(location: place)
    draft.plan?.issued = LocatedText("2023-03-06", at: place)
    let checked = LedgerChecker.check(draft, file: "t.csv", calendar: WorkdayCalendar(), today: nil)
    let found = checked.diagnostics.map(\.message).filter { $0.contains("title of its sheet") }
    #expect(found.first == said && found.count == (said == nil ? 0 : 2), "\(found)")
  }

  private static func read(_ layout: Layout) throws -> [String] {
    var sheets: [(name: String, rows: [[String]])] = []
    for line in layout.lines.dropFirst() {
      if line.hasPrefix("[") {
        sheets.append((String(line.dropFirst().dropLast()), []))
      } else {
        let cells = line.split(separator: "|", omittingEmptySubsequences: false).map {
          $0.trimmingCharacters(in: .whitespaces).replacing("/", with: "\n")
        }
        sheets[sheets.count - 1].rows.append(cells == ["-"] ? [] : cells)
      }
    }
    let part: TableLedger.Part = layout.name.hasPrefix("owners") ? .owners : .measures
    let (draft, diagnostics) = TableLedger.read(try sheets.map(table), file: "t.xlsx", for: part)
    let measures = draft.areas.flatMap { area in
      area.measures.map { measure in
        let names = [measure.units, measure.persons].map { $0.map(\.text).joined(separator: "、") }
        let fields = [area.name, measure.id, measure.title].map { $0?.text ?? "" } + names
        let days =
          [measure.deadline, measure.status].map { $0?.text ?? "" } + [measure.due?.text].compactMap(\.self)
        return (fields + days).joined(separator: "|")
      }
    }
    let owners = draft.owners.map {
      "\($0.person?.text ?? "")|\($0.unit?.text ?? "")|\($0.email?.text ?? "")"
    }
    return measures + owners
      + diagnostics.map { diagnostic in
        "\(diagnostic.location): \(diagnostic.severity): \(diagnostic.message)".replacing("t.xlsx", with: "")
      }
  }

  private static func table(_ sheet: (name: String, rows: [[String]])) throws -> Table {
    var table = Table(file: "t.xlsx", sheet: sheet.name)
    var merges: [CellRange] = []
    for (row, cells) in sheet.rows.enumerated() where !cells.isEmpty {
      table.rows.append(Table.Row(firstCell: UInt32(table.cells.count), line: UInt32(row + 1), start: 0))
      for (column, text) in cells.enumerated() {
        // `^ 财政局`: left beneath the merged cell; `~财政局~`: struck through.
        let isMerged = text == "<" || text == "^" || text.hasPrefix("^ ")
        let isStruck = text.hasPrefix("~") && text.hasSuffix("~")
        let bytes = Array(
          (isMerged ? String(text.dropFirst(2)) : isStruck ? text.filter { $0 != "~" } : text).utf8)
        var cell = Table.Cell(start: UInt32(table.bytes.count), count: UInt32(bytes.count))
        cell.struck = isStruck ? .whole : .no
        table.cells.append(cell)
        table.bytes += bytes
        if !isMerged, let range = merge(sheet.rows, row, column) { merges.append(range) }
      }
    }
    try MergedCells.fill(merges, in: &table, limits: .standard)
    return table
  }

  /// The range of the cell with those that are merged with it; nil where none is.
  private static func merge(_ rows: [[String]], _ row: Int, _ column: Int) -> CellRange? {
    func isMark(_ row: Int, _ column: Int, _ mark: String) -> Bool {
      guard rows.indices.contains(row), rows[row].indices.contains(column) else { return false }
      return rows[row][column] == mark || rows[row][column].hasPrefix(mark + " ")
    }
    var (last, lastRow) = (column, row)
    while isMark(row, last + 1, "<") { last += 1 }
    while isMark(lastRow + 1, column, "^") { lastRow += 1 }
    if last == column, lastRow == row { return nil }
    func name(_ row: Int, _ column: Int) -> String {
      "\(Character(UnicodeScalar(UInt8(65 + column))))\(row + 1)"
    }
    return CellRange("\(name(row, column)):\(name(lastRow, last))")
  }
}
