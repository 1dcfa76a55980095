public import DubanCore

extension Outbox {
  /// Whether the relay is stopped or paused; nil: nothing was ever said, or it was cleared.
  public func relayState() throws(OutboxError) -> RelayState? { try read { db in try Outbox.relayState(db) } }

  /// Lets mail go again after authentication was refused: call it on reload and restart, once a person may have
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

/// Something to remember between runs, such as what a person was notified of once.
public struct Fact: Sendable, Hashable {
  /// What it is about.
  public var key: String
  /// What is remembered.
  public var value: String
  /// Since when.
  public var at: Timestamp
}

extension Outbox {
  /// What is remembered under `key`.
  public func fact(_ key: String) throws(OutboxError) -> Fact? {
    try read { db in
      try db.row("SELECT * FROM fact WHERE key = ?", [key], Fact.init)
    }
  }

  /// Everything that is remembered under a key that begins with `prefix`, by key.
  public func facts(withPrefix prefix: String) throws(OutboxError) -> [Fact] {
    try read { db in
      try db.rows(
        "SELECT * FROM fact WHERE substr(key, 1, length(?)) = ? ORDER BY key", [prefix, prefix], Fact.init)
    }
  }

  /// Remembers `value` under `key`, unless something is remembered there. Returns whether it was new: of two
  /// processes that ask at once, one gets yes.
  public func rememberOnce(_ key: String, _ value: String, at now: Timestamp) throws(OutboxError) -> Bool {
    try write { db in try Self.rememberOnce(key, value, at: now, db) }
  }

  static func rememberOnce(
    _ key: String, _ value: String, at now: Timestamp, _ db: any Transaction
  ) throws -> Bool {
    try db.execute(
      "INSERT INTO fact (key, value, at) VALUES (?, ?, ?) ON CONFLICT (key) DO NOTHING",
      [key, value, now.seconds]) > 0
  }

  /// Remembers `value` under `key` in place of what was there.
  public func remember(_ key: String, _ value: String, at now: Timestamp) throws(OutboxError) {
    try write { db in try Self.remember(key, value, at: now, db) }
  }

  static func remember(_ key: String, _ value: String, at now: Timestamp, _ db: any Transaction) throws {
    try db.execute(
      """
      INSERT INTO fact (key, value, at) VALUES (?, ?, ?)
      ON CONFLICT (key) DO UPDATE SET value = excluded.value, at = excluded.at
      """, [key, value, now.seconds])
  }

  /// Remembers each value under its key, and forgets the keys without one, in one transaction.
  public func change(_ facts: [String: String?], at now: Timestamp) throws(OutboxError) {
    guard !facts.isEmpty else { return }
    try write { db in
      for (key, value) in facts {
        if let value {
          try Self.remember(key, value, at: now, db)
        } else {
          try Self.forget(key, db)
        }
      }
    }
  }

  /// Forgets what is remembered under these keys, in one transaction.
  public func forget(_ keys: [String]) throws(OutboxError) {
    guard !keys.isEmpty else { return }
    try write { db in for key in keys { try Self.forget(key, db) } }
  }

  private static func forget(_ key: String, _ db: any Transaction) throws {
    try db.execute("DELETE FROM fact WHERE key = ?", [key])
  }
}

extension Fact {
  init(_ row: ResultRow) {
    self.init(key: row["key"], value: row["value"], at: Timestamp(seconds: row["at"]))
  }
}
