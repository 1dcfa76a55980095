public import DubanCore
import Foundation

extension Outbox {
  /// Records what ended, gives back what wasn't tried, and claims up to `count` entries that are due, in one
  /// transaction.
  ///
  /// One commit for all is what makes a long queue quick; the promises are those of ``record(_:)`` and
  /// ``claim(_:on:now:)``. Nothing is claimed while the relay is stopped or paused, also by a verdict recorded
  /// in the same call.
  ///
  /// - Parameters:
  ///   - untried: claims whose mail certainly never reached the relay: their attempts don't count, and their entries have
  ///     the state they had. One whose lease was lost meanwhile stays as it is.
  ///   - takenBack: entries that were given up for a refusal which turned out to be about us, each with the moment until
  ///     which it waits: they are due again, and their addresses are trusted.
  ///   - limits: what no claim may go beyond, counted over all hosts.
  public func advance(
    _ finished: [FinishedClaim], givingBack untried: [Claim] = [],
    takingBack takenBack: [Int64: Timestamp] = [:], claiming count: Int, on terms: LeasePolicy,
    within limits: [ClaimLimit] = [], now: Timestamp
  ) throws(OutboxError) -> [Claim] {
    if untried.isEmpty, takenBack.isEmpty, fence == nil,
      let claims = try translating({
        try engine.advanceAsUsual(finished, claiming: count, on: terms, within: limits, now: now)
      })
    {
      return claims
    }
    // Two hosts that count at the same time would both find room for the last one.
    return try write(limits.isEmpty ? .shared : .exclusive) { db in
      try Outbox.record(finished, db)
      for claim in untried { try Outbox.giveBack(claim, db) }
      for (id, moment) in takenBack { try Outbox.takeBack(id, until: moment, db) }
      guard count > 0 else { return [] }
      try Outbox.reclaimLeases(on: terms, now: now, db)
      let count = try limits.reduce(count) { room, limit in
        min(room, max(limit.most - (try Outbox.handedOverCount(after: limit.since, through: now, db)), 0))
      }
      guard count > 0 else { return [] }
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
      let ids: [Int64] = try db.column(
        "SELECT id FROM entry WHERE state = 'sending' AND leaseOwner = ?", [owner.description])
      for id in ids { try Outbox.loseLease(of: id, now: now, db) }
    }
  }

  /// Takes the leases of processes that are gone, so that what they claimed is due again. Claiming does so too.
  public func reclaim(on terms: LeasePolicy, now: Timestamp) throws(OutboxError) {
    try write(.shared) { db in try Outbox.reclaimLeases(on: terms, now: now, db) }
  }

  /// Takes the leases of processes that are gone.
  ///
  /// A process that is seen to live keeps its lease however long it takes, whatever the clock does: its courier
  /// has its own time limits. Only where it can't be seen does the lease's end decide; where other
  /// hosts claim too, it always does.
  private static func reclaimLeases(
    on terms: LeasePolicy, now: Timestamp, _ db: any Transaction
  ) throws {
    let observer = terms.owner
    let leases: [(id: Int64, holder: String, until: Int64)] = try db.rows(
      """
      SELECT id, leaseOwner, leaseUntil FROM entry
      WHERE state = 'sending' AND leaseOwner <> ? ORDER BY id \(db.dialect.skippingLocked)
      """, [observer.description]
    ) { ($0[0], $0[1], $0[2]) }
    for (id, holder, until) in leases {
      let liveness =
        terms.isShared ? .unknown : ProcessIdentity(holder)?.liveness(seenBy: observer) ?? .unknown
      if liveness == .dead || (liveness == .unknown && until <= now.seconds) {
        try loseLease(of: id, now: now, db)
      }
    }
  }

  private static func loseLease(of id: Int64, now: Timestamp, _ db: any Transaction) throws {
    let state = try changedState(of: id, .leaseLost, db)
    let words = "the process ended during the attempt"
    try db.execute(
      """
      UPDATE attempt SET endedAt = ?, outcome = 'lost', answer = ?, possiblyDelivered = 1
      WHERE entry = ? AND outcome IS NULL
      """, [now.seconds, words, id])
    try db.execute(
      """
      UPDATE entry SET state = ?, leaseOwner = NULL, leaseUntil = NULL, possiblyDelivered = 1, answer = ?,
        code = NULL
      WHERE id = ?
      """, [state.rawValue, words, id])
  }

  /// The claims on what is due, not made yet. Only reads.
  private static func due(
    _ count: Int, on terms: LeasePolicy, now: Timestamp, _ db: any Transaction
  ) throws -> [Claim] {
    var claims: [Claim] = []
    try db.forEach(
      """
      SELECT id, reversePath, recipient, messageID, subject, queuedAt, attempts, nextAttempt, state, bytes
      FROM entry LEFT JOIN body ON body.entry = entry.id
      WHERE state IN ('queued', 'deferred') AND nextAttempt <= ? ORDER BY nextAttempt, id LIMIT ?
      \(db.dialect.skippingLocked)
      """, [now.seconds, count]
    ) { row in
      let (id, attempts): (Int64, Int) = (row[0], row[6])
      guard let state = EntryState(rawValue: row[8]), let body = row[9] as Data? else {
        throw OutboxError.noEntry(id)
      }
      claims.append(
        Claim(
          entry: id, attempt: attempts + 1, owner: terms.owner, reversePath: row[1], recipient: row[2],
          messageID: row[3], subject: row[4], body: Array(body), items: [],
          queuedAt: Timestamp(seconds: row[5]), lostAttemptAt: nil, stateBefore: state,
          dueBefore: Timestamp(seconds: row[7])))
    }
    try addItems(to: &claims, db)
    for index in claims.indices {
      claims[index].lostAttemptAt = try lostAttempt(claims[index].attempt - 1, of: claims[index].entry, db)
    }
    return claims
  }

  /// Makes claims good: counts their attempts and takes the leases.
  ///
  /// One statement for all of them: SQLite sets up what the constraints need for each statement anew, which costs
  /// more than the change of an entry.
  private static func claim(_ claims: [Claim], on terms: LeasePolicy, now: Timestamp, _ db: any Transaction)
    throws
  {
    for claim in claims { _ = try EntryTransition.of(claim.stateBefore, .claimed).state(of: claim.entry) }
    // Almost always all of them are at their first attempt.
    for (attempt, some) in Dictionary(grouping: claims, by: \.attempt) {
      let ids = Dialect.list(some.map(\.entry))
      try db.execute(
        """
        UPDATE entry SET state = 'sending', attempts = ?, lastAttempt = ?, nextAttempt = ?, leaseOwner = ?,
          leaseUntil = ?
        WHERE id IN (\(db.dialect.numbers))
        """,
        [
          attempt, now.seconds, now.seconds + terms.backOff.wait(after: attempt), terms.owner.description,
          now.seconds + terms.lease, ids,
        ])
      try db.execute(
        """
        INSERT INTO attempt (entry, number, startedAt)
        SELECT id, ?, ? FROM entry WHERE id IN (\(db.dialect.numbers))
        """, [attempt, now.seconds, ids])
    }
  }

  /// As if it had never been claimed.
  private static func giveBack(_ claim: Claim, _ db: any Transaction) throws {
    let state = try EntryTransition.of(.sending, .givenBack(to: claim.stateBefore)).state(of: claim.entry)
    let given = try db.execute(
      """
      UPDATE entry SET state = ?, attempts = ?, nextAttempt = ?, leaseOwner = NULL, leaseUntil = NULL,
        lastAttempt = (SELECT startedAt FROM attempt WHERE entry = ? AND number = ?)
      WHERE id = ? AND state = 'sending' AND leaseOwner = ? AND attempts = ?
      """,
      [
        state.rawValue, claim.attempt - 1, claim.dueBefore.seconds, claim.entry, claim.attempt - 1,
        claim.entry,
        claim.owner.description, claim.attempt,
      ])
    guard given > 0 else { return }
    try db.execute("DELETE FROM attempt WHERE entry = ? AND number = ?", [claim.entry, claim.attempt])
  }

  /// As if it had been refused for now.
  private static func takeBack(_ id: Int64, until moment: Timestamp, _ db: any Transaction) throws {
    let state = try changedState(of: id, .takenBack, db)
    try db.execute(
      "UPDATE entry SET state = ?, nextAttempt = ?, endedAt = NULL WHERE id = ? AND state = 'failed'",
      [state.rawValue, moment.seconds, id])
    try db.execute(
      "DELETE FROM badRecipient WHERE address = (SELECT recipient FROM entry WHERE id = ?)", [id])
  }

  /// The items that each mail reminds of, with one query for all of them.
  private static func addItems(to claims: inout [Claim], _ db: any Transaction) throws {
    guard !claims.isEmpty else { return }
    var items: [Int64: [String]] = [:]
    try db.forEach(
      "SELECT entry, item FROM reminder WHERE entry IN (\(db.dialect.numbers)) ORDER BY rowid",
      [Dialect.list(claims.map(\.entry))]
    ) { items[$0[0] as Int64, default: []].append($0[1]) }
    for index in claims.indices { claims[index].items = items[claims[index].entry] ?? [] }
  }

  /// When the attempt of that number began, if it was lost.
  private static func lostAttempt(
    _ number: Int, of id: Int64, _ db: any Transaction
  ) throws -> Timestamp? {
    guard number > 0 else { return nil }
    let start: Int64? = try db.first(
      "SELECT startedAt FROM attempt WHERE entry = ? AND number = ? AND outcome = 'lost'", [id, number])
    return start.map(Timestamp.init(seconds:))
  }

  /// The state after `event`, or the refusal as an error. Only reads; nobody else changes it until the transaction ends.
  static func changedState(of id: Int64, _ event: EntryEvent, _ db: any Transaction) throws -> EntryState {
    let name: String? = try db.first("SELECT state FROM entry WHERE id = ? \(db.dialect.forUpdate)", [id])
    guard let state = name.flatMap(EntryState.init) else { throw OutboxError.noEntry(id) }
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

extension Outbox {
  /// Records how one attempt ended: the entry's state, the relay's answer, and what it means for the relay and
  /// the recipient, in one transaction.
  ///
  /// A claim whose lease was lost meanwhile changes nothing but its own attempt, unless the relay took the mail.
  public func record(_ finished: FinishedClaim) throws(OutboxError) {
    try write(.shared) { db in try Outbox.record([finished], db) }
  }

  /// Records them in their order, those that ended alike with one statement.
  static func record(_ finished: [FinishedClaim], _ db: any Transaction) throws {
    for alike in finished.endedAlike {
      try db.execute(endAttempts(alike, db.dialect))
      let statement = try endEntries(alike, db.dialect)
      let ended = Set(try db.column(statement.sql, statement.values) as [Int64])
      for late in alike where !ended.contains(late.claim.entry) { try endLate(late, db) }
      try recordRelay(alike[0].verdict, at: alike[0].at, db)
      try recordRecipients(alike, db)
    }
  }

  static func endAttempts(_ alike: [FinishedClaim], _ dialect: Dialect) -> SQLStatement {
    let finished = alike[0]
    let outcome: Attempt.Outcome =
      switch finished.verdict.entry {
      case .sent: .sent
      case .retry: .deferred
      case .giveUp: .failed
      }
    return SQLStatement(
      sql: """
        UPDATE attempt SET endedAt = ?, outcome = ?, answer = ?, code = ?, possiblyDelivered = ?
        WHERE entry IN (\(dialect.numbers)) AND number = ?
        """,
      values: [
        finished.at.seconds, outcome.rawValue, finished.verdict.answer, finished.verdict.code,
        finished.verdict.possiblyDelivered, Dialect.list(alike.map(\.claim.entry)), finished.claim.attempt,
      ])
  }

  /// Ends the attempts of those entries whose lease wasn't lost, and gives the numbers of these.
  static func endEntries(_ alike: [FinishedClaim], _ dialect: Dialect) throws -> SQLStatement {
    let (finished, claim) = (alike[0], alike[0].claim)
    let state = try EntryTransition.of(.sending, .verdict(finished.verdict.entry)).state(of: claim.entry)
    let next: Timestamp? = if case .retry(let at) = finished.verdict.entry { at } else { nil }
    return SQLStatement(
      sql: """
        UPDATE entry SET state = ?, nextAttempt = ?, leaseOwner = NULL, leaseUntil = NULL, endedAt = ?,
          answer = ?, code = ?, possiblyDelivered = CASE WHEN ? = 1 THEN 1 ELSE possiblyDelivered END
        WHERE id IN (\(dialect.numbers)) AND state = 'sending' AND leaseOwner = ? AND attempts = ?
        RETURNING id
        """,
      values: [
        state.rawValue, next?.seconds, next == nil ? finished.at.seconds : nil, finished.verdict.answer,
        finished.verdict.code, finished.verdict.possiblyDelivered, Dialect.list(alike.map(\.claim.entry)),
        claim.owner.description, claim.attempt,
      ])
  }

  private static func endLate(_ finished: FinishedClaim, _ db: any Transaction) throws {
    let id = finished.claim.entry
    let state = try changedState(of: id, .lateVerdict(finished.verdict.entry), db)
    guard finished.verdict.entry == .sent else { return }
    if state == .sent {
      try db.execute(
        """
        UPDATE entry SET state = 'sent', nextAttempt = NULL, endedAt = ?, answer = ?, code = ?, dropped = 0
        WHERE id = ?
        """, [finished.at.seconds, finished.verdict.answer, finished.verdict.code, id])
    } else {
      try db.execute("UPDATE entry SET possiblyDelivered = 1 WHERE id = ?", [id])
    }
  }

  private static func recordRecipients(_ alike: [FinishedClaim], _ db: any Transaction) throws {
    let first = alike[0]
    if first.verdict.badRecipient {
      for one in alike {
        try db.execute(
          """
          INSERT INTO badRecipient (address, answer, since) VALUES (?, ?, ?)
          ON CONFLICT (address) DO UPDATE SET answer = excluded.answer
          """, [one.claim.recipient, one.verdict.answer, one.at.seconds])
      }
    } else if first.verdict.entry == .sent {
      // Hardly ever is any address bad.
      guard try db.first("SELECT EXISTS (SELECT 1 FROM badRecipient)") == true else { return }
      try db.execute(trust(alike, db.dialect))
    }
  }

  /// Trusts the recipients of what was taken.
  static func trust(_ taken: [FinishedClaim], _ dialect: Dialect) throws -> SQLStatement {
    SQLStatement(
      sql: "DELETE FROM badRecipient WHERE address IN (\(dialect.texts))",
      values: [try Dialect.list(taken.map(\.claim.recipient))])
  }
}

extension [FinishedClaim] {
  /// The same in their order, in pieces that ended alike.
  var endedAlike: [[FinishedClaim]] {
    var (pieces, rest): ([[FinishedClaim]], ArraySlice<FinishedClaim>) = ([], self[...])
    while let first = rest.first {
      let alike = rest.prefix { $0.endedLike(first) }
      rest = rest.dropFirst(alike.count)
      pieces.append(Array(alike))
    }
    return pieces
  }
}

extension FinishedClaim {
  /// Whether both leave the same in the outbox, but for the entry.
  fileprivate func endedLike(_ other: FinishedClaim) -> Bool {
    verdict == other.verdict && at == other.at && claim.attempt == other.claim.attempt
      && claim.owner == other.claim.owner
  }
}
