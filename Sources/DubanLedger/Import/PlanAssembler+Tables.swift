extension PlanAssembler {
  /// Takes the measures of a table; what doesn't fit is left out.
  mutating func read(_ paper: PaperTable, under index: Int) {
    let table = paper.table
    guard var header = TableHeader(table, with: PlanColumns.named), header.holdsMeasures else {
      return leaveOut(paper)
    }
    var columns = PlanColumns(header, of: table)
    reportOthers(columns, header, paper)
    take(paper.lines[..<header.rows.upperBound].flatMap { $0 })
    var title: String?
    // What a cell that is merged downwards says: in a PDF the cells below it are empty.
    var above: [Int: String] = [:]
    var row = header.rows.upperBound
    while row < table.rows.count {
      if let again = Self.repeatedHeader(table, row, like: header) {
        (header, row) = (again, again.rows.upperBound)
        columns = PlanColumns(header, of: table)
        take(paper.lines[again.rows].flatMap { $0 })
        continue
      }
      if let name = Self.areaTitle(table, row, columns) {
        title = name
        above = [:]
        take(paper.lines[row])
      } else {
        for column in 0..<table.width(row) {
          let text = table.text(row, column)
          if !text.isEmpty, !PlanColumns.saysSame(text) { above[column] = text }
        }
        read(PlanRow(paper, row, columns, above: above), title: title, under: index)
      }
      row += 1
    }
  }

  private mutating func leaveOut(_ paper: PaperTable) {
    let isTable = paper.lines.count > 1 && paper.table.width(0) > 2
    guard isTable, let first = paper.lines.first else { return }
    findings.append(
      ImportFinding(
        .leftOut, paper.lines.flatMap { $0 },
        "left out: the table “\(paper.printed(0).excerpt)” has no headings of measures that are known",
        help: "name its columns 序号, 整改措施, 责任单位, 责任人 and 完成时限, or add its measures by hand"))
    take(first)
  }

  /// Columns that nothing is read from are listed once each.
  private mutating func reportOthers(_ columns: PlanColumns, _ header: TableHeader, _ paper: PaperTable) {
    for column in header.columns where column.heading == .measure && PlanColumns.heading(column.words) == nil
    {
      findings.append(
        ImportFinding(
          .aside, paper.lines[header.rows].flatMap { $0 },
          "the column “\(column.words.squeezed)” was taken for the measures, since it holds most of the text")
      )
    }
    for words in columns.taken {
      findings.append(ImportFinding(.aside, paper.lines[header.rows].flatMap { $0 }, words))
    }
    for (column, words) in columns.others {
      let filled = (header.rows.upperBound..<max(header.rows.upperBound, paper.lines.count)).filter {
        !paper.table.text($0, column).isEmpty
      }
      guard let first = filled.first, let last = filled.last else {
        if !["备注", "说明"].contains(words) {
          findings.append(
            ImportFinding(
              .aside, paper.lines[header.rows].flatMap { $0 },
              "left out: the column “\(words)”, which is empty"))
        }
        continue
      }
      let name = words.isEmpty ? "without a heading" : "“\(words)”"
      let isAsked = columns.asked.contains(column)
      findings.append(
        ImportFinding(
          isAsked ? .leftOut : .aside, paper.lines[header.rows.lowerBound...last].flatMap { $0 },
          "left out: the column \(name), which says “\(paper.table.text(first, column).collapsed.excerpt)” and the like in \(filled.count) rows",
          help: isAsked ? "give it a usual heading (责任单位, 配合单位, 责任人, 完成时限) if it counts" : ""))
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
    // The widest column was taken for the measures, under a heading that only stands where it was found.
    guard header.columns.contains(where: { texts.contains($0.words.squeezed) && $0.heading == .measure })
    else {
      return nil
    }
    var same = header
    same.rows = found.rows
    return same
  }

  /// The title of an area that a row is: one text and nothing else, where no measure can stand.
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

  private mutating func read(_ row: PlanRow, title: String?, under index: Int) {
    guard !row.isEmpty else { return }
    if row.isSameMeasure, extendLast(with: row) { return }
    let isNote = [row.first, row.measure].contains { $0.map(TableNote.isNote) ?? false }
    // 以下空白 below the last measure
    guard let text = row.measure, !(isNote && row.isAlone) else {
      findings.append(
        ImportFinding(
          isNote ? .aside : .leftOut, row.lines,
          "left out: the row “\(row.printed.excerpt)” names no measure",
          help: isNote ? "" : "add it by hand if it is one"))
      return
    }
    enterArea(of: row, title: title, under: index)
    guard let currentArea else { return }
    if let doubt = row.doubt {
      findings.append(
        ImportFinding(
          .doubt, row.lines,
          "the row “\(row.printed.excerpt)” \(doubt)",
          help: "compare the ledger with the document here"))
    }
    let goal = row.ownGoal
    let parts = NumberedParts.parts(text)
    let isParted = parts.count > 1
    let numbers = isParted ? parts.map(\.number) : []
    let countsAreas = row.countsAreas && title == nil
    for part in parts {
      var measure = ImportedMeasure(
        number: countsAreas ? part.number : row.number, text: part.text, lines: row.lines)
      if isParted, !countsAreas { measure.number = nil }
      measure.task = row.task
      measure.isTaskTitle = row.isTaskTitle && !isParted
      for words in [goal, row.stages].compactMap({ $0 }) {
        measure.text = measure.text.withoutEnd + "。" + words
      }
      measure.closing = row.closing(of: part.number, among: numbers)
      areas[currentArea].measures.append(measure)
    }
    if !countsAreas, isParted || row.sharesNumber { areas[currentArea].countsAnew = true }
    if row.closing.isEmpty {
      findings.append(
        ImportFinding(
          .doubt, row.lines, "“\(text.collapsed.excerpt)” names no unit, person or deadline",
          help: "add them, or delete the measure if it is none"))
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

  /// Adds the units and persons of a row that shares its measure's merged cell with the row above.
  private mutating func extendLast(with row: PlanRow) -> Bool {
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
    take(row.lines)
    return true
  }
}

/// What a row of a paper's table says.
private struct PlanRow {
  let lines: [SourceLine]
  let printed: String
  let doubt: String?
  private let table: Table
  private let row: Int
  private let columns: PlanColumns
  private let above: [Int: String]

  init(_ paper: PaperTable, _ row: Int, _ columns: PlanColumns, above: [Int: String]) {
    self.above = above
    (lines, printed, doubt) = (paper.lines[row], paper.printed(row), paper.doubts[row])
    (table, self.row, self.columns) = (paper.table, row, columns)
  }

  private func text(_ column: Int?) -> String? {
    guard let column else { return nil }
    let text = table.text(row, column)
    let isAbove = PlanColumns.saysSame(text) || text.isEmpty && columns.shared.contains(column)
    return isAbove ? above[column] : text.isEmpty ? nil : text
  }

  /// A cell's paragraphs as one text.
  private func running(_ column: Int?) -> String? {
    text(column).map { $0.split(separator: "\n").reduce("") { .unwrapped($0, String($1)) } }
  }

  /// The first cell that holds something.
  var first: String? { (0..<table.width(row)).lazy.map { table.text(row, $0) }.first { !$0.isEmpty } }

  /// Whether one cell holds something, and no other beside its number.
  var isAlone: Bool {
    (0..<table.width(row)).count { column in
      column != columns.number && !table.text(row, column).isEmpty && !table.cell(row, column).continuesAbove
    } == 1
  }

  /// Whether it has nothing of its own.
  var isEmpty: Bool {
    (0..<table.width(row)).allSatisfy { table.text(row, $0).isEmpty || table.cell(row, $0).continuesAbove }
  }

  var area: String? { running(columns.area) }
  var problem: String? { running(columns.problem) }
  var goal: String? { running(columns.goal) }

  /// The goal that is the row's own, with its heading.
  var ownGoal: String? {
    columns.ownGoal.flatMap { goal in running(goal.column).map { "\(goal.words)：\($0)" } }
  }

  var number: Int? { text(columns.number).flatMap { Int($0.withoutEnd) } }

  /// Whether several rows have one number in a merged cell.
  var sharesNumber: Bool { columns.number.map { table.cell(row, $0).continuesAbove } ?? false }

  /// Whether the rows are numbered by their problems, each of which has measures of its own.
  var countsAreas: Bool { columns.problem != nil && columns.area == nil }

  var measure: String? {
    guard let last = columns.measures.last else { return nil }
    return text(last) ?? columns.measures.dropLast().last.flatMap(text)
  }

  /// Whether the measure is the one of the row above, in one merged cell.
  var isSameMeasure: Bool {
    columns.measures.last.map { table.cell(row, $0).continuesAbove && text($0) != nil } ?? false
  }

  /// The task that the measure belongs to.
  var task: String? {
    guard let last = columns.measures.last, text(last) != nil else { return nil }
    let tasks = columns.measures.dropLast().compactMap(running)
    return tasks.isEmpty ? nil : tasks.joined(separator: "：")
  }

  /// Whether the task is the measure's own title.
  var isTaskTitle: Bool { !columns.areTasksShared }

  /// Who and by when, for all measures of the row.
  var closing: Closing { closing(of: nil, among: []) }

  /// Who and by when for the measure of that number among the row's: cells that are numbered as the measures are say it of
  /// each (1.县发改局 2.县审计局).
  func closing(of number: Int?, among numbers: [Int?]) -> Closing {
    var closing = Closing(lines: lines)
    func value(_ column: Int) -> String? {
      guard let text = text(column), text != "无", !text.allSatisfy({ "-—－–/／".contains($0) }) else {
        return nil
      }
      let parts = NumberedParts.counted(text)
      if parts.isEmpty { return text }
      if parts.map(\.number) == numbers, let own = parts.first(where: { $0.number == number }) {
        return own.text
      }
      if !numbers.isEmpty || column == columns.deadline {
        closing.doubts.append("the numbers in “\(text.collapsed.excerpt)” are not those of its measures")
      }
      return parts.map(\.text).joined(separator: column == columns.deadline ? "；" : "\n")
    }
    var list = UnitList()
    var combined: [(String, UnitRole)] = []
    for (column, role) in columns.units {
      guard let value = value(column) else { continue }
      // Also a cell with labels of its own: 牵头单位：县水利局 over 责任人：何清.
      if columns.combined.contains(column) || Closing.hasOtherLabels(value) {
        combined.append((value, role))
      } else {
        list.add(value, role: role)
      }
    }
    closing.add(list)
    for (value, role) in combined { closing.add(unitsAndPersons: value, role: role) }
    for column in columns.persons { if let value = value(column) { closing.add(.persons, value) } }
    for column in columns.leaders {
      if let value = value(column) {
        closing.leaders.append(value.split(separator: "\n").reduce("") { .unwrapped($0, String($1)) })
      }
    }
    if let value = columns.deadline.flatMap(value) {
      // 立行立改 over 11月15日前 are two, 2023年 over 6月底前 is one.
      let phrases = value.split(separator: "\n").map(String.init).reduce(into: [String]()) { phrases, line in
        if let last = phrases.last,
          PlanDate.goesOn(last, with: line) || ![last, line].allSatisfy(PlanDate.soundsLikeDeadline)
        {
          phrases[phrases.count - 1] = .unwrapped(last, line)
        } else {
          phrases.append(line)
        }
      }
      if phrases.count > 1, phrases.count == Set(numbers).count, phrases.count == numbers.count,
        let place = numbers.firstIndex(of: number)
      {
        closing.add(.deadline, phrases[place])
        closing.doubts.append(
          "the lines of “\(value.collapsed.excerpt)” were taken for its measures in their order")
      } else {
        for phrase in phrases { closing.add(.deadline, phrase) }
      }
    }
    for (quarter, words) in quarters {
      let says = Self.completing.contains(where: words.hasPrefix)
      closing.add(.deadline, says ? quarter + words.withoutEnd : quarter)
    }
    // 1.1 beside the first measure of area 1 is its number, and so is XF-01.
    if self.number == nil, let words = running(columns.number), ChineseNumeral.value(words.withoutEnd) == nil,
      !words.allSatisfy({ $0.isASCII || ".．-－".contains($0) }),
      !table.cell(row, columns.number ?? 0).continuesAbove
    {
      closing.leftOver.append(words)
    }
    return closing
  }

  /// The row's quarters, each with what is done by its end; without words where only a mark stands there.
  private var quarters: [(quarter: String, words: String)] {
    columns.quarters.compactMap { column, heading in
      guard let value = running(column)?.collapsed, !Self.nothing.contains(value),
        !value.allSatisfy({ "-—－–/／".contains($0) })
      else { return nil }
      let isMark = value.count == 1 && !(value.first?.isIdeograph ?? false)
      let own = String(heading.split(separator: "／").last ?? heading[...])
      let quarter = own.firstRange(of: "季度").map { String(own[..<$0.upperBound]) } ?? own
      return (quarter, isMark ? "" : value)
    }
  }

  /// What is done by which quarter's end, where its words can't stand in a deadline: 三季度：主体封顶.
  var stages: String? {
    let stages = quarters.filter { quarter in
      !quarter.words.isEmpty && !Self.completing.contains(where: quarter.words.hasPrefix)
    }
    return stages.isEmpty
      ? nil : stages.map { "\($0.quarter)：\($0.words.withoutEnd)" }.joined(separator: "；") + "。"
  }

  /// Words by which a quarter's end is a deadline for certain.
  private static let completing = ["完成", "建成", "竣工", "通过", "投用", "实现", "开工", "启动", "开展"]

  /// Marks by which a quarter is none.
  private static let nothing = ["×", "✗", "✘", "○", "〇", "☐", "□", "0", "否", "无"]
}
