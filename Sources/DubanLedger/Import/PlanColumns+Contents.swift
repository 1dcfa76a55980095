/// Columns that are read by what is in them, since their headings don't say it.
extension PlanColumns {
  /// A column by its heading.
  typealias Named = (Int, Heading, String)

  /// Adds the columns below a heading that is over several (工作任务 over the task and its measures, 责任单位 over those
  /// that lead and those that help); only the first of them has it. What fits no such heading is left out, and asked.
  mutating func addColumnsWithoutHeading(
    to named: inout [Named], _ header: TableHeader, _ table: Table, _ rows: Range<Int>
  ) {
    let width = rows.map(table.width).max() ?? 0
    let known = Set(named.map(\.0) + header.unknown.map(\.index))
    for column in 0..<width where !known.contains(column) {
      guard
        rows.contains(where: { !table.text($0, column).isEmpty && !table.cell($0, column).continuesAbove })
      else { continue }
      let left = (0..<column).last { known.contains($0) }
      let place = named.firstIndex { $0.0 == left }
      let content = CellContent.kind(ofColumn: column, in: table, rows)
      guard let place, let heading = Self.heading(below: named[place].1, holding: content) else {
        others.append((column, ""))
        asked.insert(column)
        continue
      }
      if heading == named[place].1, heading != .id,
        CellContent.areNumbers(inColumn: named[place].0, of: table, rows)
      {
        // 一 beside 优化环境, below one heading.
        named.append((named[place].0, .id, named[place].2))
        named[place].0 = column
        continue
      }
      // 责任单位及责任人 over both: the units' cells name no persons.
      let words = heading == named[place].1 ? named[place].2 : heading == .units ? "责任单位" : "责任人"
      if heading == .persons { named[place].2 = "责任单位" }
      named.insert((column, heading, words), at: place + 1)
      taken.append("the column without a heading beside “\(named[place].2)” was taken to belong to it")
    }
  }

  /// What a column below the right half of a heading is, by what its cells hold; nil where they don't fit the heading.
  private static func heading(below heading: Heading, holding content: Heading?) -> Heading? {
    switch (heading, content) {
    case (.units, .units?), (.units, .persons?), (.persons, .persons?), (.persons, .units?): content
    case (.measure, nil), (.text, nil), (.problems, nil), (.area, nil), (.goal, nil): heading
    case (.deadline, .deadline?): heading
    default: nil
    }
  }

  /// Takes a column for the deadlines where none is known and its heading and cells say so: 推进时序, 完成节点. Other columns of
  /// units, persons or deadlines are asked about.
  mutating func readUnknownColumns(_ table: Table, _ rows: Range<Int>) {
    for (column, words) in others where !asked.contains(column) && Self.heading(words) != .progress {
      switch CellContent.kind(ofColumn: column, in: table, rows) {
      case .deadline? where deadline == nil:
        if ["时序", "节点", "进度", "安排", "时间", "期", "计划"].contains(where: words.contains),
          !Self.pastTimes.contains(where: words.contains)
        {
          deadline = column
          taken.append("the column “\(words)” was taken for the deadlines, by what its cells say")
        } else {
          asked.insert(column)
        }
      case .units?: asked.insert(column)
      case .persons? where persons.isEmpty && leaders.isEmpty: asked.insert(column)
      default: break
      }
    }
    others.removeAll { $0.column == deadline }
  }

  /// Whether a heading is a quarter's or half's, and no report of how things went in it.
  static func isQuarter(_ words: String) -> Bool {
    words.count <= 20 && ["季度", "上半年", "下半年"].contains(where: words.contains)
      && !["完成情况", "进展", "实际", "得分"].contains(where: words.contains)
  }

  /// Takes columns called 一季度, 二季度 and so on for the deadlines where there is no other.
  mutating func readQuarters() {
    let found = others.filter { Self.isQuarter($0.words) }
    guard deadline == nil, found.count > 1 else { return }
    quarters = found
    others.removeAll { other in found.contains { $0.column == other.column } }
    taken.append(
      "the deadlines were taken from the columns “\(found.map(\.words).joined(separator: "、"))”")
  }

  /// Words in the headings of columns that say when something happened, or begins.
  private static let pastTimes = [
    "实际", "发文", "来文", "收文", "成文", "发现", "检查", "交办", "受理", "填报", "上报", "启动", "开始", "开工", "出生", "任职",
  ]

  /// A goal that each row has of its own belongs to its measure, one that is shared by several rows to their area: beside a
  /// task alone it is what is to be done.
  mutating func readGoals(_ table: Table, _ rows: Range<Int>, words: String) {
    guard let goal, let last = measures.last else { return }
    let measured = rows.filter { !table.text($0, last).isEmpty && !table.cell($0, last).continuesAbove }
    func isOwn(_ column: Int) -> Bool {
      measured.allSatisfy { row in
        let text = table.text(row, column)
        return !text.isEmpty && !table.cell(row, column).continuesAbove && !PlanColumns.saysSame(text)
          && (row == rows.lowerBound || text != table.text(row - 1, column))
      }
    }
    guard !measured.isEmpty, isOwn(goal), problem.map(isOwn) != true else { return }
    if measures.count == 1, !measured.contains(where: { NumberedParts.parts(table.text($0, last)).count > 1 })
    {
      measures = (measures + [goal]).sorted()
    } else {
      ownGoal = (goal, words)
    }
    self.goal = nil
  }
}

/// What a table's cells hold by their own words, whatever their heading says.
enum CellContent {
  /// Units, persons or a deadline; nil for anything else.
  static func kind(_ cell: String) -> Heading? {
    let names = cell.parts(at: ["、", "，", ",", "\n"])
    if names.isEmpty { return nil }
    if names.allSatisfy({ NameList.looksLikeUnit($0) || $0.count <= 10 && NameList.isVague($0) }) {
      return .units
    }
    if names.allSatisfy({ NameList.looksLikeName($0.squeezed) }) { return .persons }
    return PlanDate.soundsLikeDeadline(cell) && cell.count <= 24 ? .deadline : nil
  }

  /// What nearly all cells of a column hold, those that only repeat the one above left aside.
  static func kind(ofColumn column: Int, in table: Table, _ rows: Range<Int>) -> Heading? {
    let cells = texts(ofColumn: column, in: table, rows)
    return [Heading.units, .persons, .deadline].first { kind in
      !cells.isEmpty && cells.count { self.kind($0) == kind } * 5 >= cells.count * 4
    }
  }

  /// Whether a column only counts: 1, 一, （一）.
  static func areNumbers(inColumn column: Int, of table: Table, _ rows: Range<Int>) -> Bool {
    let cells = texts(ofColumn: column, in: table, rows)
    return !cells.isEmpty
      && cells.allSatisfy { cell in
        let bare = cell.filter { !$0.opensBracket && !$0.closesBracket }.withoutEnd
        return Int(bare) != nil || ChineseNumeral.value(bare) != nil
      }
  }

  private static func texts(ofColumn column: Int, in table: Table, _ rows: Range<Int>) -> [String] {
    rows.filter { !table.cell($0, column).continuesAbove }.map { table.text($0, column) }
      .filter { text in !text.isEmpty && !text.allSatisfy { "/／—-－无".contains($0) } }
  }
}
