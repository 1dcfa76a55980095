extension TokenCursor {
  /// Everything that the phrase names, in its order.
  mutating func items(_ issue: IssueDate) -> [Item] {
    var items: [Item] = []
    items.reserveCapacity(4)
    while !isAtEnd {
      let start = position
      if var item = item(issue) {
        if giveDay(of: item, to: &items) { continue }
        if let last = items.indices.last, items[last].tokens.upperBound == start - 1,
          items[last].suffix == .none
        {
          item.isJoined = tokens[start - 1].word == .list || tokens[start - 1].word == .and
          item.isAlternative = tokens[start - 1].word == .or
        }
        if case .period = item.content, !isContinued(items, by: item), isDangling(before: start) {
          item.content = .unclear(.dangling)
        }
        if case .span = item.content, isDangling(before: start) { item.content = .unclear(.dangling) }
        // 9月下周五前, 会后下周五前: of which week, isn't certain.
        if tokens[start].word == .weekdayFromIssue, start > 0,
          tokens[start - 1].isOwned || tokens[start - 1].word == .after
        {
          item.content = .unclear(.unclear)
        }
        own(item.tokens)
        items.append(item)
      } else {
        position = start + 1
      }
    }
    return items
  }

  /// 25日前 behind 3月、6月的: the day of each of these months, which are then days.
  private mutating func giveDay(of item: Item, to items: inout [Item]) -> Bool {
    let start = item.tokens.lowerBound
    guard case .period(let day) = item.content, day.unit == .day, day.month == 0, start > 0,
      tokens[start - 1].word == .of, items.last?.tokens.upperBound == start - 1
    else { return false }
    var months: [Int] = []
    for index in items.indices.reversed() {
      guard case .period(let period) = items[index].content, period.unit == .month, period.edge == .whole,
        period.note == nil, items[index].suffix == .none
      else { return false }
      months.append(index)
      if !items[index].isJoined { break }
    }
    for index in months {
      guard case .period(var period) = items[index].content else { continue }
      (period.unit, period.day, period.time) = (.day, day.day, day.time)
      items[index].content = .period(period)
    }
    guard let last = months.first else { return false }
    // 3月、6月的15日、25日前: whether 3月 has the second day too isn't certain.
    if months.count > 1, skip(.list) || skip(.and) {
      if unitBehindNumbers() == .day { items[last].content = .unclear(.unclear) }
      position = item.tokens.upperBound
    }
    items[last].tokens = items[last].tokens.lowerBound..<item.tokens.upperBound
    (items[last].suffix, items[last].earlier) = (item.suffix, item.earlier)
    own(items[last].tokens)
    return true
  }

  /// Whether the item goes on a list: 6月 in 3月、6月, and 12月 in 3、6、9、12月. The first of only two numbers may
  /// be that of a paragraph: 1、12月底前.
  private func isContinued(_ items: [Item], by item: Item) -> Bool {
    guard item.isJoined, let last = items.last?.tokens else { return false }
    let isBareNumber = last.count == 1 && last.lowerBound == 0
    return !isBareNumber || peek() == .list || isRangeSign(-1)
  }

  private mutating func item(_ issue: IssueDate) -> Item? {
    let start = position
    switch peek() {
    case .standing:
      position += 1
      return Item(content: .standing, tokens: start..<position)
    case .today where peek(1) != .from && !isRangeSign(1), .immediate:
      position += 1
      if peek() == .settled { return Item(content: .nothing(.serviceLevel), tokens: start..<position) }
      return Item(content: .immediate, tokens: start..<position)
    case .before where isNumber(1) && [.days, .workdays, .weeks].contains(peek(2)):
      // 会议召开前3个工作日
      position += 3
      return Item(content: .unclear(.event), tokens: start..<position)
    case .every, .each, .per, .parityMonth:
      return recurrence().map { Item(content: $0, tokens: start..<position) }
    case .number, .numeral, .halfYear, .halfMonth, .month, .year:
      if isNumber(), value() < 0, [.month, .quarter, .day, .year].contains(peek(1)) {
        // 三四季度 and other runs that are no number.
        position += 2
        return Item(content: .unclear(.dangling), tokens: start..<position)
      }
      // 202 2年: a number that was cut in two. 附件1 2022年 is none.
      if peek() == .number, peek(1) == .number, [.month, .day, .year].contains(peek(2)),
        !(digits(1) == 4 && peek(2) == .year), tokens[..<start].last.map({ $0.word.endsClause }) ?? true
      {
        position += 3
        return Item(content: .unclear(.dangling), tokens: start..<position)
      }
      if let content = onceEach() { return Item(content: content, tokens: start..<position) }
      if let content = relative() { return Item(content: content, tokens: start..<position) }
    default: break
    }
    return periodOrSpan(issue)
  }

  private mutating func periodOrSpan(_ issue: IssueDate) -> Item? {
    let start = position
    guard var first = period(issue) else { return nil }
    var suffix = suffix(including: &first)
    var content = Item.Content.period(first)
    // 自2018年1月开始，至2020年底结束
    if suffix == .from, peek() == .comma, peek(1) == .to { position += 1 }
    // 3月（含）至6月
    if suffix == .none, peek() == .inclusive, isRangeSign(1) { position += 1 }
    if suffix == .none || suffix == .from, isRangeSign() {
      let sign = position
      position += 1
      if var last = period(issue) {
        suffix = self.suffix(including: &last)
        content = .span(first, last)
      } else {
        // 2022年6月—长期: from that month on. 2022年6月至: the end is missing.
        if peek() == .standing { suffix = .from }
        if isAtEnd || peek().endsClause { content = .unclear(.dangling) }
        position = sign
      }
    }
    let earlier = earlier(than: first, suffix)
    if isDangling(after: suffix) { content = .unclear(.dangling) }
    return Item(content: content, suffix: suffix, earlier: earlier, tokens: start..<position)
  }

  /// 3个工作日 behind 12月31日前. 前3天内 may mean those days themselves.
  private mutating func earlier(than period: Period, _ suffix: Item.Suffix) -> (
    count: Int, unit: Reading.Unit
  )? {
    guard suffix == .before, period.isDay || period.edge == .end, isNumber(), (1..<100).contains(value()),
      peek(1) == .workdays || peek(1) == .days, peek(2) != .within
    else { return nil }
    defer { position += 2 }
    return (value(), peek(1) == .workdays ? .workday : .day)
  }

  /// Reads 前 and the like. 12月（含）前 names the month's end.
  private mutating func suffix(including period: inout Period) -> Item.Suffix {
    let start = position
    let isInclusive = skip(.inclusive)
    guard let suffix = suffix() else {
      position = start
      return .none
    }
    if skip(.inclusive) || isInclusive, suffix == .before, period.edge == .whole, !period.isDay {
      period.edge = .end
    }
    return suffix
  }

  private mutating func suffix() -> Item.Suffix? {
    let suffix: Item.Suffix
    switch peek() {
    case .before: suffix = .before
    case .closing, .deadlineAt: suffix = .closing
    case .within: suffix = .within
    case .during: suffix = .during
    case .around: suffix = .around
    case .since: suffix = .since
    case .after: suffix = .after
    case .from: suffix = .from
    default: return nil
    }
    position += 1
    return suffix
  }

  /// Whether a number, or a sign behind a number, touches the item from the left: it may belong to it.
  private func isDangling(before start: Int) -> Bool {
    guard start > 0, isNumberOrOrdinal(start) else { return false }
    let sign = tokens[start - 1].word
    if sign == .number || sign == .numeral || sign == .ordinal || sign == .percent { return true }
    guard sign == .dot || sign == .slash || sign == .dash || sign == .to || sign == .colon || sign == .list,
      start > 1
    else {
      return false
    }
    let number = tokens[start - 2]
    guard number.word == .number || number.word == .numeral else { return false }
    // 1.2022年: the number of a paragraph.
    let isNumbering =
      start == 2 && number.digits <= 2 && (sign == .dot || sign == .list)
      && tokens[start].digits == 4
    return !isNumbering
  }

  private func isNumberOrOrdinal(_ index: Int) -> Bool {
    let word = tokens[index].word
    return word == .number || word == .numeral || word == .ordinal
  }

  /// Whether what follows the item may belong to it: 2022年12, 12月31日前3个工作日.
  private func isDangling(after suffix: Item.Suffix) -> Bool {
    guard isNumber() else {
      return suffix == .none && isRangeSign() && (isNumber(1) || peek(1) == .ordinal)
    }
    guard suffix != .none else { return true }
    switch peek(1) {
    case .months, .days, .workdays, .weeks, .day, .year, .month:
      return suffix == .before && digits() < 4 && !isDate(1)
    default: return false
    }
  }

  /// Whether the number before the token `ahead` begins a date, as in 6月底前12月底前.
  private func isDate(_ ahead: Int) -> Bool { peek(ahead) == .month }
}
