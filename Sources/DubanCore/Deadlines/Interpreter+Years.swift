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
    if isDayOnly {
      checkMonth(&dates)
    } else if !isSaid {
      checkYear(&dates, period, year)
    }
    if let weekday = period.weekday, weekday != days.last.weekday { dates.doubt = .weekdayDiffers }
    if period.note != nil, dates.doubt == nil { repaired = period.note }
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
