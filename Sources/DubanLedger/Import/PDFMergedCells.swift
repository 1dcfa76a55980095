/// Finds the rows that a cell goes over whose text stands in its middle: areas, tasks and deadlines of several measures.
enum PDFMergedCells {
  /// A cell of a column, with the rows that it goes over.
  struct Cell {
    var column: Int
    var rows: ClosedRange<Int>
    var text: String
    /// Whether its text stands where the middle of those rows is.
    var isExact: Bool
    /// In how many of the rows words of it stand.
    var rowsWithWords: Int
  }

  /// A table's row: its lines, and whether it is the title of an area.
  typealias Row = (lines: [PDFLayout.Line], isTitle: Bool)
  private typealias Extent = (top: Double, bottom: Double, page: Int, isTitle: Bool)
  private typealias Block = (text: String, top: Double, bottom: Double, page: Int, em: Double, rows: Set<Int>)

  /// The cells of a column from top to bottom. `others` are the columns whose cells may go over several rows too.
  static func cells(
    _ rows: [Row], of shared: Int, beside others: Set<Int>, isDeadline: Bool, column: (PDFWords.Word) -> Int
  ) -> [Cell] {
    let extents = rows.map { row -> Extent in
      let own = row.lines.flatMap(\.words).filter { !others.contains(column($0)) }
      let words = own.isEmpty ? row.lines.flatMap(\.words) : own
      return (
        words.map(\.middle).min() ?? 0, words.map(\.middle).max() ?? 0, row.lines.first?.page ?? 0,
        row.isTitle
      )
    }
    var cells: [Cell] = []
    var next = 0
    for block in blocks(rows, shared, isDeadline, column) {
      while next < rows.count, extents[next].isTitle || extents[next].page < block.page { next += 1 }
      guard next < rows.count else { break }
      let middle = (block.top + block.bottom) / 2
      let end = lastRow(extents, from: next, around: middle)
      let distance = abs((extents[next].top + extents[end].bottom) / 2 - middle)
      cells.append(
        Cell(
          column: shared, rows: next...end, text: block.text, isExact: distance < 0.6 * block.em,
          rowsWithWords: block.rows.count))
      next = end + 1
    }
    return cells
  }

  /// Whether these cells fill their column as merged ones do: all rows, each from its middle, and one of them several rows.
  static func fill(_ rows: [Row], _ cells: [Cell], isDeadline: Bool) -> Bool {
    let covered = cells.flatMap { Array($0.rows) }
    let own = rows.indices.filter { !rows[$0].isTitle }
    return covered.filter { !rows[$0].isTitle } == own && cells.allSatisfy(\.isExact)
      && cells.contains { $0.rows.count > 1 }
      // Lines of rows that follow one another closely aren't one cell's.
      && cells.allSatisfy { isDeadline || $0.rowsWithWords == 1 || $0.rows.count > $0.rowsWithWords }
  }

  /// The last row of the cell that begins in row `first` and has its middle there.
  private static func lastRow(_ rows: [Extent], from first: Int, around middle: Double) -> Int {
    var best = first
    for row in first..<rows.count where rows[row].page == rows[first].page {
      if rows[row].isTitle { break }
      func distance(_ last: Int) -> Double { abs((rows[first].top + rows[last].bottom) / 2 - middle) }
      if distance(row) < distance(best) { best = row }
    }
    return best
  }

  /// The texts of a column: lines that follow one another closely, of deadlines as far as one goes on.
  private static func blocks(
    _ rows: [Row], _ shared: Int, _ isDeadline: Bool, _ column: (PDFWords.Word) -> Int
  ) -> [Block] {
    var blocks: [Block] = []
    for (index, row) in rows.enumerated() where !row.isTitle {
      for line in row.lines {
        let words = line.words.filter { column($0) == shared }
        guard let first = words.first else { continue }
        let text = PDFLayout.Line.text(of: words)
        if let last = blocks.last, last.page == line.page, first.middle - last.bottom < 1.8 * first.em,
          !isDeadline || PlanDate.goesOn(last.text, with: text)
        {
          blocks[blocks.count - 1].text = .unwrapped(last.text, text)
          blocks[blocks.count - 1].bottom = first.middle
          blocks[blocks.count - 1].rows.insert(index)
        } else {
          blocks.append((text, first.middle, first.middle, line.page, first.em, [index]))
        }
      }
    }
    return blocks
  }
}
