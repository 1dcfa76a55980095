import DubanCore
import GRDB

extension Outbox {
  /// Records how one attempt ended: the entry's state, the relay's answer, and what it means for the relay and
  /// the recipient, in one transaction.
  ///
  /// A claim whose lease was lost meanwhile changes nothing but its own attempt, unless the relay took the mail.
  public func record(_ finished: FinishedClaim) throws(OutboxError) {
    try write { db in try Outbox.record(finished, db) }
  }

  static func record(_ finished: FinishedClaim, _ db: Database) throws {
    try endAttempt(finished, db)
    if try !end(finished, db) { try endLate(finished, db) }
    try recordRelay(finished.verdict, at: finished.at, db)
    try recordRecipient(finished, db)
  }

  private static func endAttempt(_ finished: FinishedClaim, _ db: Database) throws {
    let outcome: Attempt.Outcome =
      switch finished.verdict.entry {
      case .sent: .sent
      case .retry: .deferred
      case .giveUp: .failed
      }
    try db.cachedStatement(
      sql: """
        UPDATE attempt SET endedAt = ?, outcome = ?, answer = ?, code = ?, possiblyDelivered = ?
        WHERE entry = ? AND number = ?
        """
    ).execute(arguments: [
      finished.at.seconds, outcome.rawValue, finished.verdict.answer, finished.verdict.code,
      finished.verdict.possiblyDelivered, finished.claim.entry, finished.claim.attempt,
    ])
  }

  /// Ends the entry's attempt, unless its lease was lost; returns whether it was still held.
  private static func end(_ finished: FinishedClaim, _ db: Database) throws -> Bool {
    let claim = finished.claim
    let state = try EntryTransition.of(.sending, .verdict(finished.verdict.entry)).state(of: claim.entry)
    let next: Timestamp? = if case .retry(let at) = finished.verdict.entry { at } else { nil }
    try db.cachedStatement(
      sql: """
        UPDATE entry SET state = ?, nextAttempt = ?, leaseOwner = NULL, leaseUntil = NULL, endedAt = ?,
          answer = ?, code = ?, possiblyDelivered = max(possiblyDelivered, ?)
        WHERE id = ? AND state = 'sending' AND leaseOwner = ? AND attempts = ?
        """
    ).execute(arguments: [
      state.rawValue, next?.seconds, next == nil ? finished.at.seconds : nil, finished.verdict.answer,
      finished.verdict.code, finished.verdict.possiblyDelivered, claim.entry, claim.owner.description,
      claim.attempt,
    ])
    return db.changesCount > 0
  }

  private static func endLate(_ finished: FinishedClaim, _ db: Database) throws {
    let id = finished.claim.entry
    let state = try changedState(of: id, .lateVerdict(finished.verdict.entry), db)
    guard finished.verdict.entry == .sent else { return }
    if state == .sent {
      try db.cachedStatement(
        sql: """
          UPDATE entry SET state = 'sent', nextAttempt = NULL, endedAt = ?, answer = ?, code = ?, dropped = 0
          WHERE id = ?
          """
      ).execute(arguments: [finished.at.seconds, finished.verdict.answer, finished.verdict.code, id])
    } else {
      try db.cachedStatement(sql: "UPDATE entry SET possiblyDelivered = 1 WHERE id = ?")
        .execute(arguments: [id])
    }
  }

  private static func recordRecipient(_ finished: FinishedClaim, _ db: Database) throws {
    if finished.verdict.badRecipient {
      try db.cachedStatement(
        sql: """
          INSERT INTO badRecipient (address, answer, since) VALUES (?, ?, ?)
          ON CONFLICT (address) DO UPDATE SET answer = excluded.answer
          """
      ).execute(arguments: [finished.claim.recipient, finished.verdict.answer, finished.at.seconds])
    } else if finished.verdict.entry == .sent {
      try db.cachedStatement(sql: "DELETE FROM badRecipient WHERE address = ?")
        .execute(arguments: [finished.claim.recipient])
    }
  }
}
