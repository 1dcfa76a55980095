extension Interpreter {
  /// 9月27日、12月27日前 and 6月、12月底前: what is behind the last holds for each.
  mutating func shareSuffixes() {
    for index in items.indices.dropLast().reversed() {
      let next = items[index + 1]
      guard next.isJoined, items[index].suffix == .none, case .period(var period) = items[index].content,
        case .period(let last) = next.content
      else { continue }
      items[index].suffix = next.suffix
      if period.unit == last.unit, period.edge == .whole { period.edge = last.edge }
      items[index].content = .period(period)
    }
  }

  /// 全年持续推进: lasting for that period, not without an end.
  func isWithinPeriod(_ item: Item) -> Bool {
    guard let before = items.last(where: { $0.tokens.upperBound == item.tokens.lowerBound }) else {
      return false
    }
    switch before.content {
    case .period(let period), .span(_, let period):
      return before.suffix != .from && before.suffix != .before && period.edge == .whole
        && period.unit != .day
    default: return false
    }
  }

  /// Whether the item is only there for the one behind it: 2018年起 before 每季度, 2022年 before 6月底前.
  func leadsTo(_ index: Int) -> Bool {
    guard index + 1 < items.count else { return false }
    let (start, end) = (items[index].tokens.upperBound, items[index + 1].tokens.lowerBound)
    // 自2022年起，各单位每年报送
    if items[index].suffix == .from, case .recurring = items[index + 1].content {
      return !context.tokens[start..<end].contains { $0.word == .stop }
    }
    return context.tokens[start..<end].allSatisfy { $0.word.isHarmless || $0.word == .colon }
  }

  /// Whether 、 or 和 joins the item to the one before or behind it.
  func isInList(_ index: Int) -> Bool {
    items[index].isJoined || index + 1 < items.count && items[index + 1].isJoined
  }

  /// What is behind the item; what is behind the last of a list holds for each: 分别于6月底和7月底报送.
  func trail(of index: Int) -> Context.Trail {
    var last = index
    while last + 1 < items.count, items[last + 1].isJoined, case .period = items[last + 1].content {
      last += 1
    }
    return context.trail(of: items[last])
  }

  /// Bounds the rules by the item before them: 2020年起，每年…; 2022年至2024年每年….
  func bounded(_ rules: [Recurrence], by index: Int) -> [Recurrence] {
    guard index > 0, bounds(index - 1) else { return rules }
    let (first, last) = extent(of: items[index - 1]) ?? (nil, end(of: index - 1))
    return rules.map { rule in
      var rule = rule
      rule.from = first
      rule.until = last
      return rule
    }
  }

  /// 5-10月 before 每月: of this year or of every year.
  func limitsMonths(_ item: Item) -> Bool {
    guard item.suffix == .none else { return false }
    switch item.content {
    case .period(let period), .span(let period, _):
      return period.year == .unsaid && period.isWithinYear && period.edge == .whole
    default: return false
    }
  }

  /// 2022年9月底前每月调度: the last day of the recurrence. A rule that comes once a year may begin at the date.
  private func end(of index: Int) -> CivilDate? {
    guard items[index].suffix == .before, case .recurring(let rules) = items[index + 1].content,
      rules.allSatisfy({ $0.frequency != .yearly || $0.months.count > 1 }),
      case .period(let period) = items[index].content, period.unit == .day || period.edge == .end,
      period.note == nil, case .given(let year) = period.year, TokenCursor.years.contains(year)
    else { return nil }
    let between = context.tokens[items[index].tokens.upperBound..<items[index + 1].tokens.lowerBound]
    guard between.allSatisfy({ $0.word == .comma }) else { return nil }
    return period.days(in: year)?.last
  }

  /// 6月15日前，每月底调度: the day that bounds a recurrence behind a comma, where the recurrence itself doesn't come to it. The
  /// end of a period, as in 2022年底前，每周五报送, only says for how long.
  func ownEnd(of index: Int, _ rules: [Recurrence]) -> CivilDate? {
    guard bounds(index), let last = end(of: index), case .period(let period) = items[index].content,
      period.unit == .day, items[index].tokens.upperBound < items[index + 1].tokens.lowerBound
    else { return nil }
    return rules.contains { $0.falls(on: last) } ? nil : last
  }

  /// Whether the item bounds the recurrence behind it.
  func bounds(_ index: Int) -> Bool {
    guard index + 1 < items.count, case .recurring = items[index + 1].content, leadsTo(index) else {
      return false
    }
    if end(of: index) != nil { return true }
    switch items[index].suffix {
    case .none, .from, .during: break
    default: return false
    }
    return extent(of: items[index]) != nil
  }

  func extent(of item: Item) -> (first: CivilDate?, last: CivilDate?)? {
    let period: Period
    switch item.content {
    case .period(let only): period = only
    case .span(let first, _): period = first
    default: return nil
    }
    guard period.edge == .whole, period.unit != .day || item.suffix == .from,
      case .given(let year) = period.year, TokenCursor.years.contains(year),
      let days = period.days(in: year)
    else { return nil }
    if item.suffix == .from { return (days.first, nil) }
    guard case .span(_, let last) = item.content else {
      // 至2023年6月每月报送
      let isEnd = item.tokens.lowerBound > 0 && context.tokens[item.tokens.lowerBound - 1].word == .to
      return (isEnd ? nil : days.first, days.last)
    }
    let lastYear: Int
    switch last.year {
    case .given(let given): lastYear = given
    case .unsaid: lastYear = year
    default: return nil
    }
    guard TokenCursor.years.contains(lastYear), let end = last.days(in: lastYear)?.last, end >= days.first
    else { return nil }
    return (days.first, end)
  }

  /// 上月工作情况 and 当月进展 behind another date: what is reported, not when. A period before the document's is no
  /// deadline anywhere.
  func isContent(_ index: Int, _ period: Period) -> Bool {
    guard let offset = period.offset else { return false }
    return offset < 0
      || index > 0 && items[index].suffix == .none && period.edge == .whole && period.unit != .day
  }

  /// 每月5日前、20日前 and 6月、12月10日前: the second belongs to the first in a way that the words leave open.
  func belongsToItemBefore(_ index: Int, _ period: Period) -> Bool {
    guard index > 0, period.year == .unsaid, period.isWithinYear else { return false }
    let before = items[index - 1]
    let between = context.tokens[before.tokens.upperBound..<items[index].tokens.lowerBound]
    guard between.allSatisfy({ $0.word == .list || $0.word == .and || $0.word == .comma }) else {
      return false
    }
    switch before.content {
    case .recurring: return true
    case .period(let first):
      let isFiner = if case .tenDays = period.unit { true } else { period.unit == .day && period.month > 0 }
      return items[index].isJoined && first.unit == .month && first.edge == .whole && isFiner
    default: return false
    }
  }

  /// The words before the item; those before the first of a list hold for each: 到2023年、2025年.
  func lead(of index: Int) -> Context.Lead {
    var first = index
    while first > 0, items[first].isJoined { first -= 1 }
    return context.lead(before: items[first].tokens.lowerBound)
  }

  /// 2022年度 before 报告 or 考核 says whose report it is, not when.
  func isYearOfSomething(_ item: Item, _ period: Period, _ trail: Context.Trail) -> Bool {
    let last = context.tokens[item.tokens.upperBound - 1]
    return period.unit == .years(1) && item.suffix == .none && last.word == .year && last.value == 1
      && trail.word != nil && trail.word != .done
  }

  /// 2022年工作总结于次年1月15日前报送: the year from which the next one is counted.
  func isYearBeforeNext(_ index: Int, _ period: Period) -> Bool {
    guard index + 1 < items.count, period.unit == .years(1), period.edge == .whole,
      items[index].suffix == .none,
      case .period(let next) = items[index + 1].content
    else { return false }
    return next.year == .next
  }

  /// 19号 in 洛开〔2022〕19号: a number, not a day, unless the phrase says more.
  func isStrayNumber(_ item: Item, _ period: Period) -> Bool {
    period.unit == .day && period.month == 0 && item.suffix == .none && !context.isPlain
  }

  /// A bare year before a date without one is the year of that date.
  func isHeader(_ index: Int, _ period: Period) -> Bool {
    guard index + 1 < items.count, period.unit == .years(1), period.edge == .whole,
      items[index].suffix == .none, case .period = items[index].content, leadsTo(index)
    else { return false }
    switch items[index + 1].content {
    case .period(let next), .span(let next, _): return next.isWithinYear && next.year == .unsaid
    default: return false
    }
  }

  /// 4月20日启动，5月31日完成: when it begins, beside when it is to be done.
  func isOnlyStart(_ index: Int, _ period: Period, _ trail: Context.Trail) -> Bool {
    guard trail.word == .start, trail.value == 2, items[index].suffix == .none, period.edge == .whole,
      period.isWithinYear, index + 1 < items.count, case .period = items[index + 1].content
    else { return false }
    let next = self.trail(of: index + 1).word
    return next == .completion || next == .settled
  }

  func isStartOfRelative(_ index: Int) -> Bool {
    guard index + 1 < items.count, case .relative = items[index + 1].content else { return false }
    return items[index + 1].tokens.lowerBound == items[index].tokens.upperBound
  }
}

extension Interpreter {
  /// Decides whether a date is the deadline, from what is around it.
  mutating func weigh(
    _ item: Item, _ period: Period, _ dates: Dates, _ lead: Context.Lead, _ trail: Context.Trail
  ) {
    let isBefore = item.suffix == .before || item.suffix == .closing
    var isSure = isSaidToBeDue(item, period, lead, trail)
    if case .span = item.content, lead.isOutset { isSure = true }
    if !isSure, trail.word == .completion || trail.word == .cycleEnds || lead.isTo {
      // In running text this may be a result: only what lies ahead of the document is a deadline.
      isSure = issue.day.map { dates.last >= $0 } ?? false
    }
    if lead.isAsOf, !isBefore { isSure = issue.day.map { dates.last >= $0 } ?? false }
    // A date that opens its clause before what is done then: 7月至9月集中开展…, 年底逐一验收. Only what lies ahead.
    let isAdverb =
      trail.word == .start && (trail.value > 0 || trail.hasTimes) || trail.word == .target
      || (trail.word == .text || trail.isComma) && period.edge == .end
    // 全年组织2次 says how often.
    let isWholeYear = context.tokens[item.tokens.lowerBound].word == .wholeYear
    if !isSure, item.suffix == .none, lead.opensClause, isAdverb, !trail.hasOf, !isWholeYear {
      isSure = issue.day.map { dates.last >= $0 } ?? false
    }
    switch item.suffix {
    case .from:
      if let doubt = dates.doubt {
        hesitate(doubt, dates.others.isEmpty ? [dates.first] : dates.others)
        return
      }
      add(.from(period.edge == .end ? dates.last : dates.first))
      return
    case .after:
      unread = unread ?? .event
      return
    case .around:
      hesitate(.around, [dates.last])
      return
    default: break
    }
    let isOldStart =
      trail.word == .start && item.suffix == .none && period.edge == .whole && issue.isPast(dates.last)
    // 已完成（2022年6月）
    let isDone = context.saysDone && item.suffix == .none && issue.isPast(dates.last)
    guard isSure, !isOldStart, !isDone else {
      if case .years = period.unit, period.edge == .whole {
        ignored = ignored ?? .description
      } else if isDone {
        ignored = ignored ?? .fact
      } else {
        doubtful = doubtful ?? .unclear
        leavesOutDate = true
      }
      describe(period)
      return
    }
    lastDue = dates.last
    if lead.isAim { hasAim = true } else if lead.isLatest || lead.isQualified { hasFirmDate = true }
    if dates.doubt == .nonexistent {
      invalid = invalid ?? .nonexistent
      return
    }
    let isBare = item.suffix == .before && period.edge == .whole && !period.isDay
    if dates.doubt != nil || isBare {
      var possible = dates.others.isEmpty ? Self.alternatives(period, dates) : dates.others
      if isBare {
        possible += possible.compactMap { period.days(in: $0.year)?.first.adding(days: -1) }
      }
      hesitate(dates.doubt ?? .bareBefore, possible)
      return
    }
    if let (count, unit) = item.earlier {
      // 国庆节前一天 is counted from the festival, as 国庆节前 is.
      let isEve = if case .eve = period.unit { true } else { false }
      addDay(count: -count, unit, from: isEve ? dates.last.adding(days: 1) : dates.last)
    } else {
      add(reading(item, period, dates, trail, lead))
    }
  }

  mutating func hesitate(_ note: Note, _ dates: [CivilDate]) {
    ambiguous = ambiguous ?? note
    alternatives += dates.filter { TokenCursor.years.contains($0.year) }
  }

  /// The days that a doubtful date could mean.
  static func alternatives(_ period: Period, _ dates: Dates) -> [CivilDate] {
    guard period.edge == .beginning || period.edge == .middle else { return [dates.last] }
    let isBeginning = period.edge == .beginning
    switch period.unit {
    case .month:
      return [dates.first.adding(days: isBeginning ? 0 : 14), dates.first.adding(days: isBeginning ? 9 : 19)]
    case .years(1):
      let months = isBeginning ? [1, 3] : [6, 7]
      return months.map { dates.first.adding(months: $0).adding(days: -1) }
    default: return [dates.first, dates.last]
    }
  }

  func reading(
    _ item: Item, _ period: Period, _ dates: Dates, _ trail: Context.Trail, _ lead: Context.Lead
  ) -> Reading {
    if case .span = item.content { return .range(from: dates.first, due: dates.last) }
    let isDay = period.isDay || period.edge == .end
    let isDone =
      item.suffix == .none && !period.isBounded
      && (trail.word == .completion || trail.word == .target || lead.isTo || lead.isLatest)
    if isDay || isDone || item.suffix == .within { return .date(due: dates.last, time: period.time) }
    return .range(from: dates.first, due: dates.last)
  }
}
