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
  /// What else may stand before 进展 or 状态, and says which.
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
