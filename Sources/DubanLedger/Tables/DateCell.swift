import DubanCore

/// A cell that must hold a day: 明确日期, 印发日期, 报送日期.
enum DateCell {
  /// The day as `YYYY-MM-DD` when the text names one in full (`2022年12月31日`, `2022/12/31`, `2022.12.31`); the text as it
  /// is otherwise, for the checker to report.
  static func iso(_ text: String) -> String {
    // ２０２２年１２月３１日
    if text.unicodeScalars.contains(where: { (0xFF10...0xFF19).contains($0.value) }) {
      let day = iso(text.halfWidth)
      return CivilDate(day) == nil ? text : day
    }
    // A time behind the day doesn't change the day.
    let time = /[T\s]*(?:[01]?\d|2[0-4])[:：][0-5]\d(?:[:：][0-5]\d(?:\.\d+)?)?Z?$/
    let plain = text.trimmedWhitespace.replacing(time, with: "").filter { !$0.isWhitespace }
    let isWritten = plain.hasSuffix("日")
    let body = isWritten ? plain.dropLast() : plain[...]
    let signs: Set<Character> = isWritten ? ["年", "月"] : ["/", ".", "-"]
    let parts = body.split(omittingEmptySubsequences: false) { signs.contains($0) }
    guard parts.count == 3, parts[0].utf8.count == 4,
      parts.allSatisfy({
        $0.utf8.allSatisfy { (0x30...0x39).contains($0) } && (1...4).contains($0.utf8.count)
      }),
      let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2]),
      let date = CivilDate(year: year, month: month, day: day)
    else { return text }
    return date.description
  }

  /// The day of 2022-12-31 00:00:00, as exports write one: the time is the column's format, not an hour that was set. Any
  /// other text as it is.
  static func withoutMidnight(_ text: String) -> String {
    // A pattern is made anew each time, which few cells are worth.
    guard text.utf8.contains(UInt8(ascii: ":")) else { return text }
    let atMidnight = /(\d{4}[-\/.]\d{1,2}[-\/.]\d{1,2})[T ]+(?:0?0:00|23:59)(?::\d\d(?:\.\d+)?)?/
    return text.wholeMatch(of: atMidnight).map { iso(String($0.1)) } ?? text
  }
}

/// The number that a workbook stores for a day: how many days since its first, with the time as a fraction.
enum SerialDay {
  /// The words for the number, in Chinese; nil for a number that is no day.
  ///
  /// - Parameter from1904: whether day 0 is 1904-01-01, rather than day 1 being 1900-01-01.
  static func words(_ serial: Double, style: CellStyle, from1904: Bool) -> String? {
    // 2958465 is 9999-12-31, the last day that workbooks know.
    guard serial >= 0, serial < 2_958_466 else { return nil }
    // The day is the whole part: 23:59:59.997 is the end of a day, as exports write it. Only what a Double can't hold carries.
    let day = Int(serial + 1e-11)
    let minutes = min(1439, max(0, Int(((serial - Double(day)) * 1440 + 0.5 / 60).rounded(.down))))
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

/// Writes out the numbers that a sheet stores, as its reader sees them.
enum CellText {
  static func number(_ stored: String, style: CellStyle, from1904: Bool) -> (String, Table.Kind) {
    guard let number = Double(stored), number.isFinite else {
      return (stored, stored.isEmpty ? .text : .fault)
    }
    switch style {
    case .day, .month, .monthWords, .year, .time:
      return SerialDay.words(number, style: style, from1904: from1904).map { ($0, .date) } ?? (
        stored, .number
      )
    case .fixed(let decimals): return (decimal(number, decimals), .number)
    case .percent(let decimals): return (decimal(number * 100, decimals) + "%", .number)
    case .general: return (plain(number), .number)
    }
  }

  /// The words for a day stored as ISO 8601; nil where it isn't one.
  static func isoDay(_ stored: String) -> String? {
    guard let date = CivilDate(stored.prefix(10)) else { return nil }
    let time = stored.dropFirst(11).prefix(5)
    let isMidnight = time.allSatisfy { $0 == "0" || $0 == ":" }
    return date.chinese() + (isMidnight ? "" : time.hasPrefix("0") ? String(time.dropFirst()) : String(time))
  }

  /// The shortest form of the number, which hides what binary fractions add (1.1000000000000001).
  private static func plain(_ number: Double) -> String {
    if let whole = Int(exactly: number), whole.magnitude < 1_000_000_000_000_000 { return String(whole) }
    let rounded = (number * 1e9).rounded() / 1e9
    return "\(rounded.isFinite && abs(number) < 1e6 ? rounded : number)"
  }

  private static func decimal(_ number: Double, _ decimals: Int) -> String {
    guard abs(number) < 1e12, decimals <= 9 else { return plain(number) }
    let scale = (0..<decimals).reduce(1) { result, _ in result * 10 }
    let scaled = Int((number * Double(scale)).rounded())
    let sign = scaled < 0 ? "-" : ""
    let (whole, rest) = scaled.magnitude.quotientAndRemainder(dividingBy: UInt(scale))
    if decimals == 0 { return "\(sign)\(whole)" }
    let digits = String(rest)
    return "\(sign)\(whole)." + String(repeating: "0", count: decimals - digits.count) + digits
  }
}
