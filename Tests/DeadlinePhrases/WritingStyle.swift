import TestSupport

/// How a phrase writes its numbers and spaces.
struct WritingStyle {
  private enum Digits: CaseIterable {
    case plain, fullWidth, chinese
  }

  private let digits: Digits
  private let hasSpaces: Bool

  init(using random: inout SeededGenerator) {
    digits = random.pick(Digits.allCases)
    hasSpaces = random.once(in: 2)
  }

  /// A year, place by place: 2022, ２０２２, 二〇二二.
  func year(_ year: Int) -> String {
    digits == .chinese
      ? String(year).map { Self.chineseDigits[$0.wholeNumberValue ?? 0] }.joined() : number(year)
  }

  /// A number: 12, １２, 十二.
  func number(_ number: Int) -> String {
    switch digits {
    case .plain: String(number)
    case .fullWidth:
      String(
        String.UnicodeScalarView(
          String(number).unicodeScalars.compactMap {
            UnicodeScalar($0.value + 0xFEE0)
          }))
    case .chinese: Self.chinese(number)
    }
  }

  private static let chineseDigits = ["〇", "一", "二", "三", "四", "五", "六", "七", "八", "九"]

  private static func chinese(_ number: Int) -> String {
    guard number >= 10 else { return chineseDigits[number] }
    let tens = number / 10 == 1 ? "" : chineseDigits[number / 10]
    return tens + "十" + (number % 10 == 0 ? "" : chineseDigits[number % 10])
  }

  /// The text with spaces between some of its characters, never inside a number in digits.
  func spaced(_ text: String, using random: inout SeededGenerator) -> String {
    guard hasSpaces else { return text }
    var (result, last) = ("", Character("年"))
    for character in text {
      let isInsideNumber = last.isNumber && character.isNumber
      if !isInsideNumber, random.once(in: 3) { result += random.pick([" ", "　", "\u{A0}", "  "]) }
      result.append(character)
      last = character
    }
    return result
  }
}
