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
  /// What stands across several columns belongs to the first of them.
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
