import DubanCore

/// The header of a table: which column holds what, and where the rows under it begin.
struct TableHeader {
  /// How many rows are searched for the header: titles, dates and notes may be above it.
  static let rowsSearched = 30
  /// How many rows one header may take.
  private static let depth = 3
  /// No heading is over more columns than this; it keeps the time for a row of thousands of headings within bounds.
  private static let widestGroup = 40

  /// The rank of a column whose heading isn't known, and which is taken for the measures.
  static let guessed = -1

  struct Column {
    var index: Int
    var heading: Heading
    var rank: Int
    var location: Diagnostic.Location
    /// The heading as it is in the file.
    var words: String
  }

  /// From left to right.
  var columns: [Column] = []
  /// Columns whose heading isn't known.
  var unknown: [(index: Int, words: String, location: Diagnostic.Location)] = []
  var rows: Range<Int>

  /// The first header among the table's first rows; nil when there is none.
  ///
  /// - Parameter papers: what headings mean that are known besides those of spreadsheets.
  init?(_ table: Table, with papers: ((String) -> Heading?)? = nil) {
    for row in table.rows.indices.prefix(Self.rowsSearched) {
      let hasHeading = (0..<table.width(row)).contains {
        let words = table.text(row, $0)
        return Heading.named(words) != nil || papers?(words) != nil
      }
      guard hasHeading else { continue }
      let header = TableHeader(table, at: row, with: papers)
      if header.holdsMeasures || header.holdsOwners {
        self = header
        return
      }
    }
    return nil
  }

  /// The header that begins in that row, whatever it holds.
  init(_ table: Table, at row: Int, with papers: ((String) -> Heading?)? = nil) {
    var end = row + 1
    while end < min(row + Self.depth, table.rows.count), Self.row(end, continuesHeader: row..<end, of: table)
    {
      end += 1
    }
    rows = row..<end
    let locations = rows.map { table.locations(row: $0) }
    for column in 0..<(rows.map(table.width).max() ?? 0) {
      let cells = rows.reversed().filter { row in
        let cell = table.cell(row, column)
        return cell.count > 0 && !cell.continuesAbove
      }
      guard let lowest = cells.first, !table.isEmpty(lowest, column) else { continue }
      let group = Self.group(over: lowest, column, in: row..<lowest, of: table)
      let named = group == nil ? cells.first { Heading.named(table.text($0, column)) != nil } : nil
      let cell = named ?? lowest
      let (own, location) = (table.text(cell, column), locations[cell - row][column])
      let words = (group.map { $0 + "／" } ?? "") + own
      if let (heading, rank) = Heading.named(own, under: group) {
        columns.append(
          Column(index: column, heading: heading, rank: rank, location: location, words: words))
      } else if let heading = papers?(own) {
        columns.append(Column(index: column, heading: heading, rank: .max, location: location, words: words))
      } else {
        unknown.append((column, words, location))
      }
    }
    findMeasures(table)
  }

  /// The heading of several columns that is above a cell: merged over them, or with nothing beside it where only the
  /// row below has something (责任分工 over 责任单位 and 责任人).
  private static func group(over row: Int, _ column: Int, in header: Range<Int>, of table: Table) -> String? {
    for above in header.reversed() {
      var first = column
      while first > max(0, column - widestGroup), table.cell(above, first).count == 0 { first -= 1 }
      let cell = table.cell(above, first)
      if cell.count == 0 { continue }
      if first + Int(cell.furtherColumns) >= column, cell.furtherColumns > 0 { return table.text(of: cell) }
      if cell.furtherColumns > 0 || cell.continuesAbove { continue }
      let isParted =
        first < column
        || table.cell(above, column + 1).count == 0 && column + 1 < table.width(row)
          && table.cell(row, column + 1).count > 0 && !table.cell(row, column + 1).continuesAbove
      let between = (first...max(first, column)).allSatisfy {
        table.cell(row, $0).count > 0 && !table.cell(row, $0).continuesAbove
      }
      guard isParted, between else { return nil }
      let around = max(0, first - widestGroup)..<max(first, min(table.width(row), column + widestGroup))
      let isAlone = around.allSatisfy { place in
        table.cell(row, place).count == 0 || table.cell(row, place).continuesAbove
          || place == first || table.cell(above, place).count == 0
          || table.cell(above, place + 1).count == 0
      }
      return isAlone ? table.text(of: cell) : nil
    }
    return nil
  }

  /// Takes a column without a known heading for the measures, where unit and deadline columns are known: offices have a
  /// hundred words for it. One whose heading asks for something counts first (审计建议 beside 审计发现问题), then one that is
  /// called so in papers (项目名称), then the problems themselves, and at last the one with most text. What says how it went,
  /// why not, or who looked is none: 备注, 整改结果, 佐证材料; nor is one that is written once for several rows.
  private mutating func findMeasures(_ table: Table) {
    guard !has(.measure), has(.units), has(.deadline) else { return }
    // Of 整改措施1 | 整改措施2 none is the measures.
    let numbered = unknown.filter { column in
      var words = column.words[...]
      while words.last?.isNumber ?? false { words.removeLast() }
      return words.count < column.words.count && Heading.named(String(words))?.heading == .measure
    }
    if numbered.count > 1 { return }
    let below = rows.upperBound..<min(table.rows.count, rows.upperBound + 50)
    func width(_ column: Int) -> Int {
      below.reduce(0) { $0 + (table.cell($1, column).continuesAbove ? 0 : table.text($1, column).count) }
    }
    let candidates = unknown.indices.filter { place in
      let words = Heading.plain(unknown[place].words)
      return !words.hasSuffix("人") && !words.hasSuffix("号")
        && !Self.remarks.contains(where: words.contains) && width(unknown[place].index) > 0
    }
    let tasks = candidates.filter { place in
      Self.asking.contains(where: unknown[place].words.contains)
    }
    let named = candidates.filter { place in
      PlanColumns.named(Heading.plain(unknown[place].words)) == .measure
    }
    let subjects = candidates.filter { place in Self.subjects.contains(where: unknown[place].words.contains) }
    let preferred = [tasks, named, subjects].first { !$0.isEmpty } ?? []
    if preferred.isEmpty, let problems = columns.firstIndex(where: { $0.heading == .problems }) {
      columns[problems].heading = .measure
      columns[problems].rank = Self.guessed
      return
    }
    // 项目内容, and no other column of measures
    if preferred.isEmpty, let text = columns.firstIndex(where: { $0.heading == .text }) {
      columns[text].heading = .measure
      columns[text].rank = Self.guessed
      return
    }
    let widths = (preferred.isEmpty ? candidates : preferred).map { place in
      (place: place, width: width(unknown[place].index))
    }
    guard let widest = widths.max(by: { $0.width < $1.width }),
      widest.width >= (preferred.isEmpty ? below.count * 4 : 1)
    else { return }
    let column = unknown.remove(at: widest.place)
    columns.append(
      Column(
        index: column.index, heading: .measure, rank: Self.guessed, location: column.location,
        words: column.words))
    columns.sort { $0.index < $1.index }
  }

  /// Words in the headings of columns that say what is to be done.
  private static let asking = ["措施", "举措", "任务", "建议", "要求", "对策", "办法", "思路", "做法", "打算"]
  /// Words in the headings of columns that say what it is about.
  private static let subjects = ["名称", "事项", "诉求", "内容", "议题", "线索", "隐患"]

  /// Words in the headings of columns that say something about a measure and aren't one.
  private static let remarks = [
    "备注", "说明", "佐证", "材料", "证明", "附件", "原因", "结果", "成效", "效果", "进度", "进展", "情况", "状态", "类别", "类型", "分类",
    "性质",
    "验收", "复查", "复核", "销号", "资金", "经费", "金额", "依据", "来源", "出处", "日期", "时间", "时限", "地址", "地点", "电话", "领导",
    "评价", "意见反馈", "批注", "等级", "困难", "编号", "文号", "会议", "规模", "投资", "指标", "标准", "来文", "满意",
  ]

  /// Whether the row belongs to the header above it: it adds a heading, and no column that has one gets other words.
  private static func row(_ row: Int, continuesHeader header: Range<Int>, of table: Table) -> Bool {
    var adds = false
    for column in 0..<table.width(row) {
      let cell = table.cell(row, column)
      if cell.count == 0 || cell.continuesAbove { continue }
      if let group = group(over: row, column, in: header, of: table) {
        // What is under one heading over several columns parts it.
        let words = table.text(of: cell)
        adds =
          adds || Heading.named(words, under: group) != nil || PlanColumns.isQuarter(words)
          || Heading.isStatus(words, under: group)
      } else if Heading.named(table.text(of: cell)) != nil {
        adds = true
      } else if header.contains(where: { Heading.named(table.text($0, column)) != nil }) {
        return false
      }
    }
    // The same headings once more are the header of the next printed page.
    let isRepeated = header.contains { above in
      (0..<table.width(row)).allSatisfy { table.text(row, $0) == table.text(above, $0) }
    }
    return adds && !isRepeated
  }

  var holdsMeasures: Bool { has(.measure) && columns.count > 1 }

  /// Whether the table is one of owners with their addresses.
  var holdsOwners: Bool { !has(.measure) && has(.persons) && has(.email) }

  /// Whether a column holds this.
  func has(_ heading: Heading) -> Bool { columns.contains { $0.heading == heading } }
}

/// The row of a table without a known header that looks most like one, for a person to see what is missing.
struct LikelyHeader {
  /// How many of its headings are known, and how many texts it has besides.
  private(set) var score = (known: 0, others: 0)
  /// Where it is: its first heading that isn't known, or its first cell.
  private(set) var location: Diagnostic.Location
  private let row: Int
  private let unknown: [String]

  /// The best row of a table; nil where none has two headings and three texts.
  init?(_ table: Table) {
    var best: LikelyHeader?
    for row in table.rows.indices.prefix(TableHeader.rowsSearched) {
      let candidate = LikelyHeader(table, row)
      if let candidate, best.map({ $0.score < candidate.score }) ?? true { best = candidate }
    }
    guard let best else { return nil }
    self = best
  }

  private init?(_ table: Table, _ row: Int) {
    let columns = table.filled(row)
    let texts = columns.map { table.text(row, $0).onOneLine }
    guard texts.count > 1, texts.allSatisfy({ $0.count <= 20 }),
      !texts.contains(where: { $0.contains("：") || $0.allSatisfy(\.isNumber) })
    else { return nil }
    let others = columns.filter { Heading.named(table.text(row, $0)) == nil }
    guard texts.count > 2 || others.count < texts.count else { return nil }
    score = (texts.count - others.count, others.count)
    location = table.location(row, others.first ?? columns[0])
    self.row = Int(table.rows[row].line)
    unknown = others.map { table.text(row, $0).onOneLine }
  }

  /// What to say of it: `row 3 looks most like its header, but “整治要点” is no heading that is known`.
  var words: String {
    let names = unknown.prefix(4).map { "“\($0.excerpt)”" }.joined(separator: ", ")
    let further = unknown.count > 4 ? " and \(unknown.count - 4) more" : ""
    let missing =
      unknown.isEmpty
      ? "no heading of a measure stands in it"
      : "\(names)\(further) \(unknown.count == 1 ? "is no heading that is" : "are no headings that are") known"
    return "row \(row) looks most like its header, but \(missing)"
  }
}
