/// The lines of all pages, with those that stand in ruled tables told apart.
struct PDFRuledPages {
  /// What stands on the pages one after another.
  enum Part {
    case lines([PDFLayout.Line])
    case table(PaperTable)
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
        // A drawing's boxes, the frame around a heading; but the end of a table may stand alone on a page.
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
    var tables: [Int: (table: PaperTable, isFirst: Bool)] = [:]
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

  /// The pieces of each table: it goes on with the next page's first piece where nothing stands between but the pages'
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
