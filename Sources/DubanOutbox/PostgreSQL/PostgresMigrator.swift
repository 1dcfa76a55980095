import Foundation

/// Makes and upgrades the office's tables, one process at a time.
struct PostgresMigrator {
  private let connection: PostgresConnection
  private let address: PostgresAddress

  init(_ connection: PostgresConnection, _ address: PostgresAddress) {
    self.connection = connection
    self.address = address
  }

  /// Runs what is missing in one transaction, and so all of it or nothing.
  func migrate() throws {
    let schema = address.schema
    try connection.run("BEGIN; SELECT pg_advisory_xact_lock(hashtextextended('duban.\(schema)', 0))")
    do {
      // Asking first needs fewer rights than `IF NOT EXISTS`, where an administrator has made it.
      if try !exists() { try connection.run("CREATE SCHEMA \(schema)") }
      if try tables().isEmpty {
        try connection.run(
          "CREATE TABLE migration (name text COLLATE \"C\" PRIMARY KEY, at timestamptz NOT NULL DEFAULT now())"
        )
      }
      let done = try applied()
      for migration in PostgresSchema.migrations where !done.contains(migration.name) {
        try connection.run(migration.sql)
        try connection.run("INSERT INTO migration (name) VALUES ('\(migration.name)')")
      }
      // Handles that were closed long ago.
      try connection.run("DELETE FROM writer WHERE at < clock_timestamp() - interval '1 day'; COMMIT")
    } catch {
      if case PostgresFailure.lost = error { throw error }
      try connection.run("ROLLBACK")
      throw error
    }
  }

  /// Whether everything is there and known, for a handle that only reads.
  func check() throws {
    guard try exists(), try !tables().isEmpty else { throw OutboxError.noDatabase(address.name) }
    let done = try applied()
    guard PostgresSchema.migrations.allSatisfy({ done.contains($0.name) }) else {
      throw OutboxError.noDatabase(address.name)
    }
  }

  private func exists() throws -> Bool {
    try connection.execute("SELECT 1 FROM pg_namespace WHERE nspname = ?", [.text(address.schema)]).rows > 0
  }

  private func tables() throws -> [String] {
    try texts(
      "SELECT tablename::text FROM pg_tables WHERE schemaname = ? ORDER BY tablename", [.text(address.schema)]
    )
  }

  /// The names of the migrations that ran; throws where they aren't ours, or are those of a newer version.
  private func applied() throws -> [String] {
    guard try tables().contains("migration") else { throw OutboxError.foreign(address.name) }
    let done = try texts("SELECT name FROM migration", [])
    guard done.allSatisfy({ name in PostgresSchema.migrations.contains { $0.name == name } }) else {
      throw OutboxError.newer(address.name)
    }
    return done
  }

  private func texts(_ sql: String, _ values: [PostgresParameter?]) throws -> [String] {
    let rows = try connection.execute(sql, values)
    return (0..<rows.rows).map { PostgresRow(result: rows, row: $0).value(0) }
  }
}
