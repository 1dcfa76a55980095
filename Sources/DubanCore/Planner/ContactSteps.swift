/// The steps past the owners to the contacts (``Escalation/contact``) that have come by a day: a few numbers each, of
/// which reminders are made when they are asked for.
///
/// On the first day of a large ledger there are as many as it has overdue measures.
public struct ContactSteps: Sendable {
  fileprivate struct Step: Sendable {
    let plan: Int32
    let area: Int32
    let place: UInt32
    let due: CivilDate
    let nominal: CivilDate
    let sendOn: CivilDate
  }

  /// What a deadline's steps are like for every measure without exceptions and decisions.
  private typealias Call = (due: CivilDate, rung: Rung)

  private let planner: Planner
  private let day: CivilDate
  fileprivate var steps: [Step] = []

  /// The steps of a planner's ledgers that have come by `day` and can be told on it, whether or not they were told
  /// before: that only the record says.
  init(_ planner: Planner, on day: CivilDate, after history: History) {
    self.planner = planner
    self.day = day
    guard planner.policy.escalation.contact != nil, planner.officeIsOpen(on: day) else { return }
    var mails = History(assumedThrough: history.assumedThrough)
    for (recipient, day) in history.lastMail { mails.noteMail(to: recipient, on: day) }
    for (plan, builder) in planner.builders.enumerated() {
      guard !planner.wasMailed(builder.ledger.plan.contact.recipient, on: day, after: history) else {
        continue
      }
      add(builder, plan, mails)
    }
  }

  private mutating func add(_ builder: ObligationBuilder, _ plan: Int, _ mails: History) {
    let decided = planner.decisions.measures(ofPlan: builder.ledger.plan.key)
    let hasOverrides = !planner.policy.overrides.isEmpty
    var (store, calls) = (MeasureStore?.none, [[Call]?]())
    for (index, area) in builder.ledger.areas.enumerated() {
      let next = area.measures.store
      if store !== next { (store, calls) = (next, Array(repeating: nil, count: next.deadlines.count)) }
      area.measures.forEachRecord { place, record in
        guard record.status == .open || record.status == .inProgress else { return }
        let isPlain = !hasOverrides && (decided.isEmpty || !decided.contains(next.measures[place].identity))
        let deadline = Int(record.deadline)
        let found =
          (isPlain ? calls[deadline] : nil) ?? self.calls(next.measures[place], in: area, builder, mails)
        if isPlain { calls[deadline] = found }
        for call in found {
          steps.append(
            Step(
              plan: Int32(plan), area: Int32(index), place: UInt32(place), due: call.due,
              nominal: call.rung.nominal, sendOn: call.rung.sendOn))
        }
      }
    }
  }

  private func calls(
    _ measure: Measure, in area: Area, _ builder: ObligationBuilder, _ mails: History
  ) -> [Call] {
    var found: [Call] = []
    for obligation in builder.obligations(of: measure, in: area) {
      for listener in obligation.listeners where listener.head == nil {
        for due in obligation.dates(around: day) where day > due {
          guard
            case .remind(let reminder) = planner.judge(obligation, due, listener, on: day, after: mails)
          else { continue }
          found.append((due, reminder.reason.rung))
        }
      }
    }
    return found
  }

  /// How many there are.
  public var count: Int { steps.count }

  /// The keys of the plans that have any.
  public var plans: Set<String> {
    Set(Set(steps.map(\.plan)).map { planner.builders[Int($0)].ledger.plan.key })
  }

  /// Those at these places.
  public func only(_ places: [Int]) -> ContactSteps {
    guard places.count < count else { return self }
    var chosen = self
    chosen.steps = places.map { steps[$0] }
    return chosen
  }

  /// Those of the plans with these keys, most urgent first.
  public func ofPlans(_ keys: [String]) -> ContactSteps {
    let wanted = planner.builders.map { keys.contains($0.ledger.plan.key) }
    var chosen = self
    if !wanted.allSatisfy({ $0 }) { chosen.steps.removeAll { !wanted[Int($0.plan)] } }
    chosen.steps.sort { left, right in
      if left.due != right.due { return left.due < right.due }
      let (a, b) = (item(left), item(right))
      return a.plan != b.plan ? a.plan < b.plan : NaturalOrder.isBefore(a.id, b.id)
    }
    return chosen
  }

  /// The key of the reminder at that place, as ``Reminder/key`` has it.
  public func key(_ place: Int) -> String {
    let step = steps[place]
    let contact = planner.builders[Int(step.plan)].ledger.plan.contact.recipient
    return Reminder.key(Occurrence(item: item(step), due: step.due), Self.stage, contact)
  }

  /// The item at that place.
  func item(_ place: Int) -> ItemID { item(steps[place]) }

  /// The reminder at that place.
  func reminder(_ place: Int) -> Reminder {
    let step = steps[place]
    let builder = planner.builders[Int(step.plan)]
    let area = builder.ledger.areas[Int(step.area)]
    let measure = area.measures.store.measures[Int(step.place)]
    let contact = builder.ledger.plan.contact.recipient
    let rung = Rung(stage: Self.stage, nominal: step.nominal, sendOn: step.sendOn)
    return Reminder(
      occurrence: Occurrence(item: item(step), due: step.due), stage: Self.stage, recipient: contact,
      reason: Reason(rung: rung, due: step.due, on: day), subject: .measure(measure, area: area.name),
      fellows: builder.directory.owners(of: measure).map(\.recipient).filter { $0 != contact },
      light: planner.policy.lights.light(
        due: step.due, isClosed: false, on: day, calendar: planner.calendar))
  }

  private func item(_ step: Step) -> ItemID {
    let ledger = planner.builders[Int(step.plan)].ledger
    let store = ledger.areas[Int(step.area)].measures.store
    return ItemID(store.measures[Int(step.place)], ofPlan: ledger.plan.key)
  }

  private static let stage = Stage.escalation(2)
}

extension Planner {
  /// How far back a date that isn't called overdue is still caught up, in days.
  public static var catchUpDays: Int { Obligation.catchUpDays }

  /// The steps to the contacts that have come by `day` and can be told on it; which of them were told before is for the
  /// caller to find out by their keys.
  public func contactSteps(on day: CivilDate, after history: History) -> ContactSteps {
    ContactSteps(self, on: day, after: history)
  }
}
