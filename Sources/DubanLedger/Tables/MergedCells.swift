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
    apply(additions, to: &table)
  }

  private static func firstRow(of table: Table, atOrAfter row: Int) -> Int? {
    var (low, high) = (0, table.rows.count)
    while low < high {
      let middle = (low + high) / 2
      if Int(table.rows[middle].line) < row + 1 { low = middle + 1 } else { high = middle }
    }
    return low < table.rows.count ? low : nil
  }

  private static func apply(_ additions: [Int: [(column: Int, cell: Table.Cell)]], to table: inout Table) {
    var cells: [Table.Cell] = []
    var firstCells: [UInt32] = []
    for row in table.rows.indices {
      var line = (0..<table.width(row)).map { table.cell(row, $0) }
      for (column, cell) in additions[row] ?? [] {
        while line.count <= column { line.append(.empty) }
        line[column] = cell
      }
      firstCells.append(UInt32(cells.count))
      cells.append(contentsOf: line)
    }
    for row in table.rows.indices { table.rows[row].firstCell = firstCells[row] }
    table.cells = cells
  }
}
