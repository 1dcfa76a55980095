import DubanCore
import DubanOutbox

/// What the outbox promises to those above it, for the contract suite: SQLite keeps it, the model in memory keeps
/// it, and so must any store that comes later.
protocol OutboxStore {
  func enqueue(_ entries: [NewEntry]) throws -> EnqueueResult
  func advance(
    _ finished: [FinishedClaim], givingBack untried: [Claim], takingBack takenBack: [Int64: Timestamp],
    claiming count: Int, on terms: LeasePolicy, within limits: [ClaimLimit], now: Timestamp
  ) throws -> [Claim]
  func renewClaims(on terms: LeasePolicy, now: Timestamp) throws
  func abandonLeases(of owner: ProcessIdentity, now: Timestamp) throws
  func retry(_ id: Int64, now: Timestamp) throws
  func hold(_ id: Int64) throws
  func release(_ id: Int64, now: Timestamp) throws
  func drop(_ id: Int64, now: Timestamp) throws
  func purgeBodies(endedBefore moment: Timestamp, limit: Int) throws -> Int
  func repairAfterClockChange(now: Timestamp) throws -> Int
  func entries(_ filter: EntryFilter) throws -> [Entry]
  func show(_ id: Int64) throws -> EntryDetails
  func backlog() throws -> Backlog
  func handedOver(after since: Timestamp, through now: Timestamp) throws -> [Timestamp]
  func relayState() throws -> RelayState?
  func clearStop() throws
  func badRecipients() throws -> [BadRecipient]
  func clearBadRecipient(_ address: String) throws -> Bool
}

extension Outbox: OutboxStore {}

extension OutboxStore {
  func advance(
    _ finished: [FinishedClaim], givingBack untried: [Claim], claiming count: Int, on terms: LeasePolicy,
    now: Timestamp
  ) throws -> [Claim] {
    try advance(
      finished, givingBack: untried, takingBack: [:], claiming: count, on: terms, within: [], now: now)
  }

  func advance(
    _ finished: [FinishedClaim], claiming count: Int, on terms: LeasePolicy, now: Timestamp
  ) throws -> [Claim] {
    try advance(finished, givingBack: [], claiming: count, on: terms, now: now)
  }

  func claim(_ count: Int = 1, on terms: LeasePolicy = Sample.terms(), now: Timestamp) throws -> [Claim] {
    try advance([], claiming: count, on: terms, now: now)
  }

  func record(_ claim: Claim, _ verdict: DeliveryVerdict, at now: Timestamp) throws {
    _ = try advance([FinishedClaim(claim, verdict, at: now)], claiming: 0, on: Sample.terms(), now: now)
  }

  func giveBack(_ claims: [Claim], at now: Timestamp) throws {
    _ = try advance([], givingBack: claims, claiming: 0, on: Sample.terms(), now: now)
  }

  func states() throws -> [EntryState] { try entries(EntryFilter()).map(\.state) }
}
