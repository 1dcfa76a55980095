/// Collects the lines of a document's body.
final class DocxBody: XMLPart.Handler {
  /// The lines so far: a paragraph each; a table's row has tabs between its cells.
  private(set) var lines: [String] = []
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
  private var tables: [DocxTable] = []

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
    case "del", "moveFrom", "Fallback", "instrText": hidden += 1
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
    case "del", "moveFrom", "Fallback", "instrText": hidden = max(0, hidden - 1)
    case "pPr": isInProperties = false
    case "t": isText = false
    case "p" where hidden == 0: finishParagraph()
    case "tr" where hidden == 0:
      if !tables.isEmpty { add(tables[tables.count - 1].finishRow(), toTable: tables.count - 1) }
    case "tbl" where hidden == 0 && !tables.isEmpty: tables.removeLast()
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
    if tables.isEmpty {
      lines += text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    } else {
      last { $0.add(text.replacing("\n", with: " ")) }
    }
  }

  /// A row is a line; a row of a table inside a cell is text of that cell.
  private func add(_ row: [String], toTable index: Int) {
    if index == 0 {
      lines.append(row.joined(separator: "\t"))
    } else {
      tables[index - 1].add(row.joined(separator: " "))
    }
  }
}

/// The row of a table that is being read.
struct DocxTable {
  private var cells: [(text: String, span: Int, continues: Bool)] = []
  /// What stands in each column of the rows above, for cells that go on downwards.
  private var above: [String] = []
  private var finished: [String] = []

  mutating func beginRow() {
    above = finished
    cells = []
  }

  mutating func beginCell() { cells.append(("", 1, false)) }

  mutating func span(_ columns: Int) {
    if !cells.isEmpty { cells[cells.count - 1].span = min(max(1, columns), 64) }
  }

  mutating func continues(_ isContinued: Bool) {
    if !cells.isEmpty { cells[cells.count - 1].continues = isContinued }
  }

  /// Adds a paragraph to the current cell.
  mutating func add(_ text: String) {
    guard !cells.isEmpty, !text.isEmpty else { return }
    cells[cells.count - 1].text = .unwrapped(cells[cells.count - 1].text, text.replacing("\t", with: " "))
  }

  /// Ends the row and gives its columns: cells that go on downwards repeat the text above.
  mutating func finishRow() -> [String] {
    var columns: [String] = []
    for cell in cells {
      let text = cell.continues && columns.count < above.count ? above[columns.count] : cell.text
      columns.append(text)
      columns += Array(repeating: "", count: cell.span - 1)
    }
    finished = columns
    return columns
  }
}
