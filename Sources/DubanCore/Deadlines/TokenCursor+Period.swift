extension TokenCursor {
  /// The years in which a deadline can lie.
  static let years = 1949...2149
  /// How many tokens a list such as 3、6、9、12月 may have: one for each month and sign.
  private static let longestList = 24

  /// Reads a period at the cursor; leaves the cursor alone and returns nil where none begins.
  mutating func period(_ issue: IssueDate) -> Period? {
    let start = position
    if var period = unboundedPeriod(issue) {
      switch tokens[start].word {
      case .yearFromIssue, .monthFromIssue, .quarterFromIssue: period.offset = Int(tokens[start].value)
      case .thatPeriod, .nextMonth: period.offset = 0
      default: break
      }
      return period
    }
    position = start
    return nil
  }

  private mutating func unboundedPeriod(_ issue: IssueDate) -> Period? {
    switch peek() {
    case .number, .numeral, .ordinal: return numberedPeriod()
    case .yearFromIssue:
      let year = issue.year.map { Period.Year.given($0 + value()) } ?? .unknown
      position += 1
      return partOfYear(year)
    case .thatPeriod:
      position += 1
      return partOfYear(.unknown)
    case .nextMonth:
      position += 1
      return partOfMonth(.unknown, 1)
    case .nextYear:
      position += 1
      return partOfYear(.next)
    case .half, .firstQuarters: return partOfYear(.unsaid)
    case .monthFromIssue: return monthFromIssue(issue)
    case .quarterFromIssue: return quarterFromIssue(issue)
    case .weekdayFromIssue: return weekdayFromIssue(issue)
    case .fiveYears: return fiveYears()
    case .wholeYear: return partOfYear(.unsaid)
    case .season: return festivalEve(.unsaid)
    case .year:
      // 年底 and 年内; a bare 年 names nothing.
      guard let period = partOfYear(.unsaid), period.edge != .whole || peek() == .within else { return nil }
      return period
    case .month:
      position += 1
      guard let edge = edge() else { return nil }
      guard let day = issue.day else { return Period(year: .unknown, unit: .month, edge: edge) }
      return Period(year: .given(day.year), unit: .month, month: day.month, edge: edge, note: .monthOnly)
    case .today, .issueDay:
      position += 1
      guard let day = issue.day else { return Period(year: .unknown, unit: .day) }
      return Period(year: .given(day.year), unit: .day, month: day.month, day: day.day)
    default: return nil
    }
  }

  // MARK: Numbers

  private mutating func numberedPeriod() -> Period? {
    if let period = dateInDigits() { return period }
    if isFullYear(), unitBehindNumbers() == .year {
      let year = value()
      position += peek(1) == .year ? 2 : 1
      // The first year of 2022-2025年 has no 年 of its own.
      return peek(-1) == .year ? partOfYear(.given(year)) : Period(year: .given(year), unit: .years(1))
    }
    if peek() == .number, digits() == 2, peek(1) == .year, (15...35).contains(value()) {
      let year = 2000 + value()
      position += 2
      guard var period = partOfYear(.given(year)) else { return nil }
      period.note = period.unit == .years(1) && period.edge == .whole ? .twoDigitYear : .readTwoDigitYear
      return period
    }
    return monthOrQuarter(.unsaid) ?? dayAlone() ?? yearWithoutUnit()
  }

  /// Whether the number at the cursor is a year of four digits.
  private func isFullYear() -> Bool { isNumber() && digits() == 4 && value() >= 1000 }

  /// The unit of the number at the cursor, which may be behind the last number of a list or range: 年 in
  /// 2022-2025年, 月 in 3、6、9月.
  func unitBehindNumbers() -> Word? {
    var ahead = peek() == .ordinal ? 1 : 0
    guard isNumber(ahead) else { return nil }
    ahead += 1
    while ahead < Self.longestList, isRangeSign(ahead) || peek(ahead) == .list || peek(ahead) == .and {
      let number = peek(ahead + 1) == .ordinal ? ahead + 2 : ahead + 1
      guard isNumber(number) else { return nil }
      ahead = number + 1
    }
    switch peek(ahead) {
    case .year, .month, .day, .quarter: return peek(ahead)
    default: return nil
    }
  }

  private mutating func dayAlone() -> Period? {
    guard isNumber(), digits() <= 3, value() > 0, unitBehindNumbers() == .day else { return nil }
    let day = value()
    position += peek(1) == .day ? 2 : 1
    return dayWithTime(Period(unit: .day, day: day))
  }

  /// 2025 or 2022-2025 as the whole phrase: most likely years.
  private mutating func yearWithoutUnit() -> Period? {
    guard peek() == .number, isFullYear(), TokenCursor.years.contains(value()),
      tokens.count <= Self.longestList,
      tokens.allSatisfy({ $0.word == .number || $0.word == .dash || $0.word == .to || $0.word.isHarmless })
    else { return nil }
    let year = value()
    position += 1
    return Period(year: .given(year), unit: .years(1), note: .yearsAlone)
  }

  // MARK: Year and below

  /// What is behind a year: a month, quarter, half or edge; the whole year where nothing is.
  private mutating func partOfYear(_ year: Period.Year) -> Period? {
    if peek() == .of, isNumber(1) { position += 1 }
    if peek() == .wholeYear {
      position += 1
      return Period(year: year, unit: .years(1))
    }
    if peek() == .half {
      let half = value()
      position += 1
      return bounded(Period(year: year, unit: .half(half)))
    }
    if peek() == .firstQuarters {
      let last = value()
      position += 1
      return bounded(Period(year: year, unit: .quarters(1, last)))
    }
    if let period = monthOrQuarter(year) ?? festivalEve(year) { return period }
    // 2022年年底 doubles the 年.
    let start = position
    if peek() == .year { position += 1 }
    if let edge = edge() { return Period(year: year, unit: .years(1), edge: edge, note: noteOfEdge) }
    if peek() != .within { position = start }
    return Period(year: year, unit: .years(1))
  }

  /// 春节前, also 元旦 in 元旦、春节前. What lies around or behind a festival names no day, and 元旦春节前 not which.
  private mutating func festivalEve(_ year: Period.Year) -> Period? {
    guard peek() == .season, let festival = Festival(rawValue: Int32(value())), peek(-1) != .season,
      peek(-1) != .day
    else {
      return nil
    }
    var ahead = 1
    while peek(ahead) == .list || peek(ahead) == .and, peek(ahead + 1) == .season, value(ahead + 1) > 0 {
      ahead += 2
    }
    let isHoliday = peek(ahead) == .holiday
    guard peek(isHoliday ? ahead + 1 : ahead) == .before else { return nil }
    position += 1
    if isHoliday { _ = skip(.holiday) }
    return Period(year: year, unit: .eve(festival), note: isHoliday ? .holiday : nil)
  }

  private mutating func monthOrQuarter(_ year: Period.Year) -> Period? {
    let start = position
    let isOrdinal = skip(.ordinal)
    guard isNumber(), value() >= 0, let unit = unitBehindNumbers() else {
      return monthWithoutUnit(year, from: start)
    }
    let number = value()
    switch unit {
    case .quarter:
      position += peek(1) == .quarter ? 2 : 1
      return bounded(Period(year: year, unit: .quarters(number, number)))
    case .month where !isOrdinal && digits() <= 3:
      let isComplete = peek(1) == .month
      position += isComplete ? 2 : 1
      return isComplete ? partOfMonth(year, number) : Period(year: year, unit: .month, month: number)
    default:
      return monthWithoutUnit(year, from: start)
    }
  }

  /// `6 底前` and `12年底` behind a year: 月 was left out or mistyped.
  private mutating func monthWithoutUnit(_ year: Period.Year, from start: Int) -> Period? {
    let isMistyped = peek(1) == .year && peek(2) == .end && year != .unsaid
    guard position == start, isNumber(), digits() <= 2, (1...12).contains(value()),
      peek(1) == .end || isMistyped
    else {
      position = start
      return nil
    }
    let month = value()
    position += isMistyped ? 3 : 2
    return Period(year: year, unit: .month, month: month, edge: .end, note: .missingMonth)
  }

  /// What is behind a month: a day, a 旬 or an edge; the whole month where nothing is.
  mutating func partOfMonth(_ year: Period.Year, _ month: Int) -> Period {
    if peek() == .tenDays {
      let (first, last) = (value() / 10, value() % 10)
      position += 1
      return bounded(Period(year: year, unit: .tenDays(first, last), month: month))
    }
    if isNumber(), digits() <= 3 {
      let day = value()
      if day >= 0, unitBehindNumbers() == .day {
        position += peek(1) == .day ? 2 : 1
        return dayWithTime(Period(year: year, unit: .day, month: month, day: day))
      }
      if digits() <= 2, isNumber(), endsDate(1) {
        position += 1
        return Period(year: year, unit: .day, month: month, day: day, note: .missingDay)
      }
    }
    return bounded(Period(year: year, unit: .month, month: month))
  }

  /// Whether what is `ahead` can directly follow a finished date.
  private func endsDate(_ ahead: Int) -> Bool {
    switch peek(ahead) {
    case .before, .closing: true
    default: false
    }
  }

  /// Adds 底, 末, 初, 中 or 内.
  private mutating func bounded(_ period: Period) -> Period {
    var period = period
    if let edge = edge() {
      period.edge = edge
      period.note = period.note ?? noteOfEdge
    }
    return period
  }

  /// 底 and 末; 初 and 中 where no other word goes on from them.
  private mutating func edge() -> Period.Edge? {
    switch peek() {
    case .end:
      position += 1
      return .end
    case .misspeltEnd where value() == 1 || peek(1) == .before:
      position += 1
      return .end
    case .beginning, .middle:
      guard peek(1) != .text, !isNumber(1) else { return nil }
      position += 1
      return peek(-1) == .beginning ? .beginning : .middle
    default: return nil
    }
  }

  /// What to say of the edge just read.
  private var noteOfEdge: Note? {
    guard peek(-1) == .misspeltEnd else { return nil }
    return value(-1) == 1 ? .misspeltEnd : .misspelt
  }

  // MARK: Counted from the issue

  private mutating func monthFromIssue(_ issue: IssueDate) -> Period {
    let offset = value()
    position += 1
    guard let day = issue.day?.adding(months: offset) else { return partOfMonth(.unknown, 1) }
    return partOfMonth(.given(day.year), day.month)
  }

  private mutating func quarterFromIssue(_ issue: IssueDate) -> Period {
    let offset = value()
    position += 1
    guard let day = issue.day?.adding(months: offset * 3) else {
      return bounded(Period(year: .unknown, unit: .quarters(1, 1)))
    }
    let quarter = (day.month + 2) / 3
    return bounded(Period(year: .given(day.year), unit: .quarters(quarter, quarter)))
  }

  /// 下周五: of the week behind the document's. A day before the document is none that it asks for.
  private mutating func weekdayFromIssue(_ issue: IssueDate) -> Period? {
    let (weeks, weekday) = value().quotientAndRemainder(dividingBy: 10)
    position += 1
    guard let day = issue.day else { return Period(year: .unknown, unit: .day) }
    let named = day.adding(days: 7 * weeks + weekday - Int(day.weekday.rawValue))
    guard named >= day else { return nil }
    let (year, month, dayOfMonth) = named.components
    return dayWithTime(Period(year: .given(year), unit: .day, month: month, day: dayOfMonth))
  }

  private mutating func fiveYears() -> Period? {
    // The first plan began in 1953; from the tenth on, plan n covers 1951 + 5n and the four years after.
    let first = 1951 + 5 * value()
    position += 1
    if peek() == .during {
      position += 1
      if let edge = edge() { return Period(year: .given(first), unit: .years(5), edge: edge) }
      return Period(year: .given(first), unit: .years(5), isBounded: true)
    }
    if let edge = edge() { return Period(year: .given(first), unit: .years(5), edge: edge) }
    return peek() == .within || peek() == .before || tokens.count == 1
      ? Period(year: .given(first), unit: .years(5)) : nil
  }
}
