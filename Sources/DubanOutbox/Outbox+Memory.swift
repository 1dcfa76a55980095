public import DubanCore
import GRDB

extension Outbox {
  /// What is remembered under `key`.
  public func fact(_ key: String) throws(OutboxError) -> Fact? {
    try read { db in
      try Row.fetchOne(db, sql: "SELECT * FROM fact WHERE key = ?", arguments: [key]).map(Fact.init)
    }
  }

  /// Everything that is remembered under a key that begins with `prefix`, by key.
  public func facts(withPrefix prefix: String) throws(OutboxError) -> [Fact] {
    try read { db in
      try Row.fetchAll(
        db, sql: "SELECT * FROM fact WHERE substr(key, 1, length(?)) = ? ORDER BY key",
        arguments: [prefix, prefix]
      ).map(Fact.init)
    }
  }

  /// Remembers `value` under `key`, unless something is remembered there. Returns whether it was new: of two
  /// processes that ask at once, one is told so.
  public func rememberOnce(_ key: String, _ value: String, at now: Timestamp) throws(OutboxError) -> Bool {
    try write { db in
      try db.execute(
        sql: "INSERT INTO fact (key, value, at) VALUES (?, ?, ?) ON CONFLICT (key) DO NOTHING",
        arguments: [key, value, now.seconds])
      return db.changesCount > 0
    }
  }

  /// Remembers `value` under `key` in place of what was there.
  public func remember(_ key: String, _ value: String, at now: Timestamp) throws(OutboxError) {
    try write { db in
      try db.execute(
        sql: """
          INSERT INTO fact (key, value, at) VALUES (?, ?, ?)
          ON CONFLICT (key) DO UPDATE SET value = excluded.value, at = excluded.at
          """, arguments: [key, value, now.seconds])
    }
  }

  /// Forgets what is remembered under `key`.
  public func forget(_ key: String) throws(OutboxError) {
    try write { db in try db.execute(sql: "DELETE FROM fact WHERE key = ?", arguments: [key]) }
  }

  /// Adds a decision; earlier ones stay on record.
  public func decide(_ decision: Decision) throws(OutboxError) {
    try write { db in try Self.insert(decision, db) }
  }

  static func insert(_ decision: Decision, _ db: Database) throws {
    try db.execute(
      sql: """
        INSERT INTO decision (kind, plan, item, identity, occurrence, person, until, decidedBy, why, at, words, former,
          evidence)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        decision.kind.rawValue, decision.plan, decision.item, decision.identity,
        decision.occurrence?.description,
        decision.person, decision.until?.description, decision.by, decision.why, decision.at.seconds,
        decision.words, decision.former, decision.evidence,
      ])
  }

  /// Every decision, oldest first.
  public func decisions() throws(OutboxError) -> [Decision] {
    try read { db in
      try Row.fetchAll(db, sql: "SELECT * FROM decision ORDER BY id").map(Decision.init)
    }
  }
}
