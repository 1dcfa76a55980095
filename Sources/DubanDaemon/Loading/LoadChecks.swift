import DubanCore

/// What can only be seen once configuration, ledgers and calendars are all read.
enum LoadChecks {
  static func findings(
    _ ledgers: [Ledger], _ configuration: Configuration, _ calendar: WorkdayCalendar, today: CivilDate
  ) -> [Diagnostic] {
    let place = Diagnostic.Location(file: configuration.file)
    return samePlanTwice(ledgers, configuration)
      + unknownYears(ledgers, calendar, configuration, today: today)
      + idleOverrides(ledgers, configuration.policy, place) + idlePolicy(configuration.policy, place)
  }

  /// Two ledgers of one plan would share every key, and each would silence the other.
  private static func samePlanTwice(_ ledgers: [Ledger], _ configuration: Configuration) -> [Diagnostic] {
    var first: [String: Int] = [:]
    return ledgers.enumerated().compactMap { index, ledger in
      guard let earlier = first.updateValue(index, forKey: ledger.plan.key) else { return nil }
      return Diagnostic(
        .error, at: .init(file: configuration.ledgers[index]),
        "the plan “\(ledger.plan.key)” is also in \(configuration.ledgers[earlier])",
        help: "give each plan its own number, or name only one of the two ledgers")
    }
  }

  /// Every year in which something is due, and the present one, wants a notice of holidays.
  private static func unknownYears(
    _ ledgers: [Ledger], _ calendar: WorkdayCalendar, _ configuration: Configuration, today: CivilDate
  ) -> [Diagnostic] {
    let dates = ledgers.flatMap { $0.reports + $0.measures.flatMap(\.deadline.dueDates) }
    let years = Set(dates.filter { $0 >= today }.map(\.year) + [today.year]).filter { $0 <= today.year + 1 }
    return years.subtracting(calendar.knownYears).sorted().map { year in
      Diagnostic(
        .warning, at: .init(file: configuration.holidays),
        "no holidays are known for \(year): Monday to Friday count as working days",
        help: "put \(year).json there once the State Council's notice is out")
    }
  }

  private static func idleOverrides(
    _ ledgers: [Ledger], _ policy: Policy, _ place: Diagnostic.Location
  ) -> [Diagnostic] {
    let areas = Set(ledgers.flatMap { $0.areas.map(\.name) })
    let measures = Set(ledgers.flatMap { $0.measures.map(\.id) })
    let owners = Set(ledgers.flatMap { $0.owners.map(\.person) })
    return policy.overrides.compactMap { exception in
      let (kind, name, known) =
        switch exception.scope {
        case .area(let name): ("area", name, areas.contains(name))
        case .measure(let id): ("measure", id, measures.contains(id))
        case .owner(let person): ("owner", person, owners.contains(person))
        }
      guard !known else { return nil }
      return Diagnostic(
        .warning, at: place, "an override names the \(kind) “\(name)”, which no ledger has: it never applies",
        help: "correct the name or remove the override")
    }
  }

  /// A policy that can never fire is almost surely a slip.
  private static func idlePolicy(_ policy: Policy, _ place: Diagnostic.Location) -> [Diagnostic] {
    var found: [Diagnostic] = []
    func never(_ ladder: Ladder, _ what: String, _ key: String) {
      if ladder.advance.isEmpty, !ladder.onDue, ladder.overdueEvery == nil {
        found.append(
          Diagnostic(
            .warning, at: place, "\(what) never remind: no rung is left", help: "give \(key) at least one"))
      }
    }
    never(policy.ladder, "measures", "advance")
    never(policy.reportLadder, "reports", "reportAdvance")
    never(policy.dutyLadder, "duties", "dutyAdvance")
    for period in policy.quiet where period.upperBound.days(since: period.lowerBound) > 92 {
      found.append(
        Diagnostic(
          .warning, at: place,
          "nothing is sent from \(period.lowerBound) to \(period.upperBound), longer than a quarter",
          help: "check the quiet period's dates"))
    }
    return found
  }
}
