import CPostgres
import Foundation

/// Where a PostgreSQL is, and the office's schema in it.
public struct PostgresAddress: Sendable, Hashable {
  /// Why an address isn't one.
  public enum Problem: Error, Sendable, Hashable, CustomStringConvertible {
    /// libpq doesn't read it.
    case unreadable(String)
    /// A password belongs into a file of its own.
    case holdsPassword
    /// Another machine without its certificate checked.
    case notVerified(host: String)
    /// A schema is a small letter, then small letters, digits and `_`.
    case schema(String)

    /// What is wrong, and what to do.
    public var description: String {
      switch self {
      case .unreadable(let words): words
      case .holdsPassword: "the address holds a password; put it into the file of statePassword:"
      case .notVerified(let host):
        "\(host) is another machine: sslmode must be verify-full, or be left out, which means that"
      case .schema(let name):
        "\(name) is no name of a schema; use at most 40 small letters, digits and _, a letter first"
      }
    }
  }

  /// The address as libpq reads it (postgresql.org/docs/15/libpq-connect.html).
  public let uri: String
  /// The schema.
  public let schema: String
  /// The password; nil where libpq's own ways are enough (a passfile, a certificate, a socket).
  public var password: Password?
  /// A directory of this machine's that remembers the newest history of the database that was seen; nil: this process
  /// alone does.
  public var directory: String?
  /// The address for people: hosts, database and schema.
  public let name: String
  /// Each of its hosts, where it names several.
  let hosts: [NamedHost]
  private let needsTLS: Bool

  /// One of several hosts, in libpq's words.
  struct NamedHost: Sendable, Hashable {
    var name: String?
    var address: String?
    var port: String?

    /// What overrides the address's own lists.
    var settings: [(key: String, value: String)] {
      [("host", name ?? ""), ("hostaddr", address ?? ""), ("port", port ?? "")]
    }
  }

  /// Whether a `state:` is such an address.
  public static func isOne(_ text: String) -> Bool {
    text.hasPrefix("postgresql://") || text.hasPrefix("postgres://")
  }

  /// Checks an address; connects to nothing.
  public init(_ uri: String, schema: String = "duban") throws(Problem) {
    // libpq's texts and options, freed by its own functions below.
    var complaint: UnsafeMutablePointer<CChar>?
    guard let options = pq.PQconninfoParse(uri, &complaint) else {
      defer { pq.PQfreemem(complaint) }
      // libpq quotes what it couldn't read: which might hold a password.
      throw .unreadable("libpq can't read this address; it is postgresql://USER@HOST/DATABASE")
    }
    defer { pq.PQconninfoFree(options) }
    var parts: [String: String] = [:]
    var option = options
    while let keyword = option.pointee.keyword {
      if let value = option.pointee.val { parts[String(cString: keyword)] = String(cString: value) }
      option += 1
    }
    guard parts["password"] == nil else { throw .holdsPassword }
    let letters = schema.utf8.allSatisfy {
      (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x5F
    }
    guard letters, schema.first?.isLetter == true, schema.utf8.count <= 40, !schema.hasPrefix("pg_") else {
      throw .schema(schema)
    }
    let hosts = (parts["hostaddr"] ?? parts["host"] ?? "").split(separator: ",").map(String.init)
    let far = hosts.first { !Self.isHere($0) }
    if let far, let mode = parts["sslmode"], mode != "verify-full" { throw .notVerified(host: far) }
    // Where none is named, libpq's environment may name any machine; for a socket the mode means nothing.
    needsTLS = far != nil || hosts.isEmpty
    func list(_ key: String) -> [String] {
      parts[key].map { $0.split(separator: ",").map(String.init) } ?? []
    }
    let (names, addresses, ports) = (list("host"), list("hostaddr"), list("port"))
    self.hosts =
      hosts.count < 2
      ? []
      : hosts.indices.map { index in
        NamedHost(
          name: index < names.count ? names[index] : nil,
          address: index < addresses.count ? addresses[index] : nil,
          port: index < ports.count ? ports[index] : ports.first)
      }
    self.uri = uri
    self.schema = schema
    let place = parts["host"] ?? parts["hostaddr"] ?? "localhost"
    name = "postgresql://\(place)/\(parts["dbname"] ?? parts["user"] ?? "") (\(schema))"
  }

  /// A socket's directory, or this machine by loopback.
  private static func isHere(_ host: String) -> Bool {
    host.hasPrefix("/") || host == "localhost" || host == "::1" || host.hasPrefix("127.")
  }

  /// What libpq gets besides: the certificate of another machine is checked, name and all.
  var security: [(key: String, value: String)] { needsTLS ? [("sslmode", "verify-full")] : [] }

  /// A password, which nothing prints.
  public struct Password: Sendable, Hashable, CustomStringConvertible {
    let value: String

    /// This password.
    public init(_ value: String) { self.value = value }

    /// Never the password.
    public var description: String { "(secret)" }
  }
}

/// Which of a cluster's histories a server has: each promotion of a standby begins a new one.
struct PostgresHistory: Equatable {
  var system: Int64
  var timeline: Int64

  init(_ connection: PostgresConnection) throws {
    let rows = try connection.execute(
      """
      SELECT s.system_identifier, CASE WHEN pg_is_in_recovery() THEN c.timeline_id::bigint
        ELSE ('x' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8))::bit(32)::bigint END
      FROM pg_control_system() s, pg_control_checkpoint() c
      """, [])
    let row = PostgresRow(result: rows, row: 0)
    (system, timeline) = (row.value(0), row.value(1))
  }

  private static let file = "postgresql-history"

  /// What an earlier process of this machine saw; nil where that is lost, or none did.
  init?(rememberedIn directory: String) {
    let text = try? String(contentsOfFile: "\(directory)/\(Self.file)", encoding: .utf8)
    let numbers = text?.split(whereSeparator: \.isWhitespace).compactMap { Int64($0) } ?? []
    guard numbers.count == 2 else { return nil }
    (system, timeline) = (numbers[0], numbers[1])
  }

  /// Without fsync: a file that a power cut has lost or emptied counts as none (``init(rememberedIn:)``).
  func remember(in directory: String) throws {
    let path = "\(directory)/\(Self.file)"
    do { try "\(system) \(timeline)\n".write(toFile: path, atomically: true, encoding: .utf8) } catch {
      throw OutboxError.notPermitted(path)
    }
  }

  /// Whether it is the other one, or what it became.
  func continues(_ other: PostgresHistory) -> Bool { system == other.system && timeline >= other.timeline }
}

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
