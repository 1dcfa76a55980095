public import DubanCore

/// Something to remember between runs, such as what a person has been told once.
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
  /// processes that ask at once, one is told so.
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

  /// Adds decisions, in one transaction; earlier ones stay on record. The proposal whose acceptance one takes back is open
  /// again.
  public func decide(_ decisions: [Decision]) throws(OutboxError) {
    try write { db in
      for decision in decisions {
        try Self.insert(decision, db)
        try Self.reopenProposals(takenBackBy: decision, db)
      }
    }
  }

  static func insert(_ decision: Decision, _ db: any Transaction) throws {
    try db.execute(
      """
      INSERT INTO decision (kind, plan, item, identity, occurrence, person, until, decidedBy, why, at, words, former,
        evidence)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        decision.kind.rawValue, decision.plan, decision.item, decision.identity,
        decision.occurrence?.description,
        decision.person, decision.until?.description, decision.by, decision.why, decision.at.seconds,
        decision.words, decision.former, decision.evidence,
      ])
  }

  /// Every decision, oldest first.
  public func decisions() throws(OutboxError) -> [Decision] {
    try read { db in
      try db.rows("SELECT * FROM decision ORDER BY id", [], Decision.init)
    }
  }
}
