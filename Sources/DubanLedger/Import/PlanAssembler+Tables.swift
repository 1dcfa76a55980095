import DubanCore

/// What a table of measures ends with, for its rest on the next page.
struct TableEnd {
  var header: TableHeader
  var columns: PlanColumns
  /// How many cells its first row has.
  var width: Int
  /// The last row's number.
  var number: Int?
  /// The title of the last area.
  var title: String?
  /// By column, the last text.
  var above: [Int: String]
}

extension PlanTree.Element {
  /// Whether a table below may be the rest of one above: （续表）.
  var letsTablesGoOn: Bool {
    switch self {
    case .table: true
    case .plain(let paragraph):
      ["续表", "续上", "接上", "（续", "(续"].contains(where: paragraph.text.contains) && paragraph.text.count <= 40
    case .child, .label, .part: false
    }
  }
}

extension PlanAssembler {
  /// Takes the measures of a table; what doesn't fit is left out.
  mutating func read(_ document: DocumentTable, under index: Int) {
    let table = document.table
    var header: TableHeader
    var columns: PlanColumns
    var title: String?
    // What a cell that is merged downwards says: in a PDF the cells below it are empty.
    var above: [Int: String] = [:]
    var row = 0
    if let own = document.header {
      (header, columns) = (own, PlanColumns(own, of: table))
      reportOthers(columns, header, document, besides: ColumnMap(table, own, needed: []).ofStatus)
      take(document.lines[..<header.rows.upperBound].flatMap { $0 })
      row = header.rows.upperBound
    } else if let last = lastTable, last.width == table.width(0),
      last.number.map({ $0 + 1 == PlanRow(document, 0, last.columns, above: [:]).number }) ?? false
    {
      // （续表）: its numbers go on, and its headings are above the first part alone.
      (header, columns, title, above) = (last.header, last.columns, last.title, last.above)
      header.rows = 0..<0
      findings.doubt(
        document.lines.flatMap { $0 },
        "the table “\(document.printed(0).excerpt)” has no headings, and was read as the rest of the one above",
        help: "compare the ledger with the document here")
    } else {
      lastTable = nil
      return leaveOut(document)
    }
    var fields = RowFields(table, ColumnMap(table, header, needed: []))
    while row < table.rows.count {
      if let again = Self.repeatedHeader(table, row, like: header) {
        (header, row) = (again, again.rows.upperBound)
        columns = PlanColumns(header, of: table)
        report(fields.diagnostics, in: document)
        fields = RowFields(table, ColumnMap(table, header, needed: []))
        take(document.lines[again.rows].flatMap { $0 })
        continue
      }
      if let name = Self.areaTitle(table, row, columns) {
        title = name
        above = [:]
        take(document.lines[row])
      } else {
        for column in 0..<table.width(row) {
          let text = table.text(row, column)
          if !text.isEmpty, !PlanColumns.saysSame(text) { above[column] = text }
        }
        read(
          PlanRow(document, row, columns, above: above), title: title, status: fields.status(row)?.text,
          under: index
        )
      }
      row += 1
    }
    report(fields.diagnostics, in: document)
    let number = table.rows.indices.reversed().lazy.compactMap { [columns] in
      PlanRow(document, $0, columns, above: [:]).number
    }.first
    lastTable = TableEnd(
      header: header, columns: columns, width: table.width(0), number: number, title: title, above: above)
  }

  private mutating func leaveOut(_ document: DocumentTable) {
    // The rest of a table may be one row.
    let isTable =
      document.table.width(0) > 2 && (document.lines.count > 1 || Int(document.table.text(0, 0)) != nil)
    guard isTable, let first = document.lines.first else { return }
    findings.leaveOut(
      document.lines.flatMap { $0 },
      "the table “\(document.printed(0).excerpt)” has no headings of measures that are known",
      help: "name its columns 序号, 整改措施, 责任单位, 责任人 and 完成时限, or add its measures by hand")
    take(first)
  }

  /// What the ledger's reader of tables says of the cells of states.
  private mutating func report(_ diagnostics: [Diagnostic], in document: DocumentTable) {
    for diagnostic in diagnostics {
      let row = document.table.rows.firstIndex { Int($0.line) == diagnostic.location.line }
      findings.doubt(row.map { document.lines[$0] } ?? [], diagnostic.message, help: diagnostic.help)
    }
  }

  /// Columns that nothing is read from are listed once each; those of `read` are.
  private mutating func reportOthers(
    _ columns: PlanColumns, _ header: TableHeader, _ document: DocumentTable, besides read: [Int]
  ) {
    let headingLines = document.lines[header.rows].flatMap { $0 }
    for column in header.columns where column.heading == .measure && PlanColumns.heading(column.words) == nil
    {
      findings.note(
        headingLines,
        "the column “\(column.words.squeezed)” was taken for the measures, since it holds most of the text")
    }
    for words in columns.taken { findings.note(headingLines, words) }
    for (column, words) in columns.others where !read.contains(column) {
      let filled = (header.rows.upperBound..<max(header.rows.upperBound, document.lines.count)).filter {
        !document.table.text($0, column).isEmpty
      }
      guard let first = filled.first, let last = filled.last else {
        if !["备注", "说明"].contains(words) {
          findings.leaveOut(headingLines, "the column “\(words)”, which is empty")
        }
        continue
      }
      let name = words.isEmpty ? "without a heading" : "“\(words)”"
      // Who is done would be reminded.
      let isAsked = columns.asked.contains(column) || StatusCell.isStatus(heading: words)
      findings.leaveOut(
        document.lines[header.rows.lowerBound...last].flatMap { $0 },
        "the column \(name), which says “\(document.table.text(first, column).collapsed.excerpt)” and the like in \(filled.count) rows",
        help: isAsked ? "give it a usual heading (责任单位, 配合单位, 责任人, 完成时限) if it counts" : nil)
    }
  }

  /// The header of the next page, or of another table under the first.
  private static func repeatedHeader(_ table: Table, _ row: Int, like header: TableHeader) -> TableHeader? {
    let texts = (0..<table.width(row)).map { table.text(row, $0).squeezed }.filter { !$0.isEmpty }
    guard texts.count >= 3, texts.count(where: { PlanColumns.heading($0) != nil }) * 2 > texts.count,
      texts.allSatisfy({ $0.count <= 14 })
    else { return nil }
    let found = TableHeader(table, at: row, with: PlanColumns.named)
    if found.holdsMeasures { return found }
    // The widest column was taken for the measures, under a heading that is only there, where it was found.
    guard header.columns.contains(where: { texts.contains($0.words.squeezed) && $0.heading == .measure })
    else {
      return nil
    }
    var same = header
    same.rows = found.rows
    return same
  }

  /// The title of an area that a row is: one text and nothing else, where no measure can be.
  private static func areaTitle(_ table: Table, _ row: Int, _ columns: PlanColumns) -> String? {
    let filled = (0..<table.width(row)).filter {
      !table.text(row, $0).isEmpty && !table.cell(row, $0).continuesAbove
    }
    // 一 | 提升政务服务水平, with nothing behind it.
    if filled.count == 2, ChineseNumeral.value(table.text(row, filled[0]).withoutEnd) != nil {
      let name = table.text(row, filled[1]).collapsed
      let isElsewhere = columns.units.contains { $0.column == filled[1] } || columns.deadline == filled[1]
      return isElsewhere || name.count > 60 ? nil : name
    }
    guard filled.count == 1, let column = filled.first else { return nil }
    let text = table.text(row, column).collapsed
    let isElsewhere = column == 0 || column == columns.number || column == columns.area
    guard !text.allSatisfy(\.isNumber), !TableNote.isNote(text), !text.contains("续表"),
      isElsewhere || TableNote.areaTitle(text) != nil, text.count <= 60
    else { return nil }
    let name = TableNote.areaTitle(text) ?? text
    return name.replacing(/[（(]共?\d+[项个条件类][）)]$/, with: "")
  }

  private mutating func read(_ row: PlanRow, title: String?, status: String?, under index: Int) {
    guard !row.isEmpty else { return }
    if row.isSameMeasure, extendLast(with: row, status: status) { return }
    let isNote = [row.first, row.measure].contains { $0.map(TableNote.isNote) ?? false }
    // 以下空白 below the last measure
    guard let text = row.measure, !(isNote && row.isAlone) else {
      findings.leaveOut(
        row.lines, "the row “\(row.printed.excerpt)” names no measure",
        help: isNote ? nil : "add it by hand if it is one")
      return
    }
    enterArea(of: row, title: title, under: index)
    guard let currentArea else { return }
    if let doubt = row.doubt {
      findings.doubt(
        row.lines,
        "the row “\(row.printed.excerpt)” \(doubt)",
        help: "compare the ledger with the document here")
    }
    let goal = row.ownGoal
    let parts = NumberedParts.parts(text)
    let isParted = parts.count > 1
    for figure in parts.compactMap(\.figure) {
      findings.doubt(
        row.lines,
        "the number at the beginning of “\(figure.excerpt)” may be one figure with the digits behind it",
        help: "compare the ledger with the document here")
    }
    let numbers = isParted ? parts.map(\.number) : []
    let countsAreas = row.countsAreas && title == nil
    let ofTitle = status == nil ? title.flatMap(StatusTitle.word) : nil
    if let ofTitle, let title {
      findings.doubt(
        row.lines,
        "no status of its own: the measures under “\(title.excerpt)” count as “\(ofTitle)”",
        help: "write 状态 in each row where that isn't so, or rename the sheet or line")
    }
    for part in parts {
      var measure = ImportedMeasure(
        number: countsAreas ? part.number : row.number, text: part.text, lines: row.lines)
      if isParted, !countsAreas { measure.number = nil }
      measure.task = row.task
      measure.status = status ?? ofTitle.map { StatusCell.word($0, under: "状态") }
      measure.isTaskTitle = row.isTaskTitle && !isParted
      for words in [goal, row.stages].compactMap({ $0 }) {
        measure.text = measure.text.withoutEnd + "。" + words
      }
      measure.closing = row.closing(of: part.number, among: numbers)
      areas[currentArea].measures.append(measure)
    }
    if !countsAreas, isParted || row.sharesNumber { areas[currentArea].countsAnew = true }
    if row.closing.isEmpty {
      findings.doubt(
        row.lines, "“\(text.collapsed.excerpt)” names no unit, person or deadline",
        help: "add them, or delete the measure if it is none")
    }
    take(row.lines)
  }

  private mutating func enterArea(of row: PlanRow, title: String?, under index: Int) {
    let area: Int
    if let name = row.area {
      area = enter(.cell(name), name: name)
    } else if let title {
      area = enter(.cell(title), name: title)
      // A sheet or part of the table for each unit: who answers where its rows name nobody.
      areas[area].overall = unitClosing(of: title)
    } else if row.countsAreas, let problem = row.problem {
      area = enter(.cell(problem), name: problem.withoutEnd)
    } else {
      area = enterArea(of: index)
      take(areas[area].headingLines)
    }
    if let problem = row.problem, !areas[area].problems.contains(problem.withoutEnd) {
      areas[area].problems += ProblemCell.problems(problem).filter { !areas[area].problems.contains($0) }
    }
    if let goal = row.goal, !areas[area].goal.contains(goal) {
      areas[area].goal += areas[area].goal.isEmpty ? goal : "\n" + goal
    }
  }

  /// Adds the units and persons of a row that shares its measure's merged cell with the row above. Of two states neither
  /// counts: the other row's units would hear nothing more.
  private mutating func extendLast(with row: PlanRow, status: String?) -> Bool {
    guard let currentArea, let last = areas[currentArea].measures.indices.last,
      var closing = areas[currentArea].measures[last].closing
    else { return false }
    let own = row.closing
    closing.parties += own.parties.filter { !closing.parties.contains($0) }
    closing.supporting += own.supporting
    closing.deadlines += own.deadlines.filter { !closing.deadlines.contains($0) }
    closing.leftOver += own.leftOver.filter { !closing.leftOver.contains($0) }
    closing.lines += row.lines
    areas[currentArea].measures[last].closing = closing
    areas[currentArea].measures[last].lines += row.lines
    if status != areas[currentArea].measures[last].status {
      areas[currentArea].measures[last].status = nil
      findings.doubt(
        row.lines, "one merged measure has a second “状态”",
        help: "unmerge it and write the measure once for each row")
    }
    take(row.lines)
    return true
  }
}
