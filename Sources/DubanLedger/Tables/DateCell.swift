import DubanCore

/// A cell that must hold a day: 明确日期, 印发日期, 报送日期.
enum DateCell {
  /// The day as `YYYY-MM-DD` when the text names one in full (`2022年12月31日`, `2022/12/31`, `2022.12.31`); the text as it
  /// is otherwise, for the checker to report.
  static func iso(_ text: String) -> String {
    // ２０２２年１２月３１日
    let wide: ClosedRange<UInt32> = 0xFF10...0xFF19
    if text.unicodeScalars.contains(where: { wide.contains($0.value) }) {
      let narrow = text.unicodeScalars.map {
        wide.contains($0.value) ? String($0.value - 0xFF10) : String($0)
      }
      let day = iso(narrow.joined())
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
