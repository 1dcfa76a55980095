/// Which days are working days in China: the announced holidays and make-up working days (调休) first, Monday
/// to Friday otherwise.
///
/// Source of the rule: the State Council's yearly holiday notices, as the holiday-cn files give them.
public struct WorkdayCalendar: Sendable, Equatable {
  /// From ``firstAnnounced`` on, what the notices say of each day: true = works (a make-up day), false = off, nil =
  /// nothing. An array, since the planner asks millions of times.
  private var announced: [Bool?]
  private var firstAnnounced: Int32
  /// The years whose notice has been read. Any other year falls back to Monday to Friday.
  public private(set) var knownYears: Set<Int>

  /// A calendar of the given announced days.
  ///
  /// - Parameters:
  ///   - offDays: days off, weekends named in a notice included.
  ///   - makeUpDays: Saturdays and Sundays that work.
  ///   - knownYears: the years whose notice is out.
  public init(offDays: [CivilDate] = [], makeUpDays: [CivilDate] = [], knownYears: Set<Int> = []) {
    let numbers = (offDays + makeUpDays).map(\.dayNumber)
    let first = numbers.min() ?? 0
    firstAnnounced = first
    let count = numbers.max().map { Int($0 - first) + 1 } ?? 0
    announced = Array(repeating: nil, count: count)
    for day in offDays { announced[Int(day.dayNumber - firstAnnounced)] = false }
    for day in makeUpDays { announced[Int(day.dayNumber - firstAnnounced)] = true }
    self.knownYears = knownYears
  }

  /// Whether people work on that day.
  public func isWorkday(_ day: CivilDate) -> Bool {
    let index = Int(day.dayNumber) - Int(firstAnnounced)
    let word = announced.indices.contains(index) ? announced[index] : nil
    return word ?? !day.weekday.isWeekend
  }

  /// Whether that day's year has been announced; if not, ``isWorkday(_:)`` is the Monday-to-Friday fallback.
  public func isKnown(_ day: CivilDate) -> Bool { knownYears.contains(day.year) }

  /// The last working day that isn't after `day`.
  public func workday(onOrBefore day: CivilDate) -> CivilDate {
    var candidate = day
    while !isWorkday(candidate) { candidate = candidate.adding(days: -1) }
    return candidate
  }

  /// The first working day that isn't before `day`.
  public func workday(onOrAfter day: CivilDate) -> CivilDate {
    var candidate = day
    while !isWorkday(candidate) { candidate = candidate.adding(days: 1) }
    return candidate
  }

  /// The day on which the `count`th working day after `day` falls; before it when negative; `day` itself for 0.
  public func adding(workdays count: Int, to day: CivilDate) -> CivilDate {
    var (candidate, left) = (day, abs(count))
    while left > 0 {
      candidate = candidate.adding(days: count > 0 ? 1 : -1)
      if isWorkday(candidate) { left -= 1 }
    }
    return candidate
  }

  /// How many working days lie after `start`, up to and including `end`; 0 when `end` isn't later.
  public func workdays(after start: CivilDate, through end: CivilDate) -> Int {
    guard end > start else { return 0 }
    return (start.dayNumber + 1...end.dayNumber).count { isWorkday(CivilDate(dayNumber: $0)) }
  }
}
