extension Interpreter {
  /// Reads a counted span: from a date that the words name, an end of its own; otherwise so long after the event.
  mutating func judgeSpan(_ index: Int, _ count: Int, _ unit: Reading.Unit, isEvent: Bool) {
    let item = items[index]
    if isRange(item) { repaired = .spanOfNumbers }
    let isWithin = context.tokens[item.tokens.upperBound - 1].word == .within
    if isEvent, isWithin, let start = start(of: index),
      unit != .workday || end(of: count, unit, from: start) != nil
    {
      addDay(count: count, unit, from: start)
    } else {
      add(.relative(count: count, unit: unit, after: isEvent ? event(before: item) : nil))
    }
  }

  /// The day that a span or 前3个工作日 is counted to, with the reason; unread where the calendar doesn't reach so far.
  mutating func addDay(count: Int, _ unit: Reading.Unit, from day: CivilDate) {
    guard let end = end(of: count, unit, from: day), TokenCursor.years.contains(end.year) else {
      unread = unread ?? .workdaysUnknown
      return
    }
    let name = unit == .workday ? "working day" : unit.rawValue
    let amount = "\(abs(count)) \(name)\(abs(count) == 1 ? "" : "s")"
    counted =
      "\(amount) \(count < 0 ? "before" : "from") \(day)"
      + (unit == .workday ? ", by the working-day calendar" : "")
    lastDue = end
    add(.date(due: end))
  }

  /// The day so many units after another; nil for working days of a year whose holiday notice isn't known.
  func end(of count: Int, _ unit: Reading.Unit, from day: CivilDate) -> CivilDate? {
    switch unit {
    case .day: return day.adding(days: count)
    case .month: return day.adding(months: count)
    case .year: return day.adding(months: count * 12)
    case .workday:
      let end = calendar.adding(workdays: count, to: day)
      return calendar.isKnown(day) && calendar.isKnown(end) ? end : nil
    }
  }

  /// The day that 自2022年11月30日起 names directly before the span.
  private mutating func start(of index: Int) -> CivilDate? {
    guard index > 0, items[index - 1].tokens.upperBound == items[index].tokens.lowerBound,
      items[index - 1].suffix == .from || items[index - 1].suffix == .after,
      case .period(let period) = items[index - 1].content, period.unit == .day,
      [.number, .numeral, .yearFromIssue].contains(context.tokens[items[index - 1].tokens.lowerBound].word),
      case .dates(let dates) = resolved(first: nil, last: period), dates.doubt == nil
    else { return nil }
    return dates.last
  }

  /// 3-5年内.
  private func isRange(_ item: Item) -> Bool {
    item.tokens.count > 3 && [.dash, .to].contains(context.tokens[item.tokens.lowerBound + 1].word)
  }

  /// 每年2月底前…，3月底前…: a date without a year behind one that comes each year comes each year too. Behind the end
  /// of a sentence, or where the month alone is named, that isn't certain.
  mutating func comesEachYear(_ index: Int, _ period: Period) -> Bool {
    guard let yearly, yearly.index == index - 1, period.year == .unsaid, period.isWithinYear,
      period.offset == nil
    else { return false }
    let between = context.tokens[items[index - 1].tokens.upperBound..<items[index].tokens.lowerBound]
    let isList = between.allSatisfy { [.list, .and, .comma].contains($0.word) }
    if isList, case .recurring = items[index - 1].content { return false }
    let isSentence = between.contains { $0.word == .stop }
    guard !isSentence, items[index].suffix == .before || period.edge == .end,
      case .period = items[index].content,
      let day = MonthDay(period), period.isDay || period.edge == .end
    else {
      unread = unread ?? .eachYear
      return true
    }
    addRules(
      MonthDay.rules([day]).map { rule in
        var rule = rule
        (rule.from, rule.until) = (yearly.from, yearly.until)
        return rule
      }, index)
    return true
  }
}
