import DubanCore

/// What a paper's sentences say about when everyone reports to whom: 请各责任单位于6月25日、12月25日前将落实情况报县督查室.
struct ReportSentences {
  /// The days, ascending, each once.
  private(set) var dates: [CivilDate] = []
  /// Phrases such as 每季度末月25日前, with their sentences' lines.
  private(set) var recurring: [(phrase: String, lines: [SourceLine])] = []
  /// The office that the first report goes to; empty where it isn't clear.
  private(set) var unit = ""
  /// The lines of the paragraphs in which something was found.
  private(set) var lines: [SourceLine] = []
  /// Why dates aren't certain.
  private(set) var doubts: [(reason: String, lines: [SourceLine])] = []

  /// Reads the paragraphs outside measures, those of chapters such as 保障措施 among them; dates without a year are of the year before them in the sentence, or of the
  /// year of issue.
  init(_ paragraphs: [PlanParagraph], issued: CivilDate?) {
    var isAside = false
    // Behind 各有关单位： the notice speaks to everyone up to its date.
    var isAddressed = false
    for paragraph in paragraphs {
      switch paragraph.kind {
      case .plain
      where paragraph.text.hasPrefix("各") && paragraph.text.last.map { "：:".contains($0) } ?? false:
        isAddressed = true
      case .plain, .aside, .pageNumber: break
      default: isAddressed = false
      }
      if case .numbered(let marker) = paragraph.kind, marker.level == .chapter {
        isAside = PlanAssembler.isAside(paragraph.text)
      }
      guard paragraph.canSpeakToAll(inAside: isAside) else { continue }
      for sentence in paragraph.text.squeezed.split(whereSeparator: { "。；;！".contains($0) }) {
        let before = (dates.count, recurring.count)
        let plain = Self.withoutWeekdays(sentence)
        let doubtsBefore = doubts.count
        read(plain, paragraph.lines, issued: issued, isAddressed: isAddressed)
        if before == (dates.count, recurring.count), doubtsBefore == doubts.count,
          isAddressed || Self.speaksToAll(plain)
        {
          readOtherwise(plain, paragraph.lines, issued: issued)
        }
        if before != (dates.count, recurring.count) { lines += paragraph.lines }
      }
    }
    dates = Array(Set(dates)).sorted()
  }

  private mutating func read(
    _ sentence: Substring, _ lines: [SourceLine], issued: CivilDate?, isAddressed: Bool
  ) {
    guard isAddressed || Self.speaksToAll(sentence) else { return }
    var year = issued?.year
    var hasYear = false
    var start = sentence.startIndex
    while let end = sentence[start...].firstIndex(of: "前") {
      // 向县督查室（联系人：何清，电话：5550101）报送
      let rest = Self.withoutBrackets(sentence[sentence.index(after: end)...])
      let run = sentence[start..<end].reversed().prefix { Self.dateCharacters.contains($0) }.count
      let words = sentence[sentence.index(end, offsetBy: -run)..<end].drop { "、，,和及前".contains($0) }
      let before = sentence[start..<end].suffix(16)
      start = sentence.index(after: end)
      guard Self.reports(rest) else { continue }
      if let every = before.lastIndex(of: "每"), words.isEmpty {
        recurring.append((String(sentence[every...end]), lines))
        continue
      }
      let isDate = words.contains("月") && words.contains(where: { "日号".contains($0) })
      if !isDate, Self.period(before: words.startIndex, in: sentence) == nil {
        // 年底前, 7月上旬前: a time that is no day.
        if before.contains(where: { "年月日旬季底末周".contains($0) }) {
          doubts.append(("the report date “\(before)前” can't be read for certain", lines))
        }
        continue
      }
      if let every = Self.period(before: words.startIndex, in: sentence) {
        recurring.append((String(sentence[every...end]), lines))
      } else if words.contains("月") {
        read(String(words), lines, &year, &hasYear, issued)
      } else {
        continue
      }
      if unit.isEmpty { unit = Self.unit(in: rest) }
    }
  }

  /// 7月10日（星期一）下班前
  private static func withoutWeekdays(_ sentence: Substring) -> Substring {
    var plain = String(sentence)
    for day in "一二三四五六日天" {
      for (open, close) in [("（", "）"), ("(", ")")] {
        for word in ["周", "星期"] { plain = plain.replacing("\(open)\(word)\(day)\(close)", with: "") }
      }
    }
    return plain.replacing("下班前", with: "前")[...]
  }

  /// What is to be reported when no day stands before 前: 请按季度报送, 每季度结束后5日内, 于6月末、12月末报送.
  private mutating func readOtherwise(_ sentence: Substring, _ lines: [SourceLine], issued: CivilDate?) {
    let reader = DeadlineReader(issued: issued)
    for clause in Self.withoutBrackets(sentence).split(separator: "，") {
      guard let verb = Self.verb(in: clause),
        let start = clause[..<verb.lowerBound].firstIndex(where: { "每按于0123456789".contains($0) })
      else { continue }
      let words = clause[start..<verb.lowerBound].drop { "于".contains($0) }
      let ends = words.indices.filter { "前内末底度月年周旬".contains(words[$0]) }
      guard let end = ends.last else { continue }
      let phrase = String(words[...end])
      let reading = reader.read(phrase)
      guard reading.status == .read, !reading.recurrences.isEmpty || !reading.dueDates.isEmpty else {
        if PlanDate.soundsLikeDeadline(phrase) {
          doubts.append(("the report date “\(phrase)” can't be read for certain", lines))
        }
        continue
      }
      if reading.recurrences.isEmpty { dates += reading.dueDates } else { recurring.append((phrase, lines)) }
      if unit.isEmpty { unit = Self.unit(in: clause[words.endIndex...]) }
      if unit.isEmpty { unit = Self.unit(in: clause[start...]) }
    }
  }

  private static func withoutBrackets(_ words: Substring) -> Substring {
    guard words.contains(where: \.opensBracket) else { return words }
    var (plain, depth) = ("", 0)
    for character in words {
      if character.opensBracket { depth += 1 }
      if depth == 0 { plain.append(character) }
      if character.closesBracket { depth = max(0, depth - 1) }
    }
    return plain[...]
  }

  private static let dateCharacters = Set("0123456789〇○零一二三四五六七八九十年月日号、，,和及前末初次翌")
  private static let addressees = [
    "请", "各责任单位", "各牵头单位", "各有关", "各相关", "各单位", "各部门", "各成员单位", "各地", "各县", "各乡", "各镇", "各街道", "各级", "整改情况",
    "落实情况",
  ]

  private static func speaksToAll(_ sentence: Substring) -> Bool {
    addressees.contains(where: sentence.contains)
  }

  /// Whether something is to be reported by then: a few words on.
  private static func reports(_ rest: Substring) -> Bool {
    let clauses = rest.split(separator: "，", maxSplits: 2, omittingEmptySubsequences: false)
    guard let first = clauses.first else { return false }
    return verb(in: first.isEmpty ? clauses.dropFirst().first ?? "" : first.prefix(40)) != nil
  }

  /// The verb that has something handed in: 报, 反馈, 提交, 函告, 发至; 送 and 交 before an office, but no 配送 or 交通.
  private static func verb(in clause: Substring) -> Range<Substring.Index>? {
    let offices = ["县", "市", "区", "省", "局", "督", "领导", "整改", "至", "到", "给", "我"]
    let words =
      ["报", "反馈", "提交", "函告", "发至", "发送"] + ["送", "交"].flatMap { verb in offices.map { verb + $0 } }
    return words.compactMap { clause.firstRange(of: $0) }.min { $0.lowerBound < $1.lowerBound }
  }

  /// Where 每月, 每季度末月 and the like begin that the day belongs to.
  private static func period(before start: Substring.Index, in sentence: Substring) -> Substring.Index? {
    guard let every = sentence[..<start].lastIndex(of: "每") else { return nil }
    let between = sentence[every..<start]
    return between.count <= 6 && !between.contains("，") ? every : nil
  }

  private mutating func read(
    _ words: String, _ lines: [SourceLine], _ year: inout Int?, _ hasYear: inout Bool, _ issued: CivilDate?
  ) {
    var rest = words[...]
    var found: [CivilDate] = []
    func doubt(_ reason: String) { doubts.append((reason, lines)) }
    while !rest.isEmpty {
      if let named = PlanDate.year(&rest) { (year, hasYear) = (named, true) }
      if ["次年", "翌年"].contains(where: rest.hasPrefix), let before = year {
        (year, hasYear, rest) = (before + 1, true, rest.dropFirst(2))
      }
      guard let (month, day) = PlanDate.monthAndDay(&rest) else {
        return doubt("the report dates “\(words)” can't be read for certain")
      }
      guard let year else { return doubt("the report dates “\(words)” have no year") }
      guard let date = CivilDate(year: year, month: month, day: day) else {
        return doubt("“\(month)月\(day)日” among the report dates doesn't exist")
      }
      if !hasYear, let issued, date < issued {
        return doubt("“\(month)月\(day)日” among the report dates lies before the day of issue")
      }
      found.append(date)
      rest = rest.drop { "、，,和及前".contains($0) }
    }
    dates += found
  }

  /// The office behind 报, 报送至 and the like.
  private static func unit(in rest: Substring) -> String {
    guard let report = verb(in: rest)?.lowerBound else { return "" }
    // 向县督查室报送
    if let to = rest[..<report].lastIndex(where: { "向至".contains($0) }) {
      let unit = String(rest[rest.index(after: to)..<report])
      if NameList.looksLikeUnit(unit), !NameList.isVague(unit) { return unit }
    }
    var tail = rest[report...]
    for word in ["报", "反馈", "提交", "函", "送至", "送到", "送", "发", "交", "告", "至", "到", "给"]
    where tail.hasPrefix(word) {
      tail = tail.dropFirst(word.count)
    }
    let unit = String(tail.prefix { !"，。；、,;（(".contains($0) })
    return NameList.looksLikeUnit(unit) && !NameList.isVague(unit) ? unit : ""
  }
}

extension PlanParagraph {
  /// Whether it can be the notice's own words to everyone rather than a measure's.
  fileprivate func canSpeakToAll(inAside isAside: Bool) -> Bool {
    switch kind {
    case .plain, .aside: true
    case .numbered(let marker): isAside || marker.level == .chapter
    default: false
    }
  }
}
