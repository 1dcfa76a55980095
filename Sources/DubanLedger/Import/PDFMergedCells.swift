/// Finds the rows that a cell goes over whose text stands in its middle: areas and tasks of several measures.
enum PDFMergedCells {
  private typealias Row = (top: Double, bottom: Double, page: Int, isTitle: Bool)

  /// By row and column, the text of the cell that begins in that row; rows below it that it goes over have none.
  static func texts(
    _ rows: [(lines: [PDFLayout.Line], isTitle: Bool)], columns: [Int], column: (PDFWords.Word) -> Int
  ) -> [Int: [Int: String]] {
    let extents = rows.map { row -> Row in
      let own = row.lines.flatMap(\.words).filter { !columns.contains(column($0)) }
      let words = own.isEmpty ? row.lines.flatMap(\.words) : own
      return (
        words.map(\.middle).min() ?? 0, words.map(\.middle).max() ?? 0, row.lines.first?.page ?? 0,
        row.isTitle
      )
    }
    var texts: [Int: [Int: String]] = [:]
    for shared in columns {
      var next = 0
      for block in blocks(rows, shared, column) {
        while next < rows.count, extents[next].isTitle || extents[next].page < block.page { next += 1 }
        guard next < rows.count else { break }
        let end = lastRow(extents, from: next, around: block.middle)
        texts[next, default: [:]][shared] = block.text
        next = end + 1
      }
    }
    return texts
  }

  /// The last row of the cell that begins in row `first` and has its middle there.
  private static func lastRow(_ rows: [Row], from first: Int, around middle: Double) -> Int {
    var best = first
    for row in first..<rows.count where rows[row].page == rows[first].page {
      if rows[row].isTitle { break }
      func distance(_ last: Int) -> Double { abs((rows[first].top + rows[last].bottom) / 2 - middle) }
      if distance(row) < distance(best) { best = row }
    }
    return best
  }

  /// The texts of a column: lines that follow one another closely.
  private static func blocks(
    _ rows: [(lines: [PDFLayout.Line], isTitle: Bool)], _ shared: Int, _ column: (PDFWords.Word) -> Int
  ) -> [(text: String, middle: Double, page: Int)] {
    var blocks: [(text: String, top: Double, bottom: Double, page: Int)] = []
    for row in rows where !row.isTitle {
      for line in row.lines {
        let words = line.words.filter { column($0) == shared }
        guard let first = words.first else { continue }
        let text = PDFLayout.Line.text(of: words)
        if let last = blocks.last, last.page == line.page, first.middle - last.bottom < 1.8 * first.em {
          blocks[blocks.count - 1].text = .unwrapped(last.text, text)
          blocks[blocks.count - 1].bottom = first.middle
        } else {
          blocks.append((text, first.middle, first.middle, line.page))
        }
      }
    }
    return blocks.map { ($0.text, ($0.top + $0.bottom) / 2, $0.page) }
  }
}
