/// Puts the words of a PDF's pages together: lines of running text, and tables by the places of their words.
enum PDFLayout {
  /// Words on one line of a page.
  struct Line {
    var words: [PDFWords.Word]
    /// From 1, through all pages.
    var number: Int
    var page: Int
    /// The piece of a ruled table that it is in.
    var piece: Int?

    var left: Double { words.first?.left ?? 0 }
    var right: Double { words.map(\.right).max() ?? 0 }
    var middle: Double { words.reduce(0) { $0 + $1.middle } / Double(max(1, words.count)) }
    /// The size of its characters.
    var em: Double { words.map(\.em).max() ?? 1 }

    /// The line's text: a space where the gap between two words is wider than the one that typesetters put between
    /// ideographs and digits.
    var text: String { Self.text(of: words) }

    static func text(of words: [PDFWords.Word]) -> String {
      var text = ""
      var before: PDFWords.Word?
      for word in words {
        if let before {
          let isWide = word.left - before.right > 0.45 * max(word.em, before.em)
          let areLatin = before.text.last?.isLatinLetter ?? false && word.text.first?.isLatinLetter ?? false
          if isWide || areLatin { text += " " }
        }
        text += word.text
        before = word
      }
      return text
    }

    /// Whether the page's number, set off by dashes, is at the end: what is before it is the page's foot too.
    var endsWithPageNumber: Bool {
      words.indices.contains { first in
        let text = Self.text(of: Array(words[first...]))
        return SourceLine(number: 1, text: text).isPageNumber(before: nil)
      }
    }

    /// Words that are close together: a cell's, or a part's of a line with wide gaps.
    var segments: [[PDFWords.Word]] {
      var segments: [[PDFWords.Word]] = []
      for word in words {
        if let last = segments.last?.last, word.left - last.right < 0.33 * max(word.em, last.em) {
          segments[segments.count - 1].append(word)
        } else {
          segments.append([word])
        }
      }
      return segments
    }
  }

  /// The document of those pages.
  ///
  /// - Parameter rules: the ruled lines of each page.
  static func document(_ pages: [PDFWords.Page], rules: [[PDFRules.Rule]] = []) -> PlanDocument {
    let ruled = PDFRuledPages(pages, rules)
    let lines = ruled.lines
    let margins = repeatedMargins(lines.filter { $0.piece == nil }, pages)
    let starts = Set(zip(lines, lines.dropFirst()).filter { $0.page != $1.page }.map { $0.1.number })
    var document = PlanDocument()
    for part in ruled.parts(margins) {
      switch part {
      case .table(let table):
        if let card = table.cards {
          document.blocks += card.map { .line($0) }
        } else {
          document.blocks.append(.table(table))
        }
      case .lines(let lines): add(lines, margins, starts, to: &document)
      }
    }
    markFullLines(in: &document, lines, width: pages.map(\.width).max() ?? 0)
    return document
  }

  /// Adds lines outside ruled tables, and the tables that they make by their places.
  private static func add(
    _ lines: [Line], _ margins: Set<Int>, _ starts: Set<Int>, to document: inout PlanDocument
  ) {
    var index = 0
    while index < lines.count {
      if let (blocks, end) = tableOrForm(lines, from: index, margins) {
        document.blocks += blocks
        // The heads and feet between its pages are behind it.
        for line in lines[index..<end] where margins.contains(line.number) {
          document.blocks += block(line, margins)
        }
        index = end
      } else {
        document.blocks += block(lines[index], margins, startsPage: starts.contains(lines[index].number))
        index += 1
      }
    }
  }

  /// The table or form that begins in the line at `start`, and where it ends.
  private static func tableOrForm(
    _ lines: [Line], from start: Int, _ margins: Set<Int>
  ) -> ([PlanDocument.Block], end: Int)? {
    if let (table, end) = PDFWordTable.table(lines, from: start, margins: margins) {
      return ([.table(table)], end)
    }
    return PDFForms.form(lines, from: start, margins: margins).map { ($0.map { .line($0) }, $1) }
  }

  /// Marks the lines of running text that reach the right edge: what follows goes on with them.
  private static func markFullLines(in document: inout PlanDocument, _ lines: [Line], width: Double) {
    let byNumber = Dictionary(uniqueKeysWithValues: lines.map { ($0.number, $0) })
    let running = document.runningLines
    let edges = running.filter { $0.place == .body }.compactMap { byNumber[$0.number]?.right }
    let edge = max(edges.max() ?? 0, 0.7 * width)
    let margins = Set(running.filter { $0.place == .pageMargin }.map(\.number))
    for index in document.blocks.indices {
      guard case .line(var source) = document.blocks[index], let line = byNumber[source.number] else {
        continue
      }
      source.isFull =
        line.right > edge - 2 * line.em && source.width > 30
        && (margins.contains(source.number + 1) || !isSetApart(line, from: byNumber[source.number + 1]))
      document.blocks[index] = .line(source)
    }
  }

  /// Whether the next line is of another size: a title over the date of issue, which is no end of its sentence.
  private static func isSetApart(_ line: Line, from next: Line?) -> Bool {
    // By the ideographs: a digit's box holds the gap that is beside it.
    func em(_ line: Line) -> Double? {
      line.words.filter { $0.text.contains(where: \.isIdeograph) }.map(\.em).min()
    }
    guard let next = next.flatMap(em), let own = em(line) else { return false }
    return abs(next - own) > 0.15 * max(next, own)
  }

  private static func block(_ line: Line, _ margins: Set<Int>, startsPage: Bool = false) -> [PlanDocument
    .Block]
  {
    guard var source = source(line) else { return [] }
    source.startsPage = startsPage
    if margins.contains(line.number) { source.place = .pageMargin }
    return [.line(source)]
  }

  /// The line as text, with its indent in half characters; nil where nothing visible is in it.
  static func source(_ line: Line) -> SourceLine? {
    guard var source = SourceLine.lines(of: line.text).first else { return nil }
    source.number = line.number
    source.indent = max(0, Int(line.left / max(1, line.em / 2)))
    source.column = 1
    return source
  }

  /// Words by lines from top to bottom: those whose middles are at nearly the same height.
  static func rows(of words: [PDFWords.Word]) -> [[PDFWords.Word]] {
    var rows: [[PDFWords.Word]] = []
    for word in words.sorted(by: { ($0.middle, $0.left) < ($1.middle, $1.left) }) {
      if let first = rows.last?.first, abs(word.middle - first.middle) < 0.45 * min(word.em, first.em) {
        rows[rows.count - 1].append(word)
      } else {
        rows.append([word])
      }
    }
    return rows.map { $0.sorted { $0.left < $1.left } }
  }

  /// The lines at the upper and lower edges that are in the same place on a third of the pages or more, and the pages'
  /// numbers. A few pages of a long table may begin with the same words.
  private static func repeatedMargins(_ lines: [Line], _ pages: [PDFWords.Page]) -> Set<Int> {
    var places: [String: [Line]] = [:]
    var margins: Set<Int> = []
    for (page, ofPage) in Dictionary(grouping: lines, by: \.page) {
      let sorted = ofPage.sorted { $0.number < $1.number }
      let height = pages[page].height
      // 县政府督查室 — 1 —
      if let last = sorted.last, last.middle > height * 0.88, last.endsWithPageNumber {
        margins.insert(last.number)
      }
      for line in sorted.prefix(2) + sorted.suffix(2) {
        let isEdge = line.middle < height * 0.12 || line.middle > height * 0.88
        if isEdge { places[line.text.squeezed.filter { !$0.isASCIIDigit }, default: []].append(line) }
      }
    }
    for (words, found) in places {
      let isNumber = words.allSatisfy { "-—－–―·第页共/ ".contains($0) }
      let isRepeated =
        Set(found.map(\.page)).count >= max(2, pages.count / 3)
        && (zip(found, found.dropFirst()).allSatisfy {
          abs($0.middle - $1.middle) < 12
        })
      // A table's headings are repeated at a page's edge too.
      let isTable = found[0].segments.count > 2
      if isNumber && found.allSatisfy({ $0.words.count <= 6 }) || isRepeated && !isTable {
        margins.formUnion(found.map(\.number))
      }
    }
    return margins
  }
}

extension [PDFWords.Word] {
  /// Where a segment, which has words, begins.
  var left: Double { self[0].left }
  /// Where it ends.
  var right: Double { self[count - 1].right }
}
