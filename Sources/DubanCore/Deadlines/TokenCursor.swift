/// Reads tokens one after another, and can go back.
struct TokenCursor {
  private(set) var tokens: [Token]
  var position = 0

  init(_ tokens: [Token]) { self.tokens = tokens }

  /// The kind of the token `ahead` places further on; `.stop` beyond the end.
  func peek(_ ahead: Int = 0) -> Word {
    let index = position + ahead
    return tokens.indices.contains(index) ? tokens[index].word : .stop
  }

  /// The value of the token `ahead` places further on; 0 beyond the end.
  func value(_ ahead: Int = 0) -> Int {
    let index = position + ahead
    return tokens.indices.contains(index) ? Int(tokens[index].value) : 0
  }

  /// How many digits the number `ahead` places further on has.
  func digits(_ ahead: Int = 0) -> Int {
    let index = position + ahead
    return tokens.indices.contains(index) ? Int(tokens[index].digits) : 0
  }

  /// Whether a number in digits or Chinese numerals stands `ahead` places further on.
  func isNumber(_ ahead: Int = 0) -> Bool {
    let word = peek(ahead)
    return word == .number || word == .numeral
  }

  /// Marks those that belong to an item.
  mutating func own(_ places: Range<Int>) { for place in places { tokens[place].isOwned = true } }

  /// Goes past the next token if it is of this kind.
  mutating func skip(_ word: Word) -> Bool {
    guard peek() == word, position < tokens.count else { return false }
    position += 1
    return true
  }

  /// Whether a dash, 至 or 到 stands `ahead` places further on.
  func isRangeSign(_ ahead: Int = 0) -> Bool { peek(ahead) == .dash || peek(ahead) == .to }

  /// Whether the phrase is over.
  var isAtEnd: Bool { position >= tokens.count }
}

extension TokenCursor {
  /// Reads 2022.12.31, 2022-12-31, 2022/12, 20221231 and 12.31前.
  mutating func dateInDigits() -> Period? {
    guard peek() == .number else { return nil }
    switch digits() {
    case 8: return compactDate()
    case 6: return compactMonth()
    case 4: return dateWithSigns()
    case 1, 2: return monthAndDay()
    default: return nil
    }
  }

  private func isDateSign(_ ahead: Int) -> Bool {
    peek(ahead) == .dot || peek(ahead) == .slash || peek(ahead) == .dash
  }

  private mutating func compactDate() -> Period? {
    guard peek(1) != .year, peek(1) != .piece, TokenCursor.years.contains(value() / 10_000) else {
      return nil
    }
    let number = value()
    position += 1
    return dayWithTime(
      Period(
        year: .given(number / 10_000), unit: .day, month: number / 100 % 100, day: number % 100))
  }

  private mutating func compactMonth() -> Period? {
    guard (1990...2060).contains(value() / 100), (1...12).contains(value() % 100) else { return nil }
    let number = value()
    position += 1
    _ = skip(.month)
    var period = partOfMonth(.given(number / 100), number % 100)
    period.note = .yearsAlone
    return period
  }

  private mutating func dateWithSigns() -> Period? {
    let sign = peek(1)
    guard isDateSign(1), TokenCursor.years.contains(value()), peek(2) == .number, digits(2) <= 2 else {
      return nil
    }
    let (year, month) = (value(), value(2))
    if peek(3) == sign, peek(4) == .number, digits(4) <= 2, !(sign == .dash && peek(5) == .month) {
      let day = value(4)
      position += 5
      _ = skip(.day)
      return dayWithTime(Period(year: .given(year), unit: .day, month: month, day: day))
    }
    // 2022-5年 is no month.
    guard peek(3) != .year, peek(3) != .piece, peek(3) != .months, peek(3) != .percent else { return nil }
    position += 3
    _ = skip(.month)
    return partOfMonth(.given(year), month)
  }

  /// 12.31前, where nothing but a signpost stands before it.
  private mutating func monthAndDay() -> Period? {
    guard peek(1) == .dot || peek(1) == .slash, peek(2) == .number, digits(2) <= 2,
      peek(3) == .before || peek(3) == .closing, (1...12).contains(value()), value(2) > 0
    else { return nil }
    switch peek(-1) {
    case .stop, .comma, .colon, .open, .qualifier, .aim, .latest, .at, .label, .filler: break
    default: return nil
    }
    let (month, day) = (value(), value(2))
    position += 3
    return Period(unit: .day, month: month, day: day, note: .monthDay)
  }
}
