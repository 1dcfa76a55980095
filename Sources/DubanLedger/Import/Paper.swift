import DubanCore

/// A published document as it was read from its file: lines and tables, in the document's order.
public struct Paper: Sendable {
  /// A line outside tables, or a table.
  enum Block: Sendable {
    case line(SourceLine)
    case table(PaperTable)

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
struct PaperTable: Sendable {
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

  /// Adds a row that stands in those lines.
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

  /// Whether its headings are those of measures.
  var holdsMeasures: Bool { TableHeader(table, with: PlanColumns.named)?.holdsMeasures ?? false }

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
