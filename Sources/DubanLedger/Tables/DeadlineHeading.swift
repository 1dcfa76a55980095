/// A heading of days that isn't in the lists of wordings, by the parts that such headings have: 计划 办结 日期, 拟 完成 时间.
struct DeadlineHeading {
  /// ``Heading/deadline``, or ``Heading/due`` for a day that takes the place of an older one.
  let heading: Heading
  /// Its place among the wordings of its kind: the lower counts.
  let rank: Int

  /// From here on, ranks are those of headings that may be the deadline where none is better: 攻坚期限.
  static let doubtful = 1_000_000
  /// From here on, ranks are those of extensions that are counted, the latest first: 第二次延期.
  static let counted = 2_000_000
  /// What makes a date one that was asked for.
  static let asked = [
    "应", "须", "需", "拟", "计划", "预计", "预定", "预期", "要求", "规定", "约定", "承诺", "目标", "原定", "原", "限定", "限期", "限",
    "最迟",
    "最后", "截止", "到期", "节点",
  ]

  /// Of several headings of deadlines, the places of those that say that it was required; one where the words decide.
  static func required(_ headings: [(words: String, rank: Int)]) -> [Int] {
    // What was asked for counts before what the unit expects: 完成时限 before 预计完成时间.
    let expected = ["预计", "预期", "预定", "拟", "承诺"]
    func says(_ place: Int, _ any: [String]) -> Bool { any.contains(where: headings[place].words.contains) }
    let asked = headings.indices.filter { says($0, Self.asked + ["时限", "期限", "限期", "何时", "到期"]) }
    // 攻坚期限 is the deadline only where nothing better is.
    let certain = asked.filter { headings[$0].rank < doubtful }
    let firm = certain.filter { !says($0, expected) }
    // 起止时间 beside 计划销号时间: neither is.
    let unsure = asked.isEmpty ? [] : headings.indices.filter { headings[$0].rank >= doubtful }
    let required = !firm.isEmpty ? firm : !certain.isEmpty ? certain : unsure
    if required.count == 1 { return required }
    // 时间节点 is one more word for it, but less than 完成时限.
    let plain = required.filter { !says($0, ["节点"]) }
    if plain.count == 1 { return plain }
    // 完成时限 beside 原完成时限 is the one that holds now.
    let current = plain.filter { !says($0, ["原"]) }
    return current.count == 1 ? current : required
  }

  /// The kind of the heading; nil where it is none of days that were asked for.
  init?(_ heading: String) {
    guard let last = heading.unicodeScalars.last, "间期限点至求）)：:*＊ 】]".unicodeScalars.contains(last) else {
      return nil
    }
    let words = Heading.plain(heading)[...]
    if let year = Self.year(words) {
      // 2023年完成时限: of two years' columns nobody knows which is meant, so each has a rank of its own.
      guard Heading.named(String(words.dropFirst(year.count)))?.heading == .deadline else { return nil }
      (self.heading, rank) = (.deadline, 1000 + Self.fingerprint(words))
    } else if let number = Self.extensionNumber(words) {
      (self.heading, rank) = (.due, Self.counted + 99 - number)
    } else if let opening = Self.later.firstIndex(where: words.hasPrefix) {
      let rest = words.dropFirst(Self.later[opening].count)
      guard rest == "至" || Heading.named(String(rest))?.heading == .deadline else { return nil }
      (self.heading, rank) = (.due, 100 + opening)
    } else if let rank = Self.rank(words) ?? Self.doubtfulRank(words) {
      (self.heading, self.rank) = (.deadline, rank)
    } else {
      return nil
    }
  }

  /// The year that a heading begins with, which its cells then don't say: 2023年, 2023年度.
  static func year(_ heading: Substring) -> Substring? {
    guard heading.hasPrefix("20"), heading.prefix(4).allSatisfy({ $0.isASCII && $0.isNumber }),
      heading.dropFirst(4).first == "年"
    else { return nil }
    return heading.prefix(heading.dropFirst(5).first == "度" ? 6 : 5)
  }

  /// How headings of days end.
  static let ends = ["时限", "期限", "限期", "时间", "日期", "时间节点", "节点"]
  /// From ``ofTerms`` on, those that make a deadline of 时限 and 期限, but not of 时间: 交办时间 is another day.
  private static let verbs = [
    "", "完成", "办结", "整改", "整改完成", "完成整改", "办结完成", "落实", "整改落实", "办理", "治理", "整治", "解决", "办", "到位", "整改到位",
    "竣工", "完工", "推进", "交办", "督办", "攻坚",
  ]
  private static let ofTerms = 18
  private static let givers = ["国家", "省级", "市级", "区级", "县级", "上级", "省", "市", "区", "县"]

  /// 时限 and 期限 are asked for by themselves; 时间 and 日期 where they are asked for, or are those of completion. Words
  /// that aren't in the lists (实际, 开始, 发现, 销号, 报送) make another date of it.
  private static func rank(_ heading: Substring) -> Int? {
    var words = heading
    // 完成时间要求, 完成截止时间: asked for, as 要求完成时间 is.
    var isAsked = words.hasSuffix("要求")
    if isAsked { words.removeLast(2) }
    guard let end = ends.firstIndex(where: words.hasSuffix) else { return nil }
    words.removeLast(ends[end].count)
    if let subject = ["任务", "工作", "措施", "问题", "事项", "项目"].first(where: words.hasPrefix) {
      words.removeFirst(subject.count)
    } else if let giver = givers.first(where: words.hasPrefix) {
      words.removeFirst(giver.count)
    }
    let opening = asked.firstIndex(where: words.hasPrefix)
    if let opening { words.removeFirst(asked[opening].count) }
    for word in ["截止", "要求"] where words.hasSuffix(word) {
      words.removeLast(2)
      isAsked = true
    }
    guard let verb = verbs.firstIndex(where: { $0 == words }), verb < ofTerms || end < 3 else { return nil }
    let isOfCompletion = (1...6).contains(verb) && end >= 3
    guard opening != nil || isAsked || end < 3 || isOfCompletion else { return nil }
    return 1000 + fingerprint(heading)
  }

  /// A term of some sort that nothing says isn't the deadline.
  private static func doubtfulRank(_ words: Substring) -> Int? {
    // 起止时间, 计划结束时间: the end of a period that the table names.
    let period = asked.first(where: words.hasPrefix).map { words.dropFirst($0.count) } ?? words
    if periods.contains(String(period)) { return doubtful + fingerprint(words) }
    // 计划销号时间: when a measure is to be closed.
    let closing = ["销号时间", "销号日期", "销号时限", "销号期限"].first(where: words.hasSuffix)
    if let closing, (asked + ["最终"]).contains(String(words.dropLast(closing.count))) {
      return doubtful + fingerprint(words)
    }
    // 2023年完成时限 says the year of cells that have none.
    guard words.count <= 10, !words.contains(where: \.isNumber),
      ["时限", "期限", "截止时间", "截止日期", "限期"].contains(where: words.hasSuffix),
      !others.contains(where: words.contains)
    else { return nil }
    return doubtful + fingerprint(words)
  }

  private static let periods: Set<String> = [
    "起止时间", "起止日期", "起止年月", "起讫时间", "起止时限", "结束时间", "结束日期", "终止时间", "终止日期", "完结时间", "完结日期",
  ]

  /// Of the same rank is only what is the same heading: which of two is meant is never decided by their order.
  private static func fingerprint(_ words: Substring) -> Int {
    words.unicodeScalars.reduce(0) { ($0 * 31 + Int($1.value)) % 900_000 }
  }

  /// Words of terms that aren't those of a measure.
  private static let others = [
    "实际", "剩余", "超", "报名", "公示", "质保", "保修", "保质", "有效", "服务", "合同", "租", "保存", "保管", "任职", "聘", "贷", "借",
    "还款", "付款", "使用", "试用", "处分", "追责", "处罚", "公告", "投标", "申报", "报送", "上报", "填报", "报告", "征求", "销号", "验收",
    "复查", "复核", "开始", "启动", "开工", "年限", "权限",
  ]

  /// What makes a date one that takes an older one's place.
  private static let later = [
    "现", "最新", "新", "变更后", "调整后", "延期后", "顺延后", "展期后", "修改后", "修订后", "更新后", "延长后", "推迟后", "变更", "调整",
    "延期", "顺延", "展期", "延长", "推迟",
  ]

  /// Which of several extensions the heading names: 第二次延期, 首次延期至, 第3次调整后时限.
  private static func extensionNumber(_ words: Substring) -> Int? {
    var rest = words
    let numbers = "一二三四五六七八九"
    var number = 1
    if rest.hasPrefix("首次") {
      rest.removeFirst(2)
    } else if rest.hasPrefix("再次") {
      (number, rest) = (98, rest.dropFirst(2))
    } else {
      if rest.first == "第" { rest.removeFirst() }
      guard let digit = rest.popFirst(), rest.popFirst() == "次" else { return nil }
      let place = numbers.firstIndex(of: digit).map { numbers.distance(from: numbers.startIndex, to: $0) + 1 }
      guard let found = place ?? digit.wholeNumberValue else { return nil }
      number = found
    }
    guard let opening = later.first(where: rest.hasPrefix) else { return nil }
    rest.removeFirst(opening.count)
    let isDay = ["", "至", "到", "时间", "日期"].contains { $0 == rest }
    return isDay || Heading.named(String(rest))?.heading == .deadline ? number : nil
  }
}

/// The year that a heading of deadlines says for its cells, which then don't: 2025年完成时限, 完成时限（2025年度）, 完成时限／2025年.
struct HeadingYear {
  /// Such as `2025年`; empty where the heading names none.
  private let year: String

  /// Reads a heading, of which ／ parts what is above from what is below.
  init(_ heading: String) {
    let years = heading.split(separator: "／").lazy.compactMap { part -> Substring? in
      let words = String(part.filter { !$0.isWhitespace }).halfWidth
      let bracket = words.firstMatch(of: /[(\[【](?:请?填写?|按)?(20\d\d)(?:年度?|年月日?)?[)\]】]/)
      return DeadlineHeading.year(Heading.plain(words)[...])?.prefix(4) ?? bracket?.1
    }
    year = years.first.map { "\($0)年" } ?? ""
  }

  /// A cell's words, with the year where they are of one and don't say which: 5月31日, 三季度 or 年底, but not 2023年5月31日
  /// or 长期.
  func phrase(_ cell: String) -> String {
    guard isMissing(in: cell) else { return cell }
    // 长期坚持，年底前见成效: the clause that has the month.
    let clauses = cell.split(omittingEmptySubsequences: false) { "，,；;（(".contains($0) }
    let place = clauses.first { isMissing(in: String($0)) }?.startIndex ?? cell.startIndex
    return cell[..<place] + year + cell[place...]
  }

  /// What is to be asked about a cell that may be of either end of the year; nil where nothing is.
  func doubt(_ cell: String) -> String? {
    guard !year.isEmpty, cell.contains("元旦"), !cell.contains("年") else { return nil }
    return "“\(cell.excerpt)” may be at the beginning of \(year.prefix(4)) or at its end"
  }

  private func isMissing(in cell: String) -> Bool {
    guard !year.isEmpty else { return false }
    // Of every year: 长期坚持，全年不间断.
    if cell.contains("全年"), ["长期", "常态", "持续"].contains(where: cell.contains) { return false }
    // 第 3 季度, “6”月底前
    let words = cell.filter { !$0.isWhitespace && !"“”\"'‘’".contains($0) }
    let ofYear = ["上半年", "下半年", "全年", "年底", "年末", "年内", "年中"].lazy.compactMap(words.firstRange).first
    if let ofYear, words.count(where: { $0 == "年" }) == 1 {
      // 力争年底前, but not 2023年底, 本年底 or 两年内
      return words[..<ofYear.lowerBound].last.map { !$0.isNumber && !"今明本当次翌去后每两半".contains($0) } ?? true
    }
    guard !words.contains("年"), !words.hasPrefix("每") else { return false }
    // 6.30前 isn't read with a year, and so asked about. 长期坚持，每月调度 and 下月底 have no month of a year.
    return words.prefixMatch(of: /\d{1,2}\.\d/) != nil
      || zip(words, words.dropFirst()).contains { $0.isNumber && "月季".contains($1) }
      || ["节", "除夕", "国庆", "中秋", "端午", "五一"].contains(where: words.contains)
  }
}
