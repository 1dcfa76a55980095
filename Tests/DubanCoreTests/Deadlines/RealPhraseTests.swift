import DeadlinePhrases
import DubanCore
import Foundation
import Testing

/// The 86 real phrases of deadlines.tsv, whose readings were written by hand in a grammar of their own.
@Suite struct RealPhraseTests {
  @Test func tableIsWhole() throws { #expect(try PhraseRow.table("deadlines.tsv").count == 86) }

  @Test(arguments: try PhraseRow.table("deadlines.tsv"))
  func reads(row: PhraseRow) {
    #expect(DeadlineNotation.line(row.reader.read(row.text)) == Self.translated(row))
  }

  /// The hand-written reading in the notation of the tests.
  private static func translated(_ row: PhraseRow) -> String {
    if let special = special[row.text] { return special }
    let (kind, value) = split(row.expected, ":")
    switch kind {
    case "longterm": return "standing"
    case "immediate+longterm": return "immediate + standing"
    case "date+longterm": return "date:\(value) + standing"
    case "multi": return value.split(separator: "|").map { "date:\($0)" }.joined(separator: " + ")
    case "recurring": return recurring(value)
    case "ambiguous": return row.expected
    default: return row.expected
    }
  }

  /// `from=2020` is the first day of that year. `until=` comes from the plan's title, which no phrase holds.
  private static func recurring(_ rule: String) -> String {
    let parts = rule.split(separator: ";").filter { !$0.hasPrefix("until=") }
    return "recurring:"
      + parts.map { $0.hasPrefix("from=") ? "\($0)-01-01" : String($0) }.joined(separator: ";")
  }

  private static func split(_ text: String, _ sign: Character) -> (String, String) {
    guard let index = text.firstIndex(of: sign) else { return (text, "") }
    return (String(text[..<index]), String(text[text.index(after: index)...]))
  }

  /// Rows whose reading is written in words, or hangs on what the phrase doesn't say.
  private static let special = [
    // The event stands in the sentence before.
    "在 20个工作日内": "relative:20 workday", "在45个工作日内研究制定整改方案": "relative:45 workday",
    "20个工作日内": "relative:20 workday", "在会后7日内": "relative:7 day after 会",
    "执法决定作出之日起20个工作日内": "relative:20 workday after 执法决定作出之日",
    "省出台文件后 2 个月完成": "relative:2 month after 省出台文件",
    // No issue date, so no year.
    "8月上旬": "unread",
    // “or next year if past”: both years' days.
    "6月中旬前": "ambiguous:2022-06-10|2022-06-20|2023-06-10|2023-06-20",
    "二季度末前": "ambiguous:2022-06-30|2023-06-30",
  ]
}
