/// One item with everything the planner asks about it, worked out once per ledger and not once per day.
struct Obligation: Sendable {
  /// When it is due.
  enum Schedule: Sendable {
    case dates([CivilDate])
    case rule(Recurrence)
  }

  let item: ItemID
  let subject: Reminder.Subject
  /// Who is reminded.
  let owners: [Owner]
  /// Everyone who answers for the item, the owners included.
  let fellows: [Recipient]
  /// Who hears of it when it is overdue for long.
  let heads: [Owner]
  let schedule: Schedule
  let ladder: Ladder
  let sending: SendingCalendar
  /// Nothing goes out before the plan was issued.
  let issued: CivilDate?
  /// Set where the item is silent on every day and for everyone.
  let silence: Silence?
  let isClosed: Bool
}

extension Obligation {
  /// How far back a date that nobody was reminded of is still caught up where it can't be called overdue: a
  /// quarter, the longest usual distance between two reports.
  static let catchUpDays = 92

  /// The dates that can matter on that day, ascending: every fixed date, and the rule's dates within the
  /// ladder's reach.
  func dates(around day: CivilDate) -> [CivilDate] {
    switch schedule {
    case .dates(let dates): return dates
    case .rule(let rule):
      let reach = ladder.advance.map { $0.unit == .day ? $0.count : $0.count * 2 + 14 }.max() ?? 0
      let first = max(day.adding(days: -Self.catchUpDays), issued ?? day.adding(days: -Self.catchUpDays))
      return rule.occurrences(from: first, through: day.adding(days: reach + 15))
    }
  }

  /// The next date on or after that day, within the coming year for a rule.
  func nextDate(onOrAfter day: CivilDate) -> CivilDate? {
    switch schedule {
    case .dates(let dates): return dates.first { $0 >= day }
    case .rule(let rule):
      let start = max(day, issued ?? day)
      return rule.occurrences(from: start, through: start.adding(days: 366)).first
    }
  }

  /// The rungs before and on a date, without those that a recurring item's previous date still covers.
  func rungs(before due: CivilDate) -> [Rung] {
    var spans = ladder.advance
    if case .rule(let rule) = schedule {
      let previous = rule.occurrences(from: due.adding(days: -366), through: due.adding(days: -1)).last
      let gap = previous.map { due.days(since: $0) } ?? 366
      spans.removeAll { due.days(since: $0.before(due, in: sending.workdays)) * 2 > gap }
    }
    var rungs = spans.filter { $0.count > 0 }.map { span in
      rung(.advance(span), nominal: span.before(due, in: sending.workdays))
    }
    if ladder.onDue || spans.contains(where: { $0.count == 0 }) { rungs.append(rung(.due, nominal: due)) }
    return rungs.sorted { $0.nominal < $1.nominal }
  }

  /// The latest rung that has come by `day`, nil before the first.
  func latestRung(of due: CivilDate, asOf day: CivilDate) -> Rung? {
    if let overdue = latestOverdueRung(of: due, asOf: day) { return overdue }
    return rungs(before: due).last { $0.sendOn <= day }
  }

  /// The first rung that comes after `day`, nil when none follows.
  func nextRung(of due: CivilDate, after day: CivilDate) -> Rung? {
    if let next = rungs(before: due).first(where: { $0.sendOn > day }) { return next }
    guard let every = ladder.overdueEvery else { return nil }
    var repeats = (latestOverdueRung(of: due, asOf: day).map { overdueCount($0, every) } ?? 0) + 1
    while true {
      let rung = overdueRung(repeats, every, due)
      if rung.sendOn > day { return rung }
      repeats += 1
    }
  }

  private func latestOverdueRung(of due: CivilDate, asOf day: CivilDate) -> Rung? {
    guard let every = ladder.overdueEvery, every.count > 0, day > due else { return nil }
    let passed =
      every.unit == .day ? day.days(since: due) : sending.workdays.workdays(after: due, through: day)
    var repeats = passed / every.count
    while repeats > 0 {
      let rung = overdueRung(repeats, every, due)
      if rung.sendOn <= day { return rung }
      repeats -= 1
    }
    return nil
  }

  private func overdueRung(_ repeats: Int, _ every: Span, _ due: CivilDate) -> Rung {
    let span = Span(repeats * every.count, every.unit)
    let nominal = span.after(due, in: sending.workdays)
    return Rung(
      stage: .overdue(span), nominal: nominal,
      sendOn: sending.open(onOrAfter: max(nominal, issued ?? nominal)))
  }

  private func overdueCount(_ rung: Rung, _ every: Span) -> Int {
    guard case .overdue(let span) = rung.stage else { return 0 }
    return span.count / every.count
  }

  /// A reminder that falls on a day off goes out on the working day before, unless the plan wasn't issued then.
  private func rung(_ stage: Stage, nominal: CivilDate) -> Rung {
    let moved = sending.open(onOrBefore: nominal)
    let sendOn = issued.map { moved < $0 ? sending.open(onOrAfter: $0) : moved } ?? moved
    return Rung(stage: stage, nominal: nominal, sendOn: sendOn)
  }
}
