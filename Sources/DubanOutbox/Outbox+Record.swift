import DubanCore

extension Outbox {
  /// Records how one attempt ended: the entry's state, the relay's answer, and what it means for the relay and
  /// the recipient, in one transaction.
  ///
  /// A claim whose lease was lost meanwhile changes nothing but its own attempt, unless the relay took the mail.
  public func record(_ finished: FinishedClaim) throws(OutboxError) {
    try write(.besideClaims) { db in try Outbox.record([finished], db) }
  }

  /// Records them in their order, those that ended alike with one statement.
  static func record(_ finished: [FinishedClaim], _ db: any Transaction) throws {
    var rest = finished[...]
    while let first = rest.first {
      let alike = rest.prefix { $0.endedLike(first) }
      rest = rest.dropFirst(alike.count)
      let ids = alike.map(\.claim.entry)
      try endAttempts(ids, like: first, db)
      let ended = try end(ids, like: first, db)
      for late in alike where !ended.contains(late.claim.entry) { try endLate(late, db) }
      try recordRelay(first.verdict, at: first.at, db)
      try recordRecipients(alike, db)
    }
  }

  private static func endAttempts(_ ids: [Int64], like finished: FinishedClaim, _ db: any Transaction) throws
  {
    let outcome: Attempt.Outcome =
      switch finished.verdict.entry {
      case .sent: .sent
      case .retry: .deferred
      case .giveUp: .failed
      }
    try db.execute(
      """
      UPDATE attempt SET endedAt = ?, outcome = ?, answer = ?, code = ?, possiblyDelivered = ?
      WHERE entry IN (\(db.dialect.numbers)) AND number = ?
      """,
      [
        finished.at.seconds, outcome.rawValue, finished.verdict.answer, finished.verdict.code,
        finished.verdict.possiblyDelivered, Dialect.list(ids), finished.claim.attempt,
      ])
  }

  /// Ends the attempts of those entries whose lease wasn't lost, and returns these.
  private static func end(_ ids: [Int64], like finished: FinishedClaim, _ db: any Transaction) throws -> Set<
    Int64
  > {
    let claim = finished.claim
    let state = try EntryTransition.of(.sending, .verdict(finished.verdict.entry)).state(of: claim.entry)
    let next: Timestamp? = if case .retry(let at) = finished.verdict.entry { at } else { nil }
    let ended: [Int64] = try db.column(
      """
      UPDATE entry SET state = ?, nextAttempt = ?, leaseOwner = NULL, leaseUntil = NULL, endedAt = ?,
        answer = ?, code = ?, possiblyDelivered = CASE WHEN ? = 1 THEN 1 ELSE possiblyDelivered END
      WHERE id IN (\(db.dialect.numbers)) AND state = 'sending' AND leaseOwner = ? AND attempts = ?
      RETURNING id
      """,
      [
        state.rawValue, next?.seconds, next == nil ? finished.at.seconds : nil, finished.verdict.answer,
        finished.verdict.code, finished.verdict.possiblyDelivered, Dialect.list(ids),
        claim.owner.description, claim.attempt,
      ])
    return Set(ended)
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

  private static func recordRecipients(_ alike: ArraySlice<FinishedClaim>, _ db: any Transaction) throws {
    guard let first = alike.first else { return }
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
      for one in alike {
        try db.execute("DELETE FROM badRecipient WHERE address = ?", [one.claim.recipient])
      }
    }
  }
}

extension FinishedClaim {
  /// Whether both leave the same in the outbox, but for the entry.
  fileprivate func endedLike(_ other: FinishedClaim) -> Bool {
    verdict == other.verdict && at == other.at && claim.attempt == other.claim.attempt
      && claim.owner == other.claim.owner
  }
}
