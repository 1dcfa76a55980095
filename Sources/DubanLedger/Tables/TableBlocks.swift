/// Parts a sheet or CSV file that holds several tables under one another: the measures and then the owners, or two
/// tables of measures with other columns or a title each.
enum TableBlocks {
  /// The tables, each from its title and header to the next one. Where several hold measures, each has a caption of its
  /// own.
  static func split(_ table: Table) -> [Table] { splitRows(table).flatMap(splitColumns) }

  private static func splitRows(_ table: Table) -> [Table] {
    guard let first = TableHeader(table) else { return [table] }
    var starts = [0]
    var headers: [TableHeader?] = [first]
    var row = first.rows.upperBound
    while row < table.rows.count {
      guard let header = header(in: table, at: row, after: headers.last ?? nil) else {
        row += 1
        continue
      }
      let above = headers.last ?? nil
      starts.append(
        titleRow(
          of: table, above: row, from: above?.rows.upperBound ?? row,
          takesAreas: !header.hasColumns(of: above)))
      headers.append(header.isKnown ? header : nil)
      row = header.rows.upperBound
    }
    guard starts.count > 1 else { return [table] }
    let ends = starts.dropFirst() + [table.rows.count]
    var blocks = zip(starts, ends).map { table.rows($0..<$1) }
    let places = headers.indices.filter { headers[$0]?.holdsMeasures ?? false }
    guard places.count > 1 else { return blocks }
    for (number, place) in places.enumerated() {
      guard let header = headers[place] else { continue }
      let above = header.rows.lowerBound - 1
      let title = above >= starts[place] && table.isLone(above) ? table.firstText(above) : nil
      blocks[place].caption =
        title.map { TableNote.areaTitle($0) ?? $0 }
        ?? (number == 0 ? nil : table.nameOfSheet + "（\(number + 1)）")
    }
    return blocks
  }

  /// The parts of a table beside which, after an empty column, another one is: figures by unit, or who to call. A column
  /// of the same kind once more tells it from more columns of the table itself.
  private static func splitColumns(_ table: Table) -> [Table] {
    guard table.sheet != nil, table.origins.isEmpty, let header = TableHeader(table), header.holdsMeasures
    else {
      return [table]
    }
    let repeated: Set<Heading> = [.id, .measure, .units, .persons]
    let gap = header.columns.map(\.index).first { column in
      let left = Set(header.columns.filter { $0.index < column }.map(\.heading))
      let right = Set(header.columns.filter { $0.index >= column }.map(\.heading))
      return left.isSuperset(of: [.measure, .units, .deadline])
        && !repeated.intersection(left).isDisjoint(with: right)
        && table.rows.indices.allSatisfy { table.isEmpty($0, column - 1) }
    }
    guard let gap else { return [table] }
    return [table.columns(0..<gap), table.columns(gap..<Int.max)]
  }

  /// The header of another table that begins in that row; nil for any other row, and for the header once more, as on
  /// the next printed page.
  private static func header(in table: Table, at row: Int, after above: TableHeader?) -> TableHeader? {
    // A numbered row is no header: most rows are asked no further.
    guard let first = table.firstText(row).first, !first.isNumber else { return nil }
    let texts = table.filled(row).map { table.text(row, $0) }
    guard texts.count > 1, texts.contains(where: { Heading.named($0) != nil }) else { return nil }
    let header = TableHeader(table, at: row)
    let isApart = table.isTitle(row - 1) || table.rows[row].line > table.rows[row - 1].line + 1
    if header.isKnown {
      // A word of a row may be a heading too.
      let known = texts.count { Heading.named($0) != nil }
      guard
        known == texts.count
          || known > 2 && known * 2 >= texts.count && (isApart || Heading.named(texts[0]) != nil)
      else { return nil }
      guard header.hasColumns(of: above), !table.isTitle(row - 1) else { return header }
      return above.map { header.beginsAnew(after: $0, in: table) } ?? true ? header : nil
    }
    // Such as 单位, 任务数, 完成率 below the measures: not read, and not taken for more of them.
    let areWords = texts.allSatisfy { $0.count <= 10 && !$0.contains(where: \.isNumber) }
    let areNew = texts.contains { Heading.named($0) == nil }
    let isElsewhere = header.columns.contains { column in
      above?.columns.contains { $0.index == column.index && $0.heading != column.heading } ?? false
    }
    return (isApart || isElsewhere) && areWords && areNew && Heading.named(texts[0]) != nil ? header : nil
  }

  /// The first row of the titles right above a header.
  private static func titleRow(
    of table: Table, above header: Int, from first: Int, takesAreas: Bool
  ) -> Int {
    var row = header
    while row > first, takesAreas ? table.isLone(row - 1) : table.isTitle(row - 1) { row -= 1 }
    return row
  }
}

extension TableHeader {
  /// Whether a table under this header is read.
  fileprivate var isKnown: Bool { holdsMeasures || holdsOwners }

  /// Whether the columns hold the same as those of another header.
  fileprivate func hasColumns(of other: TableHeader?) -> Bool {
    guard let other, columns.count == other.columns.count else { return false }
    return zip(columns, other.columns).allSatisfy { $0.index == $1.index && $0.heading == $1.heading }
  }
}

extension TableHeader {
  /// Whether the numbers below begin as those below another header did.
  fileprivate func beginsAnew(after other: TableHeader, in table: Table) -> Bool {
    guard let column = columns.first(where: { $0.heading == .id })?.index else { return false }
    let numbers = [other, self].compactMap { header in
      (header.rows.upperBound..<max(header.rows.upperBound, table.rows.count)).lazy
        .map { table.text($0, column) }.first { !$0.isEmpty && TableNote.areaTitle($0) == nil }
    }
    return numbers.count == 2 && numbers[0] == numbers[1]
  }
}

extension Table {
  /// Whether the row holds one text alone that isn't a note about the table.
  fileprivate func isLone(_ row: Int) -> Bool {
    let columns = filled(row)
    guard columns.count == 1, !cell(row, columns[0]).continuesAbove else { return false }
    let words = text(row, columns[0])
    return !TableNote.isNote(words) && !words.contains(where: \.isLineBreak) && !words.allSatisfy(\.isNumber)
  }

  /// The same, and the text is no area's title.
  fileprivate func isTitle(_ row: Int) -> Bool { isLone(row) && TableNote.areaTitle(firstText(row)) == nil }

  fileprivate func columns(_ range: Range<Int>) -> Table {
    var part = Table(file: file, sheet: sheet)
    part.bytes = bytes
    if range.lowerBound == 0 { part.caption = caption }
    for row in rows.indices {
      let own = range.clamped(to: 0..<width(row))
      guard own.contains(where: { !isEmpty(row, $0) }) else { continue }
      part.rows.append(
        Row(firstCell: UInt32(part.cells.count), line: rows[row].line, start: rows[row].start))
      part.cells += own.map { cell(row, $0) }
      part.origins += own.map { (line: Int(rows[row].line), column: $0 + 1) }
    }
    part.hiddenLines = range.lowerBound == 0 ? hiddenLines : []
    return part
  }

  fileprivate func rows(_ range: Range<Int>) -> Table {
    var part = Table(file: file, sheet: sheet)
    let end = range.upperBound < rows.count ? Int(rows[range.upperBound].firstCell) : cells.count
    let start = Int(rows[range.lowerBound].firstCell)
    part.bytes = bytes
    part.cells = Array(cells[start..<end])
    part.rows = rows[range].map {
      Row(firstCell: $0.firstCell - UInt32(start), line: $0.line, start: $0.start)
    }
    part.hiddenLines = hiddenLines
    return part
  }
}
