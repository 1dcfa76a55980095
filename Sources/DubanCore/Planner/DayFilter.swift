/// Tells, for one ledger and day, which measures can't remind anybody: only the others are looked at one by one.
///
/// Says of a measure that it may remind wherever that isn't ruled out by what it shares with many others: its status,
/// its deadline, its duties. Who was reminded of what before is not asked here.
struct DayFilter {
  private let planner: Planner
  private let builder: ObligationBuilder
  private let reminderDays: ReminderDays
  private let day: CivilDate
  private let history: History
  private let decided: Set<String>
  private let overrides: PolicyScopes

  private var area: Area?
  private var store: MeasureStore?
  private var times: [ReminderDays.Times] = []
  private var isAreaExcepted = false
  private var exceptedAssignments: [Bool] = []
  /// What was found out so far about each deadline and each list of duties of the store.
  private var deadlines: [Bool?] = []
  private var duties: [Bool?] = []

  init(
    _ planner: Planner, _ builder: ObligationBuilder, _ reminderDays: ReminderDays, on day: CivilDate,
    after history: History
  ) {
    self.planner = planner
    self.builder = builder
    self.reminderDays = reminderDays
    self.day = day
    self.history = history
    decided = planner.decisions.measures(ofPlan: builder.ledger.plan.key)
    overrides = PolicyScopes(planner.policy.overrides)
  }

  /// Turns to the measures of an area.
  mutating func enter(_ area: Area) {
    self.area = area
    isAreaExcepted = overrides.areas.contains(area.name)
    guard store !== area.measures.store else { return }
    let store = area.measures.store
    self.store = store
    times = reminderDays.times(store)
    deadlines = Array(repeating: nil, count: store.deadlines.count)
    duties = Array(repeating: nil, count: store.duties.count)
    exceptedAssignments =
      overrides.people.isEmpty
      ? []
      : store.assignments.map { assignment in
        builder.directory.owners(of: assignment).contains { overrides.people.contains($0.person) }
      }
  }

  /// Whether the measure at that place of the area's store may remind anybody.
  mutating func mayRemind(_ place: Int, _ record: MeasureRecord) -> Bool {
    guard record.status == .open || record.status == .inProgress else { return false }
    if isAreaExcepted || !exceptedAssignments.isEmpty && exceptedAssignments[Int(record.assignment)] {
      return true
    }
    if !overrides.measures.isEmpty || !decided.isEmpty, let store {
      let id = store.id(record)
      if overrides.measures.contains(id) || decided.contains(id) { return true }
    }
    let (deadline, duty) = (Int(record.deadline), Int(record.duties))
    let mayDeadline = deadlines[deadline] ?? deadlineMayRemind(deadline, place)
    if mayDeadline { return true }
    return duties[duty] ?? dutiesMayRemind(duty, place)
  }

  /// Whether a report may remind anybody.
  var reportsMayRemind: Bool {
    guard overrides.isEmpty else { return true }
    return mayRemind(reminderDays.reports, .report)
  }

  private var last: CivilDate? { history.plannedThrough ?? history.assumedThrough }

  private mutating func deadlineMayRemind(_ index: Int, _ place: Int) -> Bool {
    let times = times[index]
    let may = mayRemind(times, .measure) || times.recurs && itemsMayRemind(place) { $0.kind == .measure }
    deadlines[index] = may
    return may
  }

  private mutating func dutiesMayRemind(_ index: Int, _ place: Int) -> Bool {
    let may =
      store.map { !$0.duties[index].isEmpty } ?? false && itemsMayRemind(place) { $0.kind == .duty }
    duties[index] = may
    return may
  }

  private func mayRemind(_ times: ReminderDays.Times, _ kind: ItemID.Kind) -> Bool {
    if times.hasRung(after: last, through: day) { return true }
    let item = builder.plainItem(kind, due: times.dates)
    guard item.ladder.overdueEvery != nil else { return false }
    return times.dates.contains { due in
      guard let rung = item.latestOverdueRung(of: due, asOf: day) else { return false }
      return last.map { rung.sendOn > $0 } ?? true
    }
  }

  /// The same for what comes round, asked of one measure that has it.
  private func itemsMayRemind(_ place: Int, _ isWanted: (ItemID) -> Bool) -> Bool {
    guard let area, let store else { return true }
    let items = builder.obligations(of: store.measure(place), in: area)
    return items.contains { item in
      guard isWanted(item.item), !item.schedule.isDated else { return false }
      return item.dates(around: day).contains { due in
        guard let rung = item.latestRung(of: due, asOf: day) else { return false }
        return last.map { rung.sendOn > $0 } ?? true
      }
    }
  }
}
