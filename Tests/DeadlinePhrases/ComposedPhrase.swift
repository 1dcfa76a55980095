public import DubanCore
public import TestSupport

/// A phrase put together from parts whose meaning is known, so that the reader can be held to it.
public struct ComposedPhrase: Sendable {
  /// The words.
  public var text: String
  /// The document's date.
  public var issued: CivilDate
  /// What the words mean, in ``DeadlineNotation``.
  public var meaning: String

  /// A phrase of year, part, suffix, qualifier and writing style at random.
  public static func random(using random: inout SeededGenerator) -> ComposedPhrase {
    let issued = CivilDate(dayNumber: Int32.random(in: 14_000...21_000, using: &random))
    var style = WritingStyle(using: &random)
    let (text, meaning) =
      random.once(in: 4)
      ? composedSpan(issued, &style, &random) : composedPeriod(issued, &style, &random)
    return ComposedPhrase(text: style.spaced(text, using: &random), issued: issued, meaning: meaning)
  }

  // MARK: One period

  private static func composedPeriod(
    _ issued: CivilDate, _ style: inout WritingStyle, _ random: inout SeededGenerator
  ) -> (String, String) {
    let year = yearWords(issued, &style, &random)
    let part = PhrasePart.random(using: &random)
    let suffix = part.suffix(using: &random)
    let qualifier = random.once(in: 3) ? random.pick(qualifiers) : ""
    let ending = random.pick(suffix.endings)
    var text =
      qualifier + year.words + part.words(style, isYearSaid: !year.words.isEmpty) + suffix.words + ending
    if random.once(in: 8) { text = "完成时限：" + text }
    let meaning = meaning(of: part, suffix, year, ending, qualifier, issued)
    guard random.once(in: 5), !meaning.hasPrefix("ambiguous") else { return (text, meaning) }
    return (text + "，" + random.pick(["长期坚持", "并长期坚持", "持续推进"]), meaning + " + standing")
  }

  private static let qualifiers = ["力争", "确保", "务必于", "原则上", "原则上于", "须于", "应于", "请于", "最迟", "于", "在", "计划于"]

  private struct YearWords {
    var words: String
    var year: Int
    /// Whether the words leave the year to the document's date.
    var isOpen: Bool
  }

  private static func yearWords(
    _ issued: CivilDate, _ style: inout WritingStyle, _ random: inout SeededGenerator
  ) -> YearWords {
    switch Int.random(in: 0..<6, using: &random) {
    case 0: return YearWords(words: "", year: issued.year, isOpen: true)
    case 1:
      let (words, offset) = random.pick([("今年", 0), ("本年度", 0), ("明年", 1)])
      return YearWords(words: words, year: issued.year + offset, isOpen: false)
    default:
      let year = issued.year + Int.random(in: -1...4, using: &random)
      return YearWords(words: style.year(year) + "年", year: year, isOpen: false)
    }
  }

  private static func meaning(
    of part: PhrasePart, _ suffix: PhraseSuffix, _ year: YearWords, _ ending: String, _ qualifier: String,
    _ issued: CivilDate
  ) -> String {
    let (first, last) = part.days(in: year.year)
    var possible = [last]
    if year.isOpen, last < issued { possible.append(part.days(in: year.year + 1).last) }
    if suffix == .bareBefore, !part.isDay {
      possible += possible.map { part.days(in: $0.year).first.adding(days: -1) }
    }
    if possible.count > 1 {
      return "ambiguous:" + Set(possible).sorted().map(\.description).joined(separator: "|")
    }
    let isDate = part.isDay || suffix != .nothing || ending.hasPrefix("完成") || qualifier == "最迟"
    return isDate ? "date:\(last)" : "range:\(first)/\(last)"
  }

  // MARK: From one to another

  private static func composedSpan(
    _ issued: CivilDate, _ style: inout WritingStyle, _ random: inout SeededGenerator
  ) -> (String, String) {
    let year = issued.year + Int.random(in: 0...3, using: &random)
    let dash = random.pick(["-", "—", "－", "~", "至", "到", "–"])
    let first = Int.random(in: 1...11, using: &random)
    let last = Int.random(in: first + 1...12, using: &random)
    let start = "\(year)-\(padded(first))-01"
    let end = CivilDate.endOf(month: last, year: year).map(\.description) ?? ""
    let written = style.year(year) + "年"
    switch Int.random(in: 0..<5, using: &random) {
    case 0:
      return (written + style.number(first) + dash + style.number(last) + "月", "range:\(start)/\(end)")
    case 1:
      return (
        written + style.number(first) + "月" + dash + style.number(last) + "月", "range:\(start)/\(end)"
      )
    case 2:
      let until = CivilDate.endOf(month: first, year: year + 1).map(\.description) ?? ""
      return (
        written + style.number(last) + "月" + dash + random.pick(["次年", style.year(year + 1) + "年"])
          + style.number(first) + "月底",
        "range:\(year)-\(padded(last))-01/\(until)"
      )
    case 3:
      return (
        style.year(year) + random.pick(["年", ""]) + dash + style.year(year + first) + "年",
        "range:\(year)-01-01/\(year + first)-12-31"
      )
    default:
      return (
        written + style.number(first) + "月" + style.number(5) + "日" + dash + style.number(last) + "月"
          + style.number(20) + "日", "range:\(year)-\(padded(first))-05/\(year)-\(padded(last))-20"
      )
    }
  }

  private static func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
