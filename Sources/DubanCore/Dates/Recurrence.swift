/// A rule for recurring days: the part of RFC 5545's RRULE (section 3.3.10) that plans are written in.
///
/// `FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=-1` is every half-year, at its end.
public struct Recurrence: Sendable, Hashable {
  /// How often the rule applies.
  public enum Frequency: String, Sendable, Hashable {
    case daily = "DAILY"
    case weekly = "WEEKLY"
    case monthly = "MONTHLY"
    case yearly = "YEARLY"
  }

  /// The period.
  public var frequency: Frequency
  /// Every how many periods; at least 1.
  public var interval: Int
  /// Months, 1 to 12, ascending; empty for all.
  public var months: [Int]
  /// Days of the month, 1 to 31, or -1 … -31 from its end.
  public var monthDays: [Int]
  /// Days of the week.
  public var weekdays: [Weekday]
  /// Whether only the last of these days in each month counts: RFC 5545's `BYSETPOS=-1`, which counts within the month
  /// where the frequency is monthly, and is in no other rule here.
  public var takesLast: Bool
  /// The hour of the day by which, where the words name one.
  public var hour: Int?
  /// The minute of that hour; nil for the full hour.
  public var minute: Int?
  /// Nothing before this day.
  public var from: CivilDate?
  /// Nothing after this day.
  public var until: CivilDate?

  package init(
    _ frequency: Frequency, interval: Int = 1, months: [Int] = [], monthDays: [Int] = [],
    weekdays: [Weekday] = [], takesLast: Bool = false, hour: Int? = nil, minute: Int? = nil,
    from: CivilDate? = nil, until: CivilDate? = nil
  ) {
    self.frequency = frequency
    self.interval = max(1, interval)
    self.months = months
    self.monthDays = monthDays
    self.weekdays = weekdays
    self.takesLast = takesLast
    self.hour = hour
    self.minute = minute
    self.from = from
    self.until = until
  }

  /// The end of every half-year: 30 June and 31 December.
  public static let halfYear = Recurrence(.yearly, months: [6, 12], monthDays: [-1])
  /// The end of every quarter.
  public static let quarter = Recurrence(.yearly, months: [3, 6, 9, 12], monthDays: [-1])
  /// The end of every month.
  public static let month = Recurrence(.monthly, monthDays: [-1])
  /// The end of every year.
  public static let year = Recurrence(.yearly, months: [12], monthDays: [-1])
  /// Every Friday.
  public static let week = Recurrence(.weekly, weekdays: [.friday])

  /// The rules for these days of each month, or of the months that are named; -1 is the last.
  ///
  /// What is due on the 30th is due on the last day of a month that is shorter, where RFC 5545 would leave the month out:
  /// the 30th is the last of the days 28, 29 and 30 that the month has.
  public static func onDays(_ days: [Int], of months: [Int] = []) -> [Recurrence] {
    let shortest = months.isEmpty ? 28 : months.map { CivilDate.daysIn(month: $0, year: 2023) }.min() ?? 28
    let frequency: Frequency = months.isEmpty ? .monthly : .yearly
    let missing = days.filter { $0 > shortest }
    let common = days.filter { $0 <= shortest }
    let rule = Recurrence(frequency, months: months, monthDays: common)
    return (common.isEmpty ? [] : [rule])
      + missing.map { day in
        day == 31
          ? Recurrence(frequency, months: months, monthDays: [-1])
          : Recurrence(.monthly, months: months, monthDays: Array(shortest...day), takesLast: true)
      }
  }

  /// The last day from Monday to Friday of each month, or of the months that are named.
  public static func lastWeekday(of months: [Int] = []) -> Recurrence {
    Recurrence(
      .monthly, months: months, weekdays: [.monday, .tuesday, .wednesday, .thursday, .friday], takesLast: true
    )
  }

  /// Whether the rule falls on that day.
  ///
  /// An interval above 1 counts its periods from ``from``, or from the year 1970 where that is unset.
  public func falls(on day: CivilDate) -> Bool {
    if let from, day < from { return false }
    if let until, day > until { return false }
    guard matches(day), interval == 1 || periods(before: day) % interval == 0 else { return false }
    guard takesLast else { return true }
    let (year, month, dayOfMonth) = day.components
    let left = CivilDate.daysIn(month: month, year: year) - dayOfMonth
    return left == 0 || !(1...left).contains { matches(day.adding(days: $0)) }
  }

  /// Whether the day is one of those that the rule's lists name.
  private func matches(_ day: CivilDate) -> Bool {
    let (year, month, dayOfMonth) = day.components
    if !months.isEmpty, !months.contains(month) { return false }
    if !weekdays.isEmpty, !weekdays.contains(day.weekday) { return false }
    guard !monthDays.isEmpty else { return true }
    let length = CivilDate.daysIn(month: month, year: year)
    return monthDays.contains { $0 > 0 ? $0 == dayOfMonth : length + 1 + $0 == dayOfMonth }
  }

  /// The rule's days from `start` to `end`, both included, in order.
  public func occurrences(from start: CivilDate, through end: CivilDate) -> [CivilDate] {
    guard start <= end else { return [] }
    return (start.dayNumber...end.dayNumber).lazy.map(CivilDate.init(dayNumber:)).filter(falls(on:))
  }

  private func periods(before day: CivilDate) -> Int {
    let anchor = from ?? CivilDate(dayNumber: 0)
    switch frequency {
    case .daily: return day.days(since: anchor)
    case .weekly:
      let monday = anchor.adding(days: 1 - anchor.weekday.rawValue)
      return day.days(since: monday) / 7
    case .monthly: return (day.year - anchor.year) * 12 + day.month - anchor.month
    case .yearly: return day.year - anchor.year
    }
  }
}

extension Recurrence {
  /// The RRULE value of RFC 5545, section 3.3.10. ``from`` is a DTSTART and not part of it.
  public var rule: String {
    var parts = ["FREQ=\(frequency.rawValue)"]
    if interval > 1 { parts.append("INTERVAL=\(interval)") }
    func list(_ name: String, _ values: [String]) {
      if !values.isEmpty { parts.append("\(name)=\(values.joined(separator: ","))") }
    }
    list("BYMONTH", months.map(String.init))
    list("BYMONTHDAY", monthDays.map(String.init))
    list("BYDAY", weekdays.map(\.code))
    if takesLast { parts.append("BYSETPOS=-1") }
    if let hour { parts.append("BYHOUR=\(hour)") }
    if let minute { parts.append("BYMINUTE=\(minute)") }
    if let until {
      let (year, month, day) = until.components
      parts.append("UNTIL=\(padded(year, 4))\(padded(month, 2))\(padded(day, 2))")
    }
    return parts.joined(separator: ";")
  }

  /// Reads what ``rule`` writes; nil for a part or value that this subset doesn't have.
  public init?(rule: some StringProtocol) {
    var fields: [Substring: Substring] = [:]
    for part in String(rule).split(separator: ";", omittingEmptySubsequences: false) {
      let pair = part.split(separator: "=", maxSplits: 1)
      guard pair.count == 2, fields.updateValue(pair[1], forKey: pair[0]) == nil else { return nil }
    }
    func numbers(_ name: Substring, _ allowed: ClosedRange<Int>) -> [Int]? {
      guard let text = fields.removeValue(forKey: name) else { return [] }
      let values = text.split(separator: ",", omittingEmptySubsequences: false).map { Int($0) }
      let usable = values.compactMap { $0 }.filter { allowed.contains($0) && ($0 != 0 || name == "BYHOUR") }
      return usable.count == values.count ? usable : nil
    }
    guard let frequency = fields.removeValue(forKey: "FREQ").flatMap({ Frequency(rawValue: String($0)) }),
      let interval = numbers("INTERVAL", 1...999), interval.count <= 1,
      let months = numbers("BYMONTH", 1...12), let monthDays = numbers("BYMONTHDAY", -31...31),
      let hours = numbers("BYHOUR", 0...23), hours.count <= 1,
      let minutes = numbers("BYMINUTE", 0...59), minutes.count <= 1
    else { return nil }
    var weekdays: [Weekday] = []
    if let text = fields.removeValue(forKey: "BYDAY") {
      for code in text.split(separator: ",", omittingEmptySubsequences: false) {
        guard let day = Weekday(code: code) else { return nil }
        weekdays.append(day)
      }
    }
    let position = fields.removeValue(forKey: "BYSETPOS")
    guard position == nil || position == "-1" && frequency == .monthly else { return nil }
    var until: CivilDate?
    if let text = fields.removeValue(forKey: "UNTIL") {
      let digits = text.prefix(8)
      guard digits.count == 8,
        let date = CivilDate("\(digits.prefix(4))-\(digits.dropFirst(4).prefix(2))-\(digits.suffix(2))")
      else { return nil }
      until = date
    }
    guard fields.isEmpty else { return nil }
    self.init(
      frequency, interval: interval.first ?? 1, months: months, monthDays: monthDays, weekdays: weekdays,
      takesLast: position != nil, hour: hours.first, minute: minutes.first, until: until)
  }
}
