public import DubanCore
import Foundation
import GRDB

extension Outbox {
  /// Records what ended, takes back what wasn't tried, and claims up to `count` entries that are due, in one
  /// transaction.
  ///
  /// One commit for all is what makes a long queue quick; the promises are those of ``record(_:)`` and
  /// ``claim(_:on:now:)``. Nothing is claimed while the relay is stopped or paused, also by a verdict recorded
  /// in the same call.
  ///
  /// - Parameter untried: claims whose mail certainly never reached the relay: their attempts don't count, and their
  ///   entries stand where they stood. One whose lease was lost meanwhile stays as it is.
  public func advance(
    _ finished: [FinishedClaim], givingBack untried: [Claim] = [], claiming count: Int, on terms: LeasePolicy,
    now: Timestamp
  ) throws(OutboxError) -> [Claim] {
    try write { db in
      try Outbox.record(finished, db)
      for claim in untried { try Outbox.giveBack(claim, db) }
      guard count > 0 else { return [] }
      try Outbox.reclaimLeases(of: terms.owner, now: now, db)
      guard try Outbox.relayState(db)?.closedUntil(now) == nil else { return [] }
      let claims = try Outbox.due(count, on: terms, now: now, db)
      try Outbox.claim(claims, on: terms, now: now, db)
      return claims
    }
  }

  /// Claims up to `count` entries that are due, those due longest first.
  ///
  /// Each is then `sending` under the owner's lease, its attempt is counted and its next one set: a crash after
  /// this call can neither lose it nor hammer the relay. Entries whose process died become `deferred` first.
  public func claim(_ count: Int, on terms: LeasePolicy, now: Timestamp) throws(OutboxError) -> [Claim] {
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

  /// The claims on what is due, not made yet. Only reads.
  private static func due(
    _ count: Int, on terms: LeasePolicy, now: Timestamp, _ db: Database
  ) throws -> [Claim] {
    let statement = try db.cachedStatement(
      sql: """
        SELECT id, reversePath, recipient, messageID, subject, queuedAt, attempts, nextAttempt, state, bytes
        FROM entry LEFT JOIN body ON body.entry = entry.id
        WHERE state IN ('queued', 'deferred') AND nextAttempt <= ? ORDER BY nextAttempt, id LIMIT ?
        """)
    let rows = try Row.fetchCursor(statement, arguments: [now.seconds, count])
    var claims: [Claim] = []
    while let row = try rows.next() {
      let (id, attempts): (Int64, Int) = (row[0], row[6])
      guard let state = EntryState(rawValue: row[8]), let body = row[9] as Data? else {
        throw OutboxError.noEntry(id)
      }
      claims.append(
        Claim(
          entry: id, attempt: attempts + 1, owner: terms.owner, reversePath: row[1], recipient: row[2],
          messageID: row[3], subject: row[4], body: Array(body), items: try items(of: id, db),
          queuedAt: Timestamp(seconds: row[5]),
          lostAttemptAt: try lostAttempt(attempts, of: id, db), stateBefore: state,
          dueBefore: Timestamp(seconds: row[7])))
    }
    return claims
  }

  /// Makes claims good: counts their attempts and takes the leases.
  ///
  /// One statement for all of them: SQLite sets up what the constraints need for each statement anew, which costs
  /// more than the change of an entry.
  private static func claim(_ claims: [Claim], on terms: LeasePolicy, now: Timestamp, _ db: Database) throws {
    for claim in claims { _ = try EntryTransition.of(claim.stateBefore, .claimed).state(of: claim.entry) }
    // Almost always all of them are at their first attempt.
    for (attempt, some) in Dictionary(grouping: claims, by: \.attempt) {
      let ids = Outbox.list(some.map(\.entry))
      try db.cachedStatement(
        sql: """
          UPDATE entry SET state = 'sending', attempts = ?, lastAttempt = ?, nextAttempt = ?, leaseOwner = ?,
            leaseUntil = ?
          WHERE id IN (SELECT value FROM json_each(?))
          """
      ).execute(arguments: [
        attempt, now.seconds, now.seconds + terms.wait(after: attempt), terms.owner.description,
        now.seconds + terms.lease, ids,
      ])
      try db.cachedStatement(
        sql: """
          INSERT INTO attempt (entry, number, startedAt) SELECT value, ?, ? FROM json_each(?)
          """
      ).execute(arguments: [attempt, now.seconds, ids])
    }
  }

  /// Numbers as SQLite's `json_each` takes them: one statement for any number of entries.
  static func list(_ ids: [Int64]) -> String { "[" + ids.map(String.init).joined(separator: ",") + "]" }

  /// As if it had never been claimed.
  private static func giveBack(_ claim: Claim, _ db: Database) throws {
    let state = try EntryTransition.of(.sending, .givenBack(to: claim.stateBefore)).state(of: claim.entry)
    try db.cachedStatement(
      sql: """
        UPDATE entry SET state = ?, attempts = ?, nextAttempt = ?, leaseOwner = NULL, leaseUntil = NULL,
          lastAttempt = (SELECT startedAt FROM attempt WHERE entry = ? AND number = ?)
        WHERE id = ? AND state = 'sending' AND leaseOwner = ? AND attempts = ?
        """
    ).execute(arguments: [
      state.rawValue, claim.attempt - 1, claim.dueBefore.seconds, claim.entry, claim.attempt - 1, claim.entry,
      claim.owner.description, claim.attempt,
    ])
    guard db.changesCount > 0 else { return }
    try db.cachedStatement(sql: "DELETE FROM attempt WHERE entry = ? AND number = ?")
      .execute(arguments: [claim.entry, claim.attempt])
  }

  private static func items(of id: Int64, _ db: Database) throws -> [String] {
    try String.fetchAll(
      db.cachedStatement(sql: "SELECT item FROM reminder WHERE entry = ? ORDER BY rowid"), arguments: [id])
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
    return try EntryTransition.of(state, event).state(of: id)
  }
}

extension EntryTransition {
  /// The state after it, or the refusal as an error about that entry.
  func state(of id: Int64) throws(OutboxError) -> EntryState {
    switch self {
    case .to(let state): return state
    case .refused(let why): throw .refused(entry: id, why: why)
    }
  }
}
