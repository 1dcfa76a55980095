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
