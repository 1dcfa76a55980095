import DubanCore

/// A published document as it was read from its file: lines and tables, in the document's order.
public struct PlanDocument: Sendable {
  /// A line outside tables, or a table.
  enum Block: Sendable {
    case line(SourceLine)
    case table(DocumentTable)

    /// How many lines it takes.
    var lineCount: Int {
      if case .table(let table) = self { table.lines.count } else { 1 }
    }

    /// The same with its lines numbered on from that number.
    func numbered(after number: Int) -> Block {
      switch self {
      case .line(var line):
        line.number = number + 1
        return .line(line)
      case .table(var table):
        table.number(after: number)
        return .table(table)
      }
    }
  }

  /// What the document consists of; blank lines are left out.
  var blocks: [Block] = []

  /// What there is to say of the file itself.
  var findings: [ImportFinding] = []

  /// The sheet and row of each line, where the document is a workbook.
  var rows: [Int: Diagnostic.Location] = [:]

  init(text: String) { blocks = TextTables.blocks(SourceLine.lines(of: text)) }

  /// A document without lines.
  init() {}

  /// The lines with those of the tables' rows, whose cells are parted by tabs.
  public var text: String {
    lines.filter(\.counts).map(\.text).joined(separator: "\n") + "\n"
  }

  /// The lines outside tables.
  var runningLines: [SourceLine] { blocks.compactMap { if case .line(let line) = $0 { line } else { nil } } }

  /// All lines, those of tables included.
  var lines: [SourceLine] {
    blocks.flatMap { block in
      switch block {
      case .line(let line): [line]
      case .table(let table): table.lines.flatMap { $0 }
      }
    }
  }
}

/// A table of a document, in the form in which spreadsheets are read, with the document's lines of each row.
struct DocumentTable: Sendable {
  /// The cells; the paragraphs of a cell are parted by line feeds.
  private(set) var table = Table(file: "", sheet: nil)
  private(set) var lines: [[SourceLine]] = []
  /// By row, why its cells may not be its own.
  private(set) var doubts: [Int: String] = [:]

  struct Cell: Sendable, Hashable {
    var text: String
    /// Whether it repeats the cell above because both are one merged cell.
    var continuesAbove = false
    /// How many columns it covers besides its own.
    var furtherColumns = 0
  }

  /// Adds a row that is in those lines.
  mutating func append(_ cells: [Cell], lines rowLines: [SourceLine], doubt: String? = nil) {
    doubts[lines.count] = doubt
    table.rows.append(
      Table.Row(
        firstCell: UInt32(table.cells.count), line: UInt32(rowLines.first?.number ?? 1),
        start: UInt32(table.bytes.count)))
    for cell in cells {
      table.cells.append(
        Table.Cell(
          start: UInt32(table.bytes.count), count: UInt32(cell.text.utf8.count),
          continuesAbove: cell.continuesAbove, furtherColumns: UInt8(clamping: cell.furtherColumns)))
      table.bytes += Array(cell.text.utf8)
      table.bytes.append(UInt8(ascii: "\t"))
    }
    lines.append(rowLines)
  }

  /// Its headings, where they are those of measures.
  var header: TableHeader? {
    TableHeader(table, with: PlanColumns.named).flatMap { $0.holdsMeasures ? $0 : nil }
  }

  /// A cell of a row below the last one that goes on with the cell above it.
  func goingOn(_ column: Int) -> Cell {
    let above = table.rows.count - 1
    return Cell(text: column < table.width(above) ? table.text(above, column) : "", continuesAbove: true)
  }

  /// Numbers the rows, each of which is a line, on from that number.
  mutating func number(after number: Int) {
    for row in lines.indices { lines[row] = lines[row].map { $0.numbered(number + row + 1) } }
  }

  func printed(_ row: Int) -> String {
    (0..<table.width(row)).map { table.text(row, $0).collapsed }.filter { !$0.isEmpty }
      .joined(separator: " | ")
  }
}

/// One line of a plan's text that isn't blank.
struct SourceLine: Sendable, Hashable {
  /// The line's number in the text, from 1.
  var number: Int
  /// Where its first visible character is, from 1, in characters.
  var column = 1
  /// The line without the white space around it; tabs and runs of spaces inside it are kept.
  var text: String
  /// Whether a form feed is before the line.
  var startsPage = false

  /// The columns before the text, where an ideographic space takes two.
  var indent = 0
  var place = Place.body

  /// Whether it reaches the page's right edge; nil where the document doesn't say how wide its lines can be.
  var isFull: Bool?

  /// The parts of a document that a line can be in.
  enum Place: Sendable, Hashable {
    case body
    /// A text box or a footnote: beside the running text.
    case aside
    /// The head or foot that every page repeats.
    case pageMargin
    /// Words that the document no longer means, and why: they are struck through, or hidden.
    case leftOut(why: String)
  }

  /// Whether the document still means what is in it.
  var counts: Bool { if case .leftOut = place { false } else { true } }

  func numbered(_ number: Int) -> SourceLine {
    var copy = self
    copy.number = number
    return copy
  }

  /// How many columns the text takes where an ideograph takes two.
  var width: Int { text.unicodeScalars.reduce(0) { $0 + ($1.value >= 0x1100 ? 2 : 1) } }

  /// The column in which the line ends: what tells a full line.
  var edge: Int { indent + width }
}

extension SourceLine {
  /// Words beside the line of that number that the document no longer means.
  init(leftOut mark: (words: String, why: String), number: Int) {
    self.init(
      number: number, text: mark.words.collapsed, place: .leftOut(why: mark.why)
    )
  }

  /// The lines of a text that aren't blank.
  ///
  /// A form feed counts as white space, not as a line's end, as `pdftotext` writes it: before a page's first line.
  /// Characters without width (byte order marks, soft hyphens) are dropped, and the ideographs that PDF fonts
  /// disguise as radicals are turned back.
  static func lines(of text: String) -> [SourceLine] {
    var lines: [SourceLine] = []
    var number = 1
    var scalars = String.UnicodeScalarView()
    var startsPage = false
    func finish() {
      let line = String(scalars)
      let start = line.firstIndex { !$0.isWhitespace }
      if let start {
        let column = line.distance(from: line.startIndex, to: start) + 1
        lines.append(
          SourceLine(
            number: number, column: column, text: line[start...].trimmedWhitespace, startsPage: startsPage,
            indent: column - 1))
        startsPage = false
      }
      scalars.removeAll(keepingCapacity: true)
    }
    var previous: Unicode.Scalar = " "
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\n" where previous == "\r": break
      case "\n", "\r", "\u{0B}", "\u{85}", "\u{2028}", "\u{2029}":
        finish()
        number += 1
      case "\u{0C}":
        startsPage = true
        scalars.append(" ")
      case "\u{FEFF}", "\u{200B}", "\u{200C}", "\u{200D}", "\u{2060}", "\u{AD}", "\u{0}": break
      case "\u{A0}", "\u{3000}", "\u{2002}", "\u{2003}", "\u{2009}": scalars.append(" ")
      default: scalars.append(Radicals.ideograph(for: scalar))
      }
      previous = scalar
    }
    finish()
    return lines
  }

  /// Whether the line is a page's number: `— 3 —`, `第3页`, or a bare number next to a page's start.
  func isPageNumber(before next: SourceLine?) -> Bool {
    let bare = text.filter { !$0.isWhitespace }
    let dashes: Set<Character> = ["-", "—", "－", "–", "―", "·"]
    let inner = bare.drop { dashes.contains($0) }
    let digits = inner.prefix { $0.isASCIIDigit }
    let rest = inner.dropFirst(digits.count)
    if !digits.isEmpty, digits.count <= 3, rest.allSatisfy({ dashes.contains($0) }) {
      let isDecorated = inner.count < bare.count && !rest.isEmpty
      return isDecorated
        || (inner.count == bare.count && rest.isEmpty && (startsPage || next?.startsPage ?? false))
    }
    return bare.hasPrefix("第") && bare.hasSuffix("页")
      && bare.dropFirst().dropLast().contains { $0.isASCIIDigit }
      && bare.count <= 12
  }
}
