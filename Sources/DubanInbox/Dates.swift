import DubanCore

/// Days named in an answer.
enum Dates {
  /// A day, or words for one that could be several: 春节后, 1月中旬, 12.25.
  struct Found {
    var day: CivilDate?
    var range: Range<String.Index>
  }

  /// A day further away than this, named without its year, is rather a slip than next year's.
  private static let furthest = 300

  private static let pattern = Pattern(
    /(?<full>\d{4}[\-\/.]\d{1,2}[\-\/.]\d{1,2})|(?<compact>20[2-4]\d[01]\d[0-3]\d)(?!\d)|(?<month>(?:\d{4}年|2\d年|明年|今年|本年)?(?:\d{1,2}|[一二三四五六七八九十元]{1,2}|本|当|这个?|下个?)月份?(?<ofMonth>底|末|初|[上中下]旬|(?:\d{1,2}|[一二三四五六七八九十]{1,3})[日号]?)?(?:[（(](?:周|星期)[一二三四五六日天][）)])?)|(?<end>月底|月末|(?:\d{4}年|今年|本年|明年)第?[一二三四]季度[底末]|(?:\d{4}|今|本|明)?年[底末])|(?<week>本|这个?|下下?个?)?(?:周|星期|礼拜)(?<weekday>[一二三四五六日天])(?:[（(](?<dated>(?:\d{1,2}月)?\d{1,2}[日号])[）)])?|(?<near>今天|今日|明天|明日|后天)|(?<count>\d{1,3}|[一二两三四五六七八九十]{1,2})个?(?<unit>天|日|周|星期)(?:之?内|以内)|(?<day>\d{1,2}[日号])|(?:元旦|春节|国庆|五一|端午|中秋|节[前后]|年[前后]|近期|近日|季度|旬|周[末内]|[本下]周|[月年]内|半年|\d{1,2}[.\/\-]\d{1,2}|[明后]年|[上下]半年|[\d半一二两三四五六七八九十]个?(?:天|日|周|星期|月|年|工作日))/
  )

  /// The days in a text, in order; without a year, the next such day from `start`.
  static func found(in text: String, from start: CivilDate?) -> [Found] {
    text.matches(of: pattern.regex).map { match in
      let found = match.output
      var day: CivilDate?
      if let full = found.full {
        let parts = full.split { !$0.isNumber }.compactMap { Int($0) }
        day = parts.count == 3 ? CivilDate(year: parts[0], month: parts[1], day: parts[2]) : nil
      } else if let compact = found.compact, text[..<match.range.lowerBound].last?.isNumber != true {
        day = CivilDate("\(compact.prefix(4))-\(compact.dropFirst(4).prefix(2))-\(compact.suffix(2))")
      } else if let month = found.month {
        let isDay = found.ofMonth.map { $0 != "初" && !$0.hasSuffix("旬") } ?? false
        day = isDay ? written(month.prefix { $0 != "（" && $0 != "(" }, start) : nil
      } else if let phrase = found.end ?? found.day {
        day = written(phrase, start)
      } else if let weekday = found.weekday?.first {
        day = start.flatMap { Self.weekday(weekday, found.week ?? "", $0) }
        // 本周五（12月30日）, if that is a Friday.
        if let dated = found.dated, written(dated, start) != day { day = nil }
      } else if let near = found.near {
        day = start?.adding(days: near.hasPrefix("今") ? 0 : near.hasPrefix("明") ? 1 : 2)
      } else if let count = found.count.flatMap(number), let unit = found.unit {
        day = start?.adding(days: count * (unit == "天" || unit == "日" ? 1 : 7))
      }
      return Found(day: day, range: match.range)
    }
  }

  /// Whether words name nothing but days up to today; without a year, the nearest such day.
  static func hasCome(_ text: String, by today: CivilDate?) -> Bool {
    guard let today else { return false }
    let found = found(in: text, from: today.adding(days: -182))
    return !found.isEmpty && found.allSatisfy { $0.day.map { $0 <= today } ?? false }
  }

  /// As a deadline is read; where only the year isn't named, the next such day.
  private static func written(_ phrase: Substring, _ start: CivilDate?) -> CivilDate? {
    // 23年1月20日
    let isShort = phrase.prefix(2).allSatisfy(\.isNumber) && phrase.dropFirst(2).first == "年"
    let phrase = isShort ? "20" + phrase : phrase
    let reading = DeadlineReader(issued: start).read(phrase + "前")
    let namesYear = phrase.prefix(4).allSatisfy(\.isNumber) || phrase.contains("年")
    let days = reading.status == .read ? reading.dueDates : reading.alternatives
    if namesYear { return days.count == 1 ? days.first : nil }
    guard let start else { return nil }
    return days.first { $0 >= start && $0.days(since: start) <= furthest }
  }

  /// 周五 is the next one; 下周五 the one of the week that begins on the next Monday.
  private static func weekday(_ name: Character, _ week: Substring, _ start: CivilDate) -> CivilDate? {
    let number = name == "天" ? 6 : "一二三四五六日".enumerated().first { $0.element == name }?.offset ?? 0
    let monday = start.adding(days: 1 - start.weekday.rawValue)
    let weeks = week.hasPrefix("下下") ? 2 : week.hasPrefix("下") ? 1 : 0
    let day = monday.adding(days: weeks * 7 + number)
    if day >= start { return day }
    return week.isEmpty ? day.adding(days: 7) : nil
  }

  /// 3, 三 and 十二.
  static func number(_ text: Substring) -> Int? {
    if let number = Int(text) { return number }
    let values: [Character: Int] = [
      "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10,
    ]
    let digits = text.compactMap { values[$0] }
    switch digits.count {
    case 1: return digits.first
    case 2 where digits[0] == 10 && digits[1] < 10: return 10 + digits[1]
    default: return nil
    }
  }
}

/// Until when an automatic reply says that its sender is away.
enum AwayReply {
  /// In characters; no such reply is longer, and what is behind it is a signature.
  private static let longest = 2_000

  private static let dayMonth = Pattern(
    /\b(?<day>\d{1,2})(?:st|nd|rd|th)?(?: of)? (?<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?(?:,? (?<year>20\d\d))?\b/
  )
  private static let monthDay = Pattern(
    /\b(?<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? (?<day>\d{1,2})(?:st|nd|rd|th)?(?:,? (?<year>20\d\d))?\b/
  )

  private static let away = Pattern(
    /休假|[年产病婚事]假|请假|假期|放假|外出|公出|出差|出国|出访|不在|离岗|开会|学习|培训|out of (?:the )?office|out of town|\baway\b|\bleave\b|vacation|holiday|absen[tc]/
  )
  private static let doubtful = Pattern(
    /可能|大概|大约|左右|前后|暂定|尚未|取消|推迟|不能|无法|不会|未能|\bnot\b|n't|\bmay\b|\bmight\b|about/)
  private static let until = Pattern(/(?:[至到\-–—~～]|\b(?:until|till|through|thru|to))$/)
  private static let backBehind = Pattern(
    /^(?:[（(][^）)]{1,6}[）)])?(?:[上下]午|早上|正式|起|才|再|可|将|会)*(?:返回|返岗|回来|回到|回单位|回岗|上班|(?:恢复|正常)(?:上班|办公|工作)|复工|销假)/
  )
  private static let backBefore = Pattern(
    /(?:(?:返回|返岗|回来|上班)(?:时间|日期)?[为是：:]*|\b(?:back|return|returning|resume|resuming)(?: (?:to|in|at|the|my|office|work|desk|again|on|(?:mon|tues|wednes|thurs|fri|satur|sun)day))*)$/
  )
  /// What may be beside the dates in a clause that says nothing else.
  private static let linking = Pattern(/\b(?:from|to|until|till|through)\b|[我本人将于从自起止期间因至到\-–—~～ （）()]/)

  /// The last day away; nil where that isn't certain, or is over. A day of return is the day behind it.
  ///
  /// - Parameter day: when it was written.
  static func end(in text: String, from day: CivilDate?) -> CivilDate? {
    guard let day else { return nil }
    // Days before which a person is away, and all that a range ends with: one that isn't understood spoils the others.
    var (ends, backs, ranges): (Set<CivilDate?>, Set<CivilDate?>, Set<CivilDate?>) = ([], [], [])
    for sentence in sentences(text) {
      let clauses = sentence.split { "，,".contains($0) }.map(String.init)
      for (place, clause) in clauses.enumerated() {
        let dates = Dates.found(in: clause, from: day)
        let isBare = clause.isBare(beside: dates, linking)
        let beside = isBare ? clauses[max(0, place - 1)...min(place + 1, clauses.count - 1)] : [clause]
        let isAway = beside.contains { away.isIn($0) } && !beside.contains { doubtful.isIn($0) }
        for (number, date) in dates.enumerated() {
          let before = trimmed(String(clause[..<date.range.lowerBound]))
          let after = trimmed(String(clause[date.range.upperBound...]))
          if backBehind.isIn(after) || backBefore.isIn(before) {
            backs.insert(doubtful.isIn(clause) ? nil : date.day)
          } else if until.isIn(before) {
            let end = number == 0 ? date.day : Self.end(dates[number - 1], date, in: clause, from: day)
            ranges.insert(end)
            if isAway, !["前", "之前", "后", "之后", "以后"].contains(where: after.hasPrefix) { ends.insert(end) }
          }
        }
      }
    }
    guard ends == ranges, ends.count <= 1, backs.count <= 1 else { return nil }
    let (until, back) = (ends.first ?? nil, (backs.first ?? nil)?.adding(days: -1))
    if !ends.isEmpty && until == nil || !backs.isEmpty && back == nil { return nil }
    if let until, let back, until > back { return nil }
    return (back ?? until).flatMap { $0 >= day ? $0 : nil }
  }

  /// The end of 12月20日至30日 is in the month of its beginning.
  private static func end(
    _ start: Dates.Found, _ end: Dates.Found, in clause: String, from day: CivilDate
  ) -> CivilDate? {
    let (first, second) = (clause[start.range], clause[end.range])
    guard second.allSatisfy({ $0.isNumber || "日号".contains($0) }), let month = first.lastIndex(of: "月") else {
      return end.day
    }
    return Dates.found(in: "\(first[...month])\(second)", from: day).first?.day
  }

  /// In small letters, with English dates as Chinese ones, so that one reader knows all.
  private static func sentences(_ text: String) -> [String] {
    let small = String(text.prefix(longest)).lowercased()
    let dated = small.replacing(dayMonth.regex) { chinese($0.output.year, $0.output.month, $0.output.day) }
      .replacing(monthDay.regex) { chinese($0.output.year, $0.output.month, $0.output.day) }
    return dated.replacing(". ", with: "\n").split { "。！？!?；;\n".contains($0) }.map(String.init)
  }

  private static func chinese(_ year: Substring?, _ month: Substring, _ day: Substring) -> String {
    (year.map { "\($0)年" } ?? "") + "\(MailDay.month(month) ?? 1)月\(day)日"
  }
}

extension String {
  /// Whether nothing but dates and words that link them is here.
  fileprivate func isBare(beside dates: [Dates.Found], _ linking: Pattern<Substring>) -> Bool {
    guard !dates.isEmpty else { return false }
    var rest = self
    for date in dates.reversed() { rest.removeSubrange(date.range) }
    return trimmed(rest.replacing(linking.regex, with: "")).isEmpty
  }
}
