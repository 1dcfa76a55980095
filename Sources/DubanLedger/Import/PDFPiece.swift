/// What stands on one page of a ruled table.
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

  /// Adds a word; one that goes over the line between two cells is cut there: programs take words that stand close
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
