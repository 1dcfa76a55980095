/// Why one person is or isn't reminded of one date of one item on a day.
public struct Explanation: Sendable, Equatable {
  /// The item.
  public var item: ItemID
  /// The date; nil for an item without one.
  public var due: CivilDate?
  /// What it is about.
  public var subject: Reminder.Subject
  /// The person.
  public var recipient: Recipient
  /// The step past the owners that the person is told of; nil for an owner of the item.
  public var escalation: Int?
  /// Where this person's reminders go.
  public var route: Route
  /// The answer.
  public var judgement: Judgement
}

extension Explanation: CustomStringConvertible {
  /// The answer in one English sentence without a full stop.
  public var description: String {
    switch judgement {
    case .remind(let reminder):
      if case .digest = route { return "a reminder goes out \(route): \(reminder.reason)" }
      return "a mail goes out: \(reminder.reason)"
    case .silent(let silence):
      guard case .digest = route, mayStillRemind(silence) else { return "no mail: \(silence)" }
      return "no mail: \(silence); then \(route)"
    }
  }

  private func mayStillRemind(_ silence: Silence) -> Bool {
    switch silence {
    case .notYet, .dayOff, .mailedToday, .snoozed, .alreadySent(_, on: _, next: _?): true
    default: false
    }
  }
}

extension Planner {
  /// The answers for everything that `name` stands for: an item's id, a person's or a unit's name, or `report`.
  ///
  /// Empty when nothing has that name.
  public func explain(_ name: String, on day: CivilDate, after history: History) -> [Explanation] {
    builders.flatMap { builder in
      let found = builder.ledger.areas.flatMap { area in
        area.measures.flatMap { measure in
          builder.obligations(of: measure, in: area).flatMap { explain(name, $0, on: day, after: history) }
        }
      }
      return found + builder.reports().flatMap { explain(name, $0, on: day, after: history) }
    }
  }

  private func explain(
    _ name: String, _ obligation: Obligation, on day: CivilDate, after history: History
  ) -> [Explanation] {
    let answering = obligation.owners.filter { matches(name, obligation, $0.recipient) }
    let listening = obligation.listeners.filter { matches(name, obligation, $0.recipient) }
    guard !answering.isEmpty || !listening.isEmpty else { return [] }
    let dates = dates(of: obligation, toExplainOn: day)
    let owners = answering.flatMap { owner in
      dates.map { due in
        Explanation(
          item: obligation.item, due: due, subject: obligation.subject, recipient: owner.recipient,
          route: route(to: owner, history),
          judgement: due.map { judge(obligation, $0, owner, on: day, after: history) }
            ?? .silent(obligation.silence ?? .past))
      }
    }
    let listeners = listening.flatMap { listener in
      dates.compactMap { $0 }.filter { $0 < day }.map { due in
        Explanation(
          item: obligation.item, due: due, subject: obligation.subject, recipient: listener.recipient,
          escalation: listener.level,
          route: listener.head.map { route(to: $0, history) } ?? .digest(.isContact),
          judgement: judge(obligation, due, listener, on: day, after: history))
      }
    }
    return owners + listeners
  }

  private func route(to owner: Owner, _ history: History) -> Route {
    routes.route(to: owner, unreachable: history.unreachable).route
  }

  private func matches(_ name: String, _ obligation: Obligation, _ recipient: Recipient) -> Bool {
    let id = obligation.item.id
    return id == name || id.hasPrefix(name + "#") || recipient.person == name || recipient.unit == name
  }

  /// Every fixed date; of rules the next one and the last, or all that may still be overdue.
  private func dates(of obligation: Obligation, toExplainOn day: CivilDate) -> [CivilDate?] {
    switch obligation.schedule {
    case .dates(let dates): return dates.isEmpty ? [nil] : dates
    case .rules:
      let back = day.adding(days: -Obligation.catchUpDays)
      let passed = obligation.occurrences(
        from: max(back, obligation.issued ?? back), through: day.adding(days: -1))
      let open = obligation.ladder.overdueEvery == nil ? passed.suffix(1) : passed[...]
      let known = open + [obligation.nextDate(onOrAfter: day)].compactMap { $0 }
      return known.isEmpty ? [nil] : known.map { $0 }
    }
  }
}
