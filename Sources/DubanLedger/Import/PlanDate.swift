import DubanCore

/// Dates as a plan prints them outside its deadlines: the date of issue and the report dates.
enum PlanDate {
  /// The date that `text` is, as a whole: `2022年 9月 21日`, `（二〇二二年九月二十一日）`.
  static func whole(_ text: String) -> CivilDate? {
    var rest = text.squeezed[...]
    if let first = rest.first, let last = rest.last, first.opensBracket, last.closesBracket {
      rest = rest.dropFirst().dropLast()
    }
    for label in ["成文日期：", "发布日期：", "印发日期：", "印发时间：", "发布时间："] where rest.hasPrefix(label) {
      rest = rest.dropFirst(label.count)
    }
    if (8...10).contains(rest.count), rest.first?.isASCIIDigit ?? false,
      let match = rest.wholeMatch(of: /(\d{4})[.\-\/](\d{1,2})[.\-\/](\d{1,2})/),
      let year = Int(match.output.1),
      let month = Int(match.output.2), let day = Int(match.output.3)
    {
      return CivilDate(year: year, month: month, day: day)
    }
    guard rest.count <= 16, let year = year(&rest), let month = number(&rest), rest.popFirst() == "月",
      let day = number(&rest),
      let unit = rest.popFirst(), "日号".contains(unit), rest.isEmpty
    else { return nil }
    return CivilDate(year: year, month: month, day: day)
  }

  /// Reads `2022年` or `二〇二二年` off the front.
  static func year(_ rest: inout Substring) -> Int? {
    let digits = rest.prefix { $0.isASCIIDigit || "〇○零一二三四五六七八九".contains($0) }
    guard digits.count == 4, rest.dropFirst(4).first == "年" else { return nil }
    var year = 0
    for character in digits {
      let chinese = ChineseNumeral.value(String(character)) ?? ("〇○零".contains(character) ? 0 : nil)
      guard let digit = character.digit ?? chinese else { return nil }
      year = year * 10 + digit
    }
    rest = rest.dropFirst(5)
    return year
  }

  /// Reads a month's or day's number off the front.
  private static func number(_ rest: inout Substring) -> Int? {
    let digits = rest.prefix { $0.isASCIIDigit }
    if !digits.isEmpty {
      guard digits.count <= 2 else { return nil }
      rest = rest.dropFirst(digits.count)
      return digits.reduce(0) { $0 * 10 + ($1.digit ?? 0) }
    }
    let chinese = rest.prefix { ChineseNumeral.characters.contains($0) }
    guard let value = ChineseNumeral.value(chinese) else { return nil }
    rest = rest.dropFirst(chinese.count)
    return value
  }

  /// Whether a deadline's words, cut by a line's end, go on with the next line.
  static func goesOn(_ value: String, with next: String) -> Bool {
    guard let last = value.last, let first = next.first else { return true }
    if value.count(where: { "（(".contains($0) }) > value.count(where: { "）)".contains($0) }) { return true }
    if "、，,；;至到—-－~～（(".contains(last) || "、，,至到—-－~～）)".contains(first) { return true }
    if last.isASCIIDigit { return first.isASCIIDigit || "年月日号个".contains(first) || first.isWhitespace }
    if last == "年" { return first.isASCIIDigit || "底末内前中上下".contains(first) }
    if last == "月" { return first.isASCIIDigit || "底末前份中上下初".contains(first) }
    if "日号底末".contains(last) { return "前以之完".contains(first) }
    if "以之".contains(last) { return "前内".contains(first) }
    return ["长": "期", "完": "成", "坚": "持", "推": "进", "持": "续", "立": "行即", "行": "立"][last]?.contains(first)
      ?? false
  }

  /// Whether a full line's end cut a deadline: it goes on, or its last words are none that a deadline ends with.
  static func isCut(_ value: String, before next: String) -> Bool {
    if goesOn(value, with: next) { return true }
    if ["坚持", "推进", "整改", "完成", "实施", "开展", "落实"].contains(where: next.hasPrefix) { return true }
    guard let last = value.last, !last.endsSentence, !last.closesBracket else { return false }
    return !endings.contains(where: value.hasSuffix) && !"度旬周份动间".contains(last)
  }

  /// What a deadline ends with.
  static let endings = [
    "前", "内", "底", "末", "完成", "长期", "坚持", "推进", "立行立改", "实施", "开展", "到位", "月", "年", "日", "落实", "整改",
    "常态化",
  ]

  private static let festivals = [
    "春节", "元旦", "元宵", "清明", "五一", "劳动节", "端午", "中秋", "国庆", "除夕", "汛期", "主汛", "入汛", "汛", "两会", "入冬", "开学",
    "供暖", "采暖",
  ]

  /// Whether words say by when: a year, a month or day with its number, or one of the standing phrases.
  static func soundsLikeDeadline(_ text: String) -> Bool {
    let words = text.squeezed
    if words.isEmpty || words.count > 40 { return false }
    let phrases = [
      "长期", "立行立改", "立即", "即知即改", "持续", "常态", "年底", "年内", "期间", "季度", "半年", "工作日", "每月", "每年", "全年", "学期",
      "双月",
      "单月", "逢月",
    ]
    if phrases.contains(where: words.contains) { return true }
    if words.contains("前"), festivals.contains(where: words.contains) { return true }
    var previous: Character = " "
    for character in words {
      let isNumber = previous.isASCIIDigit || ChineseNumeral.characters.contains(previous) || previous == "〇"
      if isNumber, "年月日".contains(character) { return true }
      previous = character
    }
    return false
  }
}
