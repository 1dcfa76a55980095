/// Parts a sheet or CSV file that holds several tables under one another, such as the measures and then the owners.
enum TableBlocks {
  /// The tables, each from its header to the next one of the other kind.
  static func split(_ table: Table) -> [Table] {
    guard let first = TableHeader(table) else { return [table] }
    var (blocks, start, holdsMeasures) = ([Table](), 0, first.holdsMeasures)
    var row = first.rows.upperBound
    while row < table.rows.count {
      if Heading.named(table.text(row, 0)) != nil {
        let header = TableHeader(table, at: row)
        if header.holdsMeasures != holdsMeasures, header.holdsMeasures || header.holdsOwners {
          blocks.append(table.rows(start..<row))
          (start, holdsMeasures) = (row, header.holdsMeasures)
          row = header.rows.upperBound
          continue
        }
      }
      row += 1
    }
    return blocks.isEmpty ? [table] : blocks + [table.rows(start..<table.rows.count)]
  }
}

extension Table {
  /// The table of some of the rows.
  fileprivate func rows(_ range: Range<Int>) -> Table {
    var part = Table(file: file, sheet: sheet)
    let end = range.upperBound < rows.count ? Int(rows[range.upperBound].firstCell) : cells.count
    let start = Int(rows[range.lowerBound].firstCell)
    part.bytes = bytes
    part.cells = Array(cells[start..<end])
    part.rows = rows[range].map {
      Row(firstCell: $0.firstCell - UInt32(start), line: $0.line, start: $0.start)
    }
    return part
  }
}
