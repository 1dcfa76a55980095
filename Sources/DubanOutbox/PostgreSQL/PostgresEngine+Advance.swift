import DubanCore
import Foundation

// What a delivery asks for all the time, in one round trip. Where anything is out of the usual, a statement refuses (see
// ``PostgresEngine/writeAtOnce(_:_:_:recall:)``), and Outbox+Claim.swift goes through it step by step.
extension PostgresEngine {
  func advanceAsUsual(
    _ finished: [FinishedClaim], claiming count: Int, on terms: LeasePolicy, within limits: [ClaimLimit],
    now: Timestamp
  ) throws -> [Claim]? {
    guard finished.allSatisfy(\.isUsual), count > 0 || !finished.isEmpty else { return nil }
    var statements: [SQLStatement] = []
    for alike in finished.endedAlike {
      statements.append(Outbox.endAttempts(alike, dialect))
      statements.append(Self.changing(alike.count, try Outbox.endEntries(alike, dialect)))
      if alike[0].verdict.entry == .sent { statements.append(try Outbox.trust(alike, dialect)) }
    }
    if count > 0 {
      statements += [Self.asUsual(terms, now), Self.claim(count, on: terms, within: limits, now)]
    }
    return try writeAtOnce(limits.isEmpty ? .shared : .exclusive, statements) { result in
      try (0..<(count > 0 ? result.rows : 0)).map { row in
        try Claim(ResultRow(source: .postgres(PostgresRow(result: result, row: row))), terms.owner)
      }
    } recall: { db, writer in
      // Nothing was done on this handle since: what this transaction changed last is what it claimed.
      try db.rows(
        """
        SELECT \(Self.columns), attempts - 1, CAST(? AS bigint),
          CASE attempts WHEN 1 THEN 'queued' ELSE 'deferred' END, \(Self.details("entry.attempts - 1"))
        FROM entry LEFT JOIN body ON body.entry = entry.id
        WHERE state = 'sending' AND leaseOwner = ? AND entry.xmin = (SELECT xmin FROM writer WHERE id = ?) ORDER BY id
        """, [now.seconds, terms.owner.description, writer]
      ) { try Claim($0, terms.owner) }
    }
  }

  /// The statement, which has to give so many rows.
  private static func changing(_ rows: Int, _ statement: SQLStatement) -> SQLStatement {
    SQLStatement(
      sql: """
        WITH changed AS (\(statement.sql))
        SELECT 1 / CASE count(*) WHEN ? THEN 1 ELSE 0 END FROM changed
        """, values: statement.values + [rows])
  }

  /// Nothing is to be taken from another process, and the relay is open.
  private static func asUsual(_ terms: LeasePolicy, _ now: Timestamp) -> SQLStatement {
    SQLStatement(
      sql: """
        SELECT 1 / CASE WHEN
            EXISTS (SELECT 1 FROM entry WHERE state = 'sending' AND leaseOwner <> ?1 AND (leaseUntil <= ?2 OR ?3 = 0))
            OR EXISTS (SELECT 1 FROM relay WHERE stoppedUntil > ?2 OR pausedUntil > ?2)
          THEN 0 ELSE 1 END
        """, values: [terms.owner.description, now.seconds, terms.isShared])
  }

  private static let columns = "entry.id, reversePath, recipient, messageID, subject, queuedAt"
  /// The bytes, the items, and the beginning of the attempt of that number if it was lost.
  private static func details(_ lastAttempt: String) -> String {
    """
    bytes, (SELECT CAST(json_agg(item ORDER BY rowid) AS text) FROM reminder WHERE reminder.entry = entry.id),
    (SELECT startedAt FROM attempt
     WHERE attempt.entry = entry.id AND number = \(lastAttempt) AND outcome = 'lost')
    """
  }

  /// What ``Outbox/advance(_:givingBack:takingBack:claiming:on:within:now:)`` does with what is due, as one statement.
  private static func claim(
    _ count: Int, on terms: LeasePolicy, within limits: [ClaimLimit], _ now: Timestamp
  ) -> SQLStatement {
    // As many as there are doublings; PostgreSQL counts from 1.
    let waits = (1...17).map { String(terms.backOff.wait(after: $0)) }.joined(separator: ",")
    var values: [(any SQLValue)?] = [
      now.seconds, "{\(waits)}", terms.owner.description, now.seconds + terms.lease, count,
    ]
    let rooms = limits.map { limit in
      values += [limit.most, limit.since.seconds]
      return
        ", ?\(values.count - 1) - (SELECT count(*) \(Outbox.handedOver(after: values.count, through: 1)))"
    }
    return SQLStatement(
      sql: """
        WITH due AS (
          SELECT entry.* FROM entry WHERE state IN ('queued', 'deferred') AND nextAttempt <= ?1
          ORDER BY nextAttempt, id LIMIT greatest(least(CAST(?5 AS bigint)\(rooms.joined())), 0) FOR UPDATE SKIP LOCKED
        ), claimed AS (
          UPDATE entry SET state = 'sending', attempts = due.attempts + 1, lastAttempt = ?1,
            nextAttempt = ?1 + (CAST(?2 AS bigint[]))[least(due.attempts, 16) + 1], leaseOwner = ?3, leaseUntil = ?4
          FROM due WHERE entry.id = due.id
        ), begun AS (
          INSERT INTO attempt (entry, number, startedAt) SELECT id, attempts + 1, ?1 FROM due
        )
        SELECT \(columns), attempts, nextAttempt, state, \(details("entry.attempts"))
        FROM due AS entry LEFT JOIN body ON body.entry = entry.id ORDER BY nextAttempt, entry.id
        """, values: values)
  }
}

extension FinishedClaim {
  /// Whether it leaves nothing but its entry, its attempt and its recipient's good name.
  fileprivate var isUsual: Bool {
    switch verdict.relay {
    case .goOn, .newConnection: !verdict.badRecipient
    case .pause, .stop: false
    }
  }
}

extension Claim {
  /// What ``PostgresEngine`` gives of an entry that it has claimed, as it was before.
  fileprivate init(_ row: ResultRow, _ owner: ProcessIdentity) throws {
    let id: Int64 = row[0]
    guard let state = EntryState(rawValue: row[8]), let body = row[9] as Data? else {
      throw OutboxError.noEntry(id)
    }
    let items = row[10] as String?
    self.init(
      entry: id, attempt: row[6] + 1, owner: owner, reversePath: row[1], recipient: row[2], messageID: row[3],
      subject: row[4], body: Array(body),
      items: try items.map { try JSONDecoder().decode([String].self, from: Data($0.utf8)) } ?? [],
      queuedAt: Timestamp(seconds: row[5]),
      lostAttemptAt: (row[11] as Int64?).map(Timestamp.init(seconds:)), stateBefore: state,
      dueBefore: Timestamp(seconds: row[7]))
  }
}
