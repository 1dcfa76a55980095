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
      return DeadlineReading(text: text, status: .read, readings: readings, reason: (repaired ?? (doubtful == nil ? nil : .leftOut))?.rawValue ?? countedFromIssue)
    }
    if let doubtful { return DeadlineReading(text: text, status: .unread, reason: doubtful.rawValue) }
    return DeadlineReading(text: text, status: .none, reason: ignored?.rawValue)
  }

  /// Where a span that names no event would end if it began with the document: said, not taken for granted.
  private var countedFromIssue: String? {
    guard let day = issue.day, readings.count == 1, case .relative(let count, let unit, nil) = readings[0]
    else {
      return nil
    }
    let end: CivilDate =
      switch unit {
      case .day: day.adding(days: count)
      case .workday: calendar.adding(workdays: count, to: day)
      case .month: day.adding(months: count)
      case .year: day.adding(months: count * 12)
      }
    // Without the year's holiday notice the working days can't be counted.
    if unit == .workday, !calendar.isKnown(day) || !calendar.isKnown(end) { return nil }
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
    if item.isAlternative { ambiguous = ambiguous ?? .either }
    switch item.content {
    case .unclear(let note): unread = unread ?? note
    case .nothing(let note): ignored = ignored ?? note
    case .standing:
      if index < items.count, standsAlone(item) {
        add(.standing)
      } else {
        doubtful = doubtful ?? .standingUnclear
      }
    case .immediate:
      if standsAlone(item) { add(.immediate) } else { doubtful = doubtful ?? .standingUnclear }
    case .recurring(let rules):
      if index > 0, leadsTo(index - 1), limitsMonths(items[index - 1]) {
        unread = unread ?? .recurrenceUnclear
      } else {
        for rule in bounded(rules, by: index) { add(.recurring(rule)) }
      }
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
    if isWithinPeriod(item) { return false }
    return context.clauseIsPlain(item)
  }

  /// 全年持续推进: lasting for that period, not without an end.
  private func isWithinPeriod(_ item: Item) -> Bool {
    guard let before = items.last(where: { $0.tokens.upperBound == item.tokens.lowerBound }) else { return false }
    switch before.content {
    case .period(let period), .span(_, let period): return before.suffix != .from && before.suffix != .before && period.edge == .whole && period.unit != .day
    default: return false
    }
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

  /// 5-10月 before 每月: of this year or of every year.
  private func limitsMonths(_ item: Item) -> Bool {
    guard item.suffix == .none else { return false }
    switch item.content {
    case .period(let period), .span(let period, _):
      return period.year == .unsaid && period.isWithinYear && period.edge == .whole
    default: return false
    }
  }

  /// Whether the item bounds the recurrence behind it.
  private func bounds(_ index: Int) -> Bool {
    guard index + 1 < items.count, case .recurring = items[index + 1].content, leadsTo(index) else {
      return false
    }
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
    guard period.edge == .whole, period.unit != .day || item.suffix == .from,
      case .given(let year) = period.year,
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
    if item.suffix == .none, trail.namesMoment {
      unread = unread ?? .event
      return
    }
    if trail.describes {
      doubtful = doubtful ?? .description
      describe(last)
      return
    }
    if isContent(index, last) || isStrayNumber(item, last) {
      ignored = ignored ?? .description
      return
    }
    switch resolved(first: first, last: last) {
    case .dates(let dates): weigh(item, last, dates, lead, trail)
    case .failed(let note):
      let isDeadline = isSaidToBeDue(item, last, lead, trail) || trail.word == .completion || lead.isTo || lead.isAsOf
      if !isDeadline {
        doubtful = doubtful ?? .unclear
      } else if note == .nonexistent {
        invalid = invalid ?? note
      } else {
        unread = unread ?? note
      }
    }
  }

  /// Whether the words themselves make the date a deadline, wherever it lies.
  private func isSaidToBeDue(
    _ item: Item, _ period: Period, _ lead: Context.Lead, _ trail: Context.Trail
  ) -> Bool {
    switch item.suffix {
    case .before, .closing, .within, .during: true
    default:
      period.isBounded || context.isPlain
        || trail.word != .text && (lead.isQualified || lead.isAim || lead.isLatest || lead.isLabelled)
    }
  }

  /// 上月工作情况 and 当月进展 behind another date: what is reported, not when. A period before the document's is no
  /// deadline anywhere.
  private func isContent(_ index: Int, _ period: Period) -> Bool {
    guard let offset = period.offset else { return false }
    return offset < 0 || index > 0 && items[index].suffix == .none && period.edge == .whole && period.unit != .day
  }

  /// 19号 in 洛开〔2022〕19号: a number, not a day, unless the phrase says more.
  private func isStrayNumber(_ item: Item, _ period: Period) -> Bool {
    period.unit == .day && period.month == 0 && carriedMonth == nil && item.suffix == .none && !context.isPlain
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
    var doubt: Note?
    var others: [CivilDate] = []
    /// Whether the words themselves say the year.
    var isYearSaid: Bool
  }

  /// The dates of an item, or why it has none.
  private enum Resolution {
    case dates(Dates)
    case failed(Note)
  }

  private mutating func resolved(first: Period?, last: Period) -> Resolution {
    let resolution = first.map { resolveSpan($0, last) } ?? resolve(last)
    if case .dates(let dates) = resolution {
      carriedYear = dates.last.year
      carriedMonth = dates.last.month
    }
    return resolution
  }

  private mutating func resolveSpan(_ first: Period, _ last: Period) -> Resolution {
    var (first, last) = (first, last)
    if first.unit == .day, first.month == 0 { first.month = carriedMonth ?? 0 }
    if last.unit == .day, last.month == 0 { last.month = first.month }
    if case .years = first.unit, last.isWithinYear, last.year == .unsaid { return .failed(.reversed) }
    if first.year == .unsaid, last.year != .unsaid, last.year != .next { return .failed(.unclear) }
    let from: Dates
    switch resolve(first) {
    case .dates(let dates): from = dates
    case .failed(let note): return .failed(note)
    }
    let year = from.first.year
    let dueYear: Int
    switch last.year {
    case .given(let given): dueYear = given
    case .next: dueYear = year + 1
    case .unsaid: dueYear = year
    case .unknown: return .failed(.unnamed)
    }
    guard TokenCursor.years.contains(dueYear) else { return .failed(.outOfRange) }
    guard let end = last.days(in: dueYear) else { return .failed(.nonexistent) }
    let start = first.edge == .end ? from.last : from.first
    var dates = Dates(first: start, last: end.last, isYearSaid: from.isYearSaid)
    let later = last.days(in: dueYear + 1)?.last
    // Whether the document's year has passed for the range is decided by its end.
    if from.doubt == .past {
      if issue.isPast(end.last) {
        (dates.doubt, dates.others) = (.past, [end.last, later].compactMap { $0 })
      }
    } else {
      (dates.doubt, dates.others) = (from.doubt, from.others)
    }
    dates.doubt = Self.doubt(of: first) ?? Self.doubt(of: last) ?? dates.doubt
    if end.last < start {
      (dates.doubt, dates.others) = (.reversed, [from.last, later].compactMap { $0 })
    }
    if last.note != nil, dates.doubt == nil { repaired = last.note }
    return .dates(dates)
  }

  /// Finds the year of a period, and its days.
  private mutating func resolve(_ period: Period) -> Resolution {
    var period = period
    var doubt = Self.doubt(of: period)
    if period.unit == .day, period.month == 0 {
      guard let month = carriedMonth ?? issue.day?.month else { return .failed(.dayOnly) }
      if carriedMonth == nil { doubt = doubt ?? .dayOnly }
      period.month = month
    }
    let (year, isSaid): (Int, Bool)
    switch period.year {
    case .given(let given): (year, isSaid) = (given, true)
    case .next:
      guard let carriedYear else { return .failed(.unnamed) }
      (year, isSaid) = (carriedYear + 1, true)
    case .unknown: return .failed(.unnamed)
    case .unsaid:
      // A day that no year has is invalid, whatever the year.
      guard period.days(in: 2024) != nil else { return .failed(.nonexistent) }
      guard let known = carriedYear ?? issue.year else { return .failed(.noIssueDate) }
      (year, isSaid) = (known, false)
    }
    guard TokenCursor.years.contains(year) else { return .failed(.outOfRange) }
    guard let days = period.days(in: year) else { return .failed(.nonexistent) }
    guard TokenCursor.years.contains(days.last.year) else { return .failed(.outOfRange) }
    var dates = Dates(first: days.first, last: days.last, doubt: doubt, isYearSaid: isSaid)
    if !isSaid { checkYear(&dates, period, year) }
    if let weekday = period.weekday, weekday != days.last.weekday { dates.doubt = .weekdayDiffers }
    if period.note != nil, dates.doubt == nil { repaired = period.note }
    return .dates(dates)
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
    let isBefore = item.suffix == .before || item.suffix == .closing
    var isSure = isSaidToBeDue(item, period, lead, trail)
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
    let isOldStart = trail.word == .start && item.suffix == .none && period.edge == .whole && issue.isPast(dates.last)
    guard isSure, !isOldStart else {
      if case .years = period.unit, period.edge == .whole { ignored = ignored ?? .description } else { doubtful = doubtful ?? .unclear }
      describe(period)
      return
    }
    lastDue = dates.last
    if lead.isAim { hasAim = true } else if lead.isLatest || lead.isQualified { hasFirmDate = true }
    if dates.doubt == .nonexistent {
      invalid = invalid ?? .nonexistent
      return
    }
    let isBare = item.suffix == .before && period.edge == .whole && period.unit != .day
    if dates.doubt != nil || isBare {
      var possible = dates.others.isEmpty ? Self.alternatives(period, dates) : dates.others
      if isBare {
        possible += possible.compactMap { period.days(in: $0.year)?.first.adding(days: -1) }
      }
      hesitate(dates.doubt ?? .bareBefore, possible)
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
    case .month:
      return [dates.first.adding(days: isBeginning ? 0 : 14), dates.first.adding(days: isBeginning ? 9 : 19)]
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
    let isDone =
      item.suffix == .none && !period.isBounded && (trail.word == .completion || lead.isTo || lead.isLatest)
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
