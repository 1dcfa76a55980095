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

  /// Whether a number in digits or Chinese numerals is `ahead` places further on.
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

  /// Whether a dash, 至 or 到 is `ahead` places further on.
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

  /// 12.31前, where nothing but a signpost is before it.
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

extension TokenCursor {
  /// A time of day as the words name it.
  enum Clock: Equatable {
    /// By this time.
    case at(CivilTime)
    /// By the end of the day (24时, 下班前).
    case endOfDay
    /// An hour that may be in the morning or the afternoon.
    case unsure
    /// An hour that no day has.
    case nonexistent
  }

  /// Adds the day of the week and the time that are behind a date.
  mutating func dayWithTime(_ period: Period) -> Period {
    var period = period
    period.weekday = weekdayBehindDate()
    switch clock() {
    case .at(let time): period.time = time
    case .unsure: period.note = .clock
    case .nonexistent: period.note = .nonexistent
    case .endOfDay, nil: break
    }
    return period
  }

  private mutating func weekdayBehindDate() -> Weekday? {
    if peek() == .open, peek(1) == .weekday, peek(2) == .close {
      defer { position += 3 }
      return Weekday(rawValue: value(1))
    }
    guard peek() == .weekday else { return nil }
    defer { position += 1 }
    return Weekday(rawValue: value())
  }

  /// Reads 17时30分, 下午5点, 17:00, 中午, 下班; nil where there is no time.
  mutating func clock() -> Clock? {
    let start = position
    if skip(.endOfWork) { return .endOfDay }
    var part: DayPart?
    if peek() == .dayPart {
      part = DayPart(rawValue: Int32(value()))
      position += 1
    }
    // 上午下班 is no certain hour, but that day.
    if part != nil, skip(.endOfWork) { return .endOfDay }
    if isNumber(), peek(1) == .hour {
      let hour = value()
      position += 2
      return Self.time(part, hour, minute: minute())
    }
    if peek() == .number, peek(1) == .colon, peek(2) == .number, digits(2) == 2 {
      let (hour, minute) = (value(), value(2))
      position += 3
      return Self.time(
        part ?? (digits(-3) == 2 ? .morning : nil), hour, minute: minute, isDigital: part == nil)
    }
    switch part {
    case .noon: return CivilTime(hour: 12, minute: 0).map(Clock.at)
    case nil: position = start
    default: return .endOfDay
    }
    return nil
  }

  /// The minutes behind an hour; 0 for none.
  private mutating func minute() -> Int {
    guard isNumber(), peek(1) == .minute else {
      return 0
    }
    defer { position += 2 }
    return value()
  }

  private static func time(_ part: DayPart?, _ hour: Int, minute: Int, isDigital: Bool = false) -> Clock {
    guard hour < 24, minute < 60 else { return hour == 24 && minute == 0 ? .endOfDay : .nonexistent }
    let resolved: Int?
    switch part {
    case .morning, .earlyMorning: resolved = hour <= 12 || isDigital ? hour : nil
    case .noon: resolved = (11...13).contains(hour) ? hour : hour == 1 ? 13 : nil
    case .afternoon: resolved = hour < 12 ? hour + 12 : hour == 12 ? nil : hour
    case .evening: resolved = (5..<12).contains(hour) ? hour + 12 : hour > 17 ? hour : nil
    case nil: resolved = hour >= 7 || hour == 0 ? hour : nil
    }
    return resolved.flatMap { CivilTime(hour: $0, minute: minute) }.map(Clock.at) ?? .unsure
  }
}

/// The time of day of a recurrence.
enum HourOfRule: Equatable {
  case none
  case at(CivilTime)

  /// Puts the time into a rule.
  func set(in rule: inout Recurrence) {
    guard case .at(let time) = self else { return }
    rule.hour = time.hour
    rule.minute = time.minute == 0 ? nil : time.minute
  }
}

extension TokenCursor {
  /// Reads a span that something starts: 20个工作日内, 半年内, …后2个月.
  mutating func relative() -> Item.Content? {
    let start = position
    // 3-5年内: within five years; the interpreter says that it names a span of numbers.
    if isNumber(), isRangeSign(1), isNumber(2), value() > 0, value() < value(2), digits(2) <= 2,
      peek(3).isCountedUnit, peek(4) == .within
    {
      position += 2
    }
    guard let (count, unit) = countedSpan() else {
      position = start
      return nil
    }
    let isWithin = skip(.within)
    let followsEvent = start > 0 && (tokens[start - 1].word == .after || tokens[start - 1].word == .from)
    let isAlone = isWholePhrase(from: start)
    if start > 1, isPartOfNumber(start), isWholePhrase(from: start, but: 2) { return .unclear(.range) }
    guard isWithin || followsEvent || isAlone else {
      position = start
      return nil
    }
    if isPartOfNumber(start) { return .unclear(.range) }
    guard let unit else { return .nothing(.serviceLevel) }
    if unit == .year, !followsEvent, (15...35).contains(count) { return .unclear(.twoDigitYear) }
    if peek() == .undone || peek() == .misspeltEnd { return .nothing(.description) }
    if !followsEvent, isServiceLevel(start) { return .nothing(.serviceLevel) }
    if let right = right(around: start) {
      // What is granted from an event on is no more a deadline; what may be a duty is counted from the event.
      if case .nothing = right { return right }
      if !followsEvent { return right }
    }
    // 保质期三年内
    if !followsEvent,
      clause(around: start).prefix(while: { $0.word != .within }).contains(where: { $0.word == .validity })
    {
      return isAtEnd || peek().endsClause ? .nothing(.description) : .unclear(.description)
    }
    // 一年内累计超过3次的
    if !followsEvent, clause(around: start).last?.word == .of { return .unclear(.description) }
    return .relative(count: count, unit: unit, isEvent: followsEvent)
  }

  /// Number and unit; a nil unit for hours and minutes, which only service levels count in.
  private mutating func countedSpan() -> (count: Int, unit: Reading.Unit?)? {
    if skip(.halfYear) { return (6, .month) }
    if skip(.halfMonth) { return (15, .day) }
    guard isNumber(), value() > 0, value() < 1000 else { return nil }
    let count = value()
    position += 2
    switch peek(-1) {
    case .months: return (count, .month)
    case .days: return (count, .day)
    case .workdays: return (count, .workday)
    case .weeks: return (count * 7, .day)
    case .hours: return (count, nil)
    case .day: return (count, .day)
    case .year: return count <= 50 ? (count, .year) : nil
    default: return nil
    }
  }

  /// Whether the span is a fraction, the end of a range, or is behind a word such as 近 or 第.
  private func isPartOfNumber(_ start: Int) -> Bool {
    guard start > 0 else { return false }
    switch tokens[start - 1].word {
    case .number, .numeral, .ordinal, .dot, .slash, .lately, .before, .piece: return true
    case .dash, .to, .list, .and:
      return start > 1 && (tokens[start - 2].word == .number || tokens[start - 2].word == .numeral)
    default: return false
    }
  }

  /// Whether only words without a meaning of their own are beside the span.
  private func isWholePhrase(from start: Int, but skipped: Int = 0) -> Bool {
    guard tokens[position - 1].word != .year || tokens[start].value < 10 else { return false }
    // A bare 10日 or 5日 is a day of the month.
    guard tokens[position - 1].word != .day else { return false }
    return tokens[..<(start - skipped)].allSatisfy { $0.word.isHarmless || $0.word == .colon }
      && tokens[position...].allSatisfy { $0.word.isHarmless }
  }

  /// The clause that holds the token at `place`.
  private func clause(around place: Int) -> ArraySlice<Token> {
    let first = tokens.prefix(place).lastIndex { $0.word.endsClause }.map { $0 + 1 } ?? 0
    return tokens[first...].prefix { !$0.word.endsClause }
  }

  /// What to make of a span or cycle in whose clause something is granted or forbidden: 五年内免征, 每人每年只享受一次; nil
  /// where nothing is.
  func right(around place: Int) -> Item.Content? {
    let words = clause(around: place).filter { $0.word == .right }
    guard !words.isEmpty else { return nil }
    return words.contains { $0.value == 0 } ? .nothing(.right) : .unclear(.right)
  }

  private func isServiceLevel(_ start: Int) -> Bool {
    if peek() == .settled { return true }
    var index = start - 1
    while index >= 0, !tokens[index].word.endsClause || tokens[index].word == .colon {
      if tokens[index].word == .serviceLevel { return true }
      index -= 1
    }
    return false
  }
}

extension Word {
  /// Whether the word counts something: 天, 个月.
  var isCountedUnit: Bool {
    switch self {
    case .months, .days, .workdays, .weeks, .hours, .year, .day, .halfYear, .halfMonth: true
    default: false
    }
  }

  var endsClause: Bool {
    switch self {
    case .comma, .stop, .open, .close, .colon: true
    default: false
    }
  }

  /// Whether the word changes nothing about the date beside it.
  var isHarmless: Bool {
    switch self {
    case .completion, .start, .label, .filler, .object, .and, .or, .qualifier, .aim, .latest, .moved, .at,
      .outset,
      .comma,
      .stop, .open,
      .close, .list, .of, .settled, .standing, .immediate, .deadlineAt, .asOf, .inclusive:
      true
    default: false
    }
  }
}
