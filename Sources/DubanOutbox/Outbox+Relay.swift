public import DubanCore

extension Outbox {
  /// Whether the relay is stopped or paused; nil: nothing was ever said, or it was cleared.
  public func relayState() throws(OutboxError) -> RelayState? { try read { db in try Outbox.relayState(db) } }

  /// Lets mail go again after authentication was refused: call it on reload and restart, once somebody may have
  /// put things right. A pause that the relay asked for stays.
  ///
  /// The mails that met with the refusal, or with the same answer, are due at once: what was wrong wasn't theirs.
  public func clearStop() throws(OutboxError) {
    try write { db in
      try db.execute(
        """
        UPDATE entry SET nextAttempt = lastAttempt
        WHERE state = 'deferred' AND EXISTS (
          SELECT 1 FROM relay
          WHERE stoppedUntil IS NOT NULL AND (stoppedUntil = entry.nextAttempt OR reason = entry.answer))
        """)
      try db.execute("DELETE FROM relay WHERE pausedUntil IS NULL")
      try db.execute("UPDATE relay SET stoppedUntil = NULL")
    }
  }

  static func relayState(_ db: any Transaction) throws -> RelayState? {
    try db.row("SELECT stoppedUntil, pausedUntil, reason, since FROM relay WHERE id = 1") { row in
      RelayState(
        stoppedUntil: (row["stoppedUntil"] as Int64?).map(Timestamp.init(seconds:)),
        pausedUntil: (row["pausedUntil"] as Int64?).map(Timestamp.init(seconds:)),
        reason: row["reason"], since: Timestamp(seconds: row["since"]))
    }
  }

  static func recordRelay(_ verdict: DeliveryVerdict, at now: Timestamp, _ db: any Transaction) throws {
    let (stop, pause): (Int64?, Int64?)
    switch verdict.relay {
    case .goOn, .newConnection: return
    case .pause(let until): (stop, pause) = (nil, until.seconds)
    case .stop(let until): (stop, pause) = (until.seconds, nil)
    }
    try db.execute(
      """
      INSERT INTO relay (id, stoppedUntil, pausedUntil, reason, since) VALUES (1, ?, ?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET
        stoppedUntil = coalesce(excluded.stoppedUntil, relay.stoppedUntil),
        pausedUntil = coalesce(excluded.pausedUntil, relay.pausedUntil),
        reason = excluded.reason, since = excluded.since
      """, [stop, pause, verdict.answer, now.seconds])
  }

  /// Every address that the relay refused for good, and not since accepted or cleared.
  public func badRecipients() throws(OutboxError) -> [BadRecipient] {
    try read { db in
      try db.rows("SELECT address, answer, since FROM badRecipient ORDER BY address") { row in
        BadRecipient(address: row["address"], answer: row["answer"], since: Timestamp(seconds: row["since"]))
      }
    }
  }

  /// Trusts an address again, by hand. Returns whether it was marked.
  public func clearBadRecipient(_ address: String) throws(OutboxError) -> Bool {
    try write { db in
      try db.execute("DELETE FROM badRecipient WHERE address = ?", [address]) > 0
    }
  }
}

/// Whether mail may go to the relay now, as every process on the state directory sees it.
public struct RelayState: Sendable, Hashable {
  /// Nothing before this moment, unless a reload or a restart clears it: authentication was refused.
  public var stoppedUntil: Timestamp?
  /// Nothing before this moment: the relay asked for patience.
  public var pausedUntil: Timestamp?
  /// The relay's words.
  public var reason: String
  /// When it said so.
  public var since: Timestamp

  /// The moment from which mail may go again, or nil where it may go now.
  public func closedUntil(_ now: Timestamp) -> Timestamp? {
    [stoppedUntil, pausedUntil].compactMap { $0 }.filter { $0 > now }.max()
  }
}

/// An address that the relay refused for good.
public struct BadRecipient: Sendable, Hashable {
  /// The envelope's recipient, without angle brackets.
  public var address: String
  /// The relay's words.
  public var answer: String
  /// When it said so.
  public var since: Timestamp
}

/// What is left to do, in figures.
public struct Backlog: Sendable, Hashable {
  /// How many entries are in each state that isn't `sent`; absent where there is none.
  public var counts: [EntryState: Int] = [:]
  /// When the oldest entry that is neither sent nor failed was queued.
  public var oldest: Timestamp?
  /// The same of those that nobody holds back.
  public var waitingSince: Timestamp?
  /// When the next entry is due.
  public var nextAttempt: Timestamp?

  /// An empty backlog.
  public init() {}

  /// How many entries are neither sent nor failed.
  public var open: Int { counts.filter { $0.key != .failed && $0.key != .sent }.values.reduce(0, +) }
}
