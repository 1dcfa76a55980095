/// Finds the tables in a text: one row a line with tabs or bars between its cells, or one cell a line.
enum TextTables {
  /// The text's lines, with those of tables as tables.
  static func blocks(_ lines: [SourceLine]) -> [PlanDocument.Block] {
    var blocks: [PlanDocument.Block] = []
    var index = 0
    while index < lines.count {
      if let (table, end) = rowsOfLines(lines, from: index) ?? cellsOfLines(lines, from: index) {
        blocks.append(.table(table))
        index = end
      } else {
        blocks.append(.line(lines[index]))
        index += 1
      }
    }
    return blocks
  }

  // MARK: A row a line

  /// The table whose headings are in the line at `start`, and where it ends.
  private static func rowsOfLines(
    _ lines: [SourceLine], from start: Int
  ) -> (DocumentTable, end: Int)? {
    let headings = cells(of: lines[start])
    guard headings.count >= 3, headings.contains(where: { PlanColumns.heading($0) != nil }) else {
      return nil
    }
    var rows = [start..<start + 1]
    var index = start + 1
    while index < lines.count {
      let isRow = cells(of: lines[index]).count > 1
      // The title of an area is alone among rows.
      let isTitle =
        index + 1 < lines.count && isTitle(lines[index].text) && cells(of: lines[index + 1]).count > 1
      guard isRow || isTitle else { break }
      rows.append(index..<index + 1)
      index += 1
    }
    // Between spaces an empty cell can't be seen, nor a row's second line.
    let isSpaced = !lines[start].text.contains { "\t|｜│".contains($0) }
    if isSpaced,
      rows.contains(where: { ![1, headings.count].contains(cells(of: lines[$0.lowerBound]).count) })
    {
      return nil
    }
    var table = DocumentTable()
    for row in rows {
      let line = lines[row.lowerBound]
      if line.text.allSatisfy({ "-—|│｜+: ".contains($0) }) { continue }
      let own = cells(of: line)
      let fits = own.count == headings.count || own.count == 1
      let placed = fits ? own : RowFit.cells(own, under: headings.map(PlanColumns.heading))
      table.append(
        placed.map { DocumentTable.Cell(text: $0) }, lines: [line], doubt: fits ? nil : RowFit.reason)
    }
    return table.header?.rows.lowerBound == 0 ? (table, index) : nil
  }

  private static func isTitle(_ text: String) -> Bool {
    TableNote.areaTitle(text) != nil && !text.contains { "。；：".contains($0) }
  }

  /// A line's cells, between tabs or bars; empty cells are kept.
  private static func cells(of line: SourceLine) -> [String] {
    let text = line.text
    if text.contains("\t") {
      return text.split(separator: "\t", omittingEmptySubsequences: false).map(\.collapsed)
    }
    let bars: Set<Character> = ["|", "｜", "│"]
    guard text.contains(where: bars.contains) else { return partsBetweenGaps(text) }
    let isFramed = text.first.map(bars.contains) ?? false
    let inner =
      isFramed ? text.dropFirst().dropLast(text.last.map(bars.contains) ?? false ? 1 : 0) : text[...]
    return inner.split(omittingEmptySubsequences: false, whereSeparator: bars.contains).map(\.collapsed)
  }

  /// The parts of a line between two spaces or more.
  private static func partsBetweenGaps(_ text: String) -> [String] {
    guard text.contains("  ") else { return [text.collapsed] }
    return text.split(separator: "  ").map(\.collapsed).filter { !$0.isEmpty }
  }

  // MARK: A cell a line

  /// More headings than a table has columns.
  private static let mostColumns = 14

  /// The table whose first heading, the rows' number, is in the line at `start`, and where it ends.
  private static func cellsOfLines(
    _ lines: [SourceLine], from start: Int
  ) -> (DocumentTable, end: Int)? {
    guard PlanColumns.heading(lines[start].text) == .id, lines[start].text.count <= 4 else { return nil }
    let first = lines[start...].prefix(mostColumns + 1).firstIndex { line in
      line.text.squeezed == "1" || TableNote.areaTitle(line.text) != nil
    }
    guard let first, first - start >= 3 else { return nil }
    let headings = lines[start..<first].map(\.text.squeezed)
    let columns = headings.map(PlanColumns.heading)
    let known = columns.compactMap { $0 }
    guard known.contains(.units) || known.contains(.deadline), known.count >= 3,
      headings.allSatisfy({ $0.count <= 12 })
    else { return nil }
    var table = DocumentTable()
    table.append(headings.map { DocumentTable.Cell(text: $0) }, lines: Array(lines[start..<first]))
    let end = readRows(lines, from: first, columns, into: &table)
    return table.lines.count > 1 && table.header != nil ? (table, end) : nil
  }

  /// Reads rows that begin with the next number each, and titles of areas between them; gives where they end.
  private static func readRows(
    _ lines: [SourceLine], from start: Int, _ columns: [Heading?], into table: inout DocumentTable
  ) -> Int {
    var (index, ordinal) = (start, 1)
    while index < lines.count {
      if isTitle(lines[index].text), index + 1 < lines.count, let next = Int(lines[index + 1].text.squeezed),
        next == ordinal || next == 1
      {
        table.append([DocumentTable.Cell(text: lines[index].text)], lines: [lines[index]])
        (index, ordinal) = (index + 1, next)
      }
      guard lines[index].text.squeezed == String(ordinal) else { break }
      let next = String(ordinal + 1)
      var end = lines[(index + 1)...].firstIndex { $0.text.squeezed == next || endsTable($0) } ?? lines.count
      let isLast = end == lines.count || lines[end].text.squeezed != next
      let expected = index + columns.count
      if isLast, end > expected,
        columns.last != .deadline || PlanDate.soundsLikeDeadline(lines[expected - 1].text)
      {
        end = expected
      }
      let group = Array(lines[index..<end])
      let fits = group.count == columns.count
      let texts = group.map(\.text.collapsed)
      table.append(
        (fits ? texts : RowFit.cells(texts, under: columns)).map { DocumentTable.Cell(text: $0) },
        lines: group,
        doubt: fits ? nil : RowFit.reason)
      (index, ordinal) = (end, ordinal + 1)
    }
    return index
  }

  private static func endsTable(_ line: SourceLine) -> Bool {
    if PlanLabel.read(line.text) != nil { return true }
    return PlanMarker.read(line.text).map { $0.marker.level <= .section } ?? false
  }
}

/// Puts the cells of a row that has too few or too many under its headings, by what they say.
enum RowFit {
  /// What the diagnostic says of such a row.
  static let reason =
    "has not as many cells as the table has headings, and was put under them by what its cells say"

  /// The cells by column, in order; several of one column are parted by line feeds.
  static func cells(_ cells: [String], under columns: [Heading?]) -> [String] {
    // best[column]: the highest score of the cells so far with the last of them in that column or before it.
    let nothing = -1_000_000
    var scores = [[Int]](repeating: [Int](repeating: nothing, count: columns.count), count: cells.count)
    var from = [[Int]](repeating: [Int](repeating: 0, count: columns.count), count: cells.count)
    for (index, cell) in cells.enumerated() {
      for column in columns.indices {
        let own = score(cell, columns[column])
        if index == 0 {
          scores[index][column] = own
          continue
        }
        for before in 0...column {
          // A text that ends with a comma goes on in the next line.
          let goesOn = cells[index - 1].last.map { "，、,".contains($0) } ?? false
          let repeated = before == column ? (goesOn ? 2 : -1) : 0
          let total = scores[index - 1][before] + own + repeated
          if total > scores[index][column] { (scores[index][column], from[index][column]) = (total, before) }
        }
      }
    }
    var placed = [[String]](repeating: [], count: columns.count)
    guard var column = scores.last.flatMap({ last in last.indices.max { last[$0] < last[$1] } }) else {
      return []
    }
    for index in cells.indices.reversed() {
      placed[column].insert(cells[index], at: 0)
      column = from[index][column]
    }
    return placed.map { $0.joined(separator: "\n") }
  }

  /// How well a cell fits under a heading.
  private static func score(_ cell: String, _ heading: Heading?) -> Int {
    let kind = CellContent.kind(cell)
    switch heading {
    case .id: return !cell.isEmpty && cell.allSatisfy(\.isASCIIDigit) ? 5 : -5
    case .units: return kind == .units ? 4 : -2
    case .persons: return kind == .persons ? 4 : -2
    case .deadline: return kind == .deadline ? 4 : -3
    default: return kind == nil ? 1 : -1
    }
  }
}
