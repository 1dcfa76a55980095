import Foundation

/// Copies everything from one engine to another, and compares each row with what it became.
enum OutboxCopy {
  /// How many rows go with one statement.
  private static let rowsAtATime = 50

  /// Copies into tables that are empty, in one transaction; throws where they aren't, or where a row didn't come out as
  /// it went in. Returns how many rows.
  @discardableResult static func run(from source: any Engine, to target: any Engine) throws -> Int {
    try source.read { source in
      try target.write(.alone) { target in
        for table in OutboxTable.all {
          guard try target.first("SELECT EXISTS (SELECT 1 FROM \(table.name))") == false else {
            throw OutboxError.notEmpty(table.name)
          }
        }
        var rows = 0
        for table in OutboxTable.all { rows += try copy(table, source, target) }
        try target.goOnNumbering(after: try source.lastEntryNumber())
        return rows
      }
    }
  }

  private static func copy(
    _ table: OutboxTable, _ source: any Transaction, _ target: any Transaction
  ) throws -> Int {
    let columns = table.columns.joined(separator: ", ")
    var (waiting, count): ([[StoredValue?]], Int) = ([], 0)
    func flush() throws {
      guard !waiting.isEmpty else { return }
      let row = "(\(Dialect.places(table.columns.count)))"
      let stored = try target.rows(
        """
        INSERT INTO \(table.name) (\(columns))
        VALUES \(Array(repeating: row, count: waiting.count).joined(separator: ", ")) RETURNING \(columns)
        """, waiting.flatMap { $0.map { $0?.value } }
      ) { row in table.columns.indices.map { row.stored($0) } }
      guard stored == waiting else { throw OutboxError.copyDiffers(table.name) }
      count += waiting.count
      waiting = []
    }
    try source.forEach("SELECT \(columns) FROM \(table.name) ORDER BY \(table.order)", []) { row in
      waiting.append(table.columns.indices.map { row.stored($0) })
      if waiting.count == rowsAtATime { try flush() }
    }
    try flush()
    let copied: Int? = try target.first("SELECT count(*) FROM \(table.name)")
    guard copied == count else { throw OutboxError.copyDiffers(table.name) }
    return count
  }
}

/// A value of a column, whatever its type.
enum StoredValue: Equatable {
  case integer(Int64)
  case text(String)
  case bytes(Data)

  var value: any SQLValue {
    switch self {
    case .integer(let number): number
    case .text(let text): text
    case .bytes(let data): data
    }
  }

  static func == (one: StoredValue, other: StoredValue) -> Bool {
    switch (one, other) {
    case (.integer(let one), .integer(let other)): one == other
    // Byte by byte: texts that only look alike aren't the same. What PostgreSQL can't hold was replaced.
    case (.text(let one), .text(let other)): one.storable.utf8.elementsEqual(other.storable.utf8)
    case (.bytes(let one), .bytes(let other)): one == other
    default: false
    }
  }
}
