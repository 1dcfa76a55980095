/// Which column of a paper's table says what.
struct PlanColumns {
  var number: Int?
  var area: Int?
  var problem: Int?
  var goal: Int?
  /// From left to right; the last one says what is to be done, those before it under which task.
  var measures: [Int] = []
  /// Whether those before the last are repeated or merged over several rows, so that they can't be titles.
  var areTasksShared = false
  /// Each with its part.
  var units: [(column: Int, role: UnitRole)] = []
  var persons: [Int] = []
  /// Those among ``units`` whose cells name the persons too: 牵头单位及负责人.
  var combined: Set<Int> = []
  /// Leaders beside the persons who answer.
  var leaders: [Int] = []
  var deadline: Int?
  /// Columns that the ledger has no place for.
  var others: [(column: Int, words: String)] = []

  /// The columns whose cells count for the rows below them: an empty one there says the same.
  var shared: [Int] { [area, problem, goal].compactMap { $0 } + (areTasksShared ? measures.dropLast() : []) }

  /// Headings of papers that a spreadsheet which an office keeps up to date doesn't have, or means otherwise: 办结时间 is
  /// there when a thing was done.
  static let headings: [String: Heading] = {
    var headings: [String: Heading] = [:]
    for words in ["办结时间", "办结日期", "完成日期", "时间进度", "进度安排", "进度要求", "时间安排", "工作进度"] {
      headings[words] = .deadline
    }
    for words in ["项目名称", "实事名称", "实事项目", "工程名称", "项目", "工作要点", "工作重点", "重点事项", "主要任务", "重点项目"] {
      headings[words] = .measure
    }
    for words in ["建设内容", "项目内容", "主要建设内容", "建设内容及规模", "主要内容"] { headings[words] = .text }
    headings["年度目标"] = .goal
    for person in ["责任人", "负责人", "联系人", "责任领导"] {
      for joint in ["及电话", "及联系电话", "及联系方式", "和联系方式", "和电话", "及职务", "、电话"] {
        headings[person + joint] = .persons
      }
    }
    for unit in ["牵头单位", "责任单位", "牵头部门", "责任部门", "主办单位", "承办单位", "配合单位", "单位"] {
      for joint in ["及", "和", "、", "/", "／"] {
        for person in ["负责人", "责任人", "联系人", "责任领导", "责任人员"] { headings[unit + joint + person] = .units }
      }
    }
    return headings
  }()

  /// Sorts the header's columns.
  init(_ header: TableHeader, of table: Table) {
    let rows = header.rows.upperBound..<max(header.rows.upperBound, table.rows.count)
    let named = header.columns.map { ($0.index, $0.heading, $0.words.squeezed) }
    var deadlines: [(Int, String)] = []
    others = header.unknown.map { ($0.index, $0.words.squeezed) }
    for (column, heading, words) in named {
      switch heading {
      case .id where number == nil: number = column
      case .area where area == nil: area = column
      case .problems where problem == nil: problem = column
      case .goal where goal == nil: goal = column
      case .measure, .text: measures.append(column)
      case .units:
        units.append((column, UnitRole(heading: words)))
        if Heading.named(words) == nil, Self.headings[Heading.plain(words)] != nil { combined.insert(column) }
      case .persons where words.contains("领导"): leaders.append(column)
      case .persons: persons.append(column)
      case .deadline: deadlines.append((column, words))
      default: others.append((column, words))
      }
    }
    units =
      units.filter { $0.role == .lead } + units.filter { $0.role == .responsible }
      + units.filter { $0.role == .supporting }
    let required = deadlines.first { $0.1.contains("完成") || $0.1.contains("时限") } ?? deadlines.first
    deadline = required?.0
    others += deadlines.filter { $0.0 != required?.0 }.map { ($0.0, $0.1) }
    if persons.isEmpty, combined.isEmpty,
      let leader = named.first(where: { leaders.contains($0.0) && $0.2.contains("责任") })
    {
      // Where nobody else is named, 责任领导 is who answers.
      persons = [leader.0]
      leaders.removeAll { $0 == leader.0 }
    }
    addWiderColumn(table, rows)
    areTasksShared = measures.dropLast().contains { column in
      var seen: Set<String> = []
      return rows.contains { row in
        let text = table.text(row, column)
        // Merged cells repeat their text in a .docx, and are empty below the first row in a PDF.
        let isBelow = text.isEmpty && !seen.isEmpty && !table.text(row, measures[measures.count - 1]).isEmpty
        return isBelow || !text.isEmpty && !seen.insert(text).inserted
      }
    }
  }

  /// Where the column of tasks is narrow and an unknown one is much wider, that one says what is to be done.
  private mutating func addWiderColumn(_ table: Table, _ rows: Range<Int>) {
    func width(_ column: Int) -> Int { rows.reduce(0) { $0 + table.text($1, column).count } }
    guard measures.count == 1, let widest = others.max(by: { width($0.column) < width($1.column) }),
      widest.column > measures[0], !["备注", "说明", "进展", "情况"].contains(where: widest.words.contains),
      width(widest.column) > width(measures[0]) * 3 / 2
    else { return }
    measures.append(widest.column)
    others.removeAll { $0.column == widest.column }
  }
}

/// What a unit has to do with a measure.
enum UnitRole: Sendable, Hashable {
  /// 牵头, 主办: the first to answer.
  case lead
  /// 责任单位: answers for it.
  case responsible
  /// 配合, 协办: helps.
  case supporting

  /// The part that a heading or label names.
  init(heading words: String) {
    let isSupporting = ["配合", "协办", "协同", "参与", "协助", "支持"].contains(where: words.contains)
    let isLead = ["牵头", "主办", "主责", "第一"].contains(where: words.contains)
    self = isSupporting ? .supporting : isLead ? .lead : .responsible
  }
}
