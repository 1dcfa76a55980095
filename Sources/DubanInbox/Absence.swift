import DubanCore

/// Until when an automatic reply says that its sender is away.
enum Absence {
  /// In characters; no such reply is longer, and what stands behind it is a signature.
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
  /// What may stand beside the dates in a clause that says nothing else.
  private static let linking = Pattern(/\b(?:from|to|until|till|through)\b|[我本人将于从自起止期间因至到\-–—~～ （）()]/)

  /// The last day away; nil where that isn't certain, or is over. A day of return is the day behind it.
  ///
  /// - Parameter day: when it was written.
  static func end(in text: String, from day: CivilDate?) -> CivilDate? {
    guard let day else { return nil }
    // Days before which somebody is away, and all that a range ends with: one that isn't understood spoils the others.
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
    let number = (MailDay.months.firstIndex(of: String(month)) ?? 0) + 1
    return (year.map { "\($0)年" } ?? "") + "\(number)月\(day)日"
  }
}

extension String {
  /// Whether nothing but dates and words that link them stands here.
  fileprivate func isBare(beside dates: [Dates.Found], _ linking: Pattern<Substring>) -> Bool {
    guard !dates.isEmpty else { return false }
    var rest = self
    for date in dates.reversed() { rest.removeSubrange(date.range) }
    return trimmed(rest.replacing(linking.regex, with: "")).isEmpty
  }
}
