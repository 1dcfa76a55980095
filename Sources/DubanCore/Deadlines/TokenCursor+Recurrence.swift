extension TokenCursor {
  /// Reads 每季度末月25日前, 每两周, 双月10日前; nil where 每 begins something else (每件, 每户).
  mutating func recurrence() -> Item.Content? {
    switch peek() {
    case .every:
      let cycle = Cycle(rawValue: Int32(value()))
      position += 1
      return cycle.flatMap { recurrence(each: $0) }
    case .per:
      let cycle = Cycle(rawValue: Int32(value()))
      position += 1
      guard let cycle, clauseIsHarmless() else { return nil }
      return .recurring([Self.plainRule(cycle)].compactMap { $0 })
    case .parityMonth: return parityMonths()
    default:
      return countedCycle()
    }
  }

  /// 一年一次, 半年一次, 一季度一调度.
  mutating func onceEach() -> Item.Content? {
    let start = position
    if peek() == .halfMonth, peek(1) == .numeral, value(1) == 1, peek(2) == .times || peek(2) == .start {
      position += 3
      return .recurring([Recurrence(.monthly, monthDays: [15, -1])])
    }
    // 5年一周期
    if isNumber(), (2..<100).contains(value()), peek(1) == .year || peek(1) == .months, peek(2) == .numeral,
      value(2) == 1, peek(3) == .times
    {
      position += 4
      let rule =
        peek(-3) == .year
        ? Recurrence(.yearly, interval: value(-4), months: [12], monthDays: [-1])
        : Recurrence(.monthly, interval: value(-4), monthDays: [-1])
      return .recurring([rule])
    }
    let isOne = isNumber() && value() == 1
    if isOne { position += 1 }
    let cycle: Cycle? =
      switch peek() {
      case .year where isOne: .year
      case .halfYear where !isOne: .halfYear
      case .quarter where isOne: .quarter
      case .month, .months: isOne ? .month : nil
      case .weeks where isOne: .week
      default: nil
      }
    position += 1
    guard let cycle, isNumber(), value() > 0, peek(1) != .day, peek(1) != .month, peek(1) != .piece,
      peek() == .numeral || peek(1) == .times,
      peek(1) == .times || peek(1) == .start || peek(1) == .completion
    else {
      position = start
      return nil
    }
    position += 2
    return .recurring([Self.plainRule(cycle)].compactMap { $0 })
  }

  /// 每3个月, 每两周, 逢周五.
  private mutating func countedCycle() -> Item.Content? {
    let (isSkipping, meets) = (value() == 1, value() == 2)
    position += 1
    if peek() == .parityMonth { return parityMonths() }
    if peek() == .weekday { return weekly(interval: 1) }
    if skip(.halfMonth) { return .recurring([Recurrence(.monthly, monthDays: [15, -1])]) }
    guard isNumber(), value() > 0, value() < 100 else { return nil }
    let count = value()
    position += 2
    // 逢10日: that day of each month, not every ten days.
    if meets {
      guard peek(-1) == .day else { return nil }
      guard count <= 31, peek() != .list, endsRule() else { return .unclear(.recurrenceUnclear) }
      return .recurring(Recurrence.onDays([count == 31 ? -1 : count]))
    }
    let rule: Recurrence
    switch peek(-1) {
    case .months where count == 1: return recurrence(each: .month)
    case .year where count == 1: return recurrence(each: .year)
    case .weeks where count == 1: return recurrence(each: .week)
    case .months: rule = Recurrence(.monthly, interval: count, monthDays: [-1])
    case .year: rule = Recurrence(.yearly, interval: count, months: [12], monthDays: [-1])
    case .weeks: rule = Recurrence(.weekly, interval: count, weekdays: [.friday])
    case .days, .day: rule = Recurrence(.daily, interval: count)
    case .workdays, .quarter: return .unclear(.recurrenceUnclear)
    default: return nil
    }
    return isSkipping || !clauseNamesDuty() ? .unclear(.recurrenceUnclear) : .recurring([rule])
  }

  private mutating func parityMonths() -> Item.Content? {
    let months = value() == 0 ? [2, 4, 6, 8, 10, 12] : [1, 3, 5, 7, 9, 11]
    position += 1
    // 双月召开一次会议
    let isDuty = (peek() == .start || peek() == .completion) && clauseNamesDuty()
    guard let days = daysOfMonth() ?? (isDuty || clauseIsHarmless() ? [-1] : nil), endsRule() else {
      return .unclear(.recurrenceUnclear)
    }
    return .recurring(Recurrence.onDays(days, of: months))
  }

  private mutating func recurrence(each cycle: Cycle) -> Item.Content {
    _ = skip(.of)
    if let content = lastWorkday(of: cycle) { return content }
    switch cycle {
    case .year: return yearly()
    case .halfYear: return monthsOfCycle(length: 6, .halfYear)
    case .quarter: return monthsOfCycle(length: 3, .quarter)
    case .month: return monthly()
    case .week: return weekly(interval: 1)
    case .day: return daily()
    case .tenDays: return .recurring([Recurrence(.monthly, monthDays: [10, 20, -1])])
    }
  }

  /// 每月最后一个工作日, 每季度末月的最后一个工作日.
  private mutating func lastWorkday(of cycle: Cycle) -> Item.Content? {
    let start = position
    if peek() == .month || peek() == .year, peek(1) == .end { position += 1 }
    if peek() == .end || peek() == .monthOfCycle && value() == 3 { position += 1 }
    _ = skip(.of)
    guard skip(.lastWorkday) else {
      position = start
      return nil
    }
    var rule: Recurrence
    switch cycle {
    case .week: rule = .week
    case .month: rule = .lastWeekday()
    case .quarter: rule = .lastWeekday(of: [3, 6, 9, 12])
    case .halfYear: rule = .lastWeekday(of: [6, 12])
    case .year: rule = .lastWeekday(of: [12])
    case .day, .tenDays: return .unclear(.recurrenceUnclear)
    }
    guard let hour = hourOfRule(), endsRule() else { return .unclear(.recurrenceUnclear) }
    hour.set(in: &rule)
    return .recurring([rule])
  }

  /// The rule of a cycle that names no day: the last day of each, Friday of each week.
  private static func plainRule(_ cycle: Cycle) -> Recurrence? {
    switch cycle {
    case .year: .year
    case .halfYear: .halfYear
    case .quarter: .quarter
    case .month: .month
    case .week: .week
    case .day: Recurrence(.daily)
    case .tenDays: nil
    }
  }

  // MARK: Each cycle

  private mutating func yearly() -> Item.Content {
    var days: [MonthDay] = []
    let start = position
    var precision: Period.Precision?
    if cycleEnds() { return afterCycle([1]) }
    while let period = period(IssueDate()) {
      var last = period
      if isRangeSign() {
        position += 1
        guard let end = self.period(IssueDate()) else { return .unclear(.recurrenceUnclear) }
        last = end
        if last.unit == .day, last.month == 0 { last.month = period.month }
      }
      let isBare = last.edge == .whole && !last.isDay && peek() == .before
      // 每年1月、7月10日前: whether the day belongs to both months is open.
      let isMixed = !days.isEmpty && precision != last.precision
      precision = last.precision
      guard !isBare, !isMixed, let day = MonthDay(last) else { return .unclear(.recurrenceUnclear) }
      days.append(day)
      guard skipsListSign() else { break }
    }
    if days.isEmpty {
      position = start
      // 每年底前 and 每年年底.
      _ = skip(.year)
      if skip(.end) { days = [MonthDay(month: 12, day: -1)] } else { return plain(.year) }
    }
    // 每年6月和12月的20日前: the day belongs to both months.
    if peek() == .of, isNumber(1) { return .unclear(.recurrenceUnclear) }
    return endsRule() ? .recurring(MonthDay.rules(days)) : .unclear(.recurrenceUnclear)
  }

  /// Goes past 、 or 和, also behind 前, where another month, quarter or half follows.
  private mutating func skipsListSign() -> Bool {
    let sign = peek() == .before ? 1 : 0
    guard peek(sign) == .list || peek(sign) == .and || peek(sign) == .comma && isNumber(sign + 1) else {
      return false
    }
    switch peek(sign + 1) {
    case .number, .numeral, .half, .ordinal, .year: break
    default: return false
    }
    position += sign + 1
    return true
  }

  private mutating func monthsOfCycle(length: Int, _ cycle: Cycle) -> Item.Content {
    let count = 12 / length
    func months(_ place: Int) -> [Int] { (0..<count).map { $0 * length + place } }
    if cycleEnds() { return afterCycle(months(1)) }
    let places: [Int]
    switch peek() {
    case .end: places = months(length)
    case .monthOfCycle:
      places = months(value() == 3 ? length : value())
    case .nextMonth: places = months(1)
    default: return plain(cycle)
    }
    let isEnd = peek() == .end
    position += 1
    if peek() == .of, isNumber(1) { position += 1 }
    guard let days = daysOfMonth() ?? (isEnd || endsHere() ? [-1] : nil), endsRule() else {
      return .unclear(.recurrenceUnclear)
    }
    return .recurring(Recurrence.onDays(days, of: places))
  }

  private mutating func monthly() -> Item.Content {
    if cycleEnds() { return afterCycle([]) }
    _ = skip(.nextMonth)
    guard let days = daysOfMonth() else { return plain(.month) }
    let hour = hourOfRule()
    guard let hour, endsRule() else { return .unclear(.recurrenceUnclear) }
    return .recurring(
      Recurrence.onDays(days).map { rule in
        var rule = rule
        hour.set(in: &rule)
        return rule
      })
  }

  private mutating func weekly(interval: Int) -> Item.Content {
    var days: [Weekday] = []
    while let day = weekdayOfRule(isFirst: days.isEmpty) {
      days.append(day)
      guard peek() == .list || peek() == .and, peek(1) == .weekday || peek(1) == .numeral else { break }
      position += 1
    }
    if days.isEmpty { return plain(.week) }
    guard let hour = hourOfRule(), !isRangeSign(), endsRule() else { return .unclear(.recurrenceUnclear) }
    // 每周一调度 is either each Monday or once a week.
    if days == [.monday], peek() == .start || peek() == .completion, peek(-1) == .numeral {
      return .unclear(.recurrenceUnclear)
    }
    var rule = Recurrence(.weekly, interval: interval, weekdays: days)
    hour.set(in: &rule)
    return .recurring([rule])
  }

  /// A weekday behind 每周 has lost its 周: 每周五 is 每周 and 五.
  private mutating func weekdayOfRule(isFirst: Bool) -> Weekday? {
    if peek() == .weekday {
      defer { position += 1 }
      return Weekday(rawValue: value())
    }
    if peek() == .day, isFirst {
      position += 1
      return .sunday
    }
    guard peek() == .numeral, digits() == 1, peek(1) != .times, peek(1) != .piece,
      let day = Weekday(rawValue: value())
    else { return nil }
    position += 1
    return day
  }

  private mutating func daily() -> Item.Content {
    guard let hour = hourOfRule() else { return .unclear(.recurrenceUnclear) }
    guard hour != .none || clauseNamesDuty() else { return .unclear(.recurrenceUnclear) }
    var rule = Recurrence(.daily)
    hour.set(in: &rule)
    return endsRule() ? .recurring([rule]) : .unclear(.recurrenceUnclear)
  }

  // MARK: Parts

  /// Days of a month: 5日, 10日、25日, 底, 上旬; nil where none are here.
  private mutating func daysOfMonth() -> [Int]? {
    if peek() == .month, peek(1) == .end { position += 1 }
    if skip(.end) { return [-1] }
    if peek() == .tenDays {
      let last = value() % 10
      position += 1
      return [last == 3 ? -1 : last * 10]
    }
    var days: [Int] = []
    let start = position
    while isNumber(), (1...31).contains(value()) {
      let day = value() == 31 ? -1 : value()
      position += 1
      let hasUnit = skip(.day)
      if isRangeSign(), isNumber(1) {
        position += 1
        continue
      }
      days.append(day)
      if peek() == .list || peek() == .and, isNumber(1) {
        position += 1
      } else if peek() == .list || peek() == .and, peek(1) == .month, peek(2) == .end {
        position += 3
        return days + [-1]
      } else if hasUnit {
        return days
      } else {
        break
      }
    }
    position = start
    return nil
  }

  /// Reads 结束后, 终了后 or 后, which put the days behind the cycle's end.
  private mutating func cycleEnds() -> Bool {
    if peek() == .cycleEnds, peek(1) == .after {
      position += 2
      return true
    }
    return skip(.after)
  }

  /// 每季度结束后10日内: the tenth of the months after the quarters.
  private mutating func afterCycle(_ months: [Int]) -> Item.Content {
    guard isNumber(), (1...28).contains(value()), peek(1) == .day || peek(1) == .days, peek(2) == .within
    else { return .unclear(.recurrenceUnclear) }
    let day = value()
    position += 3
    return .recurring([
      months.isEmpty
        ? Recurrence(.monthly, monthDays: [day]) : Recurrence(.yearly, months: months, monthDays: [day])
    ])
  }

  /// Whether 前 or nothing ends the rule; 后, 起, 左右 make it something else.
  private mutating func endsRule() -> Bool {
    _ = skip(.inclusive)
    switch peek() {
    case .before, .within, .closing:
      position += 1
      _ = skip(.inclusive)
      return !isNumber() || peek(1) == .times
    case .after, .around, .from, .since, .beginning, .middle: return false
    default: return !isNumber() || peek(1) == .times
    }
  }

  private func endsHere() -> Bool { isAtEnd || peek() == .before || peek() == .within || peek().endsClause }

  /// A rule without a day: certain only where the clause says what is done each time and names no other moment.
  private mutating func plain(_ cycle: Cycle) -> Item.Content {
    if let right = right(around: position) { return right }
    guard clauseNamesDuty(), let rule = Self.plainRule(cycle) else { return .unclear(.recurrenceUnclear) }
    return .recurring([rule])
  }

  private func clauseIsHarmless() -> Bool {
    var index = position
    while index < tokens.count, !tokens[index].word.endsClause {
      guard tokens[index].word.isHarmless else { return false }
      index += 1
    }
    return true
  }

  /// Whether the clause says how often or what is done, or says nothing more, and names no moment of its own.
  private func clauseNamesDuty() -> Bool {
    var index = position
    var (namesDuty, hasText, hasTarget) = (false, false, false)
    while index < tokens.count, !tokens[index].word.endsClause {
      switch tokens[index].word {
      case .before, .after, .around, .during, .month, .tenDays, .end, .beginning, .season, .nextMonth,
        .monthOfCycle,
        .since, .from, .weekday, .cycleEnds, .quarter, .workdays, .undone, .compared, .serviceLevel:
        return false
      case .times, .start, .completion, .publishing: namesDuty = true
      case .target: hasTarget = true
      // 每年培育企业50家
      case .number, .numeral: (namesDuty, hasText) = (namesDuty || hasTarget, true)
      case .text: hasText = true
      default: break
      }
      index += 1
    }
    return namesDuty || !hasText && !hasTarget
  }

  /// The time of day of a rule; nil where it is uncertain.
  private mutating func hourOfRule() -> HourOfRule? {
    switch clock() {
    case nil, .endOfDay: HourOfRule.none
    case .at(let time): .at(time)
    case .unsure, .nonexistent: nil
    }
  }
}
