/// What a table's column holds, by the usual wordings of its heading.
enum Heading: Int, Sendable, Hashable, CaseIterable {
  case id, area, problems, goal, measure, text, units, persons, deadline, due, duties, status, progress
  case email, copies, head, phone, supervisor, reports
  /// Worked out from the others when a ledger is written; nothing is read from it.
  case derived

  /// The wordings. Where a table has several columns of one kind, the earlier wording counts.
  var wordings: [String] {
    switch self {
    case .id: ["序号", "编号", "措施编号", "任务编号", "整改序号"]
    case .area: ["领域", "整改领域", "方面", "类别", "板块", "一级指标", "评价指标", "指标名称", "指标"]
    case .problems:
      [
        "主要问题", "存在问题", "反馈问题", "存在的问题", "存在的主要问题", "存在主要问题", "整改问题", "问题描述", "发现问题",
        "具体问题", "问题清单", "问题",
      ]
    case .goal: ["整改目标", "工作目标", "目标要求", "预期目标", "目标"]
    case .measure:
      [
        "整改措施", "措施", "工作措施", "主要措施", "整改举措", "整改任务", "工作任务", "重点任务", "具体措施", "具体举措",
        "工作举措", "治理措施", "整治措施", "防控措施", "目标任务", "重点工作", "民生实事", "督办事项", "任务名称", "事项名称", "工作事项",
        "事项", "整改内容", "任务内容", "工作内容", "具体任务", "任务", "交办事项", "议定事项", "督查事项", "立项事项", "办理事项", "督查内容", "督办内容",
        "交办内容",
      ]
    case .text: ["具体内容", "措施内容", "详细内容"]
    case .units:
      [
        "责任单位", "整改责任单位", "牵头单位", "主责单位", "主办单位", "承办单位", "整改单位", "落实单位", "责任主体", "责任部门",
        "牵头部门", "主责部门", "单位", "单位名称", "部门", "所在单位", "工作单位", "牵头", "配合单位", "配合部门", "协办单位",
        "参与单位", "配合",
        "牵头责任单位", "协同责任单位", "配合责任单位", "协同单位", "协助单位", "参与部门", "会办单位", "责任科室", "责任股室", "协办部门", "实施单位",
        "所属单位", "所属部门",
      ]
    case .persons:
      [
        "责任人", "整改责任人", "具体责任人", "负责人", "姓名", "责任领导", "第一责任人", "联系人", "联络员", "联络人", "联系人姓名",
        "经办人", "经办人员", "承办人", "主办人", "责任人员", "直接责任人", "牵头领导", "分管领导", "分管负责人", "落实人", "办理人", "整改人", "实施人",
        "承办人员",
      ]
    case .deadline:
      [
        "完成时限", "整改时限", "完成时间", "时限要求", "整改期限", "完成期限", "办结时限", "整改完成时限", "计划完成时间",
        "要求完成时间", "时间节点", "时间要求", "截止日期", "截止时间", "办理时限", "治理时限", "反馈时限",
        "落实时限", "时限", "应于何时完成", "何时完成", "到期日", "截止日",
      ]
    case .due:
      [
        "明确日期", "确定日期", "认定日期", "调整后时限", "调整后完成时限", "调整后完成时间", "调整时限", "延期后时限", "延期后完成时限",
        "延期后完成时间", "延期时限", "延期至", "变更后时限", "变更后完成时限",
      ]
    case .duties: ["定期任务", "定期工作"]
    case .status:
      [
        "状态", "整改状态", "办理状态", "完成状态", "进展状态", "当前状态", "办结情况", "销号情况", "是否销号", "是否办结",
        "是否完成", "是否完成整改", "目前状态", "最新状态", "整改状况", "销号状态", "是否整改到位", "是否已完成", "是否已销号", "是否落实",
      ]
    case .progress:
      [
        "进展情况", "整改进展", "整改进展情况", "工作进展", "工作进展情况", "目前进展", "推进情况", "落实情况", "整改落实情况",
        "整改情况", "完成情况", "办理情况", "办理进展", "办理结果", "进展", "进展状况", "当前进展", "最新进展", "目前进展情况", "整改完成情况",
        "任务完成情况", "工作完成情况", "推进落实情况",
      ]
    case .email:
      ["邮箱", "电子邮箱", "邮件地址", "电子邮件", "邮箱地址", "电子信箱", "责任人邮箱", "联系邮箱", "email", "e-mail", "mail"]
    case .copies: ["抄送邮箱", "抄送"]
    case .head: ["是否第一责任人"]
    case .reports: ["定期报送", "领域报送"]
    // Known only beside addresses or other persons: see ColumnMap.
    case .phone, .supervisor: []
    case .derived: ["判定到期日", "剩余天数", "亮灯"]
    }
  }

  /// What the column is called in what we write.
  var title: String {
    switch self {
    case .phone: "联系电话"
    case .supervisor: "分管领导"
    default: wordings[0]
    }
  }

  /// Wordings of ``persons`` that are those of ``supervisor`` where a table has others of the former.
  static let supervisors: Set<String> = ["分管领导", "分管负责人"]

  /// The wordings of a telephone's column beside addresses; beside measures nobody knows whose it is.
  static let phones: Set<String> = [
    "电话", "联系电话", "手机", "手机号", "手机号码", "电话号码", "联系方式", "办公电话", "移动电话",
  ]

  /// Whether a table may have several columns of this kind, which then count together.
  var isCumulative: Bool { self == .units }

  /// The kind of a heading and the rank of its wording; nil for an unknown one.
  ///
  /// White space, what is in parentheses and a colon at the end don't count: `责 任 人（签字）：` is 责任人.
  static func named(_ heading: String) -> (heading: Heading, rank: Int)? {
    // Figures are none.
    guard heading.utf8.contains(where: { $0 > 0x40 }) else { return nil }
    let found =
      byWording[ExactText(heading)] ?? (isPlain(heading) ? nil : byWording[ExactText(plain(heading))])
      ?? DeadlineHeading(heading).map { ($0.heading, $0.rank) } ?? personsWithMore(heading)
      ?? HeadingParts.named(heading)
    // A number of days is no date.
    guard let found, !["（天）", "(天)", "（工作日）", "（日）"].contains(where: heading.contains) else { return nil }
    // 完成时间（计划）, 完成时间（实际）, 完成时限（调整后）
    guard found.heading == .deadline, let open = heading.firstIndex(where: { "（(".contains($0) })
    else { return found }
    // 完成时限（旧） is beside the one that holds.
    if ["实际", "旧", "作废", "废止", "失效", "历史"].contains(where: heading[open...].contains) { return nil }
    let asked = ["计划", "要求", "原", "调整后", "延期后", "变更后", "调整", "延期"].first(where: heading[open...].contains)
    return asked.flatMap { named($0 + plain(heading)) } ?? found
  }

  /// 责任人及电话, 联系人、职务: the persons, with something about each in the same cell.
  private static func personsWithMore(_ heading: String) -> (heading: Heading, rank: Int)? {
    guard let last = heading.unicodeScalars.last, "话式机务名 ）)".unicodeScalars.contains(last) else { return nil }
    var words = plain(heading)[...]
    if words.hasSuffix("姓名") {
      words.removeLast(2)
    } else {
      guard let joint = words.lastIndex(where: { "及和与、/／".contains($0) }) else { return nil }
      let more = String(words[words.index(after: joint)...])
      guard phones.contains(more) || more == "职务" else { return nil }
      words = words[..<joint]
    }
    return byWording[ExactText(String(words))].flatMap { $0.heading == .persons ? $0 : nil }
  }

  /// The kind of a heading that is with others under one: 责任单位 under 责任分工, 截止 under 时间节点.
  ///
  /// What is under words for what was done, such as 完成时间 under 办理结果, was not asked for.
  static func named(_ heading: String, under group: String?) -> (heading: Heading, rank: Int)? {
    guard let group else { return named(heading) }
    if isStatus(heading, under: group) { return nil }
    let above = named(group)
    let found = named(heading) ?? named(plain(group) + plain(heading)) ?? named(plain(heading) + plain(group))
    if let found {
      let isDone =
        above?.heading == .progress || above?.heading == .status
        || ["实际", "结果", "办结", "完成情况"].contains(where: group.contains)
      if isDone, found.heading == .deadline { return nil }
      // 姓名 under 责任领导 says no more than what is above it.
      let isPlain = ["姓名", "单位", "名称", "单位名称", "部门"].contains(plain(heading))
      return isPlain && above?.heading == found.heading ? above : found
    }
    // 人员 under 责任落实.
    if group.contains("责任"), ["人员", "个人", "领导", "科室", "部门"].contains(plain(heading)) {
      return named("责任" + plain(heading))
    }
    let ends = [
      "止", "截止", "结束", "终止", "终止时间", "结束时间", "结束日期", "终止日期", "完成", "完成日期", "办结", "迄", "至", "到", "竣工", "完工",
    ]
    guard ends.contains(plain(heading)) else { return nil }
    // 起 and 止 under 时间安排, which alone may hold either.
    let isTime = ["时间", "时限", "时序", "节点", "工期", "周期"].contains(where: group.contains)
    return above?.heading == .deadline ? above : above == nil && isTime ? named("完成时限") : nil
  }

  /// Whether a heading names one status, to be ticked, under one of statuses: 已完成 under 整改状态.
  static func isStatus(_ heading: String, under group: String) -> Bool {
    guard let above = named(group)?.heading, above == .status || above == .progress else { return false }
    return StatusCell.known(heading) != nil
  }

  /// Whether nothing in the heading doesn't count, which is the case of nearly every text that is no heading.
  private static func isPlain(_ heading: String) -> Bool {
    var (last, beforeLast) = (UInt8(0), UInt8(0))
    for byte in heading.utf8 {
      switch byte {
      case 0x00...0x20, 0x28, 0x29, 0x2A, 0x3A, 0x41...0x5B, 0x5D, 0x7F, 0xC2...0xE2: return false
      // 　 【 】; （ ） ： ＊ and the full-width capitals.
      case 0x80, 0x90, 0x91: if beforeLast == 0xE3, last == 0x80 { return false }
      case 0x88...0x8A, 0x9A, 0xA1...0xBA: if beforeLast == 0xEF, last == 0xBC { return false }
      default: break
      }
      (beforeLast, last) = (last, byte)
    }
    return true
  }

  /// The wording without what doesn't count.
  static func plain(_ heading: String) -> String {
    var (result, depth) = ("", 0)
    for character in heading where !character.isWhitespace {
      switch character {
      case "（", "(", "【", "[": depth += 1
      case "）", ")", "】", "]": depth = max(0, depth - 1)
      case "：", ":", "*", "＊": continue
      default: if depth == 0 { result.append(character) }
      }
    }
    return result.lowercased()
  }

  private static let byWording: [ExactText: (heading: Heading, rank: Int)] = {
    var result: [ExactText: (heading: Heading, rank: Int)] = [:]
    for heading in allCases {
      for (rank, wording) in heading.wordings.enumerated() { result[ExactText(wording)] = (heading, rank) }
    }
    return result
  }()
}

/// A heading that isn't in the lists of wordings, by the parts that such headings have: 当前 + 进度, 牵头单位 + 责任人,
/// 市直 + 责任单位, 完成 + 与否.
enum HeadingParts {
  /// The kind of a heading and its place after the wordings in the lists; nil where its parts don't say.
  static func named(_ heading: String) -> (heading: Heading, rank: Int)? {
    // Most cells that are asked are no heading, and end otherwise.
    guard let last = heading.unicodeScalars.last, heading.utf8.count <= 80,
      "态况否展度果效例率人员门室位到号成结实）)：:*＊ 】]".unicodeScalars.contains(last)
    else { return nil }
    let words = Heading.plain(heading)[...]
    guard words.count >= 3 else { return words == "进度" ? (.progress, first) : nil }
    if words.first?.isNumber ?? false { return progressOfMonth(words) }
    return number(words) ?? status(words) ?? progress(words) ?? persons(words) ?? units(words)
  }

  /// From here on, ranks are those of headings read by their parts.
  private static let first = 1000

  /// What is done about a measure.
  private static let deeds = ["整改", "办理", "推进", "落实", "完成", "销号", "进展", "实施", "执行", "办结", "治理", "整治", "调度"]
  /// What else may be before 进展 or 状态, and says which.
  private static let times = [
    "当前", "目前", "最新", "工作", "任务", "督办", "事项", "措施", "问题", "本月", "本周", "本期", "阶段", "总体", "进度", "每月", "月度", "月",
    "周",
  ]

  /// Takes words off the front as long as there are any; the last that was taken, and the rest.
  private static func parts(_ words: Substring, _ known: [String]) -> (taken: [String], rest: Substring) {
    var (taken, rest): ([String], Substring) = ([], words)
    while let part = known.first(where: rest.hasPrefix) {
      taken.append(part)
      rest.removeFirst(part.count)
    }
    return (taken, rest)
  }

  /// 任务序号; the number of a problem is another.
  private static func number(_ words: Substring) -> (heading: Heading, rank: Int)? {
    guard ["序号", "编号"].contains(where: words.hasSuffix) else { return nil }
    let owner = ["任务", "措施", "事项", "工作", "督办"].firstIndex { $0 == words.dropLast(2) }
    return owner.map { (.id, first + $0) }
  }

  /// 工作状态, 完成与否, 是否整改完成. 是否按期完成 asks for something else.
  private static func status(_ words: Substring) -> (heading: Heading, rank: Int)? {
    if words.hasPrefix("是否") {
      let (taken, rest) = parts(words.dropFirst(2), ["已", "全部", "到位", "完毕", "达标"] + deeds)
      return !taken.isEmpty && rest.isEmpty ? (.status, first + words.count) : nil
    }
    if words.hasSuffix("与否") {
      let (taken, rest) = parts(words.dropLast(2), ["到位", "达标"] + deeds)
      return !taken.isEmpty && rest.isEmpty ? (.status, first + 20 + words.count) : nil
    }
    guard ["状态", "状况"].contains(where: words.hasSuffix) else { return nil }
    return parts(words.dropLast(2), deeds + times).rest.isEmpty ? (.status, first + 40 + words.count) : nil
  }

  /// Whether the rank is that of progress by a certain month.
  static func isMonthly(_ rank: Int) -> Bool { rank >= monthly }

  private static let monthly = 10_000

  /// 3月进展, 2023年4月份完成情况: one of several columns, each of another month.
  private static func progressOfMonth(_ words: Substring) -> (heading: Heading, rank: Int)? {
    guard let month = words.prefixMatch(of: /(?:20(\d\d)年)?(\d{1,2})月份?/), let number = Int(month.2),
      progress(words[month.range.upperBound...]) != nil
        || Heading.progress.wordings.contains(String(words[month.range.upperBound...]))
    else { return nil }
    return (.progress, monthly + 12 * (month.1.flatMap { Int($0) } ?? 0) + number)
  }

  /// 当前进度, 整改成效, 完成率. 问题情况 and 工作情况 are something else.
  private static func progress(_ words: Substring) -> (heading: Heading, rank: Int)? {
    if let rate = ["率", "比例", "百分比"].first(where: words.hasSuffix) {
      let (taken, rest) = parts(words.dropLast(rate.count), deeds + times)
      return taken.contains(where: deeds.contains) && rest.isEmpty
        ? (.progress, first + 100 + words.count) : nil
    }
    var (taken, rest) = parts(words, deeds + times)
    let ends = ["情况", "进度", "结果", "成效", "效果"]
    // 整改进展 and 当前进展 end with one of the deeds.
    if rest.isEmpty, let last = taken.last, ["进展", "进度"].contains(last) {
      (taken, rest) = (taken.dropLast(), "进度")
    }
    guard let end = ends.firstIndex(where: { $0 == rest }),
      rest == "进度" || taken.contains(where: deeds.contains)
    else { return nil }
    return (.progress, first + 10 * end + words.count)
  }

  /// Whose the persons are, the nearer to the work first.
  private static let sides = [
    "具体", "直接", "措施", "任务", "工作", "问题", "整改", "落实", "承办", "主办", "牵头", "主责", "责任", "包保", "单位", "部门", "科室",
    "股室",
  ]

  /// 具体负责人, 牵头单位责任人; not those who help, check or supervise.
  private static func persons(_ words: Substring) -> (heading: Heading, rank: Int)? {
    let ends = [
      "责任人", "责任人员", "负责人", "联系人", "联络员", "经办人", "承办人", "联络人", "经办人员", "承办人员",
    ]
    guard let end = ends.firstIndex(where: words.hasSuffix) else { return nil }
    let (taken, rest) = parts(words.dropLast(ends[end].count), sides)
    // 单位负责人 signs at the end of a form.
    guard rest.isEmpty, let own = taken.first, !["单位", "部门", "科室", "股室"].contains(own),
      let side = sides.firstIndex(of: own)
    else { return nil }
    return (.persons, first + 100 * side + 10 * end + taken.count)
  }

  /// 整改牵头单位, 市直责任单位, 具体责任科室.
  private static func units(_ words: Substring) -> (heading: Heading, rank: Int)? {
    let ends = ["单位", "部门", "科室", "股室"]
    guard let end = ends.firstIndex(where: words.hasSuffix) else { return nil }
    let roles = ["责任", "牵头", "主责", "主办", "承办", "配合", "协同", "协办"]
    let givers = ["整改", "工作", "任务", "具体", "主要", "落实", "市直", "县直", "区直", "省直", "市级", "县级", "区级", "省级"]
    let (taken, rest) = parts(words.dropLast(ends[end].count), roles + givers)
    guard rest.isEmpty, taken.contains(where: roles.contains) else { return nil }
    // The same heading twice is a mistake, another one isn't: each wording has a rank of its own.
    return (.units, first + 1000 * end + words.unicodeScalars.reduce(0) { ($0 * 31 + Int($1.value)) % 900 })
  }
}
