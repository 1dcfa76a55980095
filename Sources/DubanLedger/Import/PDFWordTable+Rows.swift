/// The rows of a PDF's table without ruled lines, and the cells that go over several of them.
extension PDFWordTable {
  /// The rows, whether their first lines are certain, and the numbers of those first lines that aren't. A row begins with its
  /// number, or around it where numbers are in their cells' middles.
  ///
  /// - Parameter shared: the columns whose cells may go over several rows.
  func rows(_ shared: Set<Int>) -> (rows: [Row], areOnTop: Bool, unsure: Set<Int>) {
    func isShared(_ word: Word) -> Bool { shared.contains(column(word)) }
    let starts = body.indices.filter { number(body[$0]) != nil }
    if starts.isEmpty { return rowsWithoutNumbers(isShared) }
    let areOnTop = areNumbersOnTop(starts, shared)
    let totals = body.indices.filter { isNumbered && TableNote.totals.contains(numbers(body[$0])) }
    let around = areOnTop ? nil : PDFRowCuts(starts, body, titles, isShared)
    let cuts = around?.cuts ?? Set(starts + totals)
    return (rows(beginningAt: cuts), areOnTop, Set((around?.unsure ?? []).map { body[$0].number }))
  }

  /// Whether numbers are at the top of their cells: nothing of the first row is above the first of them, every cell
  /// that has words has some beside its row's number, and every area and task begins beside a number.
  private func areNumbersOnTop(_ starts: [Int], _ shared: Set<Int>) -> Bool {
    guard starts.first == body.firstIndex(where: { !titles.contains($0.number) }) ?? 0 else { return false }
    let areFilled = zip(starts, starts.dropFirst() + [body.count]).allSatisfy { start, end in
      let row = body[start..<end].prefix { !titles.contains($0.number) && $0.page == body[start].page }
      return row.allSatisfy { columns(of: $0).subtracting(shared).isSubset(of: columns(of: body[start])) }
    }
    return areFilled
      && shared.allSatisfy { shared in
        var last: Line?
        return body.indices.allSatisfy { index in
          let line = body[index]
          guard !titles.contains(line.number), columns(of: line).contains(shared) else { return true }
          defer { last = line }
          let goesOn = last.map { $0.page == line.page && line.middle - $0.middle < 1.8 * line.em } ?? false
          return goesOn || number(line) != nil || line.page != (index > 0 ? body[index - 1].page : line.page)
        }
      }
  }

  /// Rows of a table without numbers: each begins where most columns have words on one line, or around that line where
  /// something is above the first such line. Then no row is certain.
  private func rowsWithoutNumbers(
    _ isShared: (Word) -> Bool
  ) -> (rows: [Row], areOnTop: Bool, unsure: Set<Int>) {
    let starts = body.indices.filter { index in
      !titles.contains(body[index].number) && columns(of: body[index]).count * 5 >= columns.count * 3
    }
    let first = body.firstIndex { !titles.contains($0.number) && !$0.words.allSatisfy(isShared) }
    let areOnTop = starts.isEmpty || starts.first == first
    let rows = rows(beginningAt: areOnTop ? Set(starts) : PDFRowCuts(starts, body, titles, isShared).cuts)
    return (rows, areOnTop, areOnTop ? [] : Set(rows.compactMap(\.lines.first?.number)))
  }

  /// The lines by rows: the titles, and what begins behind one or at one of `cuts`, which are indices of lines.
  private func rows(beginningAt cuts: Set<Int>) -> [Row] {
    var rows: [Row] = []
    for (index, line) in body.enumerated() {
      let isTitle = titles.contains(line.number)
      if isTitle || cuts.contains(index) || rows.last?.isTitle ?? true {
        rows.append(Row(lines: [line], isTitle: isTitle))
      } else {
        rows[rows.count - 1].lines.append(line)
      }
    }
    return rows
  }

  /// The same rows, those that share a number parted: where what is to be done ends with a sentence, and more of it begins
  /// beside units and persons below a gap that is wider than any within a cell. Where the gap isn't, or the page ends, the
  /// row stays whole, and may be several.
  func parted(
    _ rows: [Row], areOnTop: Bool
  ) -> (rows: [Row], goingOn: Set<Int>, several: Set<Int>) {
    let who = headings.indices.filter { [.units, .persons].contains(headings[$0]) }
    guard let what = headings.lastIndex(where: { [.measure, .text].contains($0) }), !who.isEmpty else {
      return (rows, [], [])
    }
    let lines = rows.flatMap(\.lines)
    var step = Double.infinity
    for (line, next) in zip(lines, lines.dropFirst()) where line.page == next.page {
      let distance = next.middle - line.middle
      if distance > 0.8 * line.em { step = min(step, distance) }
    }
    var found: (rows: [Row], goingOn: Set<Int>, several: Set<Int>) = ([], [], [])
    for row in rows {
      var parts = [Row(lines: [], isTitle: row.isTitle)]
      var isOfSeveral = false
      // How what is to be done ends so far, and the line above.
      var (end, above): (Character, Line?) = (" ", nil)
      for line in row.lines {
        if let above, "。；;！".contains(end), columns(of: line).isSuperset(of: [what] + who) {
          let isApart = above.page == line.page && line.middle - above.middle > 1.3 * step
          if areOnTop, isApart { parts.append(Row(lines: [])) } else { isOfSeveral = true }
        }
        parts[parts.count - 1].lines.append(line)
        (end, above) = (Line.text(of: words(line, in: what)).last ?? end, line)
      }
      if isOfSeveral { found.several.formUnion(found.rows.count..<found.rows.count + parts.count) }
      found.goingOn.formUnion(found.rows.count + 1..<found.rows.count + parts.count)
      found.rows += parts
    }
    return found
  }

  // MARK: Merged cells

  /// A cell whose text is in the middle of the rows that it goes over: an area, a task, a deadline of several measures.
  struct MergedCell {
    var column: Int
    var rows: ClosedRange<Int>
    var text: String
    /// Whether its text is where the middle of those rows is.
    var isExact: Bool
    /// In how many of the rows words of it are.
    var rowsWithWords: Int
  }

  /// The cells of a column of units, persons or deadlines whose texts are in the middle of several rows each; none where
  /// every row has its own.
  func spreadCells(_ index: Int, beside shared: Set<Int>) -> [MergedCell] {
    let all = shared.union([index])
    let isDeadline = headings[index] == .deadline
    let rows = rows(all).rows
    let texts = rows.filter { !$0.isTitle }.map { row in
      Line.text(of: row.lines.flatMap { words($0, in: index) })
    }
    let isSpread =
      texts.contains("")
      || isDeadline && zip(texts, texts.dropFirst()).contains { PlanDate.goesOn($0, with: $1) }
    guard isSpread, texts.contains(where: { !$0.isEmpty }) else { return [] }
    let cells = cells(of: index, in: rows, beside: all, isDeadline: isDeadline)
    // They fill their column as merged ones do: all rows, each from its middle, and one of them several rows. Lines of rows
    // that follow one another closely aren't one cell's.
    let covered = cells.flatMap { Array($0.rows) }.filter { !rows[$0].isTitle }
    let fill =
      covered == rows.indices.filter { !rows[$0].isTitle } && cells.allSatisfy(\.isExact)
      && cells.contains { $0.rows.count > 1 }
      && cells.allSatisfy { isDeadline || $0.rowsWithWords == 1 || $0.rows.count > $0.rowsWithWords }
    return fill ? cells : []
  }

  static func sharing(_ cell: MergedCell) -> String {
    "shares “\(cell.text.collapsed.excerpt)” with other rows, by its place on the page"
  }

  /// By row and column, the cells that go over several rows: of areas and tasks the rows below the first have none, other
  /// cells are in each of their rows. By row, what isn't certain of it.
  func mergedTexts(
    _ rows: [Row], _ shared: Set<Int>, _ centred: Set<Int>, _ spread: [MergedCell]
  ) -> (texts: [Int: [Int: DocumentTable.Cell]], doubts: [Int: String]) {
    var merged: [Int: [Int: DocumentTable.Cell]] = [:]
    var doubts: [Int: String] = [:]
    for cell in spread {
      for row in cell.rows {
        merged[row, default: [:]][cell.column] = DocumentTable.Cell(
          text: cell.text, continuesAbove: row > cell.rows.lowerBound)
      }
    }
    for index in centred.subtracting(spread.map(\.column)) {
      for row in rows.indices { merged[row, default: [:]][index] = DocumentTable.Cell(text: "") }
      let cells = cells(of: index, in: rows, beside: shared, isDeadline: false)
      for cell in cells { merged[cell.rows.lowerBound]?[index] = DocumentTable.Cell(text: cell.text) }
      // One that goes over a page's end, or has an unexpected place, leaves open where the others of its page begin.
      let pages = Set(cells.filter { !$0.isExact }.map { rows[$0.rows.lowerBound].lines.first?.page })
      for cell in cells where pages.contains(rows[cell.rows.lowerBound].lines.first?.page) {
        for row in cell.rows { doubts[row] = Self.sharing(cell) }
      }
    }
    return (merged, doubts)
  }

  private typealias Extent = (top: Double, bottom: Double, page: Int, isTitle: Bool)
  private typealias Block = (text: String, top: Double, bottom: Double, page: Int, em: Double, rows: Set<Int>)

  /// The cells of a column from top to bottom. `others` are the columns whose cells may go over several rows too.
  private func cells(
    of index: Int, in rows: [Row], beside others: Set<Int>, isDeadline: Bool
  ) -> [MergedCell] {
    let extents = rows.map { row -> Extent in
      let all = row.lines.flatMap(\.words)
      let own = all.filter { !others.contains(column($0)) }
      let middles = (own.isEmpty ? all : own).map(\.middle)
      return (middles.min() ?? 0, middles.max() ?? 0, row.lines.first?.page ?? 0, row.isTitle)
    }
    var cells: [MergedCell] = []
    var next = 0
    for block in blocks(of: index, in: rows, isDeadline) {
      while next < rows.count, extents[next].isTitle || extents[next].page < block.page { next += 1 }
      guard next < rows.count else { break }
      let middle = (block.top + block.bottom) / 2
      func distance(_ last: Int) -> Double { abs((extents[next].top + extents[last].bottom) / 2 - middle) }
      // The rows of its page down to the one that puts it into their middle.
      let below = extents[next...].prefix { $0.page == extents[next].page && !$0.isTitle }.indices
      let end = below.min { distance($0) < distance($1) } ?? next
      cells.append(
        MergedCell(
          column: index, rows: next...end, text: block.text, isExact: distance(end) < 0.6 * block.em,
          rowsWithWords: block.rows.count))
      next = end + 1
    }
    return cells
  }

  /// The texts of a column: lines that follow one another closely, of deadlines as far as one goes on.
  private func blocks(of index: Int, in rows: [Row], _ isDeadline: Bool) -> [Block] {
    var blocks: [Block] = []
    for (place, row) in rows.enumerated() where !row.isTitle {
      for line in row.lines {
        let words = words(line, in: index)
        guard let first = words.first else { continue }
        let text = Line.text(of: words)
        if let last = blocks.last, last.page == line.page, first.middle - last.bottom < 1.8 * first.em,
          !isDeadline || PlanDate.goesOn(last.text, with: text)
        {
          blocks[blocks.count - 1].text.unwrap(text)
          blocks[blocks.count - 1].bottom = first.middle
          blocks[blocks.count - 1].rows.insert(place)
        } else {
          blocks.append((text, first.middle, first.middle, line.page, first.em, [place]))
        }
      }
    }
    return blocks
  }
}

/// Finds where the rows of a PDF's table begin whose numbers are in the middle of their cells: a row ends as far below
/// its number as it begins above it.
///
/// A row that goes over a page's end has its number at the top of its first part, and the next page begins with the rest.
struct PDFRowCuts {
  /// The indices of lines with which rows begin.
  private(set) var cuts: Set<Int> = []
  /// Those among them that the lines' places leave open.
  private(set) var unsure: Set<Int> = []

  private let body: [PDFLayout.Line]
  /// Whether cells that may be merged over several rows are all that a line holds.
  private let isOwn: (Int) -> Bool

  /// Looks at the lines of `body` between its titles and pages' ends; `starts` are those with a number.
  init(
    _ starts: [Int], _ body: [PDFLayout.Line], _ titles: Set<Int>, _ isShared: (PDFWords.Word) -> Bool
  ) {
    let own = Set(body.indices.filter { !body[$0].words.allSatisfy(isShared) })
    self.body = body
    isOwn = own.contains
    var first = 0
    while first < body.count {
      if titles.contains(body[first].number) {
        first += 1
        continue
      }
      let end =
        body[first...].firstIndex {
          titles.contains($0.number) || $0.page != body[first].page
        } ?? body.count
      let isPageEnd = end < body.count && !titles.contains(body[end].number)
      let numbers = starts.filter { (first..<end).contains($0) }
      let isPageStart = first > 0 && !titles.contains(body[first - 1].number)
      if !numbers.isEmpty { cut(first..<end, numbers, isPageStart, isPageEnd) }
      first = end
    }
  }

  /// Cuts the lines of a page between titles.
  private mutating func cut(_ lines: Range<Int>, _ numbers: [Int], _ isPageStart: Bool, _ isPageEnd: Bool) {
    let own = lines.filter(isOwn)
    let whole = tops(own, numbers, mayContinue: isPageStart, isBroken: false)
    let broken = isPageEnd ? tops(own, numbers, mayContinue: isPageStart, isBroken: true) : nil
    let found = whole ?? broken ?? fromAbove(own, numbers)
    let isSure = (whole == nil) != (broken == nil) || whole == broken && whole != nil
    for top in found {
      // What is above the page's first own line belongs to its row too.
      let index = top == own.first ? lines.lowerBound : top
      cuts.insert(index)
      if !isSure { unsure.insert(index) }
    }
  }

  /// The first line of each number's row, from the last row upwards; nil where the places of the numbers don't fit.
  private func tops(_ own: [Int], _ numbers: [Int], mayContinue: Bool, isBroken: Bool) -> [Int]? {
    let places = numbers.map { number in own.firstIndex(of: number) }
    var tops: [Int] = []
    var end = own.count - 1
    for (row, place) in places.enumerated().reversed() {
      guard let place, end >= place else { return nil }
      var top = place
      if !(isBroken && row == places.count - 1) {
        let wanted = 2 * body[own[place]].middle - body[own[end]].middle
        let lowest = row > 0 ? (places[row - 1] ?? 0) + 1 : 0
        guard lowest <= place else { return nil }
        func distance(_ index: Int) -> Double { abs(body[own[index]].middle - wanted) }
        top = (lowest...place).min { distance($0) < distance($1) } ?? place
        guard distance(top) < 0.5 * body[own[place]].em else { return nil }
      }
      tops.insert(own[top], at: 0)
      end = top - 1
    }
    return mayContinue || tops.first == own.first ? tops : nil
  }

  /// The same from the first row downwards, as far as it goes.
  private func fromAbove(_ own: [Int], _ numbers: [Int]) -> [Int] {
    guard var top = own.first else { return [] }
    var tops = [top]
    for (before, after) in zip(numbers, numbers.dropFirst()) {
      let bottom = 2 * body[before].middle - body[top].middle + 0.4 * body[before].em
      top = own.first { $0 > before && $0 <= after && body[$0].middle > bottom } ?? after
      tops.append(top)
    }
    return tops
  }
}
