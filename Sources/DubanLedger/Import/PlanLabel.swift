/// What the words before a colon announce.
enum PlanLabel: Sendable, Hashable {
  case problems, goal, measures
  case units(UnitRole)
  /// Those who answer.
  case persons
  /// Leaders named beside them, of the office or the county, and offices that only watch (督导单位, 验收单位).
  case leaders
  case deadline
  case contactUnit, contactPerson, contactPhone, contactEmail
  /// 传真, 地址: the ledger has no place for them.
  case contactOther

  /// Whether the label belongs to a block that says who and by when.
  var isClosing: Bool {
    switch self {
    case .units, .persons, .leaders, .deadline: true
    default: false
    }
  }

  /// Whether the label belongs to the contact.
  var isContact: Bool {
    switch self {
    case .contactUnit, .contactPerson, .contactPhone, .contactEmail, .contactOther: true
    default: false
    }
  }

  /// The labels by their words, which documents may print with spaces between them (责 任 人).
  static let words: [String: PlanLabel] = {
    var words: [String: PlanLabel] = [:]
    func add(_ label: PlanLabel, _ names: [String]) { for name in names { words[name] = label } }
    add(.problems, ["主要问题", "存在问题", "存在的问题", "存在的主要问题", "具体问题", "反馈问题", "问题表现", "问题"])
    add(.goal, ["整改目标", "工作目标", "目标", "目标任务", "预期目标"])
    add(.measures, ["整改措施", "工作措施", "主要措施", "具体措施", "整改举措", "工作举措", "措施", "整改任务", "工作任务", "重点任务", "整改内容"])
    add(.persons, ["责任人", "责任人员", "整改责任人", "直接责任人", "具体责任人", "承办人", "负责人", "经办人"])
    add(
      .deadline,
      [
        "完成时限", "完成时间", "完成期限", "整改时限", "整改期限", "整改时间", "整改完成时限", "整改完成时间", "时限要求", "办结时限",
        "时间节点", "时限", "期限", "工作时限", "任务时限", "完成日期", "时间要求", "进度安排", "截止时间", "截止日期",
      ])
    add(.contactUnit, ["联系单位", "联系部门"])
    add(.contactPerson, ["联系人", "联系人及电话", "联系人及联系电话", "联系人及联系方式", "联系人员"])
    add(.contactPhone, ["联系电话", "电话", "联系方式", "咨询电话", "手机", "办公电话"])
    add(.contactOther, ["传真", "地址", "邮编", "联系地址", "邮政编码", "传真电话"])
    add(.units(.lead), ["牵头", "主办"])
    add(.units(.supporting), ["配合", "协办", "会办"])
    add(.contactEmail, ["邮箱", "电子邮箱", "联系邮箱", "电子邮件", "邮箱地址", "报送邮箱", "电子信箱", "信箱", "邮件"])
    return words
  }()

  /// The label of those words: offices vary 责任单位, 责任领导 and 完成时限 freely.
  private static func named(_ printed: some StringProtocol) -> PlanLabel? {
    let name = printed.squeezed
    if let label = words[name] { return label }
    // With a space inside, what is before it may be the end of another label's value; not in 责 任 单 位.
    let isWhole = name.count == printed.count
    guard isWhole || printed.split(whereSeparator: \.isWhitespace).allSatisfy({ $0.count == 1 }),
      (3...10).contains(name.count)
    else { return nil }
    if ["部门分工", "责任分工", "职责分工", "任务分工", "单位分工"].contains(name) { return .units(.responsible) }
    guard let end = ends.first(where: { name.hasSuffix($0.words) }) else { return nil }
    // Only of words that such labels are made of: 贺敏整改时限 is a name and a label.
    guard name.dropLast(end.words.count).consists(of: parts) else { return nil }
    let watches =
      watching.contains(where: name.contains) && !["责任", "整改", "落实"].contains(where: name.contains)
    if case .units = end.label { return watches ? .leaders : .units(UnitRole(heading: name)) }
    return name.contains("第一") && end.label == .persons ? .leaders : end.label
  }

  private static let ends: [(words: String, label: PlanLabel)] = [
    ("单位", .units(.responsible)), ("部门", .units(.responsible)), ("科室", .units(.responsible)),
    ("股室", .units(.responsible)), ("处室", .units(.responsible)), ("部室", .units(.responsible)),
    ("机构", .units(.responsible)), ("院系", .units(.responsible)), ("支部", .units(.responsible)),
    ("站所", .units(.responsible)), ("责任主体", .units(.responsible)),
    ("领导", .leaders), ("负责同志", .leaders), ("责任人", .persons), ("时限", .deadline), ("期限", .deadline),
    ("完成时间", .deadline), ("完成日期", .deadline),
  ]
  private static let parts = [
    "省", "市", "县", "区", "州", "乡", "镇", "级", "直", "第一", "主要", "直接", "具体", "共同", "整改", "牵头", "责任", "配合", "协办",
    "会办",
    "协同", "协助", "参与", "主办", "主责", "承办", "承担", "实施", "落实", "支持", "协作", "任务", "工作", "完成", "办结", "治理", "销号",
    "计划",
    "要求", "预计", "办理", "反馈", "推进", "最终", "总体", "分管", "包保", "包抓", "挂点", "挂牌", "督办", "联系", "党政", "委", "府", "班子",
    "督导", "督查", "监督", "监管", "验收", "审核", "指导", "主管", "包案", "包联", "挂联", "挂钩", "领衔", "领办",
  ]
  /// What offices do that only watch over a measure.
  private static let watching = ["督导", "督查", "督办", "监督", "监管", "验收", "审核", "指导", "销号", "主管"]

  /// The longest label's words, with room for the spaces between them.
  private static let reach = 20

  /// Reads the label that `text` begins with: `责任单位：`, `责 任 人:`, `【完成时限】`.
  static func read(_ text: some StringProtocol) -> (label: PlanLabel, rest: String)? {
    let isBracketed = text.first == "【"
    let ends: [Character] = isBracketed ? ["】"] : ["：", ":", "︰", "﹕"]
    guard let end = text.prefix(reach).firstIndex(where: ends.contains) else { return nil }
    let start = isBracketed ? text.index(after: text.startIndex) : text.startIndex
    guard start <= end, let label = named(text[start..<end]) else { return nil }
    var rest = text[text.index(after: end)...].trimmedWhitespace
    if isBracketed, let first = rest.first, ends.contains(first) || first == "：" || first == ":" {
      rest = rest.dropFirst().trimmedWhitespace
    }
    return (label, rest)
  }

  /// Cuts `text` before each further label of one of the `kinds` that follows white space or punctuation, or anything at
  /// all: 联系人：韩松年联系电话：5550155.
  static func cut(_ text: String, glued isGlued: Bool = false, where kinds: (PlanLabel) -> Bool) -> [String] {
    var (pieces, start) = ([String](), text.startIndex)
    var index = afterLabel(in: text, from: start)
    while index < text.endIndex {
      let next = text.index(after: index)
      let isBorder =
        isGlued || text[index].isWhitespace || "；;，,。、|｜）)（(".contains(text[index])
        || next < text.endIndex && text[next] == "【"
      if isBorder, next < text.endIndex, !text[next].isWhitespace, let found = read(text[next...]),
        kinds(found.label)
      {
        pieces.append(text[start..<next].trimmedWhitespace)
        start = next
        index = afterLabel(in: text, from: next)
      } else {
        index = next
      }
    }
    pieces.append(text[start...].trimmedWhitespace)
    return pieces
  }

  /// Where the label that begins at `start` ends: a label's own second half (完成 时限) is no label.
  private static func afterLabel(in text: String, from start: String.Index) -> String.Index {
    guard read(text[start...]) != nil else { return start }
    return text[start...].prefix(reach).firstIndex { "：:︰﹕】".contains($0) } ?? start
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
    let isSupporting = ["配合", "协办", "会办", "协同", "参与", "参加", "成员", "协助", "支持"].contains(where: words.contains)
    let isLead = ["牵头", "主办", "主责", "第一"].contains(where: words.contains)
    self = isSupporting ? .supporting : isLead ? .lead : .responsible
  }
}
