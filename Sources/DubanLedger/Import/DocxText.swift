import DubanCore

/// Collects the lines and tables of a document's body.
final class DocxBody: XMLPart.Handler {
  /// What was read so far.
  private(set) var document = PlanDocument()
  /// Whether tables are nested deeper than any document nests them.
  private(set) var isTooDeep = false
  var isDone: Bool { isTooDeep }

  private static let deepest = 16
  private let numbering: DocxNumbering
  private let styles: DocxStyles
  /// The open paragraphs: one more inside a text box.
  private var open: [Paragraph] = []
  private var isText = false
  /// What the properties of the run that is being read say of its text.
  private var run = Run()
  /// Depth within what isn't the document's text: deletions, field codes, the fallback of alternative content.
  private var hidden = 0
  private var isInProperties = false
  private var isInRowProperties = false
  /// Depth within text boxes.
  private var boxes = 0
  private var tables: [DocxTable] = []
  /// The number of the last line: a paragraph or a table's row each, blank ones included.
  private var number = 0

  private struct Paragraph {
    var text = ""
    var list: String?
    var level: Int?
    var style: String?
    var struck = ""
    var hidden = ""

    /// What is in the paragraph and isn't part of it any more.
    var marks: [(words: String, why: String)] {
      [(struck, "is struck through"), (hidden, "is hidden text")].filter { !$0.0.squeezed.isEmpty }
    }
  }

  private struct Run {
    var isOpen = false
    var look = DocxStyles.Look()
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
    case "r": run = Run(isOpen: true, look: styles.look(of: open.last?.style))
    // What the run looked like before a tracked change.
    case "rPrChange": run.isOpen = false
    case "rStyle" where run.isOpen: run.look.add(styles.look(of: attributes.prefixed("val")))
    case "strike" where run.isOpen, "dstrike" where run.isOpen: run.look.isStruck = attributes.isOn
    case "vanish" where run.isOpen: run.look.isHidden = attributes.isOn
    case "pStyle": change { $0.style = attributes.prefixed("val") }
    case "ilvl" where isInProperties: change { $0.level = attributes.prefixed("val").flatMap { Int($0) } }
    case "numId" where isInProperties: change { $0.list = attributes.prefixed("val") }
    case "t": isText = true
    case "tab" where !isInProperties: change { $0.text += " " }
    case "br", "cr": change { $0.text += "\n" }
    case "noBreakHyphen": change { $0.text += "-" }
    case "tbl" where hidden == 0:
      tables.append(DocxTable(number: number))
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
    case "r": run = Run()
    case "t": isText = false
    case "p" where hidden == 0: finishParagraph()
    case "tr" where hidden == 0:
      if !tables.isEmpty, tables[tables.count - 1].finishRow(number: number + 1), tables.count == 1 {
        number += 1
      }
    case "tbl" where hidden == 0: finishTable()
    default: break
    }
  }

  func characters(_ text: String) {
    guard isText else { return }
    let part: WritableKeyPath<Paragraph, String> =
      run.look.isHidden ? \.hidden : run.look.isStruck ? \.struck : \.text
    change { $0[keyPath: part] += text.filter { !$0.isNewline } }
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
    // An empty paragraph shows its number too, and counts; one whose text no longer counts doesn't.
    let number = (paragraph.list ?? own?.list).map { numbering.next(in: $0, level: level) } ?? ""
    let marks = paragraph.marks
    let isLeftOut = !marks.isEmpty && paragraph.text.squeezed.isEmpty
    let text = isLeftOut ? "" : number + paragraph.text
    if tables.isEmpty || boxes > 0 {
      for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
        addLine(String(line), place: boxes > 0 ? .aside : .body)
      }
      document.blocks += marks.map { .line(SourceLine(leftOut: $0, number: self.number)) }
    } else {
      for line in text.split(separator: "\n") { last { $0.add(String(line)) } }
      last { $0.marks += marks.map { SourceLine(leftOut: $0, number: self.number + 1) } }
    }
  }

  private func addLine(_ text: String, place: SourceLine.Place) {
    number += 1
    guard var line = SourceLine.lines(of: text).first else { return }
    (line.number, line.place) = (number, place)
    document.blocks.append(.line(line))
  }

  /// A table is one of its own where it is on the page, or in a table that only lays the page out; the rows of others
  /// inside a cell are text of that cell.
  private func finishTable() {
    guard let table = tables.popLast() else { return }
    if !tables.isEmpty {
      tables[tables.count - 1].add(table)
    } else if table.isLayout {
      number = table.number
      for block in table.flow {
        document.blocks.append(block.numbered(after: number))
        number += block.lineCount
      }
    } else if let lines = table.rows.cards {
      document.blocks += (lines + table.marks).map { .line($0) }
    } else {
      document.blocks.append(.table(table.rows))
      document.blocks += table.marks.map { .line($0) }
    }
  }
}

struct DocxTable {
  /// The number of the last line before it.
  let number: Int
  private(set) var rows = DocumentTable()
  /// What is in it, one after another: that is what counts where the table only lays the page out.
  private(set) var flow: [PlanDocument.Block] = []
  /// What is struck through or hidden in it.
  var marks: [SourceLine] = [] {
    didSet { flow += marks[oldValue.count...].map { .line($0) } }
  }
  private var isOneColumn = true
  private var rowStart = (flow: 0, marks: 0)
  private var cells: [(text: String, span: Int, continues: Bool)] = []
  /// What is in each column of the rows above, for cells that go on downwards.
  private var above: [String] = []
  private var isDeleted = false

  /// A table behind the line of that number.
  init(number: Int) { self.number = number }

  mutating func beginRow() {
    cells = []
    isDeleted = false
    rowStart = (flow.count, marks.count)
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
    let lines = SourceLine.lines(of: text.replacing("\t", with: " "))
    flow += lines.map { .line($0) }
    add(toCell: lines.map(\.text).joined())
  }

  /// Adds a table that is in the current cell.
  mutating func add(_ inner: DocxTable) {
    for row in inner.rows.lines.indices {
      add(toCell: inner.rows.lines[row].map { $0.text.replacing("\t", with: " ") }.joined())
    }
    flow += inner.rows.header == nil ? inner.flow : [.table(inner.rows)]
  }

  private mutating func add(toCell text: String) {
    guard !cells.isEmpty, !text.isEmpty else { return }
    let before = cells[cells.count - 1].text
    cells[cells.count - 1].text = before.isEmpty ? text : before + "\n" + text
  }

  /// Ends the row, which is the line of that number; false where it was deleted. Cells that go on downwards repeat the text
  /// above.
  mutating func finishRow(number: Int) -> Bool {
    if isDeleted {
      flow.removeSubrange(rowStart.flow...)
      marks.removeSubrange(rowStart.marks...)
      return false
    }
    var columns: [DocumentTable.Cell] = []
    for cell in cells {
      let isContinued = cell.continues && columns.count < above.count
      columns.append(
        DocumentTable.Cell(
          text: isContinued ? above[columns.count] : cell.text, continuesAbove: isContinued,
          furtherColumns: cell.span - 1))
      columns += Array(repeating: DocumentTable.Cell(text: ""), count: cell.span - 1)
    }
    above = columns.map(\.text)
    isOneColumn = isOneColumn && cells.count <= 1
    let text = columns.map { $0.text.replacing("\n", with: "") }.joined(separator: "\t")
    rows.append(columns, lines: [SourceLine(number: number, text: text)])
    return true
  }

  /// Whether it only lays the page out: it has one column, or holds a table of measures and is none itself.
  var isLayout: Bool {
    let holdsTable = flow.contains { if case .table = $0 { true } else { false } }
    return isOneColumn || holdsTable && rows.header == nil
  }
}

/// Reads a .docx document (ECMA-376 part 1, WordprocessingML): a paragraph or table row a line.
///
/// Numbers that Word keeps as list formats are written out, cells of merged columns repeat the first one's text,
/// and what a reviewer deleted is left out. Footnotes and endnotes come last.
enum DocxText {
  /// The document in `bytes`, or why it can't be read.
  static func document(
    _ bytes: [UInt8], file: String, limits: TableLimits = .standard
  ) -> Result<PlanDocument, Diagnostic> {
    func failure(_ message: String, help: String) -> Result<PlanDocument, Diagnostic> {
      .failure(Diagnostic(.error, at: Diagnostic.Location(file: file), message, help: help))
    }
    do throws(Refusal) {
      return .success(try read(bytes, limits: limits))
    } catch {
      let again = "open it in Word, WPS or LibreOffice and save it anew as .docx"
      switch error {
      case .container(.missing): return failure("this zip container holds no Word document", help: again)
      case .container(.damaged(let reason)): return failure("the document is damaged: \(reason)", help: again)
      case .container(.encrypted): return failure("the document is encrypted", help: "remove the password")
      case .container(.tooLarge(let part)):
        return failure(
          "the document's part “\(part)” is too large, or packed too densely, to be a plan's", help: again)
      case .part(.malformed(let line)):
        return failure("line \(line) of the document's text is no well-formed XML", help: again)
      case .part(.declaresDocumentType):
        return failure("the document declares a document type, which no Word document does", help: again)
      case .part(.notUTF8): return failure("the document's text is not in UTF-8", help: again)
      case .part(.noParser):
        return failure("the document can't be read: memory is short", help: again)
      case .tooDeep: return failure("the document's tables are nested too deeply", help: again)
      }
    }
  }

  private enum Refusal: Error {
    case container(ZipArchive.Failure)
    case part(XMLPart.Failure)
    case tooDeep
  }

  private static func read(_ bytes: [UInt8], limits: TableLimits) throws(Refusal) -> PlanDocument {
    let archive: ZipArchive
    let part: [UInt8]
    do {
      archive = try ZipArchive(bytes, limits: limits)
      part = try archive.read("word/document.xml")
    } catch { throw .container(error) }
    let numbering = DocxNumbering()
    try read(archive, "word/numbering.xml", with: numbering)
    let styles = DocxStyles()
    try read(archive, "word/styles.xml", with: styles)
    let body = DocxBody(numbering: numbering, styles: styles)
    do { try XMLPart.read(part, with: body) } catch { throw .part(error) }
    if body.isTooDeep { throw .tooDeep }
    var document = body.document
    var number = document.lines.last?.number ?? 0
    for part in ["word/footnotes.xml", "word/endnotes.xml"] {
      let notes = DocxBody(numbering: DocxNumbering(), styles: styles)
      try read(archive, part, with: notes)
      for var line in notes.document.lines {
        number += 1
        line.number = number
        if line.counts { line.place = .aside }
        document.blocks.append(.line(line))
      }
    }
    return document
  }

  /// Reads a part that a document may lack.
  private static func read(
    _ archive: ZipArchive, _ name: String, with handler: any XMLPart.Handler
  ) throws(Refusal) {
    guard archive.contains(name) else { return }
    let bytes: [UInt8]
    do { bytes = try archive.read(name) } catch { throw .container(error) }
    do { try XMLPart.read(bytes, with: handler) } catch { throw .part(error) }
  }
}
