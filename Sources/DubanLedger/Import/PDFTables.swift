/// Finds tables without ruled lines on a PDF's pages, by the places of their words.
enum PDFTables {
  typealias Line = PDFLayout.Line
  typealias Word = PDFWords.Word

  /// A heading with the space that it takes.
  struct Column {
    /// Its words, from the top line down.
    var pieces: [String]
    var left: Double
    var right: Double

    var center: Double { (left + right) / 2 }

    var words: String { pieces.joined().squeezed }

    /// The heading: all words, or only the lower ones where a heading over several columns stands above them.
    var text: String {
      let all = pieces.indices.map { pieces[$0...].joined().squeezed }
      return all.first { PlanColumns.heading($0) != nil } ?? all[0]
    }
  }

  /// The table whose headings begin in the line at `start`, and where it ends.
  static func table(
    _ lines: [PDFLayout.Line], from start: Int, margins: Set<Int>
  ) -> (PaperTable, end: Int)? {
    guard let (columns, headerEnd) = header(lines, at: start) else { return nil }
    let heads = columns.map { $0.text }
    // The lines of the table, those of headings that later pages repeat left out.
    var body: [Line] = []
    var titles: Set<Int> = []
    var index = headerEnd
    let borders = self.borders(
      columns, Array(lines[headerEnd...].prefix { $0.page == lines[start].page }.prefix(60)))
    while index < lines.count {
      let line = lines[index]
      if margins.contains(line.number) {
        index += 1
        continue
      }
      let before = lines[..<index].last { !margins.contains($0.number) }
      let endsPage = line.page != before?.page
      // Headings with other words among them are the row's above, down to the headings themselves.
      if let (again, end) = header(lines, at: index, mayBeGroup: endsPage),
        endsPage || again.map({ $0.text }) != heads || again.map(\.words) == columns.map(\.words)
      {
        // Headings in other places are another table's.
        guard again.map({ $0.text }) == heads,
          zip(again, columns).allSatisfy({ abs($0.center - $1.center) < 6 })
        else { break }
        index = end
        continue
      }
      if crosses(line, borders) || titleInNumbers(line, borders, columns) != nil {
        // A title over all columns, if rows or the headings follow it; or else the text behind the table.
        let next = lines.indices[(index + 1)...].first { !margins.contains(lines[$0].number) }
        guard let next,
          isRow(lines[next], borders) || header(lines, at: next, mayBeGroup: false) != nil
            || beginsRow(lines[next...].prefix(8), borders, columns)
        else { break }
        titles.insert(line.number)
      } else if line.page != (body.last?.page ?? lines[start].page), !isRow(line, borders),
        !fits(line, borders)
      {
        break
      }
      body.append(line)
      index += 1
    }
    while let last = body.last, titles.contains(last.number) { body.removeLast() }
    guard !body.isEmpty else { return nil }
    var table = PaperTable()
    table.append(
      columns.map { PaperTable.Cell(text: $0.text) },
      lines: lines[start..<headerEnd].compactMap(PDFLayout.source))
    var shared = Set(columns.indices.filter { isShared(columns, $0) })
    var spread: [PDFMergedCells.Cell] = []
    for index in columns.indices {
      guard let heading = PlanColumns.heading(columns[index].text),
        [.deadline, .units, .persons].contains(heading)
      else { continue }
      spread += spreadCells(index, body, titles, borders, columns, shared, isDeadline: heading == .deadline)
    }
    shared.formUnion(spread.map(\.column))
    let (whole, areOnTop, unsure) = rows(body, titles, borders, columns, shared)
    var (rows, goingOn, several) = parted(whole, titles, borders, columns, areOnTop: areOnTop)
    if !spread.isEmpty, rows.count > whole.count {
      // What spreads over rows is known by the rows as they were.
      (rows, goingOn, several) = (whole, [], Set(whole.indices))
    }
    let (merged, unclear) = mergedTexts(rows, titles, borders, shared, areOnTop ? [] : shared, spread)
    for (index, row) in rows.enumerated() {
      // Where a row begins or the next one does isn't certain.
      let isCut = rows[index...min(index + 1, rows.count - 1)].contains {
        unsure.contains($0.first?.number ?? 0)
      }
      let cell = spread.first { $0.rows.count > 1 && $0.rows.contains(index) }
      let doubt = cell.map(sharing) ?? unclear[index]
      let isParted = goingOn.contains(index) || goingOn.contains(index + 1)
      append(
        row, titles, borders, columns, merged: merged[index] ?? [:], goesOn: goingOn.contains(index),
        doubt: isCut || isParted ? "may begin or end elsewhere, by its place on the page" : doubt,
        mayBeSeveral: several.contains(index), to: &table)
    }
    guard let found = TableHeader(table.table, with: PlanColumns.named), found.holdsMeasures,
      found.rows.lowerBound == 0
    else {
      return nil
    }
    let end = lines.firstIndex { $0.number > body[body.count - 1].number } ?? lines.count
    return (table, end)
  }

  // MARK: Headings

  /// The headings that begin in the line at `start`: up to six lines, since a narrow column breaks its heading, with at
  /// least three that are known.
  ///
  /// - Parameter mayBeGroup: whether a heading over several columns may stand alone in the first line. In the middle of a
  ///   page such a line is the end of the row above.
  private static func header(
    _ lines: [Line], at start: Int, mayBeGroup: Bool = true
  ) -> ([Column], end: Int)? {
    guard start < lines.count else { return nil }
    // A narrow column breaks its heading, which then begins above all others, or one over several columns does.
    let isBroken = lines[start].text.count <= 4 && lines[start].text.allSatisfy(\.isIdeograph)
    guard isBroken || lines[start].segments.count >= 2 else { return nil }
    var best: (columns: [Column], known: Int, end: Int)?
    for end in (start + 1)...min(start + 6, lines.count) {
      let group = lines[start..<end]
      guard group.allSatisfy({ $0.page == lines[start].page && $0.text.count <= 90 }) else { break }
      let columns = headings(Array(group))
      guard columns.allSatisfy({ $0.text.count <= 16 }) else { break }
      // What stands above the headings is no part of them.
      let first = lines[start].segments.count { words in
        columns.contains {
          $0.left < words[words.count - 1].right && $0.right > words[0].left
            && PlanColumns.heading($0.text) != nil
            && $0.pieces.joined().hasPrefix(Line.text(of: words)) && $0.text == $0.pieces.joined().squeezed
        }
      }
      // 责任分工 stands close above several headings, or above the middle of one of them.
      let isGroup =
        mayBeGroup && isBroken && end > start + 1
        && lines[start + 1].middle - lines[start].middle < 1.5 * lines[start].em
        && !columns.contains { $0.pieces.count == 1 && $0.text == lines[start].text }
      guard first >= 1 || isGroup else { continue }
      let known = columns.count { PlanColumns.heading($0.text) != nil }
      // A line of a few characters that only completes headings (惠民 over 好事) belongs to them; another is the first row's.
      let isPart = lines[end - 1].segments.allSatisfy { Line.text(of: $0).count <= 4 }
      if known >= 3, known > best?.known ?? 0 || isPart && known == best?.known {
        best = (columns, known, end)
      }
    }
    guard let best, best.known * 2 >= best.columns.count else { return nil }
    return (best.columns, best.end)
  }

  /// The headings of those lines: words over one another belong together, but a heading over several others doesn't count.
  private static func headings(_ lines: [Line]) -> [Column] {
    let pieces = lines.flatMap { line in
      line.segments.map { words in
        (
          line: line.number,
          Column(pieces: [Line.text(of: words)], left: words[0].left, right: words[words.count - 1].right)
        )
      }
    }
    let own = pieces.filter { piece in
      let under = pieces.filter {
        $0.line > piece.line && $0.1.left < piece.1.right && $0.1.right > piece.1.left
      }
      return Dictionary(grouping: under, by: \.line).values.allSatisfy { $0.count < 2 }
    }
    var columns: [Column] = []
    for (_, piece) in own.sorted(by: { ($0.line, $0.1.left) < ($1.line, $1.1.left) }) {
      if let place = columns.firstIndex(where: { $0.left < piece.right && $0.right > piece.left }) {
        columns[place].pieces += piece.pieces
        columns[place].left = min(columns[place].left, piece.left)
        columns[place].right = max(columns[place].right, piece.right)
      } else {
        columns.append(piece)
      }
    }
    return columns.sorted { $0.left < $1.left }
  }

  // MARK: Columns

  /// Where one column ends and the next begins: between their headings, where the fewest lines have words, in the middle of
  /// the widest such gap.
  private static func borders(_ columns: [Column], _ body: [Line]) -> [Double] {
    let segments = body.filter { line in
      let spans = line.segments.contains { words in
        columns.count { $0.center > words[0].left && $0.center < words[words.count - 1].right } > 1
      }
      return !(spans && line.segments.count == 1)
    }.flatMap(\.segments).map { (left: $0[0].left, right: $0[$0.count - 1].right) }
    return zip(columns, columns.dropFirst()).map { left, right in
      let (from, to) = (left.center, right.center)
      let edges = ([from, to] + segments.flatMap { [$0.left, $0.right] }.filter { $0 > from && $0 < to })
        .sorted()
      var best = (count: Int.max, width: 0.0, at: (from + to) / 2)
      for (start, end) in zip(edges, edges.dropFirst()) where end - start > 0.5 {
        let middle = (start + end) / 2
        let count = segments.count { $0.left < middle && $0.right > middle }
        if count < best.count || count == best.count && end - start > best.width {
          best = (count, end - start, middle)
        }
      }
      return best.at
    }
  }

  static func column(_ word: Word, _ borders: [Double]) -> Int {
    borders.firstIndex { word.center < $0 } ?? borders.count
  }

  /// Whether the line's only segment goes over a border.
  private static func crosses(_ line: Line, _ borders: [Double]) -> Bool {
    let segments = line.segments
    guard segments.count == 1 else { return false }
    return borders.contains { $0 > line.left + line.em / 2 && $0 < line.right - line.em / 2 }
  }

  /// The title of an area that begins where the numbers stand: （一）夯实数字底座, or 一 beside 关于思想认识方面; nil for a row.
  private static func titleInNumbers(_ line: Line, _ borders: [Double], _ columns: [Column]) -> String? {
    guard isNumbered(columns) else { return nil }
    let (numbers, others) = (line.words.filter { column($0, borders) == 0 }, line.segments)
    let text = Line.text(of: numbers).squeezed
    if others.count == 1 || numbers.count == line.words.count { return TableNote.areaTitle(text) }
    // With a second column of numbers the first counts tasks.
    guard others.count == 2, others[0].count == numbers.count, ChineseNumeral.value(text) != nil,
      columns.count(where: { PlanColumns.heading($0.text) == .id }) == 1
    else { return nil }
    return Line.text(of: others[1])
  }

  /// Whether lines are a row's whose number stands beside the middle of its cells.
  private static func beginsRow(_ lines: ArraySlice<Line>, _ borders: [Double], _ columns: [Column]) -> Bool {
    guard isNumbered(columns) else { return false }
    for line in lines {
      if crosses(line, borders) { return false }
      let words = line.words.filter { column($0, borders) == 0 }
      if Int(words.map(\.text).joined().withoutEnd) != nil { return isRow(line, borders) }
    }
    return false
  }

  private static func isNumbered(_ columns: [Column]) -> Bool { PlanColumns.heading(columns[0].text) == .id }

  private static func isRow(_ line: Line, _ borders: [Double]) -> Bool {
    Set(line.words.map { column($0, borders) }).count >= min(3, borders.count)
  }

  /// Whether every segment stays within a column, and several do.
  private static func fits(_ line: Line, _ borders: [Double]) -> Bool {
    line.segments.allSatisfy { words in Set(words.map { column($0, borders) }).count == 1 }
      && (line.segments.count > 1 || !crosses(line, borders) && line.left > (borders.first ?? 0))
  }

  // MARK: Rows

  /// The lines of each row. A row begins with its number, or around it where numbers stand in their cells' middles.
  static func rows(
    _ body: [Line], _ titles: Set<Int>, _ borders: [Double], _ columns: [Column], _ shared: Set<Int>
  ) -> (rows: [[Line]], areOnTop: Bool, unsure: Set<Int>) {
    let isNumbered = isNumbered(columns)
    func numbers(_ line: Line) -> String {
      line.words.filter { column($0, borders) == 0 }.map(\.text).joined().withoutEnd
    }
    func number(_ line: Line) -> Int? { isNumbered ? Int(numbers(line)) : nil }
    let starts = body.indices.filter { number(body[$0]) != nil }
    guard let first = starts.first else {
      return rowsWithoutNumbers(body, titles, borders) { shared.contains(column($0, borders)) }
    }
    // Numbers stand at the top of their cells where nothing of the first row stands above the first of them, every cell that
    // has words has some beside its row's number, and every area and task begins beside a number.
    let firstLine = body.firstIndex { !titles.contains($0.number) } ?? 0
    func filled(_ lines: some Collection<Line>) -> Set<Int> {
      Set(lines.flatMap { $0.words.map { column($0, borders) } }).subtracting(shared)
    }
    let areOnTop =
      first == firstLine
      && zip(starts, starts.dropFirst() + [body.count]).allSatisfy { start, end in
        let row = body[start..<end].prefix { !titles.contains($0.number) && $0.page == body[start].page }
        return filled(row).isSubset(of: filled([body[start]]))
      }
      && shared.allSatisfy { shared in
        var last: Line?
        return body.indices.allSatisfy { index in
          let line = body[index]
          guard !titles.contains(line.number), line.words.contains(where: { column($0, borders) == shared })
          else { return true }
          defer { last = line }
          let goesOn = last.map { $0.page == line.page && line.middle - $0.middle < 1.8 * line.em } ?? false
          return goesOn || number(line) != nil || line.page != (index > 0 ? body[index - 1].page : line.page)
        }
      }
    var rows: [[Line]] = []
    var row: [Line] = []
    func finish() {
      if !row.isEmpty { rows.append(row) }
      row = []
    }
    let totals = body.indices.filter { isNumbered && TableNote.totals.contains(numbers(body[$0])) }
    let around =
      areOnTop ? nil : PDFRowCuts(starts, body, titles) { shared.contains(column($0, borders)) }
    let cuts = around?.cuts ?? Set(starts + totals)
    let unsure = Set((around?.unsure ?? []).map { body[$0].number })
    for (index, line) in body.enumerated() {
      if titles.contains(line.number) {
        finish()
        rows.append([line])
      } else {
        if cuts.contains(index) { finish() }
        row.append(line)
      }
    }
    finish()
    return (rows, areOnTop, unsure)
  }

  /// Whether a column's cells are often merged over several rows: areas, problems, goals, and tasks beside the measures.
  private static func isShared(_ columns: [Column], _ index: Int) -> Bool {
    switch PlanColumns.heading(columns[index].text) {
    case .area, .problems, .goal: true
    case .measure:
      columns[(index + 1)...].contains { [.measure, .text].contains(PlanColumns.heading($0.text)) }
    default: false
    }
  }

  // MARK: Cells

  private static func append(
    _ row: [Line], _ titles: Set<Int>, _ borders: [Double], _ columns: [Column],
    merged: [Int: PaperTable.Cell], goesOn: Bool, doubt: String?, mayBeSeveral: Bool,
    to table: inout PaperTable
  ) {
    let sources = row.compactMap(PDFLayout.source)
    if let title = row.first, titles.contains(title.number) {
      let text = titleInNumbers(title, borders, columns).map { "一、" + $0 } ?? title.text
      return table.append([PaperTable.Cell(text: text)], lines: sources)
    }
    // By each cell's own words: a line of the page may go through the middle of two of a cell's.
    let pages = row.map(\.page).reduce(into: [Int]()) { if $0.last != $1 { $0.append($1) } }
    let byColumn = columns.indices.map { column in
      pages.flatMap { page in
        PDFLayout.rows(
          of: row.filter { $0.page == page }.flatMap(\.words).filter { self.column($0, borders) == column })
      }.map(PDFCell.Line.init)
    }
    let headings = columns.map { PlanColumns.heading($0.text) }
    let cells = columns.indices.map { column in
      if let cell = merged[column] { return cell }
      let lines = byColumn[column]
      if goesOn, lines.isEmpty { return table.goingOn(column) }
      return PaperTable.Cell(
        text: PDFCell.text(
          of: lines, left: lines.map(\.left).min() ?? 0, right: lines.map(\.right).max() ?? 0,
          headings[column]))
    }
    let closing = columns.indices.filter { [.units, .persons, .deadline].contains(headings[$0]) }
    let isDoubtful = mayBeSeveral || PDFCell.mayBeSeveral(closing.map { byColumn[$0] }, in: byColumn)
    let measures = headings.lastIndex { [.measure, .text].contains($0) }.map { byColumn[$0] } ?? []
    table.append(
      cells, lines: sources, doubt: isDoubtful ? Self.several(beginningIn: measures) : doubt)
  }

  /// Names the sentences with which a further row may begin.
  private static func several(beginningIn lines: [PDFCell.Line]) -> String {
    let begins = zip(lines, lines.dropFirst()).filter { "。；;！".contains($0.0.text.last ?? " ") }.map(\.1.text)
    return begins.isEmpty
      ? "may be several rows: nothing in the PDF parts them"
      : "may be several rows: nothing in the PDF parts \(begins.map { "“\($0.excerpt)”" }.joined(separator: ", "))"
  }
}
