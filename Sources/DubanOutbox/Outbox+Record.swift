import DubanCore

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

  static func endAttempts(_ alike: [FinishedClaim], _ dialect: Dialect) -> Statement {
    let finished = alike[0]
    let outcome: Attempt.Outcome =
      switch finished.verdict.entry {
      case .sent: .sent
      case .retry: .deferred
      case .giveUp: .failed
      }
    return Statement(
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
  static func endEntries(_ alike: [FinishedClaim], _ dialect: Dialect) throws -> Statement {
    let (finished, claim) = (alike[0], alike[0].claim)
    let state = try EntryTransition.of(.sending, .verdict(finished.verdict.entry)).state(of: claim.entry)
    let next: Timestamp? = if case .retry(let at) = finished.verdict.entry { at } else { nil }
    return Statement(
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
  static func trust(_ taken: [FinishedClaim], _ dialect: Dialect) throws -> Statement {
    Statement(
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
