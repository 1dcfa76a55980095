import DubanCore

/// Spreads the text of merged cells over the rows that they cover.
enum MergedCells {
  /// Repeats each merged cell's text downwards in its first column. Rows without any text of their own stay out.
  ///
  /// What the format painter leaves in the cells beneath is seen by nobody: it isn't read, and said where it differs.
  static func fill(
    _ merges: [CellRange], in table: inout Table, limits: TableLimits
  ) throws(WorkbookFailure) {
    if merges.isEmpty { return }
    var budget = limits.cells
    var additions: [Int: [(column: Int, cell: Table.Cell)]] = [:]
    for merge in merges {
      guard let first = firstRow(of: table, atOrAfter: merge.rows.lowerBound) else { continue }
      let hasTop = Int(table.rows[first].line) == merge.rows.lowerBound + 1
      var shown = hasTop ? table.cell(first, merge.column) : .empty
      if shown.count > 0 {
        shown.furtherColumns = UInt8(clamping: merge.columns.count - 1)
        table.cells[Int(table.rows[first].firstCell) + merge.column] = shown
        shown.continuesAbove = true
      }
      var row = first
      while row < table.rows.count, Int(table.rows[row].line) <= merge.rows.upperBound + 1 {
        let isTop = hasTop && row == first
        let filled = merge.columns.prefix { $0 < table.width(row) }
        budget -= max(1, filled.count)
        if budget < 0 {
          throw .tooLarge("merged cells that cover more than \(limits.cells) cells", sheet: table.sheet)
        }
        for column in filled where !(isTop && column == merge.column) && table.cell(row, column).count > 0 {
          table.noteCovered(row, column, by: shown)
          additions[row, default: []].append((column, .empty))
        }
        if !isTop, shown.count > 0 { additions[row, default: []].append((merge.column, shown)) }
        row += 1
      }
    }
    table.replace(additions)
  }

  private static func firstRow(of table: Table, atOrAfter row: Int) -> Int? {
    var (low, high) = (0, table.rows.count)
    while low < high {
      let middle = (low + high) / 2
      if Int(table.rows[middle].line) < row + 1 { low = middle + 1 } else { high = middle }
    }
    return low < table.rows.count ? low : nil
  }
}

extension Table {
  /// Notes what lies beneath a merged cell that shows something else.
  fileprivate mutating func noteCovered(_ row: Int, _ column: Int, by shown: Cell) {
    let (hidden, seen) = (text(row, column), text(of: shown))
    guard !hidden.isEmpty, hidden != seen else { return }
    covered.append(
      Diagnostic(
        .warning, at: location(row, column),
        "“\(hidden.excerpt)” lies hidden beneath the merged cell “\(seen.excerpt)”, and is not read",
        help: "unmerge the cell if it counts"))
  }

  /// Puts other cells in the places of some, by row; a row is made as long as it takes.
  mutating func replace(_ changes: [Int: [(column: Int, cell: Cell)]]) {
    var cells: [Cell] = []
    var firstCells: [UInt32] = []
    for row in rows.indices {
      var line = (0..<width(row)).map { cell(row, $0) }
      for (column, cell) in changes[row] ?? [] {
        while line.count <= column { line.append(.empty) }
        line[column] = cell
      }
      firstCells.append(UInt32(cells.count))
      cells.append(contentsOf: line)
    }
    for row in rows.indices { rows[row].firstCell = firstCells[row] }
    self.cells = cells
  }
}

/// A cell's name in a sheet, such as `C12`; row and column counted from 0.
struct CellReference: Equatable {
  var row: Int
  var column: Int

  /// Reads `C12` or `$C$12`; nil for anything else and past row 1048576 or column XFD.
  init?(_ name: some StringProtocol) {
    var (row, column, isInRow) = (0, 0, false)
    for byte in name.utf8 where byte != UInt8(ascii: "$") {
      switch byte {
      case UInt8(ascii: "A")...UInt8(ascii: "Z") where !isInRow:
        column = column * 26 + Int(byte - 0x40)
      case UInt8(ascii: "0")...UInt8(ascii: "9") where column > 0:
        isInRow = true
        row = row * 10 + Int(byte - 0x30)
      default: return nil
      }
      guard row <= 1_048_576, column <= 16_384 else { return nil }
    }
    guard row > 0, column > 0 else { return nil }
    (self.row, self.column) = (row - 1, column - 1)
  }
}

/// A merged cell: a rectangle of a sheet; rows and columns counted from 0.
struct CellRange: Equatable {
  var rows: ClosedRange<Int>
  var columns: ClosedRange<Int>
  /// What is across several columns belongs to the first of them.
  var column: Int { columns.lowerBound }

  /// Reads `B3:B7`; nil for anything else.
  init?(_ name: String) {
    let ends = name.split(separator: ":", omittingEmptySubsequences: false).map { CellReference($0) }
    guard let first = ends.first ?? nil, let last = ends.last ?? nil, ends.count <= 2, first.row <= last.row,
      first.column <= last.column
    else { return nil }
    rows = first.row...last.row
    columns = first.column...last.column
  }
}

/// Puts into a table of measures what its rows say by pointing upwards: 同上, 〃, and cells left empty below a value that
/// is written once for several rows.
struct CarriedCells {
  private let table: Table
  private let map: ColumnMap
  /// What was put into the rows, by row and column.
  private var changes: [Int: [Int: Table.Cell]] = [:]
  private var log = DiagnosticLog()

  /// Fills in the cells in the columns that are read; what can't be filled in for certain is said.
  static func fill(_ table: inout Table, _ header: TableHeader, _ map: ColumnMap) -> [Diagnostic] {
    var carried = CarriedCells(table: table, map: map)
    carried.read(from: header.rows.upperBound)
    if !carried.changes.isEmpty { table.replace(carried.changes.mapValues { $0.map { ($0.key, $0.value) } }) }
    return carried.log.diagnostics
  }

  private init(table: Table, map: ColumnMap) {
    self.table = table
    self.map = map
  }

  private mutating func read(from first: Int) {
    guard let measure = map.column(.measure)?.index else { return }
    let columns = Heading.allCases.filter { $0 != .id }.flatMap(map.columns)
    // The row of a measure right above, within the same area; and the same, whatever is between.
    var (above, last) = (Int?.none, Int?.none)
    for row in first..<max(first, table.rows.count) {
      for column in columns where Self.isDitto(table.bytes(of: table.cell(row, column.index))) {
        guard let source = last.map({ cell($0, column.index) }), !table.isEmpty(source) else {
          log.append(
            .error, at: table.location(row, column.index),
            "“\(table.text(row, column.index))” under “\(column.words.onOneLine)” has nothing above it",
            help: "write what is meant")
          continue
        }
        put(source, row, column.index)
      }
      if table.isEmpty(row, measure) || table.isWords(row, map) {
        if !table.isBlank(row) { above = nil }
        continue
      }
      if let above { carry(from: above, to: row) }
      (above, last) = (row, row)
    }
  }

  /// Takes the units, persons and the deadline from the row above where units and persons are empty together with something
  /// else that is written once for several rows: one empty cell alone may have been forgotten.
  private mutating func carry(from above: Int, to row: Int) {
    func isOpen(_ headings: Heading...) -> Bool {
      let columns = headings.flatMap(map.columns)
      return !columns.isEmpty && columns.allSatisfy { table.isEmpty(cell(row, $0.index)) }
        && columns.contains { !table.isEmpty(cell(above, $0.index)) }
    }
    guard isOpen(.units), map.column(.persons) == nil || isOpen(.units, .persons),
      [Heading.id, .area, .problems, .goal, .deadline].contains(where: { isOpen($0) })
    else { return }
    let carried = [Heading.units, .persons] + (isOpen(.deadline) ? [.deadline] : [])
    for column in carried.flatMap(map.columns) where table.isEmpty(cell(row, column.index)) {
      let source = cell(above, column.index)
      if table.isEmpty(source) { continue }
      put(source, row, column.index)
      log.append(
        .warning, at: table.location(row, column.index),
        "the cell under “\(column.words.onOneLine)” is empty: “\(table.text(of: source).excerpt)” is taken from the row above",
        help: "write it in each row, or merge its cell over the rows")
    }
  }

  private func cell(_ row: Int, _ column: Int) -> Table.Cell {
    changes[row]?[column] ?? table.cell(row, column)
  }

  private mutating func put(_ cell: Table.Cell, _ row: Int, _ column: Int) {
    var cell = cell
    cell.continuesAbove = false
    changes[row, default: [:]][column] = cell
  }

  /// Whether a text, in UTF-8, says that what is above is meant.
  static func isDitto(_ text: ArraySlice<UInt8>) -> Bool {
    guard let first = text.first, text.count <= 24 else { return false }
    switch first {
    case 0x20, 0x28, 0x2D, 0xC2, 0xE2, 0xE3, 0xEF: break
    case 0xE5: guard text.starts(with: [0xE5, 0x90, 0x8C]) else { return false }
    default: return false
    }
    let plain = String(decoding: text, as: UTF8.self).trimmedWhitespace.filter {
      !$0.isWhitespace && !"—－-。（）()".contains($0)
    }
    return words.contains(plain)
  }

  private static let words: Set<String> = [
    "同上", "同前", "同上行", "同上项", "同上一项", "同上一行", "同上格", "同上条", "〃", "〃〃", "″", "〞", "＂", "′′", "“",
    "”", "“”",
  ]
}
