import DubanCore

/// A sheet or a CSV file as rows of cells, with every text in one buffer.
///
/// A cell is a range of that buffer, so that a million rows cost no allocation each.
struct Table: Sendable {
  /// What a cell held before it was text.
  enum Kind: UInt8, Sendable {
    case text
    /// A number without a date format, which nobody wrote as words.
    case number
    /// A day, a month or a time, written out in Chinese.
    case date
    /// `#REF!` and the like, or a formula that was stored without its result.
    case fault
  }

  /// A text within ``Table/bytes``.
  struct Cell: Sendable {
    var start: UInt32
    var count: UInt32
    var kind: Kind = .text
    /// Whether it repeats the cell above because both are one merged cell.
    var continuesAbove = false
    /// Whether its text is struck through.
    var struck = Struck.no
    /// How many columns a merged cell covers besides its own; 255 for any more.
    var furtherColumns: UInt8 = 0

    static let empty = Cell(start: 0, count: 0)
  }

  /// A row's first cell within ``Table/cells``, and where the row is.
  struct Row: Sendable {
    var firstCell: UInt32
    /// The line of a CSV file where the row begins, or the row of a sheet; from 1.
    var line: UInt32
    /// Where the row begins within ``Table/bytes``; only for CSV.
    var start: UInt32
  }

  /// The whole file or sheet.
  let location: Diagnostic.Location
  /// The file's path, as the user named it.
  var file: String { location.file }
  /// The sheet's name; nil for CSV.
  var sheet: String? { location.sheet }
  /// UTF-8.
  var bytes: [UInt8] = []
  /// Row by row.
  var cells: [Cell] = []
  /// In order; empty rows of a sheet are left out.
  var rows: [Row] = []
  /// The lines of the rows that the sheet hides.
  var hiddenLines: [Int] = []
  /// What lies hidden beneath merged cells, as warnings.
  var covered: [Diagnostic] = []
  /// Remarks beside cells (批注), which nothing is read from.
  var comments: [SheetComment] = []
  /// The title of one table among several in a sheet, which names its area where nothing else does.
  var caption: String?
  /// Where the cells are in the file, where that isn't in their row and column: those of a form (``CardSheet``).
  var origins: [(line: Int, column: Int)] = []

  /// A table without rows.
  init(file: String, sheet: String?) {
    location = Diagnostic.Location(file: file, sheet: sheet)
  }

  /// What the sheet's name, where a person gave it one, calls what it holds.
  var nameOfSheet: String { hasGivenName ? sheet ?? "" : "整改措施" }

  /// Whether a person named the sheet.
  var hasGivenName: Bool {
    sheet.map { !$0.lowercased().hasPrefix("sheet") && !$0.hasPrefix("工作表") } ?? false
  }

  /// How many cells a row has.
  func width(_ row: Int) -> Int {
    let end = row + 1 < rows.count ? Int(rows[row + 1].firstCell) : cells.count
    return end - Int(rows[row].firstCell)
  }

  /// The cell at that place, counted from 0; an empty one past the row's end.
  func cell(_ row: Int, _ column: Int) -> Cell {
    column < width(row) ? cells[Int(rows[row].firstCell) + column] : .empty
  }

  /// The cell's text without the white space around it; empty past the row's end.
  func text(_ row: Int, _ column: Int) -> String { text(of: cell(row, column)) }

  /// The cell's text without the white space around it, its line breaks as LF.
  func text(of cell: Cell) -> String {
    if cell.count == 0 { return "" }
    let range = Int(cell.start)..<Int(cell.start + cell.count)
    var text = String(decoding: bytes[range], as: UTF8.self).trimmedWhitespace
    // ="1.10": how exports keep Excel from reading a text as a number.
    let isGuarded = cell.start > 0 && bytes[Int(cell.start) - 1] == CSVReader.guardMark
    if text.utf8.first == UInt8(ascii: "="), sheet == nil, !isGuarded, text.hasPrefix("=\""),
      text.hasSuffix("\""), text.count > 3
    {
      text = String(text.dropFirst(2).dropLast()).trimmedWhitespace
    }
    guard bytes[range].contains(0x0D) else { return text }
    return text.replacing("\r\n", with: "\n").replacing("\r", with: "\n")
  }

  func bytes(of cell: Cell) -> ArraySlice<UInt8> { bytes[Int(cell.start)..<Int(cell.start + cell.count)] }

  /// Whether a cell has no text: what most cells begin with tells, without a text being made of them.
  func isEmpty(_ cell: Cell) -> Bool {
    if cell.count == 0 { return true }
    switch bytes[Int(cell.start)] {
    // No white space, and no formula; E4 to E9 begin the Chinese characters.
    case 0x21...0x3C, 0x3E...0x7E, 0xE4...0xE9: return false
    default: return text(of: cell).isEmpty
    }
  }

  /// The same of the cell at that place.
  func isEmpty(_ row: Int, _ column: Int) -> Bool { isEmpty(cell(row, column)) }

  /// The columns in which a row has text.
  func filled(_ row: Int) -> [Int] { (0..<width(row)).filter { !isEmpty(row, $0) } }

  /// Whether the row has no text.
  func isBlank(_ row: Int) -> Bool { (0..<width(row)).allSatisfy { isEmpty(row, $0) } }

  /// The first text of a row; empty where there is none.
  func firstText(_ row: Int) -> String {
    (0..<width(row)).first { !isEmpty(row, $0) }.map { text(row, $0) } ?? ""
  }

  /// Where a cell is, both counted from 0.
  func location(_ row: Int, _ column: Int) -> Diagnostic.Location {
    if !origins.isEmpty {
      let place = Int(rows[row].firstCell) + column
      guard column < width(row) else { return location(row: row) }
      return location.at(line: origins[place].line, column: origins[place].column)
    }
    let line = Int(rows[row].line)
    guard sheet == nil else {
      return location.at(line: line, column: column + 1)
    }
    guard column < width(row) else { return location.at(line: line) }
    let (lines, characters) = CSVPlace.advance(bytes, from: Int(rows[row].start), to: fieldStart(row, column))
    return location.at(line: line + lines, column: characters + 1)
  }

  /// Where each cell of a row is, in one pass over the row.
  func locations(row: Int) -> [Diagnostic.Location] {
    guard sheet == nil, origins.isEmpty else { return (0..<width(row)).map { location(row, $0) } }
    var (line, characters, offset) = (Int(rows[row].line), 0, Int(rows[row].start))
    return (0..<width(row)).map { column in
      let start = fieldStart(row, column)
      let step = CSVPlace.advance(bytes, from: offset, to: start)
      (line, characters, offset) = (
        line + step.lines, step.characters + (step.lines > 0 ? 0 : characters), start
      )
      return location.at(line: line, column: characters + 1)
    }
  }

  func location(row: Int) -> Diagnostic.Location {
    location.at(line: Int(rows[row].line))
  }

  /// A CSV field begins with its quote, where it has one.
  private func fieldStart(_ row: Int, _ column: Int) -> Int {
    var start = Int(cell(row, column).start)
    let rowStart = Int(rows[row].start)
    if start > rowStart, bytes[start - 1] == CSVReader.guardMark { start -= 1 }
    if start > rowStart, bytes[start - 1] == CSVReader.quote { start -= 1 }
    return start
  }
}
