/// On which days the fixed dates of a ledger remind, worked out once: most measures share a few hundred dates.
///
/// Speaks of items without exceptions. Items that a policy's override concerns are looked at one by one.
struct ReminderDays: Sendable {
  /// When one deadline reminds.
  struct Times: Sendable {
    /// The days on which a rung goes out, ascending; those of steps past the owners among them.
    var days: [CivilDate]
    /// The dates themselves, ascending.
    var dates: [CivilDate]
    /// Whether it comes round, so that its days can't be listed.
    var recurs: Bool

    /// Whether a rung goes out after `last` (nil: at any time) and not after `day`.
    func hasRung(after last: CivilDate?, through day: CivilDate) -> Bool {
      days.contains { rung in rung <= day && last.map { rung > $0 } ?? true }
    }
  }

  /// By store, in the order of its deadlines.
  private var tables: [ObjectIdentifier: [Times]] = [:]
  /// Those of the report dates.
  let reports: Times

  init(_ builder: ObligationBuilder) {
    let rungs = PlainRungs(builder)
    var known: [CivilDate: [CivilDate]] = [:]
    for area in builder.ledger.areas {
      let store = area.measures.store
      guard tables[ObjectIdentifier(store)] == nil else { continue }
      tables[ObjectIdentifier(store)] = store.deadlines.map { deadline in
        let dates = deadline.dueDates
        let days = dates.flatMap { due in
          if let days = known[due] { return days }
          let days = rungs.days(of: due)
          known[due] = days
          return days
        }
        let recurs = deadline.decided == nil && !deadline.reading.recurrences.isEmpty
        return Times(days: dates.count == 1 ? days : days.sorted(), dates: dates, recurs: recurs)
      }
    }
    let dates = Set(builder.ledger.reports).sorted()
    let item = builder.plainItem(.report, due: dates)
    reports = Times(
      days: dates.flatMap { item.rungs(before: $0).map(\.sendOn) }.sorted(), dates: dates, recurs: false)
  }

  /// The times of a store's deadlines.
  func times(_ store: MeasureStore) -> [Times] { tables[ObjectIdentifier(store)] ?? [] }
}

/// When a measure without exceptions reminds: what is the same for every date, taken together once.
private struct PlainRungs {
  private let item: Obligation
  /// How long after the date those past the owners hear of it.
  private let steps: [Span]

  init(_ builder: ObligationBuilder) {
    // The rungs of a date don't ask for the dates of the item.
    item = builder.plainItem(.measure, due: [])
    steps = [builder.policy.escalation.head, builder.policy.escalation.contact].compactMap { $0 }
  }

  /// The days on which a date's rungs go out, ascending.
  func days(of due: CivilDate) -> [CivilDate] {
    var days = item.rungs(before: due).map(\.sendOn)
    for span in steps {
      let nominal = max(span.after(due, in: item.sending.workdays), due.adding(days: 1))
      days.append(item.sending.open(onOrAfter: max(nominal, item.issued ?? nominal)))
    }
    days.sort()
    return days
  }
}
