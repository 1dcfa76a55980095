/// One item with everything the planner asks about it, worked out once per ledger and not once per day.
struct Obligation: Sendable {
  /// When it is due.
  enum DueDates: Sendable {
    case fixed([CivilDate])
    /// The rules' dates, without those that the item has as fixed dates too.
    case rules([Recurrence], besides: [CivilDate])

    /// Whether a date that has passed is overdue.
    var areFixed: Bool { if case .fixed = self { true } else { false } }
  }

  let item: ItemID
  let subject: Reminder.Subject
  /// Who is reminded.
  let owners: [Owner]
  /// Everyone who answers for the item, the owners included.
  let fellows: [Recipient]
  /// Who else hears of it when it is overdue for long.
  let escalation: [EscalationTarget]
  let dueDates: DueDates
  let schedule: ReminderSchedule
  let sending: SendingCalendar
  /// Nothing goes out before the plan was issued.
  let issued: CivilDate?
  /// Set where the item is silent on every day and for everyone.
  let silence: NoReminderReason?
  let isClosed: Bool
}

/// Somebody besides the owners who hears of an item that is overdue for long.
struct EscalationTarget: Sendable {
  /// 1 = the unit's head (第一责任人), 2 = the contact.
  let level: Int
  /// Overdue for so long.
  let span: Span
  let recipient: Recipient
  /// The head; nil for the contact, whose digest says it.
  let head: Owner?
  /// The days on which this person can be mailed about it.
  let sending: SendingCalendar
}

extension Obligation {
  /// How far back a date that nobody was reminded of is still caught up where it can't be called overdue: a
  /// quarter, the longest usual distance between two reports.
  static let catchUpDays = 92

  /// The dates that can matter on that day, ascending: every fixed date, and the rules' dates within the
  /// schedule's reach.
  func dates(around day: CivilDate) -> [CivilDate] {
    switch dueDates {
    case .fixed(let dates): return dates
    case .rules:
      let reach = schedule.advance.map { $0.unit == .day ? $0.count : $0.count * 2 + 14 }.max() ?? 0
      // A date that has passed matters only where it can be called overdue.
      let back = day.adding(days: schedule.overdueEvery == nil ? 0 : -Self.catchUpDays)
      let first = max(back, issued ?? back)
      guard first <= day.adding(days: reach + 15) else { return [] }
      return occurrences(from: first, through: day.adding(days: reach + 15))
    }
  }

  /// The next date on or after that day; for rules within their longest interval.
  func nextDate(onOrAfter day: CivilDate) -> CivilDate? {
    switch dueDates {
    case .fixed(let dates): return dates.first { $0 >= day }
    case .rules(let rules, _):
      let start = max(day, issued ?? day)
      let years = rules.map { $0.frequency == .yearly ? $0.interval : 1 }.max() ?? 1
      return occurrences(from: start, through: start.adding(days: 366 * years)).first
    }
  }

  /// The date before a date of the rules, as far as a year back.
  func previousDate(before due: CivilDate) -> CivilDate? {
    for reach in [7, 32, 366] {
      let found = occurrences(from: due.adding(days: -reach), through: due.adding(days: -1)).last
      if let found { return found }
    }
    return nil
  }

  /// The rules' dates, ascending, each once; none for an item with fixed dates.
  ///
  /// 每日 means every working day: nobody owes anything on a day off.
  func occurrences(from first: CivilDate, through last: CivilDate) -> [CivilDate] {
    guard case .rules(let rules, let besides) = dueDates else { return [] }
    var found: Set<CivilDate> = []
    for rule in rules {
      let days = rule.occurrences(from: first, through: last)
      found.formUnion(rule.frequency == .daily ? days.filter(sending.workdays.isWorkday) : days)
    }
    return found.subtracting(besides).sorted()
  }
}
