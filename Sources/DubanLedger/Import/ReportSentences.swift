import DubanCore

/// What a document's sentences say about when everyone reports to whom: 请各责任单位于6月25日、12月25日前将落实情况报县督查室.
struct ReportSentences {
  /// The days, ascending, each once.
  private(set) var dates: [CivilDate] = []
  /// Phrases such as 每季度末月25日前, with what is due then and their sentences' lines.
  private(set) var recurring: [(phrase: String, clause: String, lines: [SourceLine])] = []
  /// The office that the first report goes to; empty where it isn't clear.
  private(set) var unit = ""
  /// The lines of the paragraphs in which something was found.
  private(set) var lines: [SourceLine] = []
  /// Why dates aren't certain.
  private(set) var doubts: [(reason: String, lines: [SourceLine])] = []

  /// Reads the paragraphs outside measures, those of chapters such as 保障措施 among them.
  init(_ paragraphs: [PlanParagraph], reader: DeadlineReader) {
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
        let plain = Self.withoutWeekdays(sentence)
        guard isAddressed && !Self.asksOneUnit(plain) || Self.speaksToAll(plain) else { continue }
        read(plain, paragraph.lines, reader)
      }
    }
    dates = Array(Set(dates)).sorted()
  }

  private mutating func read(_ sentence: Substring, _ paragraph: [SourceLine], _ reader: DeadlineReader) {
    let firstOfSentence = recurring.count
    var days: [String] = []
    var (foundSomething, isDescribed) = (false, false)
    // 于7月10日前，将落实情况报县督查室
    var (before, isAlone) = ([String](), false)
    // 向县督查室（联系人：何清，电话：5550101）报送
    for clause in Self.withoutBrackets(sentence).split(whereSeparator: { "，,".contains($0) }) {
      guard let verb = Self.verb(in: clause) else {
        before = Self.times(in: clause)
        isAlone = Self.isTimeAlone(clause)
        continue
      }
      let own = Self.times(in: clause[..<verb.lowerBound])
      if Self.describes(clause[..<verb.lowerBound]) { isDescribed = true }
      // 5月10日前制定方案，报县委农办备案; of 6月15日前完成自查，并将自查报告报县督查室 nobody knows whether both are meant.
      if !isAlone, verb.lowerBound != clause.startIndex {
        if own.isEmpty, !before.isEmpty {
          let date = before.joined(separator: "、")
          doubts.append(("the report date “\(date)” can't be read for certain", paragraph))
        }
        before = []
      }
      for phrase in own.isEmpty ? before : own {
        if phrase.contains("每") || !reader.read(phrase).recurrences.isEmpty {
          let asked = clause.firstRange(of: phrase).map { String(clause[$0.lowerBound...]) }
          recurring.append((phrase, asked ?? phrase, paragraph))
          foundSomething = true
        } else {
          days.append(phrase)
        }
      }
      if !own.isEmpty || !before.isEmpty, unit.isEmpty { unit = Self.unit(in: clause) }
      before = []
    }
    weigh(Self.bracketed(sentence), against: firstOfSentence..<recurring.count, paragraph, reader)
    foundSomething = foundSomething && recurring.count > firstOfSentence
    // 按月报送，每月5日前将进展报县督查室
    if recurring.count - firstOfSentence > 1 {
      let named = recurring[firstOfSentence...].filter { !$0.phrase.hasPrefix("按") }
      if !named.isEmpty { recurring.replaceSubrange(firstOfSentence..., with: named) }
    }
    // Together, since a year that one names holds for the next.
    let reading = reader.read(days.joined(separator: "、"))
    if !reading.dueDates.isEmpty, !isDescribed {
      dates += reading.dueDates
      foundSomething = true
    } else if !days.isEmpty {
      doubts.append(("the report date “\(days.joined(separator: "、"))” can't be read for certain", paragraph))
    }
    if foundSomething { lines += paragraph }
  }

  /// Compares the recurring reports of a sentence with what its brackets say of times. 每月报送一次（每月25日前） has its day
  /// there; the days of 每半年报送一次（6月20日、12月20日前） may be others, and 每月25日前（至2025年12月） may end.
  private mutating func weigh(
    _ brackets: [Substring], against own: Range<Int>, _ paragraph: [SourceLine], _ reader: DeadlineReader
  ) {
    let phrases = own.map { recurring[$0].phrase }
    let vague = own.filter { !Self.namesDay(recurring[$0].phrase) }
    let rules = phrases.flatMap { reader.read($0).recurrences }
    var aside: [(clause: Substring, times: [String])] = []
    for clause in brackets.joined(separator: "，").split(whereSeparator: { "，,".contains($0) }) {
      let times = Self.times(in: clause).filter { time in
        // Where the day is said, （遇节假日提前至上一工作日） changes nothing, and 5号 is a document's or a street's.
        let saysNothing = ["工作日", "假"].contains(where: clause.contains) || time.hasSuffix("号")
        return !phrases.contains(time)
          && (!vague.isEmpty || time.contains { "年月每".contains($0) } || !saysNothing)
      }
      let isFirst = ["首次", "开始"].contains(where: clause.contains)
      // （2024年起） changes nothing, nor does （首次报送为3月25日） where that is one of the days.
      let changesNothing =
        isFirst
        ? times.flatMap { reader.read($0).dueDates }.contains { day in rules.contains { $0.falls(on: day) } }
        : clause.contains("起")
      if !times.isEmpty, !changesNothing { aside.append((clause, times)) }
    }
    guard let first = own.first, !aside.isEmpty else { return }
    let times = aside.flatMap(\.times)
    if own.count == 1, !vague.isEmpty, times.count == 1, times[0].contains("每") {
      recurring[first].phrase = times[0]
      recurring[first].clause += "（\(times[0])）"
      return
    }
    let asked = vague.isEmpty ? phrases : vague.map { recurring[$0].phrase }
    for index in vague.reversed() { recurring.remove(at: index) }
    let words = "\(asked.joined(separator: "、"))（\(aside.map(\.clause).joined(separator: "，"))）"
    doubts.append(("the report date “\(words)” can't be read for certain", paragraph))
  }

  /// Whether a recurring time says on which day: 每季度末月25日前, 每周五, but not 每半年.
  private static func namesDay(_ phrase: String) -> Bool {
    phrase.contains { "日号".contains($0) } || phrase.contains("星期")
      || zip(phrase, phrase.dropFirst()).contains { $0 == "周" && "一二三四五六天".contains($1) }
  }

  /// The words for times, from left to right: those that 前 ends, or else the last that something like 末 does.
  private static func times(in clause: Substring) -> [String] {
    // Text without signs between goes on for pages, and each 月 of it would be looked at from its beginning.
    let clause = clause.suffix(200)
    var phrases: [String] = []
    var limit = clause.endIndex
    for end in clause.indices.reversed()
    where end < limit && clause[end] == "前" && clause.distance(from: end, to: clause.endIndex) <= 40 {
      guard let phrase = time(endingAt: end, in: clause) else { continue }
      phrases.insert(String(phrase), at: 0)
      limit = phrase.startIndex
    }
    if !phrases.isEmpty { return phrases }
    let end = clause.indices.reversed().first { end in
      "内末底度月年周旬日号".contains(clause[end]) && time(endingAt: end, in: clause) != nil
    }
    guard let end, let phrase = time(endingAt: end, in: clause) else { return [] }
    return [String(clause[phrase.startIndex..<Self.endOfWeekday(behind: phrase, in: clause)])]
  }

  /// Where 每周 ends with the day behind it: 每周一报送, but 每周一次.
  private static func endOfWeekday(behind phrase: Substring, in clause: Substring) -> Substring.Index {
    guard phrase.last == "周", let day = clause[phrase.endIndex...].first, "一二三四五六日天".contains(day) else {
      return phrase.endIndex
    }
    let behind = clause.index(after: phrase.endIndex)
    return "次回份期".contains(clause[behind...].first ?? " ") ? phrase.endIndex : behind
  }

  /// The words of a time up to that place; nil where none are there.
  private static func time(endingAt end: Substring.Index, in clause: Substring) -> Substring? {
    let run = clause[..<end].reversed().prefix { timeCharacters.contains($0) }.count
    var words = clause[clause.index(end, offsetBy: -run)...end].drop { !beginnings.contains($0) }
    // 每季度首月10日前, 每月最后一周周五前: a part of it alone is another time.
    let part = clause[..<words.startIndex].lastIndex { "、，于在".contains($0) } ?? clause.startIndex
    if let every = clause[part..<words.startIndex].lastIndex(of: "每"), !words.contains("每") {
      words = clause[every...end]
    }
    let isTime = words.contains { "年月日号季周旬度节".contains($0) } || words.contains("星期")
    return words.count > 1 && isTime ? words : nil
  }

  private static let timeCharacters = Set(
    "0123456789０１２３４５６７８９〇○零一二三四五六七八九十年月日号、和及前之以末初首次翌每按季度半周旬上中下底今明本内结束后个工作第逢双单最元旦春国庆节劳动星期天午晚早点时分:：")
  private static let beginnings = Set("0123456789０１２３４５６７８９〇○零一二三四五六七八九十次翌每按半上下今明本第逢双单年季元春国五")

  /// Whether what is behind a time may say of something else when it was: 3月10日前发现的问题.
  private static func describes(_ words: Substring) -> Bool {
    guard let before = words.firstIndex(of: "前") else { return false }
    return words[before...].prefix { !"将把".contains($0) }.prefix(8).contains("的")
  }

  /// Whether a clause says a time and nothing behind it, so that the next one says what is to be done by then.
  private static func isTimeAlone(_ clause: Substring) -> Bool {
    clause.last.map { "前内末底".contains($0) } ?? false
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

  /// What is in brackets.
  private static func bracketed(_ words: Substring) -> [Substring] {
    words.split(whereSeparator: \.opensBracket).dropFirst().map { $0.prefix { !$0.closesBracket } }
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

  private static let addressees = [
    "各责任单位", "各牵头单位", "各有关", "各相关", "各单位", "各部门", "各成员单位", "各地", "各县", "各乡", "各镇", "各街道", "各级", "整改情况",
    "落实情况",
  ]

  private static func speaksToAll(_ sentence: Substring) -> Bool {
    addressees.contains(where: sentence.contains) || sentence.contains("请") && !asksOneUnit(sentence)
  }

  /// 请县水利局牵头，于6月20日前报送方案
  private static func asksOneUnit(_ sentence: Substring) -> Bool {
    let asked = sentence.ranges(of: "请").map { range in
      String(sentence[range.upperBound...].prefix { !"牵负于在将把按主对报，,、".contains($0) })
    }
    return !asked.isEmpty && asked.allSatisfy { NameList.endsAsUnit($0) && !NameList.isVague($0) }
      && !addressees.contains(where: sentence.contains)
  }

  /// The verb that has something handed in: 报, 反馈, 提交, 函告, 发至; 送 and 交 before an office, but no 配送 or 交通.
  private static func verb(in clause: Substring) -> Range<Substring.Index>? {
    let offices = ["县", "市", "区", "省", "局", "督", "领导", "整改", "至", "到", "给", "我"]
    let words =
      ["报", "反馈", "提交", "函告", "发至", "发送"] + ["送", "交"].flatMap { verb in offices.map { verb + $0 } }
    let found = words.flatMap { clause.ranges(of: $0) }.sorted { $0.lowerBound < $1.lowerBound }
    // 将整改报告报县督查室: the document is no verb where another follows.
    return found.first { !"告表".contains(clause[$0.upperBound...].first ?? "，") } ?? found.first
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
