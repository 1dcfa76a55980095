/// Which column of a document's table says what.
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
  /// Of the heading of ``deadline``.
  var yearOfDeadlines = HeadingYear("")
  /// Columns of quarters or halves, each with its words, which say by when where no other column does: 一季度 | 二季度.
  var quarters: [(column: Int, words: String)] = []
  /// Columns that the ledger has no place for; without words where the column has no heading.
  var others: [(column: Int, words: String)] = []
  /// Those among ``others`` that a person has to look at, by what is in them.
  var asked: Set<Int> = []
  /// Columns that were taken by what is in them, in words for a person.
  var taken: [String] = []
  /// Goals that each row has of its own beside a longer measure: a column, with its heading.
  var ownGoal: (column: Int, words: String)?

  /// The columns whose cells count for the rows below them: an empty one there says the same.
  var shared: [Int] { [area, problem, goal].compactMap { $0 } + (areTasksShared ? measures.dropLast() : []) }

  /// Whether a cell says that it means the one above.
  static func saysSame(_ text: String) -> Bool { ["同上", "〃", "″", "同前"].contains(text) }

  /// What a heading of a document means; nil for an unknown one.
  static func heading(_ words: String) -> Heading? { Heading.named(words)?.heading ?? named(words) }

  /// The same for headings that mean it in documents only.
  static func named(_ words: String) -> Heading? {
    let plain = Heading.plain(words)
    if let heading = headings[plain] { return heading }
    guard (2...12).contains(plain.count), plain.allSatisfy(\.isIdeograph) else { return nil }
    if let joint = ["及", "和", "与"].lazy.compactMap({ plain.firstRange(of: $0) }).first {
      let after = String(plain[joint.upperBound...])
      let first = heading(String(plain[..<joint.lowerBound]))
      switch (first, heading(after)) {
      case (.persons, _): return ["电话", "联系电话", "联系方式", "职务", "手机"].contains(after) ? first : nil
      case (.units, .persons), (.measure, .deadline): return first
      default: break
      }
    }
    switch PlanLabel.read(plain + "：")?.label {
    case .units: return .units
    case .persons: return .persons
    case .leaders where plain.hasSuffix("领导"): return .persons
    case .deadline: return .deadline
    default: break
    }
    let end = ends.first { plain.hasSuffix($0.words) }
    return end.flatMap { plain.dropLast($0.words.count).consists(of: parts) ? $0.heading : nil }
  }

  /// Offices vary what is before 问题, 措施 and the like freely: 督察反馈问题, 攻坚任务.
  private static let ends: [(words: String, heading: Heading)] = [
    ("问题隐患", .problems), ("隐患内容", .problems), ("隐患描述", .problems), ("隐患情况", .problems), ("问题情况", .problems),
    ("问题表现", .problems), ("问题内容", .problems), ("问题清单", .problems), ("问题", .problems), ("隐患", .problems),
    ("短板", .problems),
    ("整改要求", .measure), ("措施", .measure), ("任务", .measure), ("举措", .measure), ("事项", .measure),
    ("实事", .measure),
    ("要点", .measure), ("内容", .measure),
  ]
  private static let parts = [
    "反馈", "反映", "群众", "信访", "督察", "督查", "督导", "巡视", "巡察", "审计", "检查", "考核", "评价", "评估", "发现", "存在", "突出",
    "主要", "重点", "具体",
    "关键", "核心",
    "典型", "共性", "个性", "安全", "生产", "消防", "环境", "生态", "环保", "营商", "事故", "重大", "一般", "风险", "防范", "防控", "攻坚",
    "改革", "创新",
    "整治", "整改", "治理", "提升", "优化", "改进", "落实", "推进", "细化", "分解", "工作", "目标", "责任", "专项", "行动", "民生", "惠民",
    "利民", "为民", "便民",
    "服务", "保障", "长效", "年度", "阶段", "建设", "发展", "创建", "管理", "监管", "排查", "督办", "交办", "领办", "承办", "拟", "应", "的",
    "和", "及", "或",
    "中央", "省", "市", "县", "区", "委", "政府", "组", "点位", "类", "实施", "问题", "隐患", "线索",
  ]

  /// Headings of documents that a spreadsheet which an office keeps up to date doesn't have, or means otherwise: 办结时间 is
  /// there when a thing was done.
  static let headings: [String: Heading] = {
    var headings: [String: Heading] = [:]
    for words in [
      "办结时间", "办结日期", "完成日期", "竣工时间", "完工时间", "建成时间", "投用时间", "时间进度", "进度安排", "进度要求", "时间安排", "工作进度",
    ] {
      headings[words] = .deadline
    }
    for words in ["项目名称", "实事名称", "实事项目", "工程名称", "项目", "工作要点", "工作重点", "重点事项", "主要任务", "重点项目"] {
      headings[words] = .measure
    }
    for words in ["建设内容", "项目内容", "主要建设内容", "建设内容及规模", "项目内容及规模", "主要内容"] { headings[words] = .text }
    for words in ["年度目标", "完成标准", "目标任务（指标）"] { headings[Heading.plain(words)] = .goal }
    for words in ["问题类别", "问题类型", "问题分类", "任务类别", "任务分类", "分类", "类型", "工作领域", "重点领域"] {
      headings[words] = .area
    }
    for person in ["责任人", "负责人", "联系人", "责任领导"] {
      for joint in ["及电话", "及联系电话", "及联系方式", "和联系方式", "和电话", "及职务", "、电话"] {
        headings[person + joint] = .persons
      }
    }
    for unit in ["参加单位", "成员单位", "责任企业", "实施主体", "主体责任单位", "属地责任", "属地责任单位", "承担单位"] {
      headings[unit] = .units
    }
    for unit in ["牵头单位", "责任单位", "牵头部门", "责任部门", "主办单位", "承办单位", "配合单位", "单位"] {
      for joint in ["及", "和", "、", "/", "／"] {
        for person in ["负责人", "责任人", "联系人", "责任领导", "责任人员"] { headings[unit + joint + person] = .units }
      }
    }
    return headings
  }()

  init(_ header: TableHeader, of table: Table) {
    let rows = header.rows.upperBound..<max(header.rows.upperBound, table.rows.count)
    var named = header.columns.map { ($0.index, $0.heading, $0.words.squeezed) }
    var deadlines: [(Int, String)] = []
    others = header.unknown.map { ($0.index, $0.words.squeezed) }
    addColumnsWithoutHeading(to: &named, header, table, rows)
    // 一 beside 环境整治, and 1 beside each of its measures: those that count the measures.
    let counted = named.filter { $0.1 == .id }.map { id in
      (column: id.0, numbers: rows.count { Int(table.text($0, id.0).withoutEnd) != nil })
    }
    number = counted.first { $0.numbers == counted.map(\.numbers).max() }?.column
    for (column, heading, words) in named {
      switch heading {
      case .id: break
      case .area where area == nil: area = column
      case .problems where problem == nil: problem = column
      case .goal where goal == nil: goal = column
      case .measure, .text: measures.append(column)
      case .units:
        units.append((column, UnitRole(heading: words)))
        if Heading.named(words) == nil, ["人", "领导", "人员"].contains(where: Heading.plain(words).hasSuffix) {
          combined.insert(column)
        }
      case .persons where words.contains("领导"): leaders.append(column)
      case .persons: persons.append(column)
      case .deadline: deadlines.append((column, words))
      default:
        others.append((column, words))
        // Who is done would be reminded.
        if heading == .status { asked.insert(column) }
      }
    }
    units =
      units.filter { $0.role == .lead } + units.filter { $0.role == .responsible }
      + units.filter { $0.role == .supporting }
    // 整改期限 beside 完成时间, as in the ledger.
    let ranks = Dictionary(header.columns.map { ($0.index, $0.rank) }) { first, _ in first }
    let places = DeadlineHeading.required(deadlines.map { ($0.1, ranks[$0.0] ?? 0) })
    let likely = places.isEmpty ? deadlines : places.map { deadlines[$0] }
    let required = likely.first { $0.1.contains("完成") || $0.1.contains("时限") } ?? likely.first
    deadline = required?.0
    yearOfDeadlines = HeadingYear(required?.1 ?? "")
    let otherDeadlines = deadlines.filter { $0.0 != required?.0 }.map { ($0.0, $0.1) }
    others += otherDeadlines
    // 起止时间 beside 计划销号时间: the words don't say which is meant.
    if places.count != 1 { asked.formUnion(otherDeadlines.map(\.0)) }
    if persons.isEmpty, combined.isEmpty,
      let leader = named.first(where: { column, _, words in
        // Not 牵头领导 under 责任分工.
        leaders.contains(column) && words.split(separator: "／").last?.contains("责任") ?? false
      })
    {
      // Where nobody else is named, 责任领导 is who answers.
      persons = [leader.0]
      leaders.removeAll { $0 == leader.0 }
    }
    readUnknownColumns(table, rows)
    readQuarters()
    addWiderColumn(table, rows)
    let goalWords = named.first { $0.0 == goal }?.2 ?? ""
    readGoals(table, rows, words: goalWords)
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
    let unknown = others.filter { Heading.named($0.words)?.heading != .deadline }
    guard measures.count == 1, let widest = unknown.max(by: { width($0.column) < width($1.column) }),
      widest.column > measures[0], !["备注", "说明", "进展", "情况"].contains(where: widest.words.contains),
      width(widest.column) > width(measures[0]) * 3 / 2
    else { return }
    measures.append(widest.column)
    others.removeAll { $0.column == widest.column }
  }
}
