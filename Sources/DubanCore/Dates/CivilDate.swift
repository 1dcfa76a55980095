/// A day of the proleptic Gregorian calendar, without a time or a time zone.
///
/// Stored as days since 1970-01-01, so that comparing, sorting and counting days cost one integer operation.
public struct CivilDate: Sendable, Hashable, Comparable {
  /// Days since 1970-01-01; negative before.
  public let dayNumber: Int32

  /// The day that lies `dayNumber` days after 1970-01-01.
  public init(dayNumber: Int32) { self.dayNumber = dayNumber }

  /// The day with these numbers, or nil when the calendar has no such day (30 February, month 13).
  public init?(year: Int, month: Int, day: Int) {
    guard (1...9999).contains(year), (1...12).contains(month), day >= 1,
      day <= CivilDate.daysIn(month: month, year: year)
    else { return nil }
    self.init(unchecked: year, month, day)
  }

  /// The days-from-civil algorithm (H. Hinnant, "chrono-Compatible Low-Level Date Algorithms").
  private init(unchecked year: Int, _ month: Int, _ day: Int) {
    let y = month <= 2 ? year - 1 : year
    let era = (y >= 0 ? y : y - 399) / 400
    let yearOfEra = y - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    dayNumber = Int32(era * 146_097 + dayOfEra - 719_468)
  }

  /// Reads `YYYY-MM-DD` (ISO 8601, extended format), and nothing else.
  public init?(_ text: some StringProtocol) {
    let bytes = Array(text.utf8)
    guard bytes.count == 10, bytes[4] == 0x2D, bytes[7] == 0x2D else { return nil }
    func number(_ range: Range<Int>) -> Int? {
      var value = 0
      for byte in bytes[range] {
        guard (0x30...0x39).contains(byte) else { return nil }
        value = value * 10 + Int(byte - 0x30)
      }
      return value
    }
    guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10) else { return nil }
    self.init(year: year, month: month, day: day)
  }

  /// Year, month (1 to 12) and day of the month (1 to 31).
  public var components: (year: Int, month: Int, day: Int) {
    let z = Int(dayNumber) + 719_468
    let era = (z >= 0 ? z : z - 146_096) / 146_097
    let dayOfEra = z - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shifted = (5 * dayOfYear + 2) / 153
    let month = shifted < 10 ? shifted + 3 : shifted - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shifted + 2) / 5 + 1)
  }

  /// The calendar year.
  public var year: Int { components.year }
  /// The month, 1 to 12.
  public var month: Int { components.month }
  /// The day of the month, 1 to 31.
  public var day: Int { components.day }

  /// The day of the week.
  public var weekday: Weekday {
    let index = (Int(dayNumber) + 3) % 7
    return Weekday.allCases[index < 0 ? index + 7 : index]
  }

  /// The day `days` later (earlier when negative).
  public func adding(days: Int) -> CivilDate { CivilDate(dayNumber: dayNumber + Int32(days)) }

  /// The same day of the month `months` later, or that month's last day where it is shorter.
  public func adding(months: Int) -> CivilDate {
    let (year, month, day) = components
    let index = year * 12 + month - 1 + months
    let (newYear, newMonth) = (index / 12, index % 12 + 1)
    return CivilDate(unchecked: newYear, newMonth, min(day, CivilDate.daysIn(month: newMonth, year: newYear)))
  }

  /// Whole days from `other` to this day; negative when this day is earlier.
  public func days(since other: CivilDate) -> Int { Int(dayNumber - other.dayNumber) }

  /// How many days a month has.
  public static func daysIn(month: Int, year: Int) -> Int {
    switch month {
    case 2: isLeap(year) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// Whether the year has a 29 February.
  public static func isLeap(_ year: Int) -> Bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
  }

  /// The last day of a month, or nil for a month outside 1 to 12.
  public static func endOf(month: Int, year: Int) -> CivilDate? {
    guard (1...12).contains(month) else { return nil }
    return CivilDate(year: year, month: month, day: daysIn(month: month, year: year))
  }

  /// Earlier days come first.
  public static func < (left: CivilDate, right: CivilDate) -> Bool { left.dayNumber < right.dayNumber }
}

extension CivilDate {
  /// As mails (RFC 5322), IMAP and OpenSSL write months.
  package static let englishMonths = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]
}

extension CivilDate: CustomStringConvertible {
  /// `YYYY-MM-DD` (ISO 8601).
  public var description: String {
    let (year, month, day) = components
    guard (0...9999).contains(year) else {
      return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
    }
    // Written digit by digit: keys, reasons and reports are full of dates.
    func digit(_ number: Int) -> UInt8 { 0x30 + UInt8(number % 10) }
    let bytes = [
      digit(year / 1000), digit(year / 100), digit(year / 10), digit(year), 0x2D, digit(month / 10),
      digit(month), 0x2D,
      digit(day / 10), digit(day),
    ]
    return String(decoding: bytes, as: UTF8.self)
  }

  /// As an office writes it: `12月31日`, with the year in front when it isn't `year`.
  public func chinese(relativeTo year: Int? = nil) -> String {
    let (ownYear, month, day) = components
    return year == ownYear ? "\(month)月\(day)日" : "\(ownYear)年\(month)月\(day)日"
  }
}

extension CivilDate: Codable {
  /// Reads the form that ``description`` writes.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let date = CivilDate(text) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "“\(text)” is no date of the form 2022-12-31")
    }
    self = date
  }

  /// Writes `YYYY-MM-DD`.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

/// A number in decimal, with leading zeros up to `width` characters.
func padded(_ number: Int, _ width: Int) -> String {
  let digits = String(number)
  return digits.count >= width ? digits : String(repeating: "0", count: width - digits.count) + digits
}

/// A time of day to the minute, without a date or a time zone.
public struct CivilTime: Sendable, Hashable, Comparable {
  /// Minutes since midnight, 0 to 1439.
  public let minuteOfDay: Int

  /// The time so many minutes after midnight; `minuteOfDay` is 0 to 1439.
  init(minuteOfDay: Int) { self.minuteOfDay = minuteOfDay }

  /// The time with these numbers, or nil outside 00:00 to 23:59.
  public init?(hour: Int, minute: Int) {
    guard (0...23).contains(hour), (0...59).contains(minute) else { return nil }
    minuteOfDay = hour * 60 + minute
  }

  /// Reads `HH:MM`, and nothing else.
  public init?(_ text: some StringProtocol) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, parts.allSatisfy({ $0.utf8.count == 2 }),
      parts.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }),
      let hour = Int(parts[0]), let minute = Int(parts[1])
    else { return nil }
    self.init(hour: hour, minute: minute)
  }

  /// The hour, 0 to 23.
  public var hour: Int { minuteOfDay / 60 }
  /// The minute, 0 to 59.
  public var minute: Int { minuteOfDay % 60 }

  /// Earlier times come first.
  public static func < (left: CivilTime, right: CivilTime) -> Bool { left.minuteOfDay < right.minuteOfDay }
}

extension CivilTime: CustomStringConvertible {
  /// `HH:MM`.
  public var description: String { "\(padded(hour, 2)):\(padded(minute, 2))" }
}

extension CivilTime {
  /// 00:00.
  public static let midnight = CivilTime(minuteOfDay: 0)
}

/// A moment, in whole seconds since 1970-01-01T00:00:00Z.
///
/// Only the daemon and the commands read a clock; everything below takes the moment as a parameter.
public struct Timestamp: Sendable, Hashable, Comparable, Codable {
  /// Seconds since 1970-01-01T00:00:00Z.
  public let seconds: Int64

  /// The moment `seconds` after 1970-01-01T00:00:00Z.
  public init(seconds: Int64) { self.seconds = seconds }

  /// The moment when a clock that is `utcOffset` seconds ahead of UTC shows this day and time.
  public init(_ day: CivilDate, _ time: CivilTime, utcOffset: Int) {
    seconds = Int64(day.dayNumber) * 86_400 + Int64(time.minuteOfDay * 60 - utcOffset)
  }

  /// The moment `seconds` later.
  public func adding(seconds: Int64) -> Timestamp { Timestamp(seconds: self.seconds + seconds) }

  /// The day on a clock that is `utcOffset` seconds ahead of UTC.
  public func day(utcOffset: Int) -> CivilDate {
    CivilDate(dayNumber: Int32(floorDivide(seconds + Int64(utcOffset), 86_400).quotient))
  }

  /// Seconds since midnight on a clock that is `utcOffset` seconds ahead of UTC.
  public func secondOfDay(utcOffset: Int) -> Int {
    Int(floorDivide(seconds + Int64(utcOffset), 86_400).remainder)
  }

  /// Earlier moments come first.
  public static func < (left: Timestamp, right: Timestamp) -> Bool { left.seconds < right.seconds }
}

extension Timestamp {
  /// `2022-12-20T08:30:00+08:00` (RFC 3339) on a clock that is `utcOffset` seconds ahead of UTC.
  public func iso8601(utcOffset: Int) -> String {
    let second = secondOfDay(utcOffset: utcOffset)
    let clock = "\(padded(second / 3600, 2)):\(padded(second / 60 % 60, 2)):\(padded(second % 60, 2))"
    let offset = abs(utcOffset) / 60
    let zone = "\(utcOffset < 0 ? "-" : "+")\(padded(offset / 60, 2)):\(padded(offset % 60, 2))"
    return "\(day(utcOffset: utcOffset))T\(clock)\(zone)"
  }
}

/// Division that rounds towards minus infinity, so that moments before 1970 fall on the right day.
private func floorDivide(_ value: Int64, _ divisor: Int64) -> (quotient: Int64, remainder: Int64) {
  let (quotient, remainder) = value.quotientAndRemainder(dividingBy: divisor)
  return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
}

/// A day of the week, Monday first as in ISO 8601.
public enum Weekday: Int, Sendable, Hashable, CaseIterable, Codable {
  case monday = 1
  case tuesday, wednesday, thursday, friday, saturday, sunday

  /// The two-letter code of RFC 5545, section 3.3.10 (`MO` … `SU`).
  public var code: String { ["MO", "TU", "WE", "TH", "FR", "SA", "SU"][rawValue - 1] }

  /// The Chinese name: 周一 … 周日.
  public var chinese: String { ["周一", "周二", "周三", "周四", "周五", "周六", "周日"][rawValue - 1] }

  /// The English name in lower case, as the configuration writes it.
  public var name: String {
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"][rawValue - 1]
  }

  /// For people, in both languages: Monday (周一).
  public var title: String { "\(name.prefix(1).uppercased())\(name.dropFirst()) (\(chinese))" }

  /// The day with this RFC 5545 code.
  public init?(code: some StringProtocol) {
    guard let day = Weekday.allCases.first(where: { $0.code == code }) else { return nil }
    self = day
  }

  /// The day with this English name, in any case.
  public init?(name: some StringProtocol) {
    let lowered = name.lowercased()
    guard let day = Weekday.allCases.first(where: { $0.name == lowered }) else { return nil }
    self = day
  }

  /// Saturday or Sunday.
  public var isWeekend: Bool { self == .saturday || self == .sunday }
}
