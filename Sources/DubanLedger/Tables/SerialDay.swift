import DubanCore

/// The number that a workbook stores for a day: how many days since its first, with the time as a fraction.
enum SerialDay {
  /// The words for the number, in Chinese; nil for a number that is no day.
  ///
  /// - Parameter from1904: whether day 0 is 1904-01-01, rather than day 1 being 1900-01-01.
  static func words(_ serial: Double, style: CellStyle, from1904: Bool) -> String? {
    // 2958465 is 9999-12-31, the last day that workbooks know.
    guard serial >= 0, serial < 2_958_466 else { return nil }
    // The day is the whole part; half a second of binary fraction may carry at most, since 23:59:59 is the end of a day.
    let day = Int(serial + 0.5 / 86_400)
    let minutes = max(0, Int(((serial - Double(day)) * 1440 + 0.5 / 60).rounded(.down)))
    let time = minutes == 0 ? "" : "\(minutes / 60):\(twoDigits(minutes % 60))"
    if style == .time { return time.isEmpty ? "0:00" : time }
    if !from1904, day == 0 { return nil }
    // Day 60 of the 1900 system is a 29 February that never was (kept from Lotus 1-2-3): an impossible date.
    if !from1904, day == 60 { return "1900年2月29日" }
    let date = date(day, from1904: from1904)
    switch style {
    case .month: return "\(date.year)年\(date.month)月"
    case .monthWords(let words): return "\(date.year)年\(date.month)月\(words)"
    case .year: return "\(date.year)年"
    default: return date.chinese() + time
    }
  }

  /// The number of a day in the 1900 system, from 1900-03-01 on.
  static func serial(_ date: CivilDate) -> Double { Double(date.dayNumber) + 25_569 }

  private static func date(_ day: Int, from1904: Bool) -> CivilDate {
    if from1904 { return CivilDate(dayNumber: Int32(day - 24_107)) }
    return CivilDate(dayNumber: Int32(day - (day < 60 ? 25_568 : 25_569)))
  }

  private static func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
