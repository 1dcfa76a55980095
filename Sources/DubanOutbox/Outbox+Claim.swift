public import DubanCore
import Foundation
import GRDB

extension Outbox {
  /// Records what ended and claims up to `count` entries that are due, in one transaction.
  ///
  /// One commit for both is what makes a long queue quick; the promises are those of ``record(_:)`` and
  /// ``claim(_:on:now:)``. Nothing is claimed while the relay is stopped or paused, also by a verdict recorded
  /// in the same call.
  public func advance(
    _ finished: [FinishedClaim], claiming count: Int, on terms: ClaimTerms, now: Timestamp
  ) throws(OutboxError) -> [Claim] {
    try write { db in
      for one in finished { try Outbox.record(one, db) }
      guard count > 0 else { return [] }
      try Outbox.reclaimLeases(of: terms.owner, now: now, db)
      guard try Outbox.relayState(db)?.closedUntil(now) == nil else { return [] }
      return try Outbox.due(count, now: now, db).map { try Outbox.claim($0, on: terms, now: now, db) }
    }
  }

  /// Claims up to `count` entries that are due, those due longest first.
  ///
  /// Each is then `sending` under the owner's lease, its attempt is counted and its next one set: a crash after
  /// this call can neither lose it nor hammer the relay. Entries whose process died become `deferred` first.
  public func claim(_ count: Int, on terms: ClaimTerms, now: Timestamp) throws(OutboxError) -> [Claim] {
    try advance([], claiming: count, on: terms, now: now)
  }

  /// Gives back what `owner` claimed and never finished, as if it had died: for its own next start after an
  /// error. A duplicate is possible.
  public func abandonLeases(of owner: ProcessIdentity, now: Timestamp) throws(OutboxError) {
    try write { db in
      let ids = try Int64.fetchAll(
        db, sql: "SELECT id FROM entry WHERE state = 'sending' AND leaseOwner = ?",
        arguments: [owner.description])
      for id in ids { try Outbox.loseLease(of: id, now: now, db) }
    }
  }

  /// Takes the leases of processes that are gone.
  ///
  /// A process that is seen to live keeps its lease however long it takes, whatever the clock does: its courier
  /// has its own time limits. Only where it can't be seen does the lease's end decide.
  private static func reclaimLeases(of observer: ProcessIdentity, now: Timestamp, _ db: Database) throws {
    let statement = try db.cachedStatement(
      sql: "SELECT id, leaseOwner, leaseUntil FROM entry WHERE state = 'sending' AND leaseOwner <> ?")
    for row in try Row.fetchAll(statement, arguments: [observer.description]) {
      let (id, holder, until): (Int64, String, Int64) = (row["id"], row["leaseOwner"], row["leaseUntil"])
      let liveness = ProcessIdentity(holder)?.liveness(seenBy: observer) ?? .unknown
      if liveness == .dead || (liveness == .unknown && until <= now.seconds) {
        try loseLease(of: id, now: now, db)
      }
    }
  }

  private static func loseLease(of id: Int64, now: Timestamp, _ db: Database) throws {
    let state = try changedState(of: id, .leaseLost, db)
    let words = "the process ended during the attempt"
    try db.cachedStatement(
      sql: """
        UPDATE attempt SET endedAt = ?, outcome = 'lost', answer = ?, possiblyDelivered = 1
        WHERE entry = ? AND outcome IS NULL
        """
    ).execute(arguments: [now.seconds, words, id])
    try db.cachedStatement(
      sql: """
        UPDATE entry SET state = ?, leaseOwner = NULL, leaseUntil = NULL, possiblyDelivered = 1, answer = ?,
          code = NULL
        WHERE id = ?
        """
    ).execute(arguments: [state.rawValue, words, id])
  }

  private static func due(_ count: Int, now: Timestamp, _ db: Database) throws -> [Int64] {
    let statement = try db.cachedStatement(
      sql: """
        SELECT id FROM entry WHERE state IN ('queued', 'deferred') AND nextAttempt <= ?
        ORDER BY nextAttempt, id LIMIT ?
        """)
    return try Int64.fetchAll(statement, arguments: [now.seconds, count])
  }

  private static func claim(
    _ id: Int64, on terms: ClaimTerms, now: Timestamp, _ db: Database
  ) throws -> Claim {
    let state = try changedState(of: id, .claimed, db)
    let statement = try db.cachedStatement(
      sql: """
        SELECT reversePath, recipient, messageID, subject, queuedAt, attempts, bytes
        FROM entry JOIN body ON body.entry = entry.id WHERE id = ?
        """)
    guard let row = try Row.fetchOne(statement, arguments: [id]) else { throw OutboxError.noEntry(id) }
    let attempt = (row["attempts"] as Int) + 1
    let lostAttemptAt = try Outbox.lostAttempt(attempt - 1, of: id, db)
    try db.cachedStatement(
      sql: """
        UPDATE entry SET state = ?, attempts = ?, lastAttempt = ?, nextAttempt = ?, leaseOwner = ?,
          leaseUntil = ?
        WHERE id = ?
        """
    ).execute(arguments: [
      state.rawValue, attempt, now.seconds, now.seconds + terms.wait(after: attempt), terms.owner.description,
      now.seconds + terms.lease, id,
    ])
    try db.cachedStatement(sql: "INSERT INTO attempt (entry, number, startedAt) VALUES (?, ?, ?)")
      .execute(arguments: [id, attempt, now.seconds])
    return Claim(
      entry: id, attempt: attempt, owner: terms.owner, reversePath: row["reversePath"],
      recipient: row["recipient"], messageID: row["messageID"], subject: row["subject"],
      body: Array(row["bytes"] as Data), queuedAt: Timestamp(seconds: row["queuedAt"]),
      lostAttemptAt: lostAttemptAt)
  }

  /// When the attempt of that number began, if it was lost.
  private static func lostAttempt(_ number: Int, of id: Int64, _ db: Database) throws -> Timestamp? {
    guard number > 0 else { return nil }
    return try Int64.fetchOne(
      db.cachedStatement(
        sql: "SELECT startedAt FROM attempt WHERE entry = ? AND number = ? AND outcome = 'lost'"),
      arguments: [id, number]
    ).map(Timestamp.init(seconds:))
  }

  /// The state after `event`, or the refusal as an error. Only reads.
  static func changedState(of id: Int64, _ event: EntryEvent, _ db: Database) throws -> EntryState {
    let statement = try db.cachedStatement(sql: "SELECT state FROM entry WHERE id = ?")
    guard let name = try String.fetchOne(statement, arguments: [id]), let state = EntryState(rawValue: name)
    else { throw OutboxError.noEntry(id) }
    switch EntryTransition.of(state, event) {
    case .to(let next): return next
    case .refused(let why): throw OutboxError.refused(entry: id, why: why)
    }
  }
}
