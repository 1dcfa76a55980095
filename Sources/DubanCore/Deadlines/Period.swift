/// A stretch of the calendar as the words name it: 2022年12月中旬, 今年三季度末, 9月27日.
struct Period: Equatable {
  /// Which year the words name.
  enum Year: Equatable {
    /// None.
    case unsaid
    /// This one.
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
  /// The day of the week that stands behind the date.
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
