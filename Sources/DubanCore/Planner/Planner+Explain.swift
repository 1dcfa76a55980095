/// Why one person is or isn't reminded of one date of one item on a day.
public struct Explanation: Sendable, Equatable {
  /// The item.
  public var item: ItemID
  /// The date; nil for an item without one.
  public var due: CivilDate?
  /// What it is about.
  public var subject: Reminder.Subject
  /// The person.
  public var owner: Owner
  /// The answer.
  public var judgement: Judgement
}

extension Planner {
  /// The answers for everything that `name` stands for: an item's id, a person's or a unit's name, or `report`.
  ///
  /// Empty when nothing has that name.
  public func explain(_ name: String, on day: CivilDate, after history: History) -> [Explanation] {
    obligations.flatMap { obligation in
      obligation.owners.filter { matches(name, obligation, $0) }.flatMap { owner in
        dates(of: obligation, toExplainOn: day).map { due in
          Explanation(
            item: obligation.item, due: due, subject: obligation.subject, owner: owner,
            judgement: due.map { judge(obligation, $0, owner, on: day, after: history) }
              ?? .silent(obligation.silence ?? .past))
        }
      }
    }
  }

  private func matches(_ name: String, _ obligation: Obligation, _ owner: Owner) -> Bool {
    let id = obligation.item.id
    return id == name || id.hasPrefix(name + "#") || owner.person == name || owner.unit == name
  }

  /// Every fixed date; the last date and the next one of a rule.
  private func dates(of obligation: Obligation, toExplainOn day: CivilDate) -> [CivilDate?] {
    switch obligation.schedule {
    case .dates(let dates): return dates.isEmpty ? [nil] : dates
    case .rule:
      let around = obligation.dates(around: day)
      let known = [around.last { $0 < day }, obligation.nextDate(onOrAfter: day)].compactMap { $0 }
      return known.isEmpty ? [nil] : known
    }
  }
}
