import DubanCore
import DubanDaemon
import DubanOutbox

/// What the commands that record a person's decision share: the items there are, and where decisions are kept.
struct DecisionDesk {
  let today: CivilDate
  private let now: Timestamp
  private let outbox: Outbox
  private let agenda: [AgendaItem]
  private let ledgers: [Ledger]

  init(_ common: CommonOptions) throws {
    let read = try common.load()
    let now = common.clock(read.zone).now()
    self.now = now
    today = read.zone.day(of: now)
    let outbox = try common.outbox(read, .readWrite)
    // What is decided belongs to the measure as it is now, however the ledger is numbered when the service reads it.
    let inForce = try Failure.translating { try read.registered(in: outbox, at: now) }
    let decisions = try Failure.translating { try DecisionReader.read(outbox) }
    self.outbox = outbox
    agenda = inForce.planner(decisions).agenda(on: today)
    ledgers = inForce.ledgers
  }

  /// Every unit that owes reports.
  var units: [String] {
    var seen: Set<String> = []
    return ledgers.flatMap { $0.owners.map(\.unit) }.filter { seen.insert($0).inserted }
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

  func record(
    _ kind: Decision.Kind, _ item: ItemID, occurrence: CivilDate? = nil, person: String = "",
    until: CivilDate? = nil, by: String, why: String
  ) throws {
    try Failure.translating {
      try outbox.decide(
        Decision(
          kind, plan: item.plan, item: item.id, identity: item.identity, occurrence: occurrence,
          person: person, until: until, by: by,
          why: why,
          at: now))
    }
  }
}
