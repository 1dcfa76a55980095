/// How many measures of a ledger have each deadline, open and closed: in numbers, they all stand alike. Only for a
/// policy without exceptions.
struct DeadlineTallies: Sendable {
  /// The measures of one deadline.
  struct Tally: Sendable {
    let dates: [CivilDate]
    var open = 0
    var closed = 0
  }

  /// Of measures without duties and decisions whose deadline doesn't come round.
  private(set) var tallies: [Tally] = []
  /// The others: the area's place in the ledger, and each measure's in the area's store.
  private(set) var others: [(area: UInt32, place: UInt32)] = []

  /// - Parameters:
  ///   - ledger: the ledger.
  ///   - reminderDays: its deadlines' dates.
  ///   - decided: the measures that somebody decided something about.
  init(_ ledger: Ledger, _ reminderDays: ReminderDays, _ decided: Set<String>) {
    var starts: [ObjectIdentifier: Int] = [:]
    // How many are open and how many closed, deadline by deadline.
    var counts: [Int] = []
    var (entered, hasDuties, recurs) = (MeasureStore?.none, [Bool](), [Bool]())
    for (index, area) in ledger.areas.enumerated() {
      let store = area.measures.store
      let times = reminderDays.times(store)
      let start = starts[ObjectIdentifier(store)] ?? tallies.count
      if start == tallies.count {
        tallies += times.map { Tally(dates: $0.dates) }
        counts += Array(repeating: 0, count: 2 * times.count)
      }
      starts[ObjectIdentifier(store)] = start
      if entered !== store {
        entered = store
        hasDuties = store.duties.map { !$0.isEmpty }
        recurs = times.map(\.recurs)
      }
      let isAnyDecided = !decided.isEmpty
      counts.withUnsafeMutableBufferPointer { counts in
        area.measures.forEachRecord { place, record in
          let deadline = Int(record.deadline)
          if hasDuties[Int(record.duties)] || recurs[deadline]
            || isAnyDecided && decided.contains(store.measures[place].identity)
          {
            others.append((UInt32(index), UInt32(place)))
          } else {
            counts[2 * (start + deadline) + (record.status == .closed ? 1 : 0)] += 1
          }
        }
      }
    }
    for place in tallies.indices {
      (tallies[place].open, tallies[place].closed) = (counts[2 * place], counts[2 * place + 1])
    }
    tallies.removeAll { $0.open == 0 && $0.closed == 0 }
  }
}

extension Planner {
  /// The numbers of one day's picture over the plans with these keys, all plans when nil, as
  /// ``overview(on:plans:extent:)`` counts them one by one; nil where the policy makes exceptions.
  func numbers(
    on day: CivilDate, plans keys: [String]?
  ) -> (total: Overview.Tally, outlook: Overview.Outlook)? {
    guard policy.overrides.isEmpty else { return nil }
    var total = LightCounts()
    var outlook = Overview.Outlook(overdue: 0, nearest: nil)
    func count(_ light: Light, _ ahead: [CivilDate], _ measures: Int) {
      total.count(light, measures)
      if light == .red { outlook.overdue += measures }
      for due in ahead { outlook.count(due, measures) }
    }
    for (builder, tallies) in zip(builders, tallies) where keys?.contains(builder.ledger.plan.key) ?? true {
      for tally in tallies.tallies {
        if tally.closed > 0 { count(.green, [], tally.closed) }
        guard tally.open > 0 else { continue }
        let lights = tally.dates.map {
          policy.lights.light(due: $0, isClosed: false, on: day, calendar: calendar)
        }
        let ahead = tally.dates.filter { (0...Overview.horizon).contains($0.days(since: day)) }
        count(lights.max() ?? .blue, ahead, tally.open)
      }
      var standings = Standings(self, builder, on: day)
      for (area, place) in tallies.others {
        let area = builder.ledger.areas[Int(area)]
        standings.enter(area)
        let store = area.measures.store
        let standing = standings.standing(Int(place), store.records[Int(place)])
        count(standing.light, standing.ahead, 1)
      }
    }
    return (Overview.Tally(name: "", lights: total.lights), outlook)
  }
}
