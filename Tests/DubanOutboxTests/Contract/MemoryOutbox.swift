import DubanCore

@testable import DubanOutbox

/// The outbox as simply as it can be said: what SQLite's must behave like, operation by operation.
final class MemoryOutbox: OutboxStore {
  struct Record {
    var new: NewEntry
    var state = EntryState.queued
    var nextAttempt: Timestamp?
    var lastAttempt: Timestamp?
    var leaseOwner: ProcessIdentity?
    var leaseUntil: Timestamp?
    var endedAt: Timestamp?
    var answer: String?
    var code: Int?
    var possiblyDelivered = false
    var dropped = false
    var hasBody = true
    var attempts: [MemoryAttempt] = []
  }

  struct MemoryAttempt: Equatable {
    var startedAt: Timestamp
    var endedAt: Timestamp?
    var outcome: Attempt.Outcome?
    var answer: String?
    var code: Int?
    var possiblyDelivered = false
  }

  var records: [Record] = []
  var relay: RelayState?
  var bad: [String: BadRecipient] = [:]

  func enqueue(_ entries: [NewEntry]) throws -> EnqueueResult {
    var result = EnqueueResult()
    for entry in entries {
      if let index = records.firstIndex(where: { $0.new.key == entry.key }) {
        result.known.append(.init(key: entry.key, reminders: [], entry: Int64(index + 1)))
      } else if let known = knownReminders(of: entry) {
        result.known.append(known)
      } else {
        records.append(Record(new: entry, nextAttempt: max(entry.queuedAt, entry.notBefore)))
        result.queued.append(Int64(records.count))
      }
    }
    return result
  }

  private func knownReminders(of entry: NewEntry) -> EnqueueResult.Known? {
    let found = entry.reminders.compactMap { reminder in
      records.firstIndex { $0.new.reminders.contains { $0.key == reminder.key } }.map {
        (reminder.key, $0 + 1)
      }
    }
    return found.first.map { .init(key: entry.key, reminders: found.map(\.0), entry: Int64($0.1)) }
  }

  func advance(
    _ finished: [FinishedClaim], givingBack untried: [Claim], takingBack takenBack: [Int64: Timestamp],
    claiming count: Int, on terms: LeasePolicy, within limits: [ClaimLimit], now: Timestamp
  ) throws -> [Claim] {
    for one in finished { try record(one) }
    for claim in untried { try giveBack(claim) }
    for (id, moment) in takenBack { try takeBack(Int(id) - 1, until: moment) }
    guard count > 0 else { return [] }
    for index in records.indices {
      guard let owner = records[index].leaseOwner, owner != terms.owner else { continue }
      let liveness = terms.isShared ? .unknown : owner.liveness(seenBy: terms.owner)
      let expired = records[index].leaseUntil.map { $0 <= now } ?? true
      if liveness == .dead || (liveness == .unknown && expired) { try loseLease(index, now) }
    }
    let count = try limits.reduce(count) {
      min($0, max($1.most - (try handedOver(after: $1.since, through: now).count), 0))
    }
    guard relay?.closedUntil(now) == nil else { return [] }
    let due = records.indices.filter {
      [.queued, .deferred].contains(records[$0].state) && records[$0].nextAttempt.map { $0 <= now } == true
    }.sorted { (records[$0].nextAttempt, $0) < (records[$1].nextAttempt, $1) }
    return try due.prefix(count).map { try claim($0, terms, now) }
  }

  func renewClaims(on terms: LeasePolicy, now: Timestamp) {
    for index in records.indices where records[index].leaseOwner == terms.owner {
      records[index].leaseUntil = now.adding(seconds: terms.lease)
    }
  }

  private func giveBack(_ claim: Claim) throws {
    let index = Int(claim.entry) - 1
    guard records[index].leaseOwner == claim.owner, records[index].attempts.count == claim.attempt else {
      return
    }
    try change(index, .givenBack(to: claim.stateBefore))
    records[index].attempts.removeLast()
    records[index].lastAttempt = records[index].attempts.last?.startedAt
    records[index].nextAttempt = claim.dueBefore
    records[index].leaseOwner = nil
    records[index].leaseUntil = nil
  }

  private func takeBack(_ index: Int, until moment: Timestamp) throws {
    let wasGivenUp = records[index].state == .failed
    try change(index, .takenBack)
    bad[records[index].new.recipient] = nil
    guard wasGivenUp else { return }
    records[index].nextAttempt = moment
    records[index].endedAt = nil
  }

  private func claim(_ index: Int, _ terms: LeasePolicy, _ now: Timestamp) throws -> Claim {
    let before = records[index]
    try change(index, .claimed)
    let lost = records[index].attempts.last.flatMap { $0.outcome == .lost ? $0.startedAt : nil }
    records[index].attempts.append(MemoryAttempt(startedAt: now))
    let attempt = records[index].attempts.count
    records[index].lastAttempt = now
    records[index].nextAttempt = now.adding(seconds: terms.backOff.wait(after: attempt))
    records[index].leaseOwner = terms.owner
    records[index].leaseUntil = now.adding(seconds: terms.lease)
    let new = records[index].new
    return Claim(
      entry: Int64(index + 1), attempt: attempt, owner: terms.owner, reversePath: new.reversePath,
      recipient: new.recipient, messageID: new.messageID, subject: new.subject, body: new.body,
      items: new.reminders.map(\.item), queuedAt: new.queuedAt, lostAttemptAt: lost,
      stateBefore: before.state,
      dueBefore: before.nextAttempt ?? now)
  }

  private func record(_ finished: FinishedClaim) throws {
    let (claim, verdict) = (finished.claim, finished.verdict)
    let index = Int(claim.entry) - 1
    records[index].attempts[claim.attempt - 1] = MemoryAttempt(
      startedAt: records[index].attempts[claim.attempt - 1].startedAt, endedAt: finished.at,
      outcome: verdict.entry == .sent ? .sent : verdict.entry == .giveUp ? .failed : .deferred,
      answer: verdict.answer, code: verdict.code, possiblyDelivered: verdict.possiblyDelivered)
    if records[index].leaseOwner == claim.owner, records[index].attempts.count == claim.attempt {
      try change(index, .verdict(verdict.entry))
      end(index, finished)
    } else if verdict.entry == .sent {
      try change(index, .lateVerdict(.sent))
      if records[index].state == .sent {
        records[index].dropped = false
        end(index, finished)
      } else {
        records[index].possiblyDelivered = true
      }
    }
    note(verdict, claim.recipient, finished.at)
  }

  private func end(_ index: Int, _ finished: FinishedClaim) {
    records[index].leaseOwner = nil
    records[index].leaseUntil = nil
    records[index].nextAttempt = if case .retry(let at) = finished.verdict.entry { at } else { nil }
    records[index].endedAt = records[index].nextAttempt == nil ? finished.at : nil
    records[index].answer = finished.verdict.answer
    records[index].code = finished.verdict.code
    if finished.verdict.possiblyDelivered { records[index].possiblyDelivered = true }
  }

  private func note(_ verdict: DeliveryVerdict, _ recipient: String, _ now: Timestamp) {
    if verdict.badRecipient {
      bad[recipient] = BadRecipient(
        address: recipient, answer: verdict.answer, since: bad[recipient]?.since ?? now)
    } else if verdict.entry == .sent {
      bad[recipient] = nil
    }
    switch verdict.relay {
    case .goOn, .newConnection: break
    case .pause(let until):
      relay = RelayState(
        stoppedUntil: relay?.stoppedUntil, pausedUntil: until, reason: verdict.answer, since: now)
    case .stop(let until):
      relay = RelayState(
        stoppedUntil: until, pausedUntil: relay?.pausedUntil, reason: verdict.answer, since: now)
    }
  }

  private func loseLease(_ index: Int, _ now: Timestamp) throws {
    try change(index, .leaseLost)
    let last = records[index].attempts.count - 1
    records[index].attempts[last].endedAt = now
    records[index].attempts[last].outcome = .lost
    records[index].attempts[last].answer = "the process ended during the attempt"
    records[index].attempts[last].code = nil
    records[index].attempts[last].possiblyDelivered = true
    records[index].possiblyDelivered = true
    records[index].leaseOwner = nil
    records[index].leaseUntil = nil
    records[index].answer = "the process ended during the attempt"
    records[index].code = nil
  }

  private func change(_ index: Int, _ event: EntryEvent) throws {
    switch EntryTransition.of(records[index].state, event) {
    case .to(let state): records[index].state = state
    case .refused(let why): throw OutboxError.refused(entry: Int64(index + 1), why: why)
    }
  }

  private func index(_ id: Int64) throws -> Int {
    guard (1...Int64(max(records.count, 1))).contains(id), !records.isEmpty else {
      throw OutboxError.noEntry(id)
    }
    return Int(id) - 1
  }

  func abandonLeases(of owner: ProcessIdentity, now: Timestamp) throws {
    for index in records.indices where records[index].leaseOwner == owner { try loseLease(index, now) }
  }

  func retry(_ id: Int64, now: Timestamp) throws {
    let index = try index(id)
    let before = records[index]
    try change(index, .retryByHand)
    guard before.hasBody else {
      records[index] = before
      throw OutboxError.refused(entry: id, why: "its bytes were purged; a new mail has to be made")
    }
    records[index].nextAttempt = now
    records[index].endedAt = nil
    records[index].dropped = false
  }

  func hold(_ id: Int64) throws {
    let index = try index(id)
    try change(index, .hold)
    records[index].nextAttempt = nil
  }

  func release(_ id: Int64, now: Timestamp) throws {
    let index = try index(id)
    try change(index, .release)
    records[index].nextAttempt = max(now, records[index].new.notBefore)
  }

  func drop(_ id: Int64, now: Timestamp) throws {
    let index = try index(id)
    try change(index, .drop)
    records[index].nextAttempt = nil
    records[index].endedAt = now
    records[index].dropped = true
    records[index].answer = "dropped by hand"
    records[index].code = nil
  }

  func purgeBodies(endedBefore moment: Timestamp, limit: Int) throws -> Int {
    let old = records.indices.filter { index in
      records[index].hasBody && records[index].endedAt.map { $0 < moment } == true
    }.prefix(limit)
    for index in old { records[index].hasBody = false }
    return old.count
  }

  func repairAfterClockChange(now: Timestamp) throws -> Int {
    if let since = relay?.since, since > now { relay = nil }
    let late = records.indices.filter { index in
      let record = records[index]
      return [.queued, .deferred].contains(record.state) && record.nextAttempt.map { $0 > now } == true
        && record.lastAttempt.map { $0 > now } == true
    }
    for index in late { records[index].nextAttempt = now }
    return late.count
  }
}

private func < (left: (Timestamp?, Int), right: (Timestamp?, Int)) -> Bool {
  guard let first = left.0, let second = right.0, first != second else { return left.1 < right.1 }
  return first < second
}
