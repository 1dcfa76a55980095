public import DubanCore

/// The right to do something that one host does at a time, such as planning, until a moment of the database's clock.
public struct Lease: Sendable, Hashable {
  /// What it is the right to.
  public var name: String
  /// Who has it, as people read it.
  public var holder: String
  /// Which holding of it this is; it only rises.
  public var token: Int64

  /// Seconds that a lease lasts from each renewal: a host that died is replaced within this and one heartbeat.
  public static let seconds: Int64 = 30
}

/// A lease as the database has it.
public struct LeaseState: Sendable, Hashable {
  /// Who holds it, and under which token.
  public var lease: Lease
  /// Seconds left of it; none or fewer: it has run out.
  public var secondsLeft: Int64
}

/// So many attempts since a moment, and no more, by all hosts together.
public struct ClaimLimit: Sendable, Hashable {
  /// The moment, which doesn't count itself.
  public var since: Timestamp
  /// How many.
  public var most: Int

  package init(since: Timestamp, most: Int) { (self.since, self.most) = (since, most) }
}

// Several hosts exist only where the database is a PostgreSQL: an SQLite file is one machine's, whose one service needs
// nobody's leave.
extension Outbox {
  /// Whether services of several hosts may be at work on it.
  public var isShared: Bool { engine is PostgresEngine }

  /// What the database's own clock shows; nil where there is none but this machine's.
  public func databaseTime() throws(OutboxError) -> Timestamp? {
    guard isShared else { return nil }
    return try read { db in
      let seconds: Int64? = try db.first(
        "SELECT CAST(floor(extract(epoch FROM clock_timestamp())) AS bigint)")
      return seconds.map(Timestamp.init(seconds:))
    }
  }

  /// Goes over to a server of the address's list that took this one's place while it could still be reached. Returns
  /// whether there was one: the next call uses it.
  public func leaveReplacedServer() -> Bool { (engine as? PostgresEngine)?.leaveReplaced() ?? false }

  /// Takes a lease that nobody has or that ran out, or prolongs one's own; nil while another holds it.
  ///
  /// Who takes it after another, or anew after it ran out, gets a higher token, and what the last one still tries to
  /// write under the old one is refused (``holding(_:)``). Judged by the database's clock alone.
  public func take(
    _ name: String, as holder: String, for seconds: Int64 = Lease.seconds
  ) throws(OutboxError) -> Lease? {
    guard isShared else { return Lease(name: name, holder: holder, token: 0) }
    return try write(.shared) { db in
      let token: Int64? = try db.first(
        """
        INSERT INTO lease (name, holder, token, until)
        VALUES (?1, ?2, 1, clock_timestamp() + make_interval(secs => ?3))
        ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until,
          token = lease.token + CASE WHEN lease.until > clock_timestamp() THEN 0 ELSE 1 END
        WHERE lease.holder = excluded.holder OR lease.until <= clock_timestamp()
        RETURNING token
        """, [name, holder, seconds])
      return token.map { Lease(name: name, holder: holder, token: $0) }
    }
  }

  /// Takes or prolongs a lease, no matter who holds it: a sign of life, of which the last one counts.
  public func takeAnyway(_ name: String, as holder: String) throws(OutboxError) {
    try write(.shared) { db in
      try db.execute(
        """
        INSERT INTO lease (name, holder, token, until)
        VALUES (?, ?, 1, clock_timestamp() + make_interval(secs => ?))
        ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until, token = lease.token + 1
        """, [name, holder, Lease.seconds])
    }
  }

  /// Ends a sign of life: that host was stopped on purpose.
  public func withdraw(_ name: String, of holder: String) throws(OutboxError) {
    guard isShared else { return }
    try write(.shared) { db in
      try db.execute("DELETE FROM lease WHERE name = ? AND holder = ?", [name, holder])
    }
  }

  /// Lets go of a lease, so that another host needn't wait. Does nothing where it was lost.
  public func release(_ lease: Lease) throws(OutboxError) {
    guard isShared else { return }
    try write(.shared) { db in
      try db.execute(
        "UPDATE lease SET until = clock_timestamp() WHERE name = ? AND holder = ? AND token = ?",
        [lease.name, lease.holder, lease.token])
    }
  }

  /// The same outbox, whose every write counts only while that lease is held: it checks and prolongs the lease in its own
  /// transaction, and throws ``OutboxError/leaseLost(_:)`` where another has taken it.
  public func holding(_ lease: Lease) -> Outbox { isShared ? Outbox(engine: engine, fence: lease) : self }

  /// Every lease that was ever taken, by name.
  public func leases() throws(OutboxError) -> [LeaseState] {
    guard isShared else { return [] }
    return try read { db in
      try db.rows(
        """
        SELECT name, holder, token, CAST(ceil(extract(epoch FROM until - clock_timestamp())) AS bigint)
        FROM lease ORDER BY name
        """
      ) { LeaseState(lease: Lease(name: $0[0], holder: $0[1], token: $0[2]), secondsLeft: $0[3]) }
    }
  }

  /// Prolongs the leases of everything that `terms` have claimed. What ran out meanwhile and was taken stays taken.
  public func renewClaims(on terms: LeasePolicy, now: Timestamp) throws(OutboxError) {
    try write(.shared) { db in
      try db.execute(
        "UPDATE entry SET leaseUntil = ? WHERE state = 'sending' AND leaseOwner = ?",
        [now.seconds + terms.lease, terms.owner.description])
    }
  }

  static func check(_ lease: Lease, _ db: any Transaction) throws {
    // Changing the row keeps anybody from taking the lease before this transaction has ended.
    let held = try db.execute(
      """
      UPDATE lease SET until = greatest(until, clock_timestamp() + make_interval(secs => ?))
      WHERE name = ? AND holder = ? AND token = ? AND until > clock_timestamp()
      """, [Lease.seconds, lease.name, lease.holder, lease.token])
    guard held == 1 else { throw OutboxError.leaseLost(lease.name) }
  }
}
