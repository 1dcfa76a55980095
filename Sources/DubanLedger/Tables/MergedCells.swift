/// Spreads the text of merged cells over the rows that they cover.
enum MergedCells {
  /// Repeats each merged cell's text downwards in its first column. Rows without any text of their own stay out.
  static func fill(
    _ merges: [CellRange], in table: inout Table, limits: TableLimits
  ) throws(WorkbookFailure) {
    if merges.isEmpty { return }
    var budget = limits.cells
    var additions: [Int: [(column: Int, cell: Table.Cell)]] = [:]
    for merge in merges {
      guard let first = firstRow(of: table, atOrAfter: merge.rows.lowerBound),
        Int(table.rows[first].line) == merge.rows.lowerBound + 1
      else { continue }
      var cell = table.cell(first, merge.column)
      if cell.count == 0 { continue }
      cell.furtherColumns = UInt8(clamping: merge.columns.count - 1)
      table.cells[Int(table.rows[first].firstCell) + merge.column] = cell
      cell.continuesAbove = true
      var row = first + 1
      while row < table.rows.count, Int(table.rows[row].line) <= merge.rows.upperBound + 1 {
        budget -= 1
        if budget < 0 {
          throw .tooLarge("merged cells that cover more than \(limits.cells) cells", sheet: table.sheet)
        }
        if table.cell(row, merge.column).count == 0 {
          additions[row, default: []].append((merge.column, cell))
        }
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
