/// What a row of a document's table says.
struct PlanRow {
  let lines: [SourceLine]
  let printed: String
  let doubt: String?
  private let table: Table
  private let row: Int
  private let columns: PlanColumns
  private let above: [Int: String]

  init(_ document: DocumentTable, _ row: Int, _ columns: PlanColumns, above: [Int: String]) {
    self.above = above
    (lines, printed, doubt) = (document.lines[row], document.printed(row), document.doubts[row])
    (table, self.row, self.columns) = (document.table, row, columns)
  }

  private func text(_ column: Int?) -> String? {
    guard let column else { return nil }
    let text = table.text(row, column)
    let isAbove = PlanColumns.saysSame(text) || text.isEmpty && columns.shared.contains(column)
    return isAbove ? above[column] : text.isEmpty ? nil : text
  }

  /// A cell's paragraphs as one text.
  private func running(_ column: Int?) -> String? {
    text(column).map { $0.split(separator: "\n").unwrapped }
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
        closing.leaders.append(value.split(separator: "\n").unwrapped)
      }
    }
    if let value = columns.deadline.flatMap(value) {
      // 立行立改 over 11月15日前 are two, 2023年 over 6月底前 is one.
      let phrases = value.split(separator: "\n").map(String.init).reduce(into: [String]()) { phrases, line in
        if let last = phrases.last,
          PlanDate.goesOn(last, with: line) || ![last, line].allSatisfy(PlanDate.soundsLikeDeadline)
        {
          phrases[phrases.count - 1].unwrap(line)
        } else {
          phrases.append(line)
        }
      }
      if phrases.count > 1, phrases.count == Set(numbers).count, phrases.count == numbers.count,
        let place = numbers.firstIndex(of: number)
      {
        add(phrases[place], to: &closing)
        closing.doubts.append(
          "the lines of “\(value.collapsed.excerpt)” were taken for its measures in their order")
      } else {
        for phrase in phrases { add(phrase, to: &closing) }
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

  private func add(_ deadline: String, to closing: inout Closing) {
    closing.doubts += columns.yearOfDeadlines.doubt(deadline).map { [$0] } ?? []
    closing.add(.deadline, columns.yearOfDeadlines.phrase(deadline))
  }

  /// The row's quarters, each with what is done by its end; without words where only a mark is there.
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

  /// What is done by which quarter's end, where its words can't be in a deadline: 三季度：主体封顶.
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
