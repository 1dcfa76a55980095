extension Interpreter {
  /// What an item's dates are, and what is uncertain about them.
  struct Dates {
    var first: CivilDate
    var last: CivilDate
    var doubt: Note?
    var others: [CivilDate] = []
    /// Whether the words themselves say the year.
    var isYearSaid: Bool
  }

  /// The dates of an item, or why it has none.
  enum Resolution {
    case dates(Dates)
    case failed(Note)
  }

  mutating func resolved(first: Period?, last: Period) -> Resolution {
    let resolution = first.map { resolveSpan($0, last) } ?? resolve(last)
    if case .dates(let dates) = resolution {
      (carriedYear, carriedMonth, _) = dates.last.components
      // The day before a festival may lie in the year before it: 2023年元旦、春节前.
      if case .eve = last.unit { carriedYear = dates.last.adding(days: 1).year }
    }
    return resolution
  }

  mutating func resolveSpan(_ first: Period, _ last: Period) -> Resolution {
    var (first, last) = (first, last)
    if first.unit == .day, first.month == 0 { first.month = carriedMonth ?? 0 }
    if last.unit == .day, last.month == 0 { last.month = first.month }
    if case .years = first.unit, last.isWithinYear, last.year == .unsaid { return .failed(.reversed) }
    if first.year == .unsaid, last.year != .unsaid, last.year != .next { return .failed(.unclear) }
    let from: Dates
    switch resolve(first) {
    case .dates(let dates): from = dates
    case .failed(let note): return .failed(note)
    }
    let year = from.first.year
    let dueYear: Int
    switch last.year {
    case .given(let given): dueYear = given
    case .next: dueYear = year + 1
    case .unsaid: dueYear = year
    case .unknown: return .failed(.unnamed)
    }
    guard TokenCursor.years.contains(dueYear) else { return .failed(.outOfRange) }
    guard let end = last.days(in: dueYear) else { return .failed(.nonexistent) }
    let start = first.edge == .end ? from.last : from.first
    var dates = Dates(first: start, last: end.last, isYearSaid: from.isYearSaid)
    let later = last.days(in: dueYear + 1)?.last
    // Whether the document's year has passed for the range is decided by its end.
    if from.doubt == .past {
      if issue.isPast(end.last) {
        (dates.doubt, dates.others) = (.past, [end.last, later].compactMap { $0 })
      }
    } else {
      (dates.doubt, dates.others) = (from.doubt, from.others)
    }
    dates.doubt = Self.doubt(of: first) ?? Self.doubt(of: last) ?? dates.doubt
    if end.last < start {
      (dates.doubt, dates.others) = (.reversed, [from.last, later].compactMap { $0 })
    }
    if last.note != nil, dates.doubt == nil { repaired = last.note }
    return .dates(dates)
  }

  /// Finds the year of a period, and its days.
  mutating func resolve(_ period: Period) -> Resolution {
    var period = period
    let doubt = Self.doubt(of: period)
    var isDayOnly = false
    if period.unit == .day, period.month == 0 {
      guard let month = carriedMonth ?? issue.day?.month else { return .failed(.dayOnly) }
      isDayOnly = carriedMonth == nil
      period.month = month
    }
    let (year, isSaid): (Int, Bool)
    switch period.year {
    case .given(let given): (year, isSaid) = (given, true)
    case .next:
      guard let named = carriedYear ?? describedYear else { return .failed(.unnamed) }
      (year, isSaid) = (named + 1, true)
    case .unknown: return .failed(.unnamed)
    case .unsaid:
      // A day that no year has is invalid, whatever the year.
      guard period.days(in: 2024) != nil else { return .failed(.nonexistent) }
      guard let known = carriedYear ?? issue.year else { return .failed(.noIssueDate) }
      // The New Year whose eve lies in the year is the next one's.
      (year, isSaid) = (period.unit == .eve(.newYear) ? known + 1 : known, false)
    }
    guard TokenCursor.years.contains(year) else { return .failed(.outOfRange) }
    guard let days = period.days(in: year) else {
      if case .eve = period.unit { return .failed(.festivalUnknown) }
      return .failed(.nonexistent)
    }
    guard TokenCursor.years.contains(days.last.year) else { return .failed(.outOfRange) }
    var dates = Dates(first: days.first, last: days.last, doubt: doubt, isYearSaid: isSaid)
    checkHoliday(&dates)
    if isDayOnly {
      checkMonth(&dates)
    } else if !isSaid {
      checkYear(&dates, period, year)
    }
    if let weekday = period.weekday, weekday != days.last.weekday { dates.doubt = .weekdayDiffers }
    if let note = period.note, note != .holiday, dates.doubt == nil { repaired = note }
    return .dates(dates)
  }

  /// A day without a month is one of the document's month, unless it has passed there.
  mutating func checkMonth(_ dates: inout Dates) {
    if issue.isPast(dates.last) || !readsDayAlone {
      (dates.doubt, dates.others) = (dates.doubt ?? .dayOnly, [dates.last, dates.last.adding(months: 1)])
    } else if dates.doubt == nil {
      repaired = .monthOfDocument
    }
  }

  /// Doubts a year that the words don't say: the day may have passed, or lie before the one named before.
  func checkYear(_ dates: inout Dates, _ period: Period, _ year: Int) {
    if carriedYear != nil, let lastDue, dates.last < lastDue {
      dates.doubt = dates.doubt ?? .backwards
    } else if carriedYear == nil, issue.isPast(dates.last) {
      dates.doubt = dates.doubt ?? .past
    } else if carriedYear == nil, let describedYear, describedYear > year {
      dates.doubt = dates.doubt ?? .yearOfPlan
    } else {
      return
    }
    dates.others = [dates.last, period.days(in: year + 1)?.last].compactMap { $0 }
  }

  /// 五一假期前: certain where the holiday begins on the festival itself, by the year's notice.
  func checkHoliday(_ dates: inout Dates) {
    guard dates.doubt == .holiday else { return }
    let eve = calendar.workday(onOrBefore: dates.last)
    let isKnown = calendar.isKnown(dates.last) && calendar.isKnown(dates.last.adding(days: 1))
    if isKnown, eve == dates.last { dates.doubt = nil } else { dates.others = [eve, dates.last] }
  }

  /// What the words themselves leave open.
  static func doubt(of period: Period) -> Note? {
    switch period.edge {
    case .beginning, .middle: return .vagueEdge
    case .whole, .end: break
    }
    switch period.note {
    case .readTwoDigitYear, .missingDay, .misspeltEnd, .monthDay, nil: return nil
    default: return period.note
    }
  }
}

extension Interpreter {
  /// Reads a counted span: from a date that the words name, an end of its own; otherwise so long after the event.
  mutating func interpretSpan(_ index: Int, _ count: Int, _ unit: Reading.Unit, isEvent: Bool) {
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
