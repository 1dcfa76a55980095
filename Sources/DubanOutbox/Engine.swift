import DubanCore
import Foundation
import GRDB

struct SQLStatement {
  var sql: String
  var values: [(any SQLValue)?] = []
}

/// What a transaction may ask of either engine.
///
/// The statements of this module are one text, in the part of SQL that SQLite and PostgreSQL share: `?` or `?1` for a
/// value, a moment as seconds, a truth as 0 or 1, `RETURNING` and `ON CONFLICT` as both have them. Where the engines
/// differ, ``Dialect`` has the words.
protocol Transaction {
  var dialect: Dialect { get }

  /// Runs one statement and returns how many rows it changed.
  @discardableResult func execute(_ sql: String, _ values: [(any SQLValue)?]) throws -> Int

  /// Runs a query and gives its rows one at a time: a long history needs no memory. The rows may not be kept.
  func forEach(_ sql: String, _ values: [(any SQLValue)?], _ body: (ResultRow) throws -> Void) throws

  /// The columns of a table, in their order. SQLite doesn't name the number that it gives each row (`rowid`).
  func columns(of table: String) throws -> [String]

  /// The next so many numbers of entries, in order; none is ever given twice.
  func takeEntryNumbers(_ count: Int) throws -> [Int64]

  /// The last number that an entry was given.
  func lastEntryNumber() throws -> Int64

  /// After rows were copied with their numbers: new ones get later numbers, entries later ones than `last` too.
  func goOnNumbering(after last: Int64) throws
}

extension Transaction {
  /// Runs one statement and returns how many rows it changed.
  @discardableResult func execute(_ statement: SQLStatement) throws -> Int {
    try execute(statement.sql, statement.values)
  }

  /// Runs one statement without values.
  @discardableResult func execute(_ sql: String) throws -> Int { try execute(sql, []) }

  /// What `read` makes of each row.
  func rows<Value>(
    _ sql: String, _ values: [(any SQLValue)?] = [], _ read: (ResultRow) throws -> Value
  ) throws -> [Value] {
    var found: [Value] = []
    try forEach(sql, values) { found.append(try read($0)) }
    return found
  }

  /// What `read` makes of the first row, if there is one.
  func row<Value>(
    _ sql: String, _ values: [(any SQLValue)?] = [], _ read: (ResultRow) throws -> Value
  ) throws -> Value? { try rows(sql, values, read).first }

  /// The first column of each row.
  func column<Value: SQLValue>(_ sql: String, _ values: [(any SQLValue)?] = []) throws -> [Value] {
    try rows(sql, values) { $0[0] }
  }

  /// The first column of the first row; nil where there is no row, or nothing in it.
  func first<Value: SQLValue>(_ sql: String, _ values: [(any SQLValue)?] = []) throws -> Value? {
    try row(sql, values) { $0[0] as Value? } ?? nil
  }
}

/// The words in which the engines differ.
struct Dialect {
  /// A query of the numbers in a parameter made by ``list(_:)``.
  let numbers: String
  /// A query of the texts in a parameter made by ``list(_:)``.
  let texts: String
  /// Begins an insertion of several rows. SQLite sets up an undo of its own for each statement unless it knows that
  /// one may end in the middle.
  let insert: String
  /// Ends a query of rows that the same transaction changes.
  let forUpdate: String
  /// Ends a query of entries that nobody else is changing at the moment.
  let skippingLocked: String

  /// The places of so many values after `IN`: of none there is one that nothing equals, since PostgreSQL wants one.
  static func places(_ count: Int) -> String {
    count == 0 ? "NULL" : Array(repeating: "?", count: count).joined(separator: ", ")
  }

  /// Numbers as ``numbers`` takes them: one statement for any number of them.
  static func list(_ numbers: [Int64]) -> String {
    "[" + numbers.map(String.init).joined(separator: ",") + "]"
  }

  /// Texts as ``texts`` takes them.
  static func list(_ texts: [String]) throws -> String {
    String(decoding: try JSONEncoder().encode(texts), as: UTF8.self)
  }
}

/// Who may be at work at the same time as a transaction that writes.
enum LockMode {
  /// Nobody else: writers take turns, so that what was read is still so when it is written.
  case exclusive
  /// Others that claim and record. Each takes rows that no other has, and changes them only under its own lease.
  case shared
}

/// A database, on which transactions run. Calls block, and may come from any thread; calls on one handle wait for each
/// other.
protocol Engine: Sendable {
  /// Where it is, for errors: never with a password.
  var name: String { get }

  /// One transaction that may write, on disk when it returns. `updates` may run again from the beginning, after what it
  /// did was undone.
  func write<Value>(_ mode: LockMode, _ updates: (any Transaction) throws -> Value) throws -> Value

  func read<Value>(_ fetch: (any Transaction) throws -> Value) throws -> Value

  /// An ``Outbox/advance(_:givingBack:takingBack:claiming:on:within:now:)`` in which all is as usual, where the engine has a way of
  /// its own that is quicker. Nil, and nothing is done, where it hasn't, or where anything isn't as usual.
  func advanceAsUsual(
    _ finished: [FinishedClaim], claiming count: Int, on terms: LeasePolicy, within limits: [ClaimLimit],
    now: Timestamp
  ) throws -> [Claim]?

  /// Copies everything into an empty file of SQLite's.
  func copy(to file: DatabaseQueue) throws

  /// What the engine's own check of everything finds wrong.
  func damage() throws -> [String]
}
