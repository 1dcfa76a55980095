import DubanCore

/// Writes out the numbers that a sheet stores, as its reader sees them.
enum CellText {
  /// The words for a stored number in a cell of that style.
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
