/// Tells, for one ledger and day, which measures can't remind anybody, and which remind as all others do that share
/// their deadline: only the rest is looked at one by one.
///
/// Says of a measure that it may remind wherever that isn't ruled out by what it shares with many others: its status,
/// its deadline, its duties.
struct DayFilter {
  /// What there is to say about a measure.
  enum Word {
    /// It reminds nobody.
    case silent
    /// It reminds as every measure without duties, exceptions and decisions does that is due when it is due.
    case alike([Call])
    /// It may remind, and is to be judged by itself.
    case alone
  }

  /// A reminder that goes out for every measure that is due when this one is due.
  struct Call {
    /// Who is reminded.
    enum Audience { case owners, heads, contact }

    let audience: Audience
    let due: CivilDate
    let rung: Rung
    let light: Light
  }

  /// What was found out about a deadline.
  private enum Verdict { case unknown, silent, alike, alone }

  private let planner: Planner
  private let builder: ObligationBuilder
  private let reminderDays: ReminderDays
  private let day: CivilDate
  private let history: History
  /// Whether the history says the same of all items that nobody decided anything about.
  private let isHistoryAlike: Bool
  private let decided: Set<String>
  private let overrides: PolicyScopes

  private var area: Area?
  private var store: MeasureStore?
  private var times: [ReminderDays.Times] = []
  private var isAreaExcepted = false
  /// Whether measures are to be asked for one by one, whatever they share.
  private let hasExceptions: Bool
  private var exceptedAssignments: [Bool] = []
  /// What was found out so far about each deadline and each list of duties of the store.
  private var verdicts: [Verdict] = []
  private var calls: [[Call]] = []
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
    // A planned range notes stages only of what was put off.
    let knowsStages = !history.stages.isEmpty && history.plannedThrough == nil
    isHistoryAlike = !knowsStages && !history.lastMail.values.contains { $0 >= day }
    decided = planner.decisions.measures(ofPlan: builder.ledger.plan.key)
    overrides = PolicyScopes(planner.policy.overrides)
    hasExceptions = !overrides.isEmpty || !decided.isEmpty
  }

  /// Turns to the measures of an area.
  mutating func enter(_ area: Area) {
    self.area = area
    isAreaExcepted = overrides.areas.contains(area.name)
    guard store !== area.measures.store else { return }
    let store = area.measures.store
    self.store = store
    times = reminderDays.times(store)
    verdicts = Array(repeating: .unknown, count: store.deadlines.count)
    calls = Array(repeating: [], count: store.deadlines.count)
    // No duties remind nobody.
    duties = store.duties.map { $0.isEmpty ? false : nil }
    exceptedAssignments =
      overrides.people.isEmpty
      ? []
      : store.assignments.map { assignment in
        let owners = builder.directory.owners(of: assignment)
        return (owners + builder.directory.heads(over: owners)).contains {
          overrides.people.contains($0.person)
        }
      }
  }

  /// Whether it is known already that a measure reminds nobody, by what was found out about others: true for most.
  func isKnownSilent(_ record: MeasureRecord) -> Bool {
    guard record.status == .open || record.status == .inProgress else { return true }
    return !hasExceptions && verdicts[Int(record.deadline)] == .silent
      && duties[Int(record.duties)] == false
  }

  /// What there is to say about the measure at that place of the area's store.
  mutating func word(_ place: Int, _ record: MeasureRecord) -> Word {
    guard record.status == .open || record.status == .inProgress else { return .silent }
    if isAreaExcepted || !exceptedAssignments.isEmpty && exceptedAssignments[Int(record.assignment)] {
      return .alone
    }
    if !overrides.measures.isEmpty || !decided.isEmpty, let store {
      let measure = store.measures[place]
      if overrides.measures.contains(measure.id) || decided.contains(measure.identity) { return .alone }
    }
    let (deadline, duty) = (Int(record.deadline), Int(record.duties))
    if verdicts[deadline] == .unknown { judge(deadline, place) }
    let verdict = verdicts[deadline]
    if verdict == .alone { return .alone }
    if duties[duty] ?? dutiesMayRemind(duty, place) { return .alone }
    return verdict == .alike ? .alike(calls[deadline]) : .silent
  }

  /// Whether a report may remind anybody.
  var reportsMayRemind: Bool {
    guard overrides.isEmpty else { return true }
    return mayRemind(reminderDays.reports, .report)
  }

  private var last: CivilDate? { history.plannedThrough ?? history.assumedThrough }

  private mutating func judge(_ deadline: Int, _ place: Int) {
    let times = times[deadline]
    guard mayRemind(times, .measure) else {
      let mayRecur = times.recurs && itemsMayRemind(place) { $0.kind == .measure }
      return verdicts[deadline] = mayRecur ? .alone : .silent
    }
    guard isHistoryAlike, !times.recurs else { return verdicts[deadline] = .alone }
    calls[deadline] = calls(of: times.dates)
    verdicts[deadline] = calls[deadline].isEmpty ? .silent : .alike
  }

  /// The reminders that go out for any measure that is due on these dates: judged as if for one of nobody.
  private func calls(of dates: [CivilDate]) -> [Call] {
    let item = builder.plainItem(.measure, due: dates)
    let nobody = Owner(person: "", unit: "", email: nil)
    var found: [Call] = []
    func take(_ judgement: Judgement, _ audience: Call.Audience) {
      guard case .remind(let reminder) = judgement else { return }
      found.append(
        Call(
          audience: audience, due: reminder.occurrence.due, rung: reminder.reason.rung, light: reminder.light)
      )
    }
    for due in dates {
      take(planner.judge(item, due, nobody, on: day, after: history), .owners)
      guard day > due else { continue }
      for listener in builder.plainListeners(head: nobody) {
        take(
          planner.judge(item, due, listener, on: day, after: history),
          listener.head == nil ? .contact : .heads)
      }
    }
    return found
  }

  private mutating func dutiesMayRemind(_ index: Int, _ place: Int) -> Bool {
    let may = itemsMayRemind(place) { $0.kind == .duty }
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
    let items = builder.obligations(of: store.measures[place], in: area)
    return items.contains { item in
      guard isWanted(item.item), !item.schedule.isDated else { return false }
      return item.dates(around: day).contains { due in
        guard let rung = item.latestRung(of: due, asOf: day) else { return false }
        return last.map { rung.sendOn > $0 } ?? true
      }
    }
  }
}
