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
    let active = try Failure.translating { try read.registered(in: outbox, at: now) }
    let decisions = try Failure.translating { try DecisionReader.read(outbox) }
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
  func item(_ id: String) throws -> AgendaItem {
    let found = agenda.filter { $0.item.id == id && $0.item.kind != .report }
    guard let first = found.first else {
      throw Failure(.usage, "duban: no item has the id “\(id)”; `duban agenda` lists them")
    }
    guard Set(found.map(\.item.plan)).count == 1 else {
      let plans = Set(found.map(\.item.plan)).sorted().joined(separator: ", ")
      throw Failure(.usage, "duban: “\(id)” is in several plans (\(plans)); decide it in their ledgers")
    }
    return first
  }

  /// The dates of an item that are on the agenda.
  func dates(of id: String) -> [CivilDate] { agenda.filter { $0.item.id == id }.compactMap(\.due) }

  /// The reports that a unit still owes, the earliest first.
  func reports(of unit: String) -> [AgendaItem] {
    agenda.filter { $0.item.kind == .report && $0.owners.contains { $0.unit == unit } }
  }

  /// Of reports that a unit still owes, the one that is due now: nearest to today of those that it is reminded of; nil
  /// where there is none.
  func dueReport(_ owed: [AgendaItem]) -> CivilDate? {
    let (leads, calendar) = (active.configuration.policy.reportSchedule.advance, active.calendar)
    return owed.compactMap(\.due).filter { due in
      due <= today || leads.contains { $0.before(due, in: calendar) <= today }
    }.min { abs($0.days(since: today)) < abs($1.days(since: today)) }
  }

  /// The identities of whatever has that number now.
  func identities(of number: String) -> Set<String> { active.identities(of: number) }

  /// The decisions of a kind that weren't taken back, oldest first.
  func standing(_ kind: Decision.Kind) throws -> [Decision] {
    try Failure.translating { try outbox.decisions() }.standing.filter { $0.kind == kind }
  }

  /// Takes back every decision of that kind that `matches`, and returns them.
  func takeBack(
    _ kind: Decision.Kind, by: String, why: String, _ matches: (Decision) -> Bool
  ) throws -> [Decision] {
    let taken = try standing(kind).filter(matches)
    for decision in taken {
      guard var back = decision.takenBack else { continue }
      (back.by, back.why, back.at) = (by, why, now)
      try decide(back)
    }
    return taken
  }

  func record(
    _ kind: Decision.Kind, _ item: ItemID, occurrence: CivilDate? = nil, person: String = "",
    until: CivilDate? = nil, by: String, why: String
  ) throws {
    try decide(
      Decision(
        kind, plan: item.plan, item: item.id, identity: item.identity, occurrence: occurrence, person: person,
        until: until, by: by, why: why, at: now))
  }

  private func decide(_ decision: Decision) throws {
    try Failure.translating {
      try outbox.decide(decision)
      try rehearsal?.decide(decision)
    }
  }
}
