import DubanCore

/// A cell that must hold a day: 明确日期, 印发日期, 报送日期.
enum DateCell {
  /// The day as `YYYY-MM-DD` when the text names one in full (`2022年12月31日`, `2022/12/31`, `2022.12.31`); the text as it
  /// is otherwise, for the checker to report.
  static func iso(_ text: String) -> String {
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
}
