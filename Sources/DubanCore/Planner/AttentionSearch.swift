/// Goes through all measures to count what wants attention, and to find what is listed first of each kind: only that
/// is made into lines of the agenda.
struct AttentionSearch {
  private var overdue: FirstLines
  private var upcoming: FirstLines
  private var undecided: FirstLines
  private var submitted: FirstLines
  private var snoozed: FirstLines
  private var days: [CivilDate: (count: Int, light: Light)] = [:]

  /// A search for so many lines of each kind.
  init(most: Int) {
    overdue = FirstLines(most: most)
    upcoming = FirstLines(most: most)
    undecided = FirstLines(most: most)
    submitted = FirstLines(most: most)
    snoozed = FirstLines(most: most)
  }

  /// Takes in a measure: how it stands, whether a person must decide its deadline, and what its item is.
  mutating func take(
    _ standing: Standings.Standing, isUndecided: Bool, at place: FirstLines.Place, _ item: () -> ItemID
  ) {
    let urgent = standing.mostUrgent
    if standing.light == .red { overdue.offer(urgent?.due, at: place, item) }
    if isUndecided { undecided.offer(urgent?.due, at: place, item) }
    if urgent?.isSubmitted ?? false { submitted.offer(urgent?.due, at: place, item) }
    for line in standing.lines where line.isAhead || line.isPutOff {
      func named() -> ItemID {
        line.suffix.isEmpty ? item() : item().duty(line.suffix)
      }
      if line.isAhead {
        upcoming.offer(line.due, at: place, named)
        count(line.due, line.light)
      }
      if line.isPutOff { snoozed.offer(line.due, at: place, named) }
    }
  }

  private mutating func count(_ due: CivilDate?, _ light: Light) {
    guard let due else { return }
    let known = days[due] ?? (0, light)
    days[due] = (known.count + 1, max(known.light, light))
  }

  /// The measures that are listed first, in the ledgers' order.
  var places: [FirstLines.Place] {
    let all = [overdue, upcoming, undecided, submitted, snoozed].flatMap(\.places)
    return Set(all).sorted { ($0.ledger, $0.area, $0.place) < ($1.ledger, $1.area, $1.place) }
  }

  /// The numbers, with those of the reports, which are always made.
  func numbers(with reports: [AgendaItem]) -> Overview.Attention {
    var all = self
    for line in reports where line.isAhead { all.count(line.due, line.light) }
    return Overview.Attention(
      upcoming: all.days.sorted { $0.key < $1.key }.map {
        .init(due: $0.key, count: $0.value.count, light: $0.value.light)
      }, undecided: undecided.count, submitted: submitted.count,
      snoozed: snoozed.count + reports.count(where: \.isPutOff))
  }
}
