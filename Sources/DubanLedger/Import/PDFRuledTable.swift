/// A table by its ruled lines, over as many pages as it goes.
struct PDFRuledTable {
  private struct Cell {
    var columns: Range<Int>
    var rows: Range<Int>
    var lines: [PDFCell.Line]
    /// The space between the cell's ruled lines.
    var space: ClosedRange<Double>

    var words: String { lines.map(\.text).joined().squeezed }
  }

  /// Where the columns of all pages begin, and at last where the table ends.
  private let columns: [Double]
  private var cells: [Cell] = []
  private var rowCount = 0
  private var lines: [Int: [PDFLayout.Line]] = [:]
  /// By row, why its cells may not be its own.
  private var doubts: [Int: String] = [:]
  /// The columns of the first page's headings.
  private var headings: [Heading?] = []
  private var headingRows: [String] = []

  /// The table; nil where it has no known headings, and where the lines don't part its rows, such as those that are only
  /// between columns: what the places of the words say counts there.
  static func table(_ pieces: [PDFPiece]) -> DocumentTable? {
    var table = PDFRuledTable(pieces)
    for piece in pieces { table.add(piece) }
    let document = table.document
    let isKnown = table.headings.contains { $0 != nil } || document.cards != nil
    return isKnown && table.partsRows ? document : nil
  }

  private init(_ pieces: [PDFPiece]) { columns = PDFGrid.places(pieces.flatMap(\.grid.columns)) }

  // MARK: Pages

  private mutating func add(_ piece: PDFPiece) {
    let contents = piece.contents()
    func column(_ place: Double) -> Int {
      columns.indices.min { abs(columns[$0] - place) < abs(columns[$1] - place) } ?? 0
    }
    var new: [Cell] = []
    for (cell, lines) in zip(piece.grid.cells, contents) {
      let (left, right) = (
        piece.grid.columns[cell.columns.lowerBound], piece.grid.columns[cell.columns.upperBound]
      )
      let place = column(left)
      new.append(
        Cell(
          columns: place..<max(place + 1, column(right)), rows: cell.rows, lines: lines,
          space: left...right))
    }
    let count = piece.grid.rows.count - 1
    let isFirst = rowCount == 0
    let repeated = isFirst ? 0 : repeatedHeadings(new, count)
    new = new.filter { $0.rows.upperBound > repeated }
    var offset = rowCount - repeated
    let join =
      isFirst || repeated == count ? Join() : self.join(new.filter { $0.rows.contains(repeated) })
    if join.isSameRow { offset -= 1 }
    for cell in new {
      var cell = cell
      let isTop = cell.rows.lowerBound <= repeated
      cell.rows = (max(repeated, cell.rows.lowerBound) + offset)..<(cell.rows.upperBound + offset)
      if isTop, let above = join.above[cell.columns] {
        cells[above].rows =
          cells[above].rows.lowerBound..<max(cells[above].rows.upperBound, cell.rows.upperBound)
        cells[above].lines += cell.lines
      } else {
        cells.append(cell)
      }
    }
    if let doubt = join.doubt { doubts[repeated + offset] = doubt }
    for row in piece.grid.openRows where row >= repeated {
      doubts[row + offset] = "has cells whose lines in the PDF are not closed"
    }
    for line in piece.lines {
      let row = piece.grid.row(at: line.middle)
      if row >= repeated { lines[row + offset, default: []].append(line) }
    }
    rowCount = count + offset
    if isFirst { readHeadings() }
  }

  /// How the first row of a page goes on with the last of the page before.
  private struct Join {
    /// Whether both are parts of one row.
    var isSameRow = false
    /// By the columns of a cell, the cell above that it goes on with.
    var above: [Range<Int>: Int] = [:]
    var doubt: String?
  }

  /// How many of a page's first rows repeat the headings.
  private func repeatedHeadings(_ cells: [Cell], _ count: Int) -> Int {
    guard !headingRows.isEmpty else { return 0 }
    for first in headingRows.indices {
      let own = Array(headingRows[first...])
      guard own.count <= count else { continue }
      let isSame = own.indices.allSatisfy { row in
        cells.filter { $0.rows.lowerBound == row }.map(\.words).joined(separator: "\t") == own[row]
      }
      if isSame, own.contains(where: { !$0.squeezed.isEmpty }) { return own.count }
    }
    return 0
  }

  /// A row with a number of its own is a new one. One without goes on with the row above, unless that one is whole and this
  /// one has what a measure needs: then both share a number that is merged over the page's end.
  private func join(_ first: [Cell]) -> Join {
    let last = cells.indices.filter { cells[$0].rows.upperBound == rowCount }
    var above: [Range<Int>: Int] = [:]
    for cell in first { above[cell.columns] = last.first { cells[$0].columns == cell.columns } }
    func pair(_ cell: Cell) -> (above: Cell, below: Cell)? { above[cell.columns].map { (cells[$0], cell) } }
    func isMerged(_ pair: (above: Cell, below: Cell)) -> Bool {
      pair.above.rows.count > 1 || pair.below.rows.count > 1
    }
    // The headings, or a title over all columns.
    if rowCount == headingRows.count || first.count == 1 || last.count == 1 { return Join() }
    let doubt = "stands where the page ends, and may go over it"
    let merged = above.filter { columns, _ in
      first.contains { $0.columns == columns && $0.words.isEmpty && pair($0).map(isMerged) ?? false }
    }
    if first.contains(where: { heading($0) == .id && !$0.words.isEmpty }) { return Join(above: merged) }
    let pairs = first.compactMap(pair)
    guard pairs.count == first.count else { return Join(above: merged, doubt: doubt) }
    let both = pairs.filter { !$0.above.words.isEmpty && !$0.below.words.isEmpty }
    let measures = both.filter { [.measure, .text].contains(heading($0.below)) }
    let isWhole =
      !measures.isEmpty && measures.allSatisfy { $0.above.words.last.map { "。；;！".contains($0) } ?? false }
    let conflicting = both.filter { [.units, .persons, .deadline].contains(heading($0.below)) }
    let conflicts = conflicting.count
    let sharesNumber = pairs.contains { heading($0.below) == .id && isMerged($0) }
    // 2024年10月底前， over 长期坚持: the page's end cut the cell.
    let isOpen = conflicting.contains { $0.above.words.last.map { "、，,；;".contains($0) } ?? false }
    if isWhole, !isOpen, conflicts > 0 || sharesNumber {
      let shared = above.filter { columns, _ in
        first.contains { $0.columns == columns && $0.words.isEmpty }
      }
      // Where rows share numbers elsewhere, one without is no wonder.
      let numbersAreShared = cells.contains { heading($0) == .id && $0.rows.count > 1 }
      return Join(above: shared, doubt: conflicts > 1 && numbersAreShared ? nil : doubt)
    }
    return Join(isSameRow: true, above: above, doubt: isWhole || conflicts > 0 ? doubt : nil)
  }

  private func heading(_ cell: Cell) -> Heading? {
    cell.columns.lowerBound < headings.count ? headings[cell.columns.lowerBound] : nil
  }

  private mutating func readHeadings() {
    headings = Array(repeating: nil, count: columns.count - 1)
    guard let header = document.header else { return }
    for column in header.columns where column.index < headings.count {
      headings[column.index] = column.heading
    }
    headingRows = (0..<header.rows.upperBound).map { row in
      cells.filter { $0.rows.lowerBound == row }.map(\.words).joined(separator: "\t")
    }
  }

  // MARK: Rows

  /// Whether no cell of the numbers holds several: then there are no lines between the rows.
  private var partsRows: Bool {
    cells.allSatisfy { cell in
      heading(cell) != .id || cell.lines.count { Int($0.text.withoutEnd) != nil } < 2
    }
  }

  private var document: DocumentTable {
    var byPlace: [[Int?]] = Array(
      repeating: Array(repeating: nil, count: columns.count - 1), count: rowCount)
    for (place, cell) in cells.enumerated() {
      for row in cell.rows where row < rowCount {
        for column in cell.columns where column < columns.count - 1 { byPlace[row][column] = place }
      }
    }
    let margins = cells.map { cell in
      cell.lines.map { min($0.left - cell.space.lowerBound, cell.space.upperBound - $0.right) }.min()
        ?? .infinity
    }
    var byColumns: [Range<Int>: Double] = [:]
    for (cell, margin) in zip(cells, margins) {
      byColumns[cell.columns] = min(byColumns[cell.columns] ?? Self.widestMargin, max(0, margin))
    }
    let texts = cells.map { cell in
      let margin = byColumns[cell.columns] ?? 0
      let (left, right) = (cell.space.lowerBound + margin, cell.space.upperBound - margin)
      return PDFCell.text(of: cell.lines, left: left, right: right, heading(cell))
    }
    var table = DocumentTable()
    for row in 0..<rowCount {
      var printed: [DocumentTable.Cell] = []
      for column in byPlace[row].indices {
        guard let place = byPlace[row][column], cells[place].columns.lowerBound == column else {
          printed.append(DocumentTable.Cell(text: ""))
          continue
        }
        printed.append(
          DocumentTable.Cell(
            text: texts[place], continuesAbove: cells[place].rows.lowerBound < row,
            furtherColumns: cells[place].columns.count - 1))
      }
      table.append(printed, lines: (lines[row] ?? []).compactMap(PDFLayout.source), doubt: doubts[row])
    }
    return table
  }

  /// Between a cell's line and its words, in points: Word leaves 5.4, LibreOffice 2.8.
  private static let widestMargin = 6.0
}

/// The lines of all pages, with those that are in ruled tables apart from the rest.
struct PDFRuledPages {
  /// What is on the pages one after another.
  enum Part {
    case lines([PDFLayout.Line])
    case table(DocumentTable)
  }

  /// From top to bottom.
  private(set) var lines: [PDFLayout.Line] = []
  private var pieces: [PDFPiece] = []

  init(_ pages: [PDFWords.Page], _ rules: [[PDFRules.Rule]]) {
    for (number, page) in pages.enumerated() {
      var rest = page.words
      var rows: [(words: [PDFWords.Word], piece: Int?)] = []
      for grid in PDFGrid.grids(number < rules.count ? rules[number] : []) {
        var piece = PDFPiece(grid, page: number)
        for word in rest where grid.holds(word) { piece.add(word) }
        // A drawing's boxes, the frame around a heading; but the end of a table may be alone on a page.
        let isTable = grid.rows.count > 2 && piece.contents().count(where: { !$0.isEmpty }) > 2
        let goesOn = pieces.contains { $0.page == number - 1 && piece.hasColumns(of: $0) }
        guard isTable || goesOn, !piece.words.isEmpty else { continue }
        rest.removeAll(where: grid.holds)
        rows += PDFLayout.rows(of: piece.words).map { ($0, pieces.count) }
        pieces.append(piece)
      }
      rows += PDFLayout.rows(of: rest).map { ($0, nil) }
      let placed = rows.map { PDFLayout.Line(words: $0.words, number: 0, page: number, piece: $0.piece) }
      for var line in placed.sorted(by: { $0.middle < $1.middle }) {
        line.number = lines.count + 1
        lines.append(line)
        if let piece = line.piece { pieces[piece].lines.append(line) }
      }
    }
  }

  /// The tables where they begin, and the lines between them.
  func parts(_ margins: Set<Int>) -> [Part] {
    var tables: [Int: (table: DocumentTable, isFirst: Bool)] = [:]
    for group in groups(margins) {
      guard let table = PDFRuledTable.table(group.map { pieces[$0] }) else { continue }
      for piece in group { tables[piece] = (table, piece == group[0]) }
    }
    var parts: [Part] = []
    var run: [PDFLayout.Line] = []
    var begun: Set<Int> = []
    for line in lines {
      guard let piece = line.piece, let (table, isFirst) = tables[piece] else {
        run.append(line)
        continue
      }
      guard begun.insert(piece).inserted, isFirst else { continue }
      parts += [.lines(run), .table(table)]
      run = []
    }
    return parts + [.lines(run)]
  }

  /// The pieces of each table: it goes on with the next page's first piece where nothing is between but the pages'
  /// heads and feet, and both have the same columns.
  private func groups(_ margins: Set<Int>) -> [[Int]] {
    var groups: [[Int]] = []
    var isBroken = true
    var last: Int?
    var seen: Set<Int> = []
    for line in lines where !margins.contains(line.number) {
      guard let piece = line.piece else {
        isBroken = true
        continue
      }
      defer { (last, isBroken) = (piece, false) }
      guard seen.insert(piece).inserted else { continue }
      if !isBroken, let last, let group = groups.indices.last, groups[group].last == last,
        pieces[piece].page == pieces[last].page + 1, pieces[piece].hasColumns(of: pieces[last])
      {
        groups[group].append(piece)
      } else {
        groups.append([piece])
      }
    }
    return groups
  }
}

/// What is on one page of a ruled table.
struct PDFPiece {
  let grid: PDFGrid
  /// From 0.
  let page: Int
  private(set) var words: [PDFWords.Word] = []
  /// Lines of the page, through all cells.
  var lines: [PDFLayout.Line] = []
  /// By row and column, the place of its cell in the grid's cells.
  private var places: [[Int]]

  init(_ grid: PDFGrid, page: Int) {
    (self.grid, self.page) = (grid, page)
    places = Array(repeating: Array(repeating: 0, count: grid.columns.count - 1), count: grid.rows.count - 1)
    for (place, cell) in grid.cells.enumerated() {
      for row in cell.rows { for column in cell.columns { places[row][column] = place } }
    }
  }

  /// Whether it can be of the same table as one on another page: it has the same columns, or some of them.
  func hasColumns(of other: PDFPiece) -> Bool {
    let (fewer, more) =
      grid.columns.count < other.grid.columns.count
      ? (grid.columns, other.grid.columns) : (other.grid.columns, grid.columns)
    return abs(grid.left - other.grid.left) < 4 && abs(grid.right - other.grid.right) < 4
      && fewer.allSatisfy { place in more.contains { abs($0 - place) < 3 } }
  }

  /// Adds a word; one that goes over the line between two cells is cut there: programs take words that are close
  /// together for one.
  mutating func add(_ word: PDFWords.Word) {
    let row = grid.row(at: word.middle)
    let cell = grid.cells[places[row][grid.column(at: word.left + 0.5 * word.em)]]
    let edge = grid.columns[cell.columns.upperBound]
    guard edge < grid.right, word.right > edge + 0.5 * word.em, let (first, rest) = word.cut(at: edge) else {
      words.append(word)
      return
    }
    words.append(first)
    add(rest)
  }

  /// By cell of the grid, the lines of its words.
  func contents() -> [[PDFCell.Line]] {
    var byCell = [[PDFWords.Word]](repeating: [], count: grid.cells.count)
    for word in words { byCell[places[grid.row(at: word.middle)][grid.column(at: word.center)]].append(word) }
    return byCell.map { PDFLayout.rows(of: $0).map(PDFCell.Line.init) }
  }
}

extension PDFWords.Word {
  /// The characters up to that place and those behind it; nil where one of both has none.
  fileprivate func cut(at place: Double) -> (PDFWords.Word, PDFWords.Word)? {
    func width(_ text: some StringProtocol) -> Double {
      text.unicodeScalars.reduce(0.0) { $0 + ($1.value >= 0x2E80 ? 1 : 0.5) }
    }
    let size = (right - left) / max(0.5, width(text))
    guard
      let index = text.indices.first(where: {
        left + size * (width(text[..<$0]) + width(text[$0...$0]) / 2) > place
      }),
      index > text.startIndex
    else { return nil }
    var (first, rest) = (self, self)
    (first.text, rest.text) = (String(text[..<index]), String(text[index...]))
    let middle = left + size * width(first.text)
    (first.right, rest.left) = (middle, middle)
    return (first, rest)
  }
}
