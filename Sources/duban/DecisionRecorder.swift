import ArgumentParser
import DubanCore
import DubanDaemon
import DubanOutbox

/// What the commands that record a person's decision share: the items there are, and where decisions are kept.
struct DecisionRecorder {
  let today: CivilDate
  private let now: Timestamp
  private let outbox: Outbox
  private let rehearsal: Outbox?
  private let agenda: [AgendaItem]
  private let active: ActiveConfiguration

  init(_ common: CommonOptions) throws {
    let read = try common.loadInForce()
    let now = common.clock(read.zone).now()
    self.now = now
    today = read.zone.day(of: now)
    // What is decided holds beyond a rehearsal, and within.
    let outbox = try common.realOutbox(read, .readWrite)
    rehearsal = try read.configuration.delivery.redirectAllTo.map { _ in try common.outbox(read, .readWrite) }
    // What is decided belongs to the measure as it is now, however the ledger is numbered when the service reads it.
    let active = try read.registered(in: outbox, at: now)
    let decisions = try DecisionReader.read(outbox)
    self.outbox = outbox
    agenda = active.planner(decisions).agenda(on: today)
    self.active = active
  }

  /// Every unit that owes reports.
  var units: [String] {
    var seen: Set<String> = []
    return active.ledgers.flatMap { $0.owners.map(\.unit) }.filter { seen.insert($0).inserted }
  }

  /// The first open line of an item; throws when no ledger, or more than one, has it.
  func item(_ id: String, _ choice: PlanChoice) throws -> AgendaItem {
    let plan = try key(choice)
    let found = agenda.filter {
      $0.item.id == id && $0.item.kind != .report && (plan == nil || $0.item.plan == plan)
    }
    guard let first = found.first else {
      guard !agenda.contains(where: { $0.item.id == id }) else {
        throw Failure(
          .usage,
          "duban: “\(id)” is a report, which each unit owes: `duban report received UNIT` marks one that came in"
        )
      }
      throw Failure(.usage, "duban: no item has the id “\(id)”; `duban agenda` lists them")
    }
    guard Set(found.map(\.item.plan)).count == 1 else {
      let plans = Set(found.map(\.item.plan)).sorted().joined(separator: ", ")
      throw Failure(.usage, "duban: “\(id)” is in several plans (\(plans)): name one with --plan")
    }
    return first
  }

  /// The measure that an item is, or that has the duty.
  private func measure(_ item: ItemID) -> Measure? {
    active.ledgers.first { $0.plan.key == item.plan }?.measures
      .first { $0.identity == item.identity.prefix { $0 != "#" } }
  }

  /// The key of the plan that was named; nil where none was.
  private func key(_ choice: PlanChoice) throws -> String? {
    guard let name = choice.plan else { return nil }
    let plans = active.ledgers.map(\.plan)
    guard let plan = plans.first(where: { [$0.number, $0.title, $0.key].contains(name) }) else {
      let known = plans.map(\.name).joined(separator: ", ")
      throw Failure(.usage, "duban: no plan is called “\(name)”; expected one of \(known)")
    }
    return plan.key
  }

  func duties(of measure: ItemID) -> [String] {
    var seen: Set<String> = []
    return agenda.filter {
      $0.item.kind == .duty && $0.item.plan == measure.plan && $0.item.id.hasPrefix("\(measure.id)#")
    }.map(\.item.id).filter { seen.insert($0).inserted }
  }

  func dates(of id: String) -> [CivilDate] { agenda.filter { $0.item.id == id }.compactMap(\.due) }

  /// The reports that a unit still owes, the earliest first.
  func reports(of unit: String, _ choice: PlanChoice) throws -> [AgendaItem] {
    let plan = try key(choice)
    return agenda.filter { line in
      line.item.kind == .report && line.owners.contains { $0.unit == unit }
        && (plan == nil || line.item.plan == plan)
    }
  }

  /// The reports of a unit that were marked as received, in the order of the marks; those of a day that don't say which
  /// one they are among them.
  func received(from unit: String, item: String?, _ choice: PlanChoice) throws -> [Decision] {
    let plan = try key(choice)
    return try standing(.reportReceived).filter { mark in
      mark.person == unit && (plan == nil || mark.plan == plan)
        && (item == nil || mark.identity.isEmpty || mark.item == item)
    }
  }

  /// Of a unit's report dates, the one that is due now: nearest to today of those that it is reminded of; nil where there
  /// is none, or where the next one is nearer still and may be meant.
  func dueReport(_ dates: [CivilDate]) -> CivilDate? {
    let (leads, calendar) = (active.configuration.policy.reportSchedule.advance, active.calendar)
    func isNearer(_ one: CivilDate, _ other: CivilDate) -> Bool {
      abs(one.days(since: today)) < abs(other.days(since: today))
    }
    let due = dates.filter { due in
      due <= today || leads.contains { $0.before(due, in: calendar) <= today }
    }.min(by: isNearer)
    return due.flatMap { due in dates.contains { isNearer($0, due) } ? nil : due }
  }

  /// The decisions of a kind that weren't taken back, oldest first.
  func standing(_ kind: Decision.Kind) throws -> [Decision] {
    try outbox.decisions().inForce.filter { $0.kind == kind }
  }

  /// The mark that says already what marking the item, or that date of it, as done would say; nil: there is none.
  ///
  /// A duty without a date is meant for the next one, which a command that is given twice would take for another: what
  /// was marked today, or for a day to come, has to be meant by its date.
  func mark(ofDone number: String, occurrence: CivilDate?, _ choice: PlanChoice) throws -> Decision? {
    let plan = try key(choice)
    let identities = active.identities(of: number)
    let marks = try standing(.done).filter {
      identities.contains($0.identity) && (plan == nil || $0.plan == plan)
    }
    let lines = agenda.filter { $0.item.id == number && (plan == nil || $0.item.plan == plan) }
    if let occurrence {
      let isOpen = lines.contains { $0.due == occurrence && $0.noReminder != .done }
      return isOpen ? nil : marks.last { $0.occurrence == nil || $0.occurrence == occurrence }
    }
    if lines.first?.item.kind == .duty || marks.last?.item.contains("#") == true {
      return marks.last { mark in
        mark.occurrence.map { $0 >= today } ?? true || active.zone.day(of: mark.at) == today
      }
    }
    return lines.allSatisfy { $0.noReminder == .done } ? marks.last : nil
  }

  /// The decision by which a line is put off until that day and for that reason already; nil where it isn't.
  func snooze(of line: AgendaItem, until: CivilDate, why: String) throws -> Decision? {
    guard case .snoozed(let snooze) = line.noReminder, snooze.until == until else { return nil }
    return try standing(.snooze).last {
      $0.plan == line.item.plan && $0.identity == line.item.identity && $0.until == until
        && $0.why == why
    }
  }

  /// Who recorded a decision, and on which day.
  func origin(_ decision: Decision) -> String {
    (decision.by.isEmpty ? "" : "by \(decision.by) ") + "on \(active.zone.day(of: decision.at))"
  }

  /// The marks of a unit's reports as received, of one date, or of that of the last mark.
  func receivedReports(
    of unit: String, on due: CivilDate?, item: String?, _ choice: PlanChoice
  ) throws -> [Decision] {
    let plan = try key(choice)
    let marked = try standing(.reportReceived).filter {
      $0.person == unit && (item == nil || $0.item == item) && (plan == nil || $0.plan == plan)
    }
    let day = due ?? marked.last?.occurrence
    return marked.filter { $0.occurrence == day }
  }

  /// Takes back every decision of that kind about an item, for that date or any, and returns them.
  func takeBack(
    _ kind: Decision.Kind, of number: String, _ choice: PlanChoice, occurrence: CivilDate? = nil, by: String,
    why: String
  ) throws -> [Decision] {
    let plan = try key(choice)
    let identities = active.identities(of: number)
    func isMeant(_ decision: Decision) -> Bool {
      identities.contains(decision.identity) && (plan == nil || decision.plan == plan)
        && (occurrence == nil || decision.occurrence == occurrence)
    }
    let plans = Set(try standing(kind).filter(isMeant).map(\.plan))
    guard plans.count < 2 else {
      throw Failure(
        .usage,
        "duban: “\(number)” is in several plans (\(plans.sorted().joined(separator: ", "))): name one with --plan"
      )
    }
    return try takeBack(kind, by: by, why: why, isMeant)
  }

  /// Takes back every decision of that kind that `matches`, and returns them.
  func takeBack(
    _ kind: Decision.Kind, by: String, why: String, _ matches: (Decision) -> Bool
  ) throws -> [Decision] {
    let taken = try standing(kind).filter(matches)
    try decide(
      taken.takenBack.map { back in
        var back = back
        (back.by, back.why, back.at) = (by, CleanText.line(why), now)
        return back
      })
    return taken
  }

  func record(
    _ kind: Decision.Kind, _ item: ItemID, occurrence: CivilDate? = nil, person: String = "",
    until: CivilDate? = nil, by: String, why: String
  ) throws {
    var decision = Decision(
      kind, plan: item.plan, item: item.id, identity: item.identity, occurrence: occurrence, person: person,
      until: until, by: by, why: CleanText.line(why), at: now)
    if kind == .done || kind == .snooze {
      // A later date that the ledger may get is another, a later word on its status is newer, and another unit's measure is
      // another.
      let owners = agenda.first { $0.item == item }?.owners ?? []
      decision.words = Decision.words(
        of: measure(item), besides: owners.map(\.unit), isDoneAsAWhole: kind == .done && occurrence == nil)
    }
    try decide([decision])
  }

  private func decide(_ decisions: [Decision]) throws {
    try outbox.decide(decisions)
    try rehearsal?.decide(decisions)
  }
}
