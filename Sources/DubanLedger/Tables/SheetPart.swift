import DubanCore

/// Reads the cells of one sheet into a ``Table``; merged cells repeat their text in every row they cover.
///
/// Hidden rows and columns are read like any other: a filter that hides a row doesn't take it out of force. Which rows
/// are hidden is kept, to be said.
struct SheetPart {
  /// What a sheet's cells refer to.
  struct Context {
    var shared: SharedStrings
    var styles: CellStyles
    var countsFrom1904: Bool
    var limits: TableLimits
  }

  /// Reads the sheet's part.
  static func table(
    _ archive: ZipArchive, sheet: Workbook.Sheet, file: String, context: Context
  ) throws(WorkbookFailure) -> Table {
    var table = Table(file: file, sheet: sheet.name)
    table.bytes = context.shared.bytes
    let handler = SheetHandler(table, context: context)
    try archive.readPart(sheet.part, with: handler)
    if let failure = handler.failure { throw failure }
    table = handler.table
    try MergedCells.fill(handler.merges, in: &table, limits: context.limits)
    return table
  }
}

private final class SheetHandler: XMLPart.Handler {
  var table: Table
  var merges: [CellRange] = []
  var failure: WorkbookFailure?
  var isDone: Bool { failure != nil }

  private let context: SheetPart.Context
  private var row = -1
  private var column = -1
  private var isHidden = false
  private var type = ""
  private var struck = Struck.no
  private var style = CellStyle.general
  private var value = ""
  private var hasFormula = false
  private var isInValue = false
  private var inline = RichText()
  private var inlineStart = 0

  init(_ table: Table, context: SheetPart.Context) {
    self.table = table
    self.context = context
  }

  func begin(_ element: Substring, _ attributes: [String: String]) {
    switch element {
    case "row": beginRow(attributes)
    case "c": beginCell(attributes)
    case "v":
      isInValue = true
      value = ""
    case "f": hasFormula = true
    case "mergeCell": beginMerge(attributes["ref"] ?? "")
    default: inline.begin(element, attributes)
    }
  }

  func characters(_ text: String) {
    if isInValue {
      value += text
    } else {
      inline.add(text, to: &table.bytes)
    }
  }

  func end(_ element: Substring) {
    switch element {
    case "v": isInValue = false
    case "c": endCell()
    default: inline.end(element)
    }
  }

  private func beginRow(_ attributes: [String: String]) {
    let name = attributes["r"]
    let next = name.flatMap { Int($0) }.map { $0 - 1 } ?? row + 1
    guard next > row, next < 1_048_576 else { return fail("row “\(name ?? "")” is out of order") }
    row = next
    column = -1
    isHidden = ["1", "true"].contains(attributes["hidden"] ?? "")
  }

  private func beginCell(_ attributes: [String: String]) {
    let name = attributes["r"]
    let reference = name.map { CellReference($0) } ?? CellReference(row: row, column: column + 1)
    guard let reference, reference.row == row, reference.column > column else {
      return fail("cell “\(name ?? "")” is out of order")
    }
    column = reference.column
    type = attributes["t"] ?? "n"
    let number = attributes["s"].flatMap { Int($0) }
    style = number.map { context.styles[$0] } ?? .general
    struck = number.map { context.styles.strikes($0) } ?? false ? .whole : .no
    (value, hasFormula, inlineStart) = ("", false, table.bytes.count)
  }

  private func endCell() {
    switch type {
    case "s":
      guard let index = Int(value), context.shared.ranges.indices.contains(index) else {
        if !value.isEmpty { fail("a cell refers to shared text “\(value)”, which there isn't") }
        return
      }
      let range = context.shared.ranges[index]
      if struck == .no { struck = context.shared.struck[index] ?? .no }
      append(Table.Cell(start: UInt32(range.lowerBound), count: UInt32(range.count)))
    case "inlineStr":
      let isStruck = inline.finish(&table.bytes, from: inlineStart)
      if struck == .no { struck = isStruck }
      EscapedText.resolve(&table.bytes, from: inlineStart)
      let count = table.bytes.count - inlineStart
      append(Table.Cell(start: UInt32(inlineStart), count: UInt32(count)))
    case "b": append(value == "1" ? "是" : value.isEmpty ? "" : "否", .text)
    case "e": append(value, .fault)
    case "str": append(value, .text)
    case "d": append(CellText.isoDay(value) ?? value, .date)
    default:
      if value.isEmpty, hasFormula { return append("=", .fault) }
      let (text, kind) = CellText.number(value, style: style, from1904: context.countsFrom1904)
      append(text, kind)
    }
  }

  private func append(_ text: String, _ kind: Table.Kind) {
    let start = table.bytes.count
    table.bytes.append(contentsOf: text.utf8)
    append(Table.Cell(start: UInt32(start), count: UInt32(table.bytes.count - start), kind: kind))
  }

  private func append(_ cell: Table.Cell) {
    guard cell.count > 0 else { return }
    guard column < context.limits.columns else {
      return tooLarge("something stands past its column \(context.limits.columns)")
    }
    if table.rows.last?.line != UInt32(row + 1) {
      table.rows.append(Table.Row(firstCell: UInt32(table.cells.count), line: UInt32(row + 1), start: 0))
      if isHidden { table.hiddenLines.append(row + 1) }
    }
    let gap = column - table.width(table.rows.count - 1)
    guard gap >= 0 else { return fail("one cell of row \(row + 1) stands within another") }
    guard table.cells.count + gap + 1 <= context.limits.cells else {
      return tooLarge("more than \(context.limits.cells) cells")
    }
    table.cells.append(contentsOf: repeatElement(.empty, count: gap))
    var cell = cell
    cell.struck = struck
    table.cells.append(cell)
  }

  private func beginMerge(_ name: String) {
    guard let range = CellRange(name) else { return fail("“\(name)” is no range of merged cells") }
    if range.rows.count > 1 || range.columns.count > 1 { merges.append(range) }
  }

  private func fail(_ words: String) {
    failure = failure ?? .contradiction(words, sheet: table.sheet ?? "")
  }

  private func tooLarge(_ words: String) { failure = failure ?? .tooLarge(words, sheet: table.sheet) }
}

extension CellReference {
  fileprivate init(row: Int, column: Int) {
    self.row = row
    self.column = column
  }
}

/// A remark beside a cell (批注): people write there that a day has moved or another person is in charge.
struct SheetComment: Sendable {
  var cell: CellReference
  var text: String

  /// How many of a sheet's are said one by one.
  private static let mostSaid = 5

  /// The remarks of a sheet, in the order of their cells; none where the part can't be read, since nothing hangs on it.
  static func all(_ archive: ZipArchive, of part: String) -> [SheetComment] {
    let handler = Handler()
    guard let comments = try? Relationships(archive, of: part).target(ofType: "comments"),
      archive.contains(comments), (try? archive.readPart(comments, with: handler)) != nil
    else { return [] }
    return handler.comments.sorted { ($0.cell.row, $0.cell.column) < ($1.cell.row, $1.cell.column) }
  }

  /// A warning for each of the first below that line: those at a header say how it is to be filled in.
  static func warnings(_ sheet: Table, below line: Int) -> [Diagnostic] {
    let comments = sheet.comments.filter { $0.cell.row >= line && !$0.text.isEmpty }
    return comments.prefix(mostSaid).enumerated().map { place, comment in
      let more = place + 1 == mostSaid ? comments.count - mostSaid : 0
      return Diagnostic(
        .warning, at: sheet.location.at(line: comment.cell.row + 1, column: comment.cell.column + 1),
        "the comment “\(comment.text.excerpt)” is not read" + (more > 0 ? ", nor are \(more) more" : ""),
        help: "write what counts into the row, and delete the comment")
    }
  }

  private final class Handler: XMLPart.Handler {
    var comments: [SheetComment] = []
    private var cell: CellReference?
    private var isText = false
    private var text = ""

    func begin(_ element: Substring, _ attributes: [String: String]) {
      if element == "comment" { (cell, text) = (CellReference(attributes["ref"] ?? ""), "") }
      isText = element == "t"
    }

    func end(_ element: Substring) {
      isText = false
      guard element == "comment", let cell else { return }
      comments.append(SheetComment(cell: cell, text: withoutAuthor(text)))
    }

    func characters(_ part: String) {
      if isText { text += part }
    }

    /// 张三:⏎延期至9月30日: spreadsheet programs begin with who wrote it.
    private func withoutAuthor(_ text: String) -> String {
      let lines = text.split(whereSeparator: \.isLineBreak)
      let isAuthor = lines.count > 1 && lines[0].last.map { ":：".contains($0) } ?? false
      return lines.dropFirst(isAuthor ? 1 : 0).joined(separator: "\n").onOneLine
    }
  }
}
