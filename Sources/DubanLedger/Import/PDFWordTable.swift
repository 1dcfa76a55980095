import DubanCore

/// A table without ruled lines on a PDF's pages, by the places of its words.
struct PDFWordTable {
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

    /// The heading: all words, or only the lower ones where a heading over several columns is above them.
    var text: String {
      let all = pieces.indices.map { pieces[$0...].joined().squeezed }
      return all.first { PlanColumns.heading($0) != nil } ?? all[0]
    }
  }

  /// The lines of a row, or the one line that is an area's title.
  struct Row {
    var lines: [Line]
    var isTitle = false
  }

  let columns: [Column]
  /// What the columns' headings mean; nil for an unknown one.
  let headings: [Heading?]
  /// Where one column ends and the next begins.
  private let borders: [Double]
  /// Its lines, those of headings that later pages repeat left out.
  private(set) var body: [Line] = []
  /// The numbers of those among them that are areas' titles.
  private(set) var titles: Set<Int> = []

  /// The table whose headings begin in the line at `start`, and where it ends.
  static func table(
    _ lines: [PDFLayout.Line], from start: Int, margins: Set<Int>
  ) -> (DocumentTable, end: Int)? {
    guard let (columns, headerEnd) = header(lines, at: start) else { return nil }
    let firstPage = lines[headerEnd...].prefix { $0.page == lines[start].page }
    var table = PDFWordTable(columns, over: Array(firstPage.prefix(60)))
    table.readBody(lines, from: headerEnd, page: lines[start].page, margins)
    guard let last = table.body.last else { return nil }
    let document = table.document(headingLines: lines[start..<headerEnd].compactMap(PDFLayout.source))
    guard let found = document.header, found.rows.lowerBound == 0 else { return nil }
    return (document, lines.firstIndex { $0.number > last.number } ?? lines.count)
  }

  private init(_ columns: [Column], over lines: [Line]) {
    self.columns = columns
    headings = columns.map { PlanColumns.heading($0.text) }
    borders = Self.borders(columns, lines)
  }

  private mutating func readBody(_ lines: [Line], from start: Int, page: Int, _ margins: Set<Int>) {
    let heads = columns.map(\.text)
    var index = start
    while index < lines.count {
      let line = lines[index]
      if margins.contains(line.number) {
        index += 1
        continue
      }
      let endsPage = line.page != lines[..<index].last { !margins.contains($0.number) }?.page
      // Headings with other words among them are the row's above, down to the headings themselves.
      if let (again, end) = Self.header(lines, at: index, mayBeGroup: endsPage),
        endsPage || again.map(\.text) != heads || again.map(\.words) == columns.map(\.words)
      {
        // Headings in other places are another table's.
        guard again.map(\.text) == heads, zip(again, columns).allSatisfy({ abs($0.center - $1.center) < 6 })
        else { break }
        index = end
        continue
      }
      if crosses(line) || titleInNumbers(line) != nil {
        // A title over all columns, if rows or the headings follow it; or else the text behind the table.
        let next = lines.indices[(index + 1)...].first { !margins.contains(lines[$0].number) }
        guard let next,
          isRow(lines[next]) || Self.header(lines, at: next, mayBeGroup: false) != nil
            || beginsRow(lines[next...].prefix(8))
        else { break }
        titles.insert(line.number)
      } else if line.page != body.last?.page ?? page, !isRow(line), !fits(line) {
        break
      }
      body.append(line)
      index += 1
    }
    while let last = body.last, titles.contains(last.number) { body.removeLast() }
  }

  // MARK: Headings

  /// The headings that begin in the line at `start`: up to six lines, since a narrow column breaks its heading, with at
  /// least three that are known.
  ///
  /// - Parameter mayBeGroup: whether a heading over several columns may be alone in the first line. In the middle of a
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
      // What is above the headings is no part of them.
      let first = lines[start].segments.count { words in
        columns.contains {
          $0.left < words.right && $0.right > words.left && PlanColumns.heading($0.text) != nil
            && $0.pieces.joined().hasPrefix(Line.text(of: words)) && $0.text == $0.words
        }
      }
      // 责任分工 is close above several headings, or above the middle of one of them.
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
        (line: line.number, Column(pieces: [Line.text(of: words)], left: words.left, right: words.right))
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
    let segments = body.map(\.segments).filter { segments in
      segments.count != 1
        || columns.count { $0.center > segments[0].left && $0.center < segments[0].right } < 2
    }.flatMap { $0 }
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

  func column(_ word: Word) -> Int { borders.firstIndex { word.center < $0 } ?? borders.count }

  func columns(of line: Line) -> Set<Int> { Set(line.words.map(column)) }

  func words(_ line: Line, in column: Int) -> [Word] { line.words.filter { self.column($0) == column } }

  /// Whether the line's only segment goes over a border.
  private func crosses(_ line: Line) -> Bool {
    guard line.segments.count == 1 else { return false }
    return borders.contains { $0 > line.left + line.em / 2 && $0 < line.right - line.em / 2 }
  }

  /// The title of an area that begins where the numbers are: （一）夯实数字底座, or 一 beside 关于思想认识方面; nil for a row.
  private func titleInNumbers(_ line: Line) -> String? {
    guard isNumbered else { return nil }
    let (numbers, others) = (words(line, in: 0), line.segments)
    let text = Line.text(of: numbers).squeezed
    if others.count == 1 || numbers.count == line.words.count { return TableNote.areaTitle(text) }
    // With a second column of numbers the first counts tasks.
    guard others.count == 2, others[0].count == numbers.count, ChineseNumeral.value(text) != nil,
      headings.count(where: { $0 == .id }) == 1
    else { return nil }
    return Line.text(of: others[1])
  }

  /// Whether lines are a row's whose number is beside the middle of its cells.
  private func beginsRow(_ lines: ArraySlice<Line>) -> Bool {
    guard isNumbered else { return false }
    for line in lines {
      if crosses(line) { return false }
      if number(line) != nil { return isRow(line) }
    }
    return false
  }

  /// Whether its first column has the rows' numbers.
  var isNumbered: Bool { headings[0] == .id }

  /// The words in the first column.
  func numbers(_ line: Line) -> String { words(line, in: 0).map(\.text).joined().withoutEnd }

  func number(_ line: Line) -> Int? { isNumbered ? Int(numbers(line)) : nil }

  private func isRow(_ line: Line) -> Bool { columns(of: line).count >= min(3, borders.count) }

  /// Whether every segment stays within a column, and several do.
  private func fits(_ line: Line) -> Bool {
    line.segments.allSatisfy { words in Set(words.map(column)).count == 1 }
      && (line.segments.count > 1 || !crosses(line) && line.left > (borders.first ?? 0))
  }

  // MARK: Rows and cells

  private func document(headingLines: [SourceLine]) -> DocumentTable {
    var table = DocumentTable()
    table.append(columns.map { DocumentTable.Cell(text: $0.text) }, lines: headingLines)
    var shared = Set(columns.indices.filter(isShared))
    let spread = closing.flatMap { spreadCells($0, beside: shared) }
    shared.formUnion(spread.map(\.column))
    let whole = rows(shared)
    var (rows, goingOn, several) = parted(whole.rows, areOnTop: whole.areOnTop)
    if !spread.isEmpty, rows.count > whole.rows.count {
      // What spreads over rows is known by the rows as they were.
      (rows, goingOn, several) = (whole.rows, [], Set(whole.rows.indices))
    }
    let (merged, unclear) = mergedTexts(rows, shared, whole.areOnTop ? [] : shared, spread)
    for (index, row) in rows.enumerated() {
      // Where a row begins or the next one does isn't certain.
      let isCut = rows[index...min(index + 1, rows.count - 1)].contains {
        whole.unsure.contains($0.lines.first?.number ?? 0)
      }
      let cell = spread.first { $0.rows.count > 1 && $0.rows.contains(index) }
      let isParted = goingOn.contains(index) || goingOn.contains(index + 1)
      let doubt =
        isCut || isParted
        ? "may begin or end elsewhere, by its place on the page" : cell.map(Self.sharing) ?? unclear[index]
      append(
        row, merged: merged[index] ?? [:], goesOn: goingOn.contains(index), doubt: doubt,
        mayBeSeveral: several.contains(index), to: &table)
    }
    return table
  }

  /// The columns that say who and by when.
  private var closing: [Int] {
    headings.indices.filter { [.units, .persons, .deadline].contains(headings[$0]) }
  }

  /// Whether a column's cells are often merged over several rows: areas, problems, goals, and tasks beside the measures.
  private func isShared(_ index: Int) -> Bool {
    switch headings[index] {
    case .area, .problems, .goal: true
    case .measure: headings[(index + 1)...].contains { [.measure, .text].contains($0) }
    default: false
    }
  }

  private func append(
    _ row: Row, merged: [Int: DocumentTable.Cell], goesOn: Bool, doubt: String?, mayBeSeveral: Bool,
    to table: inout DocumentTable
  ) {
    let sources = row.lines.compactMap(PDFLayout.source)
    if row.isTitle, let title = row.lines.first {
      let text = titleInNumbers(title).map { "一、" + $0 } ?? title.text
      return table.append([DocumentTable.Cell(text: text)], lines: sources)
    }
    // By each cell's own words: a line of the page may go through the middle of two of a cell's.
    let pages = row.lines.map(\.page).uniqued
    let byColumn = columns.indices.map { column in
      pages.flatMap { page in
        PDFLayout.rows(of: row.lines.filter { $0.page == page }.flatMap { words($0, in: column) })
      }.map(PDFCell.Line.init)
    }
    let cells = columns.indices.map { column in
      if let cell = merged[column] { return cell }
      let lines = byColumn[column]
      if goesOn, lines.isEmpty { return table.goingOn(column) }
      let (left, right) = (lines.map(\.left).min() ?? 0, lines.map(\.right).max() ?? 0)
      return DocumentTable.Cell(text: PDFCell.text(of: lines, left: left, right: right, headings[column]))
    }
    let isDoubtful = mayBeSeveral || PDFCell.mayBeSeveral(closing.map { byColumn[$0] }, in: byColumn)
    let measures = headings.lastIndex { [.measure, .text].contains($0) }.map { byColumn[$0] } ?? []
    table.append(
      cells, lines: sources, doubt: isDoubtful ? Self.several(beginningIn: measures) : doubt)
  }

  /// Names the sentences with which a further row may begin.
  private static func several(beginningIn lines: [PDFCell.Line]) -> String {
    let begins = zip(lines, lines.dropFirst()).filter { "。；;！".contains($0.0.text.last ?? " ") }.map(\.1.text)
    let quoted = begins.map { "“\($0.excerpt)”" }.joined(separator: ", ")
    return "may be several rows: nothing in the PDF parts \(begins.isEmpty ? "them" : quoted)"
  }
}
