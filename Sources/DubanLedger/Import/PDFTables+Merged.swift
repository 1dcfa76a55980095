/// Rows of a PDF's table without numbers, and cells that go over several rows.
extension PDFTables {
  /// Rows of a table without numbers: each begins where most columns have words on one line, or around that line where
  /// something stands above the first such line. Then no row is certain.
  static func rowsWithoutNumbers(
    _ body: [Line], _ titles: Set<Int>, _ borders: [Double], _ isShared: (Word) -> Bool
  ) -> (rows: [[Line]], areOnTop: Bool, unsure: Set<Int>) {
    func isFilled(_ line: Line) -> Bool {
      Set(line.words.map { column($0, borders) }).count * 5 >= (borders.count + 1) * 3
    }
    let starts = body.indices.filter { !titles.contains(body[$0].number) && isFilled(body[$0]) }
    let first = body.firstIndex { !titles.contains($0.number) && !$0.words.allSatisfy(isShared) }
    let areOnTop = starts.isEmpty || starts.first == first
    let cuts = areOnTop ? Set(starts) : PDFRowCuts(starts, body, titles, isShared).cuts
    var rows: [[Line]] = []
    for (index, line) in body.enumerated() {
      let isTitle = titles.contains(line.number)
      let isBehindTitle = rows.last?.contains { titles.contains($0.number) } ?? true
      if isTitle || cuts.contains(index) || isBehindTitle {
        rows.append([line])
      } else {
        rows[rows.count - 1].append(line)
      }
    }
    return (rows, areOnTop, areOnTop ? [] : Set(rows.compactMap(\.first?.number)))
  }

  /// The same rows, those that share a number parted: where what is to be done ends with a sentence, and more of it begins
  /// beside units and persons below a gap that is wider than any within a cell. Where the gap isn't, or the page ends, the
  /// row stays whole, and may be several.
  static func parted(
    _ rows: [[Line]], _ titles: Set<Int>, _ borders: [Double], _ columns: [Column], areOnTop: Bool
  ) -> (rows: [[Line]], goingOn: Set<Int>, several: Set<Int>) {
    let headings = columns.map { PlanColumns.heading($0.text) }
    let who = headings.indices.filter { [.units, .persons].contains(headings[$0]) }
    guard let what = headings.lastIndex(where: { [.measure, .text].contains($0) }), !who.isEmpty else {
      return (rows, [], [])
    }
    func text(_ line: Line, _ column: Int) -> String {
      Line.text(of: line.words.filter { self.column($0, borders) == column })
    }
    let lines: [Line] = rows.flatMap { $0 }
    var step = Double.infinity
    for (line, next) in zip(lines, lines.dropFirst()) where line.page == next.page {
      let distance = next.middle - line.middle
      if distance > 0.8 * line.em { step = min(step, distance) }
    }
    var found: (rows: [[Line]], goingOn: Set<Int>, several: Set<Int>) = ([], [], [])
    for row in rows {
      var parts: [[Line]] = [[]]
      var isOfSeveral = false
      // How what is to be done ends so far, and the line above.
      var (end, above): (Character, Line?) = (" ", nil)
      for line in row {
        if let above, !titles.contains(line.number), "。；;！".contains(end),
          ([what] + who).allSatisfy({ !text(line, $0).isEmpty })
        {
          let isApart = above.page == line.page && line.middle - above.middle > 1.3 * step
          if areOnTop, isApart { parts.append([]) } else { isOfSeveral = true }
        }
        parts[parts.count - 1].append(line)
        (end, above) = (text(line, what).last ?? end, line)
      }
      if isOfSeveral { found.several.formUnion(found.rows.count..<found.rows.count + parts.count) }
      found.goingOn.formUnion(found.rows.count + 1..<found.rows.count + parts.count)
      found.rows += parts
    }
    return found
  }

  /// The cells of a column of units, persons or deadlines whose texts stand in the middle of several rows each; none where
  /// every row has its own.
  static func spreadCells(
    _ index: Int, _ body: [Line], _ titles: Set<Int>, _ borders: [Double], _ columns: [Column],
    _ shared: Set<Int>, isDeadline: Bool
  ) -> [PDFMergedCells.Cell] {
    let all = shared.union([index])
    let rows = placed(rows(body, titles, borders, columns, all).rows, titles)
    let texts = rows.filter { !$0.isTitle }.map { row in
      Line.text(of: row.lines.flatMap(\.words).filter { column($0, borders) == index })
    }
    let isSpread =
      texts.contains("")
      || isDeadline && zip(texts, texts.dropFirst()).contains { PlanDate.goesOn($0, with: $1) }
    guard isSpread, texts.contains(where: { !$0.isEmpty }) else { return [] }
    let cells = PDFMergedCells.cells(rows, of: index, beside: all, isDeadline: isDeadline) {
      column($0, borders)
    }
    return PDFMergedCells.fill(rows, cells, isDeadline: isDeadline) ? cells : []
  }

  static func sharing(_ cell: PDFMergedCells.Cell) -> String {
    "shares “\(cell.text.collapsed.excerpt)” with other rows, by its place on the page"
  }

  static func placed(_ rows: [[Line]], _ titles: Set<Int>) -> [PDFMergedCells.Row] {
    rows.map { row in (lines: row, isTitle: row.first.map { titles.contains($0.number) } ?? false) }
  }

  /// By row and column, the cells that go over several rows: of areas and tasks the rows below the first have none, other
  /// cells stand in each of their rows.
  static func mergedTexts(
    _ rows: [[Line]], _ titles: Set<Int>, _ borders: [Double], _ shared: Set<Int>, _ centred: Set<Int>,
    _ spread: [PDFMergedCells.Cell]
  ) -> (texts: [Int: [Int: PaperTable.Cell]], doubts: [Int: String]) {
    var merged: [Int: [Int: PaperTable.Cell]] = [:]
    var doubts: [Int: String] = [:]
    for cell in spread {
      for row in cell.rows {
        merged[row, default: [:]][cell.column] = PaperTable.Cell(
          text: cell.text, continuesAbove: row > cell.rows.lowerBound)
      }
    }
    let rows = placed(rows, titles)
    for index in centred.subtracting(spread.map(\.column)) {
      for row in rows.indices { merged[row, default: [:]][index] = PaperTable.Cell(text: "") }
      let cells = PDFMergedCells.cells(rows, of: index, beside: shared, isDeadline: false) {
        column($0, borders)
      }
      for cell in cells { merged[cell.rows.lowerBound]?[index] = PaperTable.Cell(text: cell.text) }
      // One that goes over a page's end, or has an unexpected place, leaves open where the others of its page begin.
      let pages = Set(cells.filter { !$0.isExact }.map { rows[$0.rows.lowerBound].lines.first?.page })
      for cell in cells where pages.contains(rows[cell.rows.lowerBound].lines.first?.page) {
        for row in cell.rows { doubts[row] = sharing(cell) }
      }
    }
    return (merged, doubts)
  }
}
