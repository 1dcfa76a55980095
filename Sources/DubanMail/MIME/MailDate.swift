internal import DubanCore

/// The `Date` field's value (RFC 5322, section 3.3).
enum MailDate {
  private static let days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  /// `Tue, 20 Dec 2022 08:30:00 +0800` on a clock that is `utcOffset` seconds ahead of UTC.
  static func text(_ moment: Timestamp, utcOffset: Int) -> String {
    let date = moment.day(utcOffset: utcOffset)
    let (year, month, day) = date.components
    let second = moment.secondOfDay(utcOffset: utcOffset)
    let zone = abs(utcOffset) / 60
    return """
      \(days[date.weekday.rawValue - 1]), \(two(day)) \(months[month - 1]) \(four(year)) \
      \(two(second / 3600)):\(two(second / 60 % 60)):\(two(second % 60)) \
      \(utcOffset < 0 ? "-" : "+")\(two(zone / 60))\(two(zone % 60))
      """
  }

  private static let pairs = (0..<100).map { $0 < 10 ? "0\($0)" : "\($0)" }

  /// A number below 100 in two digits.
  static func two(_ number: Int) -> String { pairs[number] }

  /// A number in four digits, or in as many as it has.
  static func four(_ number: Int) -> String {
    let digits = String(number)
    if digits.utf8.count >= 4 { return digits }
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}
