/// Which days are working days in China: the announced holidays and make-up working days (调休) first, Monday
/// to Friday otherwise.
///
/// Source of the rule: the State Council's yearly holiday notices, as the holiday-cn files give them.
public struct WorkdayCalendar: Sendable, Equatable {
  /// From ``firstAnnounced`` on, what the notices say of each day: true = works (a make-up day), false = off, nil =
  /// nothing. An array, since the planner asks millions of times.
  private var announced: [Bool?]
  private var firstAnnounced: Int32
  /// Up to each of those days, how many more working days there are than days from Monday to Friday.
  private var extra: [Int] = []
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
    var sum = 0
    for (index, word) in announced.enumerated() {
      let isWeekday = !CivilDate(dayNumber: first + Int32(index)).weekday.isWeekend
      if let word { sum += (word ? 1 : 0) - (isWeekday ? 1 : 0) }
      extra.append(sum)
    }
  }

  /// How many working days there were up to and including that day, from a Monday in 1969 on.
  private func rank(_ day: CivilDate) -> Int {
    // 1970-01-01 was a Thursday.
    let days = Int(day.dayNumber) + 3
    let (weeks, rest) = (days >= 0 ? days / 7 : (days - 6) / 7, (days % 7 + 7) % 7)
    let index = min(Int(day.dayNumber) - Int(firstAnnounced), extra.count - 1)
    return weeks * 5 + min(rest + 1, 5) + (index >= 0 ? extra[index] : 0)
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
    // A day adds at most one to the rank, so neither way goes too far.
    if count > 0 {
      let wanted = rank(day) + count
      var candidate = day
      while rank(candidate) < wanted { candidate = candidate.adding(days: wanted - rank(candidate)) }
      return candidate
    }
    if count == 0 { return day }
    var candidate = day.adding(days: -1)
    let wanted = rank(candidate) + count + 1
    while true {
      let above = rank(candidate.adding(days: -1)) - wanted
      if above < 0 { return candidate }
      candidate = candidate.adding(days: -(above + 1))
    }
  }

  /// How many working days lie after `start`, up to and including `end`; 0 when `end` isn't later.
  public func workdays(after start: CivilDate, through end: CivilDate) -> Int {
    end > start ? rank(end) - rank(start) : 0
  }
}

/// A festival whose day the calendars know.
///
/// The days are the festivals' own; which days around them are off is for each year's holiday notice to say.
public enum Festival: Int32, Sendable, Hashable, CaseIterable {
  case newYear = 1, springFestivalEve, springFestival, lanternFestival, womensDay, qingming, labourDay,
    youthDay
  case childrensDay, dragonBoat, partyDay, armyDay, teachersDay, midAutumn, nationalDay

  /// The festival's day in a year; nil for one of the lunar calendar outside 2000 to 2050.
  public func day(in year: Int) -> CivilDate? {
    let lunar = Self.lunar.indices.contains(year - Self.firstYear) ? Self.lunar[year - Self.firstYear] : nil
    func date(_ monthAndDay: Int?) -> CivilDate? {
      monthAndDay.flatMap { CivilDate(year: year, month: $0 / 100, day: $0 % 100) }
    }
    return switch self {
    case .newYear: date(101)
    case .springFestivalEve: date(lunar?.spring)?.adding(days: -1)
    case .springFestival: date(lunar?.spring)
    // The fifteenth of the first month.
    case .lanternFestival: date(lunar?.spring)?.adding(days: 14)
    case .womensDay: date(308)
    case .qingming: lunar == nil ? nil : date(400 + Self.dayOfQingming(year))
    case .labourDay: date(501)
    case .youthDay: date(504)
    case .childrensDay: date(601)
    case .dragonBoat: date(lunar?.dragonBoat)
    case .partyDay: date(701)
    case .armyDay: date(801)
    case .teachersDay: date(910)
    case .midAutumn: date(lunar?.midAutumn)
    case .nationalDay: date(1001)
    }
  }

  /// Whether it falls on the same day of every year.
  public var isFixed: Bool {
    switch self {
    case .springFestivalEve, .springFestival, .lanternFestival, .qingming, .dragonBoat, .midAutumn: false
    default: true
    }
  }

  /// The day of April on which the sun reaches 15° of longitude; the usual formula for the years 2000 to 2099.
  private static func dayOfQingming(_ year: Int) -> Int {
    let years = year % 100
    return (years * 2422 + 48_100) / 10_000 - years / 4
  }

  private static let firstYear = 2000
  /// Month and day, as 205 for 5 February, of the first of the first, the fifth of the fifth and the fifteenth of the
  /// eighth lunar month, a year each. Computed with the Python package lunardate; GB/T 33661-2017 has the rules.
  private static let lunar: [(spring: Int, dragonBoat: Int, midAutumn: Int)] = [
    (205, 606, 912), (124, 625, 1001), (212, 615, 921), (201, 604, 911), (122, 622, 928),
    (209, 611, 918), (129, 531, 1006), (218, 619, 925), (207, 608, 914), (126, 528, 1003),
    (214, 616, 922), (203, 606, 912), (123, 623, 930), (210, 612, 919), (131, 602, 908),
    (219, 620, 927), (208, 609, 915), (128, 530, 1004), (216, 618, 924), (205, 607, 913),
    (125, 625, 1001), (212, 614, 921), (201, 603, 910), (122, 622, 929), (210, 610, 917),
    (129, 531, 1006), (217, 619, 925), (206, 609, 915), (126, 528, 1003), (213, 616, 922),
    (203, 605, 912), (123, 624, 1001), (211, 612, 919), (131, 601, 908), (219, 620, 927),
    (208, 610, 916), (128, 530, 1004), (215, 618, 924), (204, 607, 913), (124, 527, 1002),
    (212, 614, 920), (201, 603, 910), (122, 622, 928), (210, 611, 917), (130, 531, 1005),
    (217, 619, 925), (206, 608, 915), (126, 529, 1004), (214, 615, 922), (202, 604, 911),
    (123, 623, 930),
  ]
}
