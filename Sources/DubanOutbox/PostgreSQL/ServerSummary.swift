/// What a PostgreSQL server says of itself, and of what the role in use may do there.
public struct ServerSummary: Sendable, Hashable, CustomStringConvertible {
  /// Its version, as it writes it.
  public var version: String
  /// Whether it follows another one, and takes no changes.
  public var isStandby: Bool
  /// The version of TLS of the connection; nil where it is under none.
  public var encryption: String?
  /// How many standbys have every commit; nil where the role may not see that.
  public var synchronousStandbys: Int?
  /// The tables that the role may not read and change.
  public var closedTables: [String]
  /// Whether another role owns a table: an upgrade of duban couldn't change it.
  public var hasOthersTables: Bool

  /// All of it, on one line.
  public var description: String {
    var parts = ["PostgreSQL \(version)", isStandby ? "a standby" : "the primary", encryption ?? "no TLS"]
    let standbys =
      switch synchronousStandbys {
      case nil: "whether a standby is synchronous can't be seen without pg_read_all_stats"
      case 0: "no synchronous standby"
      case let count?: "\(count) synchronous standby"
      }
    parts.append(standbys)
    if !closedTables.isEmpty {
      parts.append("may not read and change \(closedTables.joined(separator: ", "))")
    } else {
      parts.append(hasOthersTables ? "every right but to upgrade: another role owns a table" : "every right")
    }
    return parts.joined(separator: ", ")
  }
}

extension Outbox {
  /// What the server says of itself, and of our rights; nil for SQLite.
  public func serverSummary() throws(OutboxError) -> ServerSummary? {
    guard let server = engine as? PostgresEngine else { return nil }
    var summary = try read { db in
      let closed: [String] = try db.column(Self.ownTables("NOT (\(Self.rights))"))
      let others: [String] = try db.column(Self.ownTables("NOT pg_has_role(relowner, 'USAGE')"))
      let summary = try db.row(
        """
        SELECT current_setting('server_version'), pg_is_in_recovery(),
          (SELECT count(*) FROM pg_stat_replication WHERE sync_state IN ('sync', 'quorum')),
          pg_has_role('pg_read_all_stats', 'USAGE')
        """
      ) { row in
        ServerSummary(
          version: row[0], isStandby: row[1], encryption: nil,
          synchronousStandbys: row[3] ? row[2] as Int : nil, closedTables: closed,
          hasOthersTables: !others.isEmpty)
      }
      guard let summary else { throw UnreadableColumn(name: "server_version") }
      return summary
    }
    summary.encryption = server.encryption
    return summary
  }

  private static let rights = ["SELECT", "INSERT", "UPDATE", "DELETE"]
    .map { "has_table_privilege(pg_class.oid, '\($0)')" }.joined(separator: " AND ")

  /// A query of the office's tables of which so much is true.
  private static func ownTables(_ condition: String) -> String {
    """
    SELECT CAST(relname AS text) FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
    WHERE nspname = current_schema() AND relkind = 'r' AND \(condition) ORDER BY relname
    """
  }
}
