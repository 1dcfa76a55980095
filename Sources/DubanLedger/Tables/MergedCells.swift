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
