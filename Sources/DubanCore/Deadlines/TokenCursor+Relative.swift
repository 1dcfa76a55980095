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

  /// Whether the span is a fraction, the end of a range, or stands behind a word such as 近 or 第.
  private func isPartOfNumber(_ start: Int) -> Bool {
    guard start > 0 else { return false }
    switch tokens[start - 1].word {
    case .number, .numeral, .ordinal, .dot, .slash, .lately, .before, .piece: return true
    case .dash, .to, .list, .and:
      return start > 1 && (tokens[start - 2].word == .number || tokens[start - 2].word == .numeral)
    default: return false
    }
  }

  /// Whether only words without a meaning of their own stand beside the span.
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

  /// Whether a clause ends here.
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
      .close, .list, .of, .settled, .standing, .immediate, .deadlineAt, .asOf:
      true
    default: false
    }
  }
}
