/// One thing that a phrase names, before it is interpreted in its context.
struct Item {
  /// What is named.
  enum Content {
    case period(Period)
    /// Rare, and twice as large as the rest: an item is moved about a dozen times.
    indirect case span(Period, Period)
    case recurring([Recurrence])
    case relative(count: Int, unit: Reading.Unit, isEvent: Bool)
    case standing
    case immediate
    /// Something that can't be read, and forbids relying on the rest of the phrase.
    case unclear(Note)
    /// Something that looks like a deadline and is none.
    case nothing(Note)
  }

  /// What is directly behind it; `closing` is 止, which never means the time before a period begins.
  enum Suffix {
    case none, before, closing, within, during, around, since, after, from
  }

  var content: Content
  var suffix: Suffix = .none
  /// 12月31日前3个工作日: how much earlier than the date.
  var earlier: (count: Int, unit: Reading.Unit)?
  /// The first token, and the token after the last.
  var tokens: Range<Int>
  /// Only 、 or 和 is between the item before and this one.
  var isJoined = false
  /// Only 或 is between.
  var isAlternative = false

  /// Whether it names one day or the end of one period.
  var isDay: Bool { if case .period = content { true } else { false } }
}

/// Why a phrase isn't certain, or what made it so.
enum Note: String {
  case bareBefore = "“before” a month, quarter or year may mean before it begins or before it ends"
  case past = "the phrase names no year, and in the document's year this day has already passed"
  case backwards = "the phrase names no year, and in the year named before it this day would come earlier"
  case noIssueDate = "the phrase names no year, and the document's date isn't known"
  case nonexistent = "the calendar has no such date"
  case outOfRange = "the year lies outside 1949 to 2149"
  case vagueEdge = "the beginning or middle of a period names no day"
  case around = "“around” a day names no day"
  case reversed = "the period ends before it begins"
  case unclear = "what the date says about the deadline isn't certain"
  case dangling = "a number or sign beside the date makes it uncertain"
  case twoDigitYear = "a year of two digits may also be a number of years"
  case readTwoDigitYear = "the year's two digits are read as 20xx"
  case missingMonth = "月 seems to be missing"
  case missingDay = "日 is missing behind the day's number"
  case misspeltEnd = "低 is read as 底"
  case misspelt = "未 seems to stand for 末"
  case monthDay = "the two numbers are read as month and day"
  case weekdayDiffers = "the day of the week doesn't fit the date"
  case unnamed = "the phrase counts from a year or month that it doesn't name"
  case clock = "the hour may be in the morning or the afternoon"
  case dayOnly = "the phrase names a day without a month"
  case monthOfDocument = "the day is read as one of the document's month"
  case monthOnly = "the phrase doesn't name the month"
  case serviceLevel = "a service level, not a deadline of the measure"
  case fact = "says what has been done, not what is due"
  case description = "the date describes something else than the deadline"
  case event = "before or around an event whose day isn't known"
  case recurrenceUnclear = "recurs, but on no certain day"
  case aims = "names an aim and a firmer date for the same thing"
  case yearOfPlan = "the document's year and the year named beside the date differ"
  case range = "a range of numbers or a fraction names no certain span"
  case right = "says what is granted or forbidden for a time, not what is to be done by then"
  case spanOfNumbers = "names a span of two lengths, of which the longer is read"
  case weekdaysOfRule =
    "read as the last day from Monday to Friday; the working-day calendar may put it earlier"
  case workdaysUnknown = "counts working days of a year whose holiday notice isn't known"
  case festivalUnknown = "the festival's day in that year isn't known"
  case holiday = "the holiday may begin before the festival itself"
  case eachYear = "whether it comes each year like the one before isn't certain"
  case damaged = "a date stands beside it that can't be read"
  case standingUnclear = "speaks of something lasting, but not as the deadline"
  case thirtieth = "February has no such day"
  case lunar = "a date of the lunar calendar"
  case tooLong = "the text is too long for a deadline phrase"
  case moved = "one date takes the place of another"
  case turned = "words beside the date say otherwise, or more than a date can hold"
  case either = "names one date or another"
  case leftOut = "left out something that isn't certain to belong to the deadline"
  case yearsAlone = "two numbers that may be years"
  case notBefore = "names the earliest day, not the latest"
}

/// A day that recurs every year.
struct MonthDay: Equatable {
  var month: Int
  /// From 1, or -1 for the last.
  var day: Int

  init(month: Int, day: Int) { (self.month, self.day) = (month, day) }

  /// The last day of a period that names no year; nil where it names none for certain.
  init?(_ period: Period) {
    guard period.year == .unsaid || period.year == .next, period.edge == .whole || period.edge == .end,
      period.note == nil
    else { return nil }
    if case .eve(let festival) = period.unit, !festival.isFixed { return nil }
    // A leap year has every day that any year has.
    guard let last = period.days(in: 2024)?.last else { return nil }
    let isMonthEnd = !period.isDay && last == CivilDate.endOf(month: last.month, year: 2024)
    // 29 February stands for the month's end, in a year that doesn't have it.
    let isLeapDay = last.month == 2 && last.day == 29
    self.init(month: last.month, day: isMonthEnd || isLeapDay ? -1 : last.day)
  }

  /// The rules for these days of every year: one where the days of the month are the same in each.
  static func rules(_ days: [MonthDay]) -> [Recurrence] {
    let days = allAtMonthEnds(days) ?? days
    var rules: [Recurrence] = []
    for day in days {
      if let index = rules.firstIndex(where: { $0.monthDays == [day.day] }) {
        rules[index].months = Set(rules[index].months + [day.month]).sorted()
      } else {
        rules.append(Recurrence(.yearly, months: [day.month], monthDays: [day.day]))
      }
    }
    return rules
  }

  /// 6月30日 and 12月31日 are both the last of their months: one rule.
  private static func allAtMonthEnds(_ days: [MonthDay]) -> [MonthDay]? {
    guard days.count > 1 else { return nil }
    let ends = days.filter { day in
      day.day == -1 || day.month != 2 && day.day == CivilDate.daysIn(month: day.month, year: 2024)
    }
    return ends.count == days.count ? days.map { MonthDay(month: $0.month, day: -1) } : nil
  }
}

/// A stretch of the calendar as the words name it: 2022年12月中旬, 今年三季度末, 9月27日.
struct Period: Equatable {
  enum Year: Equatable {
    case unsaid
    case given(Int)
    /// The one after the year named before (次年).
    case next
    /// One that hangs on an issue date that isn't known, or on something that isn't named (当年).
    case unknown
  }

  /// How long a stretch the words name.
  enum Unit: Equatable {
    /// So many whole years.
    case years(Int)
    /// The first or second half of the year.
    case half(Int)
    /// From the first of these quarters to the end of the last.
    case quarters(Int, Int)
    case month
    /// From the first of these 旬 (1 to 3) to the end of the last.
    case tenDays(Int, Int)
    case day
    /// The day before a festival: 春节前.
    case eve(Festival)
  }

  /// Which part of the stretch.
  enum Edge: Equatable {
    case whole
    /// Its last day (底, 末).
    case end
    /// Its first part (初), which names no day.
    case beginning
    /// Its middle (中), which names no day.
    case middle
  }

  var year: Year = .unsaid
  var unit: Unit
  /// 1 to 12, 0 where the words name none.
  var month = 0
  var day = 0
  var edge: Edge = .whole
  /// Whether 期间 says that the whole stretch is meant.
  var isBounded = false
  var time: CivilTime?
  /// How the words count it from the document's date: -1 for 上月, 0 for 本月; nil where they name it.
  var offset: Int?
  /// What was taken for granted or repaired.
  var note: Note?
  /// The day of the week that is behind the date.
  var weekday: Weekday?

  /// How finely the words name it.
  enum Precision {
    case day, tenDays, month
  }

  /// How finely the words name it; `month` for anything longer.
  var precision: Precision {
    switch unit {
    case .day, .eve: .day
    case .tenDays: .tenDays
    default: .month
    }
  }

  /// First and last day in a year; nil for a day that the calendar doesn't have.
  func days(in year: Int) -> (first: CivilDate, last: CivilDate)? {
    switch unit {
    case .years(let count): Period.months(1, 12 * count, year)
    case .half(let half): (1...2).contains(half) ? Period.months(half * 6 - 5, half * 6, year) : nil
    case .quarters(let first, let last):
      (1...4).contains(first) && (1...4).contains(last) ? Period.months(first * 3 - 2, last * 3, year) : nil
    case .month: (1...12).contains(month) ? Period.months(month, month, year) : nil
    case .tenDays(let first, let last): Period.tenDays(first, last, month, year)
    case .day: CivilDate(year: year, month: month, day: day).map { ($0, $0) }
    case .eve(let festival): festival.day(in: year).map { ($0.adding(days: -1), $0.adding(days: -1)) }
    }
  }

  /// Whether one day is named, so that “before” it isn't in doubt.
  var isDay: Bool { precision == .day }

  /// Whether the words name a month or a part of one, so that a year must be found for them.
  var isWithinYear: Bool {
    if case .years = unit { false } else { true }
  }

  private static func months(_ first: Int, _ last: Int, _ year: Int) -> (first: CivilDate, last: CivilDate)? {
    let (yearsLater, month) = (last - 1).quotientAndRemainder(dividingBy: 12)
    guard let start = CivilDate(year: year, month: first, day: 1),
      let end = CivilDate.endOf(month: month + 1, year: year + yearsLater)
    else { return nil }
    return (start, end)
  }

  private static func tenDays(
    _ first: Int, _ last: Int, _ month: Int, _ year: Int
  ) -> (first: CivilDate, last: CivilDate)? {
    guard let start = CivilDate(year: year, month: month, day: first * 10 - 9) else { return nil }
    if last == 3 { return CivilDate.endOf(month: month, year: year).map { (start, $0) } }
    return CivilDate(year: year, month: month, day: last * 10).map { (start, $0) }
  }
}

/// What is known of the day on which the document was issued.
struct IssueDate: Sendable {
  /// The day, where the document names it.
  var day: CivilDate?
  /// The year, where at least that is known.
  var year: Int?

  /// Whether a date of the issue year is known to lie before the document.
  func isPast(_ date: CivilDate) -> Bool { day.map { date < $0 } ?? false }
}
