/// Tables that were pasted as lines: one row a line with tabs or bars between its cells, or one cell a line.
enum PlanTable {
  /// What a column holds.
  enum Column: Hashable, Sendable {
    case number, area, problem, goal, measure, units, persons, deadline, other
  }

  /// A row under known headings.
  struct Row: Hashable, Sendable {
    /// The cells by column; nil where they don't fit the headings.
    var cells: [Column: String]?
    /// The row's lines.
    var lines: [SourceLine]
    /// The cells as printed.
    var printed: String
  }

  private static let words: [String: Column] = [
    "序号": .number, "编号": .number, "领域": .area, "指标": .area, "一级指标": .area, "类别": .area, "主要问题": .problem,
    "存在问题": .problem, "问题": .problem, "反馈问题": .problem, "具体问题": .problem, "整改目标": .goal, "工作目标": .goal,
    "目标": .goal, "整改措施": .measure, "工作措施": .measure, "具体措施": .measure, "措施": .measure, "工作任务": .measure,
    "重点任务": .measure, "任务": .measure, "工作内容": .measure, "任务内容": .measure, "备注": .other, "进展情况": .other,
  ]

  static func column(_ heading: some StringProtocol) -> Column? {
    let word = heading.squeezed
    if let column = words[word] { return column }
    switch PlanLabel.words[word] {
    case .units: return .units
    case .persons: return .persons
    case .deadline: return .deadline
    default: return nil
    }
  }

  /// The rows by the index of their first line, and the indices of the headings' lines.
  static func rows(in lines: [SourceLine]) -> (rows: [Int: Row], headings: Set<Int>) {
    var (rows, headings) = ([Int: Row](), Set<Int>())
    var index = 0
    while index < lines.count {
      if let columns = self.columns(cells(of: lines[index])) {
        headings.insert(index)
        index += 1
        while index < lines.count, let row = row(lines[index], columns) {
          rows[index] = row
          index += 1
        }
      } else if let columns = stackedColumns(lines, at: index) {
        headings.formUnion(index..<index + columns.count)
        index = readStacked(lines, from: index + columns.count, columns, into: &rows)
      } else {
        index += 1
      }
    }
    return (rows, headings)
  }

  /// A line's cells, between tabs, bars or runs of spaces; empty cells are kept between tabs and bars.
  private static func cells(of line: SourceLine) -> [String] {
    let text = line.text
    if text.contains("\t") {
      return text.split(separator: "\t", omittingEmptySubsequences: false).map(\.collapsed)
    }
    let bars: Set<Character> = ["|", "｜", "│"]
    if text.contains(where: bars.contains) {
      let isFramed = text.first.map(bars.contains) ?? false
      let inner =
        isFramed ? text.dropFirst().dropLast(text.last.map(bars.contains) ?? false ? 1 : 0) : text[...]
      return inner.split(omittingEmptySubsequences: false, whereSeparator: bars.contains).map(\.collapsed)
    }
    return [text.collapsed]
  }

  /// The columns of a line of headings; nil where it is none.
  private static func columns(_ cells: [String]) -> [Column]? {
    guard cells.count >= 3 else { return nil }
    let columns = cells.map { column($0) ?? .other }
    let known = columns.filter { $0 != .other }
    guard known.contains(.measure), known.contains(.units) || known.contains(.deadline),
      Set(known).count == known.count, known.count >= 3
    else { return nil }
    return columns
  }

  private static func row(_ line: SourceLine, _ columns: [Column]) -> Row? {
    let cells = cells(of: line)
    guard cells.count > 1 else { return nil }
    let isRule = line.text.allSatisfy { "-—|│｜+: ".contains($0) }
    let fits = cells.count == columns.count && !isRule
    return Row(
      cells: fits ? named(cells, columns) : nil, lines: [line], printed: cells.joined(separator: " | "))
  }

  private static func named(_ cells: [String], _ columns: [Column]) -> [Column: String] {
    var named: [Column: String] = [:]
    for (column, cell) in zip(columns, cells) where !cell.isEmpty { named[column, default: ""] += cell }
    return named
  }

  /// The columns of headings that stand one a line, from `start`; the first is the row's number.
  private static func stackedColumns(_ lines: [SourceLine], at start: Int) -> [Column]? {
    guard column(lines[start].text) == .number else { return nil }
    let columns = lines[start...].prefix(10).map { column($0.text) }.prefix { $0 != nil }.compactMap { $0 }
    guard columns.count >= 4, columns.contains(.measure),
      columns.contains(.units) || columns.contains(.deadline),
      Set(columns).count == columns.count
    else { return nil }
    return columns
  }

  /// Rows of one cell a line: each begins with the next number, and has as many lines as there are headings.
  private static func readStacked(
    _ lines: [SourceLine], from start: Int, _ columns: [Column], into rows: inout [Int: Row]
  ) -> Int {
    var (index, ordinal) = (start, 1)
    while index < lines.count, lines[index].text.squeezed == String(ordinal) {
      let next = String(ordinal + 1)
      var end = lines[(index + 1)...].firstIndex { $0.text.squeezed == next || endsTable($0) } ?? lines.count
      let isLast = end == lines.count || endsTable(lines[end])
      if isLast, end - index > columns.count, columns.last == .deadline,
        PlanDate.soundsLikeDeadline(lines[index + columns.count - 1].text)
      {
        end = index + columns.count
      }
      let group = Array(lines[index..<end])
      let fits = group.count == columns.count
      let cells = fits ? named(group.map(\.text.collapsed), columns) : nil
      rows[index] = Row(
        cells: cells, lines: group, printed: group.map(\.text.collapsed).joined(separator: " | "))
      (index, ordinal) = (end, ordinal + 1)
    }
    return index
  }

  private static func endsTable(_ line: SourceLine) -> Bool {
    if PlanLabel.read(line.text) != nil { return true }
    guard let marker = PlanMarker.read(line.text)?.marker else { return false }
    return marker.level <= .section
  }
}
