/// A day that comes round every year.
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
