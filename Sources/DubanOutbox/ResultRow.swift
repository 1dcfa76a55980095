import DubanCore
import Foundation
import GRDB

/// A value that both engines take and give.
protocol SQLValue: DatabaseValueConvertible, StatementColumnConvertible {
  /// The value as PostgreSQL takes it.
  var parameter: PostgresParameter { get }
  /// A value of a column, as PostgreSQL gives it in binary form; nil where the column holds something else. The bytes are
  /// libpq's, and copied.
  init?(column: UnsafeRawBufferPointer)
}

struct ResultRow {
  enum Source {
    case sqlite(Row)
    case postgres(PostgresRow)
  }

  let source: Source

  subscript<Value: SQLValue>(_ column: String) -> Value {
    switch source {
    case .sqlite(let row): row[column]
    case .postgres(let row): row.value(row.index(of: column))
    }
  }

  subscript<Value: SQLValue>(_ column: String) -> Value? {
    switch source {
    case .sqlite(let row): row[column]
    case .postgres(let row): row.optionalValue(row.index(of: column))
    }
  }

  subscript<Value: SQLValue>(_ column: Int) -> Value {
    switch source {
    case .sqlite(let row): row[column]
    case .postgres(let row): row.value(column)
    }
  }

  subscript<Value: SQLValue>(_ column: Int) -> Value? {
    switch source {
    case .sqlite(let row): row[column]
    case .postgres(let row): row.optionalValue(column)
    }
  }
}

extension ResultRow {
  /// What a column holds, whatever its type.
  func stored(_ column: Int) -> StoredValue? {
    switch source {
    case .sqlite(let row):
      switch (row[column] as DatabaseValue).storage {
      case .int64(let number): .integer(number)
      case .string(let text): .text(text)
      case .blob(let data): .bytes(data)
      case .null, .double: nil
      }
    case .postgres(let row):
      switch row.result.type(of: column) {
      case .integer: (row.optionalValue(column) as Int64?).map(StoredValue.integer)
      case .text: (row.optionalValue(column) as String?).map(StoredValue.text)
      case .bytes: (row.optionalValue(column) as Data?).map(StoredValue.bytes)
      }
    }
  }
}

extension String {
  /// The text as both engines can hold it: PostgreSQL's have no U+0000
  /// (postgresql.org/docs/15/datatype-character.html).
  var storable: String { utf8.contains(0) ? replacing("\0", with: "\u{FFFD}") : self }
}

extension String: SQLValue {
  var parameter: PostgresParameter { .text(storable) }
  init?(column: UnsafeRawBufferPointer) { self.init(decoding: column, as: UTF8.self) }
}

extension Int64: SQLValue {
  var parameter: PostgresParameter { .text(String(self)) }
  /// Any of its three integers, in network order.
  init?(column: UnsafeRawBufferPointer) {
    switch column.count {
    case 2: self.init(Int16(bigEndian: column.loadUnaligned(as: Int16.self)))
    case 4: self.init(Int32(bigEndian: column.loadUnaligned(as: Int32.self)))
    case 8: self.init(bigEndian: column.loadUnaligned(as: Int64.self))
    default: return nil
    }
  }
}

extension Int: SQLValue {
  var parameter: PostgresParameter { Int64(self).parameter }
  init?(column: UnsafeRawBufferPointer) {
    guard let number = Int64(column: column) else { return nil }
    self.init(number)
  }
}

extension Bool: SQLValue {
  var parameter: PostgresParameter { .text(self ? "1" : "0") }
  /// A truth, or a 0 or 1 of a table of ours.
  init?(column: UnsafeRawBufferPointer) { self = column.contains { $0 != 0 } }
}

extension Data: SQLValue {
  var parameter: PostgresParameter { .bytes(self) }
  init?(column: UnsafeRawBufferPointer) { self.init(column) }
}

/// How rows become values. The schema's constraints hold what is taken for granted; what they can't hold (an enum's case,
/// a day's text) throws, so that a database edited by hand is reported rather than misread.
extension ResultRow {
  func moment(_ column: String) -> Timestamp? {
    (self[column] as Int64?).map(Timestamp.init(seconds:))
  }

  func day(_ column: String) throws -> CivilDate {
    guard let day = try optionalDay(column) else { throw unreadable(column) }
    return day
  }

  func optionalDay(_ column: String) throws -> CivilDate? {
    guard let text = self[column] as String? else { return nil }
    guard let day = CivilDate(text) else { throw unreadable(column) }
    return day
  }

  func value<Value: RawRepresentable<String>>(_ column: String) throws -> Value {
    guard let value = try optionalValue(column) as Value? else { throw unreadable(column) }
    return value
  }

  func optionalValue<Value: RawRepresentable<String>>(_ column: String) throws -> Value? {
    guard let text = self[column] as String? else { return nil }
    guard let value = Value(rawValue: text) else { throw unreadable(column) }
    return value
  }

  /// Reported as damage of the database, like what its engine finds itself.
  func unreadable(_ column: String) -> UnreadableColumn { UnreadableColumn(name: column) }
}

/// A column that holds what duban never wrote.
struct UnreadableColumn: Error {
  let name: String
}
