extension Interpreter {
  /// Decides whether a date is the deadline, from what stands around it.
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
      trail.word == .start && (trail.value == 1 || trail.hasTimes) || trail.word == .target
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
