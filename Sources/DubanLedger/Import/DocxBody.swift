/// Collects the lines and tables of a document's body.
final class DocxBody: XMLPart.Handler {
  /// What was read so far.
  private(set) var paper = Paper()
  /// Whether tables are nested deeper than any document nests them.
  private(set) var isTooDeep = false
  var isDone: Bool { isTooDeep }

  private static let deepest = 16
  private let numbering: DocxNumbering
  private let styles: DocxStyles
  /// The open paragraphs: one more inside a text box.
  private var open: [Paragraph] = []
  private var isText = false
  /// Depth within what isn't the document's text: deletions, field codes, the fallback of alternative content.
  private var hidden = 0
  private var isInProperties = false
  private var isInRowProperties = false
  /// Depth within text boxes.
  private var boxes = 0
  private var tables: [DocxTable] = []
  private var outermost = PaperTable()
  /// The number of the last line: a paragraph or a table's row each, blank ones included.
  private var number = 0

  private struct Paragraph {
    var text = ""
    var list: String?
    var level: Int?
    var style: String?
  }

  init(numbering: DocxNumbering, styles: DocxStyles) {
    self.numbering = numbering
    self.styles = styles
  }

  func begin(_ element: Substring, _ attributes: [String: String]) {
    switch element {
    case "trPr": isInRowProperties = true
    // A row that a reviewer deleted, marked in its properties.
    case "del" where isInRowProperties: last { $0.deleteRow() }
    case "del", "moveFrom", "Fallback", "instrText": hidden += 1
    case "txbxContent": boxes += 1
    case "p" where hidden == 0: open.append(Paragraph())
    case "pPr": isInProperties = true
    case "pStyle": change { $0.style = attributes.prefixed("val") }
    case "ilvl" where isInProperties: change { $0.level = attributes.prefixed("val").flatMap { Int($0) } }
    case "numId" where isInProperties: change { $0.list = attributes.prefixed("val") }
    case "t": isText = true
    case "tab" where !isInProperties: change { $0.text += " " }
    case "br", "cr": change { $0.text += "\n" }
    case "noBreakHyphen": change { $0.text += "-" }
    case "tbl" where hidden == 0:
      if tables.isEmpty { outermost = PaperTable() }
      tables.append(DocxTable())
      isTooDeep = tables.count > Self.deepest
    case "gridSpan": last { $0.span(attributes.prefixed("val").flatMap { Int($0) } ?? 1) }
    case "vMerge": last { $0.continues(attributes.prefixed("val") != "restart") }
    case "tc" where hidden == 0: last { $0.beginCell() }
    case "tr" where hidden == 0: last { $0.beginRow() }
    default: break
    }
  }

  func end(_ element: Substring) {
    switch element {
    case "trPr": isInRowProperties = false
    case "del" where isInRowProperties: break
    case "del", "moveFrom", "Fallback", "instrText": hidden = max(0, hidden - 1)
    case "txbxContent": boxes = max(0, boxes - 1)
    case "pPr": isInProperties = false
    case "t": isText = false
    case "p" where hidden == 0: finishParagraph()
    case "tr" where hidden == 0:
      if !tables.isEmpty, let row = tables[tables.count - 1].finishRow() {
        add(row, toTable: tables.count - 1)
      }
    case "tbl" where hidden == 0 && !tables.isEmpty:
      tables.removeLast()
      if tables.isEmpty { paper.blocks.append(.table(outermost)) }
    default: break
    }
  }

  func characters(_ text: String) {
    if isText { change { $0.text += text.filter { !$0.isNewline } } }
  }

  private func change(_ edit: (inout Paragraph) -> Void) {
    if hidden == 0, !open.isEmpty { edit(&open[open.count - 1]) }
  }

  private func last(_ change: (inout DocxTable) -> Void) {
    if hidden == 0, !tables.isEmpty { change(&tables[tables.count - 1]) }
  }

  private func finishParagraph() {
    guard let paragraph = open.popLast() else { return }
    let own = paragraph.list == nil ? styles.list(of: paragraph.style) : nil
    let level = paragraph.level ?? own?.level ?? 0
    // An empty paragraph shows its number too, and counts.
    let number = (paragraph.list ?? own?.list).map { numbering.next(in: $0, level: level) } ?? ""
    let text = number + paragraph.text
    if tables.isEmpty || boxes > 0 {
      for line in text.split(separator: "\n", omittingEmptySubsequences: false) { addLine(String(line)) }
    } else {
      for line in text.split(separator: "\n") { last { $0.add(String(line)) } }
    }
  }

  private func addLine(_ text: String) {
    number += 1
    guard var line = SourceLine.lines(of: text).first else { return }
    line.number = number
    line.place = boxes > 0 ? .aside : .body
    paper.blocks.append(.line(line))
  }

  /// A row is a line; a row of a table inside a cell is text of that cell.
  private func add(_ row: [PaperTable.Cell], toTable index: Int) {
    guard index == 0 else { return tables[index - 1].add(row.map(\.text).joined(separator: " ")) }
    number += 1
    let text = row.map { $0.text.replacing("\n", with: "") }.joined(separator: "\t")
    let line = SourceLine(number: number, column: 1, text: text, startsPage: false)
    outermost.append(row, lines: [line])
  }
}

/// The row of a table that is being read.
struct DocxTable {
  private var cells: [(text: String, span: Int, continues: Bool)] = []
  /// What stands in each column of the rows above, for cells that go on downwards.
  private var above: [String] = []
  private var isDeleted = false

  mutating func beginRow() {
    cells = []
    isDeleted = false
  }

  /// Marks the row as one that a reviewer deleted.
  mutating func deleteRow() { isDeleted = true }

  mutating func beginCell() { cells.append(("", 1, false)) }

  mutating func span(_ columns: Int) {
    if !cells.isEmpty { cells[cells.count - 1].span = min(max(1, columns), 64) }
  }

  mutating func continues(_ isContinued: Bool) {
    if !cells.isEmpty { cells[cells.count - 1].continues = isContinued }
  }

  /// Adds a paragraph to the current cell.
  mutating func add(_ text: String) {
    let text = SourceLine.lines(of: text.replacing("\t", with: " ")).map(\.text).joined()
    guard !cells.isEmpty, !text.isEmpty else { return }
    let before = cells[cells.count - 1].text
    cells[cells.count - 1].text = before.isEmpty ? text : before + "\n" + text
  }

  /// Ends the row and gives its columns, nil where it was deleted: cells that go on downwards repeat the text above.
  mutating func finishRow() -> [PaperTable.Cell]? {
    if isDeleted { return nil }
    var columns: [PaperTable.Cell] = []
    for cell in cells {
      let isContinued = cell.continues && columns.count < above.count
      columns.append(
        PaperTable.Cell(text: isContinued ? above[columns.count] : cell.text, continuesAbove: isContinued))
      columns += Array(repeating: PaperTable.Cell(text: ""), count: cell.span - 1)
    }
    above = columns.map(\.text)
    return columns
  }
}
