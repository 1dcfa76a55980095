/// Decides what the items of a phrase mean together, and how certain that is.
struct Judge {
  private let text: String
  private let issue: Issue
  private let calendar: WorkdayCalendar
  private var items: [Item]
  private let context: Context

  private var readings: [Reading] = []
  private var alternatives: [CivilDate] = []
  private var invalid: Note?
  private var ambiguous: Note?
  private var unread: Note?
  private var ignored: Note?
  private var doubtful: Note?
  private var repaired: Note?

  /// The year, month and date named before, which a date without them takes over.
  private var carriedYear: Int?
  private var carriedMonth: Int?
  private var lastDue: CivilDate?
  /// The latest year that the phrase names beside its deadlines.
  private var describedYear: Int?
  private var (hasAim, hasFirmDate) = (false, false)

  init(text: String, tokens: [Token], issue: Issue, calendar: WorkdayCalendar) {
    self.text = text
    self.issue = issue
    self.calendar = calendar
    var cursor = TokenCursor(tokens)
    items = cursor.items(issue)
    context = Context(tokens, items)
    shareSuffixes()
  }

  /// Judges every item, then puts the verdicts together.
  mutating func reading() -> DeadlineReading {
    for index in items.indices { judge(index) }
    if items.isEmpty { judgeWithoutItems() }
    if hasAim, hasFirmDate, readings.count > 1, ambiguous == nil { ambiguous = .aims }
    return combined()
  }

  private func combined() -> DeadlineReading {
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
      return DeadlineReading(text: text, status: .read, readings: readings, reason: repaired?.rawValue ?? countedFromIssue)
    }
    if let doubtful { return DeadlineReading(text: text, status: .unread, reason: doubtful.rawValue) }
    return DeadlineReading(text: text, status: .none, reason: ignored?.rawValue)
  }

  /// Where a span that names no event would end if it began with the document: said, not taken for granted.
  private var countedFromIssue: String? {
    guard let day = issue.day, readings.count == 1, case .relative(let count, let unit, nil) = readings[0] else {
      return nil
    }
    let end =
      switch unit {
      case .day: day.adding(days: count)
      case .workday: calendar.adding(workdays: count, to: day)
      case .month: day.adding(months: count)
      case .year: day.adding(months: count * 12)
      }
    return "counted from the document's date, \(day), this would be \(end)"
  }

  // MARK: Between items

  /// 9月27日、12月27日前 and 6月、12月底前: what stands behind the last holds for each.
  private mutating func shareSuffixes() {
    for index in items.indices.dropLast().reversed() {
      let next = items[index + 1]
      guard next.isJoined, items[index].suffix == .none, case .period(var period) = items[index].content,
        case .period(let last) = next.content
      else { continue }
      items[index].suffix = next.suffix
      if period.unit == last.unit, period.edge == .whole { period.edge = last.edge }
      items[index].content = .period(period)
    }
  }

  private mutating func judge(_ index: Int) {
    let item = items[index]
    switch item.content {
    case .unclear(let note): unread = unread ?? note
    case .nothing(let note): ignored = ignored ?? note
    case .standing:
      if index < items.count, standsAlone(item) { add(.standing) } else { doubtful = doubtful ?? .standingUnclear }
    case .immediate:
      if standsAlone(item) { add(.immediate) } else { doubtful = doubtful ?? .standingUnclear }
    case .recurring(let rules):
      for rule in bounded(rules, by: index) { add(.recurring(rule)) }
    case .relative(let count, let unit, let isEvent):
      add(.relative(count: count, unit: unit, after: isEvent ? event(before: item) : nil))
    case .period(let period):
      judge(index, first: nil, last: period)
    case .span(let first, let last):
      judge(index, first: first, last: last)
    }
  }

  private func standsAlone(_ item: Item) -> Bool {
    let next = item.tokens.upperBound
    if next < context.tokens.count, context.tokens[next].word == .to { return false }
    return context.clauseIsPlain(item)
  }

  private mutating func add(_ reading: Reading) {
    if !readings.contains(reading) { readings.append(reading) }
  }

  private func event(before item: Item) -> String? {
    let range = context.event(before: item)
    guard !range.isEmpty else { return nil }
    let scalars = text.unicodeScalars
    let start = scalars.index(scalars.startIndex, offsetBy: range.lowerBound)
    let end = scalars.index(start, offsetBy: range.count)
    return String(scalars[start..<end]).filter { !$0.isWhitespace }
  }

  /// Whether the item is only there for the one behind it: 2018年起 before 每季度, 2022年 before 6月底前.
  private func leadsTo(_ index: Int) -> Bool {
    guard index + 1 < items.count else { return false }
    let (start, end) = (items[index].tokens.upperBound, items[index + 1].tokens.lowerBound)
    return context.tokens[start..<end].allSatisfy { $0.word.isHarmless || $0.word == .colon }
  }

  /// Bounds the rules by the item before them: 2020年起，每年…; 2022年至2024年每年….
  private func bounded(_ rules: [Recurrence], by index: Int) -> [Recurrence] {
    guard index > 0, bounds(index - 1), let (first, last) = extent(of: items[index - 1]) else { return rules }
    return rules.map { rule in
      var rule = rule
      rule.from = first
      rule.until = last
      return rule
    }
  }

  /// Whether the item bounds the recurrence behind it.
  private func bounds(_ index: Int) -> Bool {
    guard index + 1 < items.count, case .recurring = items[index + 1].content, leadsTo(index) else { return false }
    switch items[index].suffix {
    case .none, .from, .during: break
    default: return false
    }
    return extent(of: items[index]) != nil
  }

  private func extent(of item: Item) -> (first: CivilDate, last: CivilDate?)? {
    let period: Period
    switch item.content {
    case .period(let only): period = only
    case .span(let first, _): period = first
    default: return nil
    }
    guard period.edge == .whole, period.unit != .day || item.suffix == .from, case .given(let year) = period.year,
      let days = period.days(in: year)
    else { return nil }
    if item.suffix == .from { return (days.first, nil) }
    guard case .span(_, let last) = item.content else { return (days.first, days.last) }
    let lastYear: Int
    switch last.year {
    case .given(let given): lastYear = given
    case .unsaid: lastYear = year
    default: return nil
    }
    return last.days(in: lastYear).map { (days.first, $0.last) }
  }

  // MARK: Dates

  private mutating func judge(_ index: Int, first: Period?, last: Period) {
    let item = items[index]
    if bounds(index) { return }
    let lead = context.lead(of: item)
    let trail = context.trail(of: item)
    if isHeader(index, last) {
      if case .given(let year) = last.year { carriedYear = year }
      return
    }
    if item.suffix == .from, isStartOfRelative(index) { return }
    if let objection = lead.objection {
      if lead.forbids { unread = unread ?? objection } else { ignore(objection, last) }
      return
    }
    if trail.word == .done {
      ignore(.fact, last)
      return
    }
    if item.suffix == .since || trail.word == .undone || trail.word == .misspeltEnd {
      ignore(.description, last)
      return
    }
    if trail.describes {
      doubtful = doubtful ?? .description
      describe(last)
      return
    }
    guard let dates = resolved(first: first, last: last, item) else { return }
    weigh(item, last, dates, lead, trail)
  }

  private mutating func ignore(_ note: Note, _ period: Period) {
    ignored = ignored ?? note
    describe(period)
  }

  private mutating func describe(_ period: Period) {
    if case .given(let year) = period.year { describedYear = max(describedYear ?? year, year) }
  }

  /// A bare year before a date without one is the year of that date.
  private func isHeader(_ index: Int, _ period: Period) -> Bool {
    guard case .period = items[index].content, period.unit == .years(1), period.edge == .whole,
      items[index].suffix == .none, index + 1 < items.count, leadsTo(index)
    else { return false }
    switch items[index + 1].content {
    case .period(let next), .span(let next, _): return next.isWithinYear && next.year == .unsaid
    default: return false
    }
  }

  private func isStartOfRelative(_ index: Int) -> Bool {
    guard index + 1 < items.count, case .relative = items[index + 1].content else { return false }
    return items[index + 1].tokens.lowerBound == items[index].tokens.upperBound
  }

  /// What an item's dates are, and what is uncertain about them.
  private struct Dates {
    var first: CivilDate
    var last: CivilDate
    /// The day before the first, by which 前 may mean the item to be over.
    var eve: CivilDate { first.adding(days: -1) }
    var doubt: Note?
    var others: [CivilDate] = []
    /// Whether the words themselves say the year.
    var isYearSaid: Bool
  }

  private mutating func resolved(first: Period?, last: Period, _ item: Item) -> Dates? {
    var last = last
    guard let first else { return resolve(last, carrying: true) }
    var start = first
    if start.unit == .day, start.month == 0 { start.month = carriedMonth ?? 0 }
    if last.unit == .day, last.month == 0 { last.month = start.month }
    if case .years = start.unit, last.isWithinYear, last.year == .unsaid {
      unread = unread ?? .reversed
      return nil
    }
    if start.year == .unsaid, last.year != .unsaid, last.year != .next {
      unread = unread ?? .unclear
      return nil
    }
    guard let from = resolve(start, carrying: false) else { return nil }
    let year = from.first.year
    let dueYear: Int
    switch last.year {
    case .given(let given): dueYear = given
    case .next: dueYear = year + 1
    case .unsaid: dueYear = year
    case .unknown:
      unread = unread ?? .noIssueDate
      return nil
    }
    guard let end = last.days(in: dueYear) else {
      invalid = invalid ?? .nonexistent
      return nil
    }
    guard TokenCursor.years.contains(dueYear) else {
      unread = unread ?? .outOfRange
      return nil
    }
    var dates = Dates(
      first: first.edge == .end ? from.last : from.first, last: end.last, doubt: from.doubt, others: from.others,
      isYearSaid: from.isYearSaid)
    // Whether the year without a name has passed is decided by the end of the range.
    if dates.doubt == .past, !issue.isPast(end.last) { (dates.doubt, dates.others) = (nil, []) }
    if dates.doubt == .past { dates.others = [end.last, last.days(in: dueYear + 1)?.last].compactMap { $0 } }
    if let note = Self.doubt(of: first) ?? Self.doubt(of: last) { dates.doubt = note }
    if end.last < dates.first {
      dates.doubt = .reversed
      dates.others = [from.last, last.days(in: dueYear + 1)?.last].compactMap { $0 }
    }
    if last.note != nil, dates.doubt == nil { repaired = last.note }
    carry(dates.last)
    return dates
  }

  /// Finds the year of a period, and its days.
  private mutating func resolve(_ period: Period, carrying: Bool) -> Dates? {
    var period = period
    var doubt = Self.doubt(of: period)
    if period.unit == .day, period.month == 0 {
      guard let month = carriedMonth ?? issue.day?.month else {
        unread = unread ?? .dayOnly
        return nil
      }
      if carriedMonth == nil { doubt = doubt ?? .dayOnly }
      period.month = month
    }
    guard let (year, isSaid) = year(of: period) else { return nil }
    guard let days = period.days(in: year) else {
      invalid = invalid ?? .nonexistent
      return nil
    }
    guard TokenCursor.years.contains(year), TokenCursor.years.contains(days.last.year) else {
      unread = unread ?? .outOfRange
      return nil
    }
    var dates = Dates(first: days.first, last: days.last, doubt: doubt, isYearSaid: isSaid)
    if !isSaid { checkYear(&dates, period, year) }
    if let weekday = period.weekday, weekday != days.last.weekday { dates.doubt = .weekdayDiffers }
    if period.note != nil, dates.doubt == nil { repaired = period.note }
    if carrying { carry(days.last) }
    return dates
  }

  private mutating func carry(_ due: CivilDate) {
    carriedYear = due.year
    carriedMonth = due.month
  }

  /// The year that the words say, or the one before it, or the document's.
  private mutating func year(of period: Period) -> (year: Int, isSaid: Bool)? {
    switch period.year {
    case .given(let year): return (year, true)
    case .next:
      if let carriedYear { return (carriedYear + 1, true) }
      unread = unread ?? .noIssueDate
    case .unknown: unread = unread ?? .noIssueDate
    case .unsaid:
      if let year = carriedYear ?? issue.year { return (year, false) }
      // A day that no year has is invalid, whatever the year.
      if period.days(in: 2024) == nil { invalid = invalid ?? .nonexistent } else { unread = unread ?? .noIssueDate }
    }
    return nil
  }

  /// Doubts a year that the words don't say: the day may have passed, or lie before the one named before.
  private func checkYear(_ dates: inout Dates, _ period: Period, _ year: Int) {
    let next = period.days(in: year + 1)?.last
    if carriedYear != nil, let lastDue, dates.last < lastDue {
      dates.doubt = dates.doubt ?? .backwards
    } else if carriedYear == nil, issue.isPast(dates.last) {
      dates.doubt = dates.doubt ?? .past
    } else if carriedYear == nil, let describedYear, describedYear > year {
      dates.doubt = dates.doubt ?? .yearOfPlan
    } else {
      return
    }
    dates.others = [dates.last, next].compactMap { $0 }
  }

  /// What the words themselves leave open.
  private static func doubt(of period: Period) -> Note? {
    switch period.edge {
    case .beginning, .middle: return .vagueEdge
    case .whole, .end: break
    }
    switch period.note {
    case .readTwoDigitYear, .missingDay, .misspeltEnd, .monthDay, nil: return nil
    default: return period.note
    }
  }

  // MARK: Weight

  /// Decides whether a date is the deadline, from what stands around it.
  private mutating func weigh(
    _ item: Item, _ period: Period, _ dates: Dates, _ lead: Context.Lead, _ trail: Context.Trail
  ) {
    let isBefore = item.suffix == .before
    var isSure = isBefore || item.suffix == .within || item.suffix == .during || period.isBounded
    isSure = isSure || lead.isQualified || lead.isAim || lead.isLatest || lead.isLabelled || context.isPlain
    if !isSure, trail.word == .completion || lead.isTo {
      // In running text this may be a result: only what lies ahead of the document is a deadline.
      isSure = issue.day.map { dates.last >= $0 } ?? false
    }
    if lead.isAsOf, !isBefore { isSure = issue.day.map { dates.last >= $0 } ?? false }
    switch item.suffix {
    case .from:
      add(.from(period.edge == .end ? dates.last : dates.first))
      return
    case .after:
      unread = unread ?? .event
      return
    case .around:
      hesitate(.around, [dates.last])
      return
    default: break
    }
    guard isSure else {
      if case .years = period.unit, period.edge == .whole { ignored = ignored ?? .description } else { doubtful = doubtful ?? .unclear }
      describe(period)
      return
    }
    lastDue = dates.last
    if lead.isAim { hasAim = true } else if lead.isLatest || lead.isQualified { hasFirmDate = true }
    if let doubt = dates.doubt {
      hesitate(doubt, dates.others.isEmpty ? Self.alternatives(period, dates) : dates.others)
      return
    }
    if isBefore, period.edge == .whole, period.unit != .day {
      hesitate(.bareBefore, [period.days(in: dates.last.year)?.first.adding(days: -1) ?? dates.eve, dates.last])
      return
    }
    add(reading(item, period, dates, trail, lead))
  }

  private mutating func hesitate(_ note: Note, _ dates: [CivilDate]) {
    ambiguous = ambiguous ?? note
    alternatives += dates
  }

  /// The days that a doubtful date could mean.
  private static func alternatives(_ period: Period, _ dates: Dates) -> [CivilDate] {
    guard period.edge == .beginning || period.edge == .middle else { return [dates.last] }
    let isBeginning = period.edge == .beginning
    switch period.unit {
    case .month: return [dates.first.adding(days: isBeginning ? 0 : 14), dates.first.adding(days: isBeginning ? 9 : 19)]
    case .years(1):
      let months = isBeginning ? [1, 3] : [6, 7]
      return months.map { dates.first.adding(months: $0).adding(days: -1) }
    default: return [dates.first, dates.last]
    }
  }

  private func reading(
    _ item: Item, _ period: Period, _ dates: Dates, _ trail: Context.Trail, _ lead: Context.Lead
  ) -> Reading {
    if case .span = item.content { return .range(from: dates.first, due: dates.last) }
    let isDay = period.unit == .day || period.edge == .end
    let isDone = item.suffix == .none && !period.isBounded && (trail.word == .completion || lead.isTo || lead.isLatest)
    if isDay || isDone || item.suffix == .within { return .date(due: dates.last, time: period.time) }
    return .range(from: dates.first, due: dates.last)
  }

  // MARK: No items

  /// A phrase that names no time: perhaps an event.
  private mutating func judgeWithoutItems() {
    let tokens = context.tokens
    guard let last = tokens.lastIndex(where: { !$0.word.isHarmless }) else { return }
    switch tokens[last].word {
    case .before, .season, .vague, .around: doubtful = .event
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
