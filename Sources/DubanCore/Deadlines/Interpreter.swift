/// Decides what the items of a phrase mean together, and how certain that is.
struct Interpreter {
  /// More than any sentence names; what looks around each item costs the square of this at most.
  private static let mostItems = 64

  let text: String
  /// Its characters in their plain form.
  let letters: [FoldedCharacter]
  let issue: IssueDate
  var items: [Item]
  let context: Context
  let calendar: WorkdayCalendar

  var readings: [Reading] = []
  var alternatives: [CivilDate] = []
  var invalid: Note?
  var ambiguous: Note?
  var unread: Note?
  var ignored: Note?
  var doubtful: Note?
  var repaired: Note?
  /// Whether a day without a month is certainly one of the document's month: 25日前, but neither 25日 nor 季度末25日前.
  var readsDayAlone = false
  /// How a date was counted from the one that the words name; English.
  var counted: String?
  /// Whether something that looks like a date was left out.
  var leavesOutDate = false
  /// The last item that was read as coming each year, and within which bounds.
  var yearly: (index: Int, from: CivilDate?, until: CivilDate?)?

  /// The year, month and date named before, which a date without them takes over.
  var carriedYear: Int?
  var carriedMonth: Int?
  var lastDue: CivilDate?
  /// The latest year that the phrase names beside its deadlines.
  var describedYear: Int?
  var (hasAim, hasFirmDate) = (false, false)

  /// `calendar` counts working days.
  init(text: String, issue: IssueDate, calendar: WorkdayCalendar) {
    self.text = text
    letters = FoldedCharacter.all(of: text)
    self.issue = issue
    self.calendar = calendar
    var cursor = TokenCursor(Lexer.tokens(of: letters))
    items = cursor.items(issue)
    context = Context(cursor.tokens)
    shareSuffixes()
  }

  /// Judges every item, then puts the results together.
  mutating func reading() -> DeadlineReading {
    guard items.count <= Self.mostItems else {
      return DeadlineReading(text: text, status: .unread, reason: Note.tooLong.rawValue)
    }
    for index in items.indices { interpret(index) }
    let isRelative = readings.contains { if case .relative = $0 { true } else { false } }
    if context.isVague, isRelative { unread = unread ?? .range }
    if items.isEmpty { interpretWithoutItems() }
    if hasAim, hasFirmDate, readings.count > 1, ambiguous == nil { ambiguous = .aims }
    checkWhatWasLeftOut()
    if items.indices.contains(where: runsOn) { unread = unread ?? .unclear }
    return questioned(combined())
  }

  /// Whether what is behind a date on its line shows that something was cut off or lost: another date (6月底前9月底前), or
  /// one ideograph alone (6月底前启). Blanks change nothing, a line's end parts two dates, and √ or ① is a mark.
  func runsOn(_ index: Int) -> Bool {
    let item = items[index]
    guard item.isDay, item.suffix == .before else { return false }
    let next = item.tokens.upperBound
    guard next < context.tokens.count else { return false }
    let (end, start) = (Int(context.tokens[next - 1].end), Int(context.tokens[next].start))
    let between = text.unicodeScalars.dropFirst(end).prefix(start - end)
    if between.contains(where: { Character($0).isNewline }) { return false }
    if index + 1 < items.count, case let other = items[index + 1], other.isDay, other.suffix == .before,
      other.tokens.lowerBound == next
    {
      return true
    }
    let token = context.tokens[next]
    guard token.word == .text, token.end == token.start + 1 else { return false }
    let isEnd = next + 1 == context.tokens.count || context.tokens[next + 1].word.endsClause
    let scalar = text.unicodeScalars.dropFirst(Int(token.start)).first
    return isEnd && scalar?.properties.isIdeographic ?? false
  }

  /// A reading without a day, beside which a date was left out, says too little to rely on: 202 2年12月底（长期坚持）.
  mutating func checkWhatWasLeftOut() {
    if context.isDamaged { unread = unread ?? .damaged }
    guard !readings.isEmpty else { return }
    let isLasting = readings.allSatisfy { $0 == .standing || $0 == .immediate }
    if isLasting, leavesOutDate || context.hasStrayUnit { unread = unread ?? .damaged }
    let isStart = readings.allSatisfy { if case .from = $0 { true } else { false } }
    if isStart, context.isIrregular { unread = unread ?? .recurrenceUnclear }
  }

  func combined() -> DeadlineReading {
    if context.isLunar, !items.isEmpty {
      return DeadlineReading(text: text, status: .unread, reason: Note.lunar.rawValue)
    }
    if let invalid { return DeadlineReading(text: text, status: .invalid, reason: invalid.rawValue) }
    if let unread { return DeadlineReading(text: text, status: .unread, reason: unread.rawValue) }
    if let ambiguous {
      let certain = readings.compactMap { reading -> CivilDate? in
        switch reading {
        case .date(let due, _), .range(_, let due): due
        default: nil
        }
      }
      let dates = Set(alternatives + certain).sorted()
      return DeadlineReading(text: text, status: .ambiguous, alternatives: dates, reason: ambiguous.rawValue)
    }
    if !readings.isEmpty {
      return DeadlineReading(
        text: text, status: .read, readings: readings,
        reason: (repaired ?? (doubtful == nil ? nil : .leftOut))?.rawValue ?? counted ?? countedFromIssue())
    }
    if let doubtful { return DeadlineReading(text: text, status: .unread, reason: doubtful.rawValue) }
    return DeadlineReading(text: text, status: .none, reason: ignored?.rawValue)
  }

  /// Where a span that names no event would end if it began with the document: said, not taken for granted.
  func countedFromIssue() -> String? {
    guard let day = issue.day, readings.count == 1, case .relative(let count, let unit, nil) = readings[0],
      let end = end(of: count, unit, from: day)
    else { return nil }
    return "counted from the document's date, \(day), this would be \(end)"
  }

  mutating func interpret(_ index: Int) {
    let item = items[index]
    if item.isAlternative { ambiguous = ambiguous ?? .either }
    switch item.content {
    case .unclear(let note): unread = unread ?? note
    case .nothing(let note): ignored = ignored ?? note
    case .standing:
      if index < items.count, standsAlone(item) {
        add(.standing)
      } else if describesSomething(item) {
        ignored = ignored ?? .description
      } else {
        doubtful = doubtful ?? .standingUnclear
      }
    case .immediate:
      if !followsCondition(item), standsAlone(item) || isCommand(item) {
        add(.immediate)
      } else {
        doubtful = doubtful ?? .standingUnclear
      }
    case .recurring(let rules):
      if index > 0, leadsTo(index - 1), limitsMonths(items[index - 1]) || items[index - 1].isJoined {
        unread = unread ?? .recurrenceUnclear
      } else {
        // The day that bounds them, where it is due besides.
        if index > 0, let last = ownEnd(of: index - 1, rules) { add(.date(due: last)) }
        addRules(bounded(rules, by: index), index)
      }
    case .relative(let count, let unit, let isEvent):
      interpretSpan(index, count, unit, isEvent: isEvent)
    case .period(let period):
      interpret(item, index, first: nil, last: period)
    case .span(let first, let last):
      interpret(item, index, first: first, last: last)
    }
  }

  mutating func addRules(_ rules: [Recurrence], _ index: Int) {
    for rule in rules {
      add(.recurring(rule))
      // 每半年 names no month: a date behind it is one of its own.
      let namesMonth = context.tokens[items[index].tokens].contains { $0.word == .month }
      if namesMonth, rule.frequency == .yearly { yearly = (index, rule.from, rule.until) }
      if !rule.weekdays.isEmpty, rule.takesLast { repaired = .weekdaysOfRule }
    }
  }

  func standsAlone(_ item: Item) -> Bool {
    let next = item.tokens.upperBound
    if next < context.tokens.count, context.tokens[next].word == .to { return false }
    if isWithinPeriod(item) { return false }
    return context.clauseIsPlain(item)
  }

  /// 建立长期稳定的关系, 将审批长期化: the word describes a thing in the middle of its clause, and isn't what is to be done.
  func describesSomething(_ item: Item) -> Bool {
    let tokens = context.tokens
    let clause = tokens[item.tokens.upperBound...].prefix { !$0.word.endsClause }
    let isInside =
      item.tokens.lowerBound > 0 && !tokens[item.tokens.lowerBound - 1].word.endsClause
      && tokens[..<item.tokens.lowerBound].last { $0.word != .filler }.map {
        [.text, .completion].contains($0.word)
      } ?? false
    return isInside && clause.first.map { $0.word == .text || $0.word == .of } ?? false
  }

  /// 事故发生后，立即上报: at once after something.
  func followsCondition(_ item: Item) -> Bool {
    let before = context.tokens[..<item.tokens.lowerBound]
    guard let comma = before.lastIndex(where: { $0.word.endsClause }), comma > 0, before[comma].word == .comma
    else {
      return false
    }
    return [.after, .of].contains(before[comma - 1].word)
  }

  /// 立即向国务院上报: at once, whatever is to be done, where nothing before it makes it hang on an event.
  func isCommand(_ item: Item) -> Bool {
    guard context.tokens[item.tokens.lowerBound].value == 1 else { return false }
    let isFirst = context.tokens[..<item.tokens.lowerBound].allSatisfy {
      $0.isOwned || $0.word.isHarmless && $0.word != .of
    }
    let clause = context.tokens[item.tokens.upperBound...].prefix { !$0.word.endsClause }
    return isFirst && !clause.contains { [.of, .settled, .serviceLevel, .after, .undone].contains($0.word) }
  }

  mutating func add(_ reading: Reading) {
    if !readings.contains(reading) { readings.append(reading) }
  }

  func event(before item: Item) -> String? {
    let range = context.event(before: item)
    guard !range.isEmpty else { return nil }
    let scalars = text.unicodeScalars
    let start = scalars.index(scalars.startIndex, offsetBy: range.lowerBound)
    let end = scalars.index(start, offsetBy: range.count)
    return String(scalars[start..<end]).filter { !$0.isWhitespace }
  }

  mutating func interpret(_ item: Item, _ index: Int, first: Period?, last: Period) {
    if bounds(index) { return }
    let lead = lead(of: index)
    let trail = trail(of: index)
    if isHeader(index, last) {
      if case .given(let year) = last.year { carriedYear = year }
      return
    }
    if item.suffix == .from || item.suffix == .after, isStartOfRelative(index) { return }
    if let objection = lead.objection {
      if lead.forbids { unread = unread ?? objection } else { ignore(objection, last) }
      return
    }
    if trail.word == .done || lead.followsDone && item.suffix == .none {
      ignore(.fact, last)
      return
    }
    // 已上报（9月28日前）: done by then, or due then.
    if lead.followsDone, item.suffix == .before, trail.word == nil {
      unread = unread ?? .unclear
      return
    }
    // 2025年12月31日前免征
    if trail.word == .right {
      unread = unread ?? .right
      return
    }
    if lead.isPartOfName && item.suffix == .none || item.suffix == .since || trail.word == .undone
      || trail.word == .misspeltEnd
    {
      ignore(.description, last)
      return
    }
    if item.suffix == .none, trail.namesMoment {
      unread = unread ?? .event
      return
    }
    // 2023年12月底前形成的欠款
    let describesDebts = item.suffix == .before && trail.word == .publishing && trail.value == 1
    if trail.describes || describesDebts {
      doubtful = doubtful ?? .description
      leavesOutDate = true
      describe(last)
      return
    }
    if lead.isMoved, readings.contains(where: \.isDate) { ambiguous = ambiguous ?? .moved }
    if isYearOfSomething(item, last, trail) || isYearBeforeNext(index, last) {
      ignore(.description, last)
      return
    }
    if let first, isContent(index, first) {
      ignored = ignored ?? .description
      return
    }
    if isContent(index, last) || isStrayNumber(item, last) || isOnlyStart(index, last, trail) {
      ignored = ignored ?? .description
      return
    }
    if comesEachYear(index, last) { return }
    if belongsToItemBefore(index, last) {
      unread = unread ?? .dangling
      return
    }
    readsDayAlone =
      index == 0 && !context.hasStrayUnit
      && (item.suffix == .before || item.suffix == .closing || last.time != nil)
    switch resolved(first: first, last: last) {
    case .dates(let dates):
      let leftOut = leavesOutDate
      weigh(item, last, dates, lead, trail)
      // Of 上半年、下半年各开展一次 both are read, or neither.
      if leavesOutDate, !leftOut, isInList(index) { unread = unread ?? .unclear }
    case .failed(let note):
      let isDeadline =
        isSaidToBeDue(item, last, lead, trail) || trail.word == .completion || lead.isTo || lead.isAsOf
      if !isDeadline {
        doubtful = doubtful ?? .unclear
        leavesOutDate = true
      } else if note == .nonexistent {
        invalid = invalid ?? note
      } else {
        unread = unread ?? note
      }
    }
  }

  /// Whether the words themselves make the date a deadline, wherever it lies.
  func isSaidToBeDue(
    _ item: Item, _ period: Period, _ lead: Context.Lead, _ trail: Context.Trail
  ) -> Bool {
    switch item.suffix {
    case .before, .closing, .within, .during: true
    default:
      period.isBounded || context.isPlain
        || trail.word != .text && (lead.isQualified || lead.isAim || lead.isLatest || lead.isLabelled)
    }
  }

  mutating func ignore(_ note: Note, _ period: Period) {
    ignored = ignored ?? note
    describe(period)
  }

  mutating func describe(_ period: Period) {
    if case .given(let year) = period.year { describedYear = max(describedYear ?? year, year) }
  }

  // MARK: No items

  /// A phrase that names no time: perhaps an event.
  mutating func interpretWithoutItems() {
    let tokens = context.tokens
    guard let last = tokens.lastIndex(where: { !$0.word.isHarmless }) else { return }
    switch tokens[last].word {
    case .before, .season, .vague, .around: doubtful = .event
    case .after where last > 0 && tokens[last - 1].word.isCountedUnit: doubtful = .event
    case .after where last > 0 && !tokens[..<last].contains(where: { $0.word.endsClause }):
      let start = text.unicodeScalars.startIndex
      let scalars = text.unicodeScalars
      var first = 0
      while first < last, tokens[first].word == .at || tokens[first].word == .outset { first += 1 }
      let from = scalars.index(start, offsetBy: Int(tokens[first].start))
      let to = scalars.index(start, offsetBy: Int(tokens[last].start))
      if from < to { add(.event(after: String(scalars[from..<to]))) }
    default:
      if tokens.contains(where: { $0.word == .season || $0.word == .vague }) { doubtful = .event }
    }
  }
}
