public import DubanCore
import Foundation

/// A ledger's workbook as it was put in force by mail.
public struct MailedLedger: Sendable, Hashable {
  /// So many are kept.
  public static let mostKept = 50

  /// Counts from 1 over all plans.
  public var number: Int64
  /// The key of the plan (``Plan/key``).
  public var plan: String
  /// The workbook.
  public var bytes: [UInt8]
  /// Where it came from: a Message-ID, a person's command, or a file that was changed by hand.
  public var source: String
  /// Whether it stands in the ledger's file.
  public var isWritten: Bool
  /// When it came.
  public var at: Timestamp

  /// A version of these parts.
  public init(
    number: Int64, plan: String, bytes: [UInt8], source: String, isWritten: Bool, at: Timestamp
  ) {
    (self.number, self.plan, self.bytes) = (number, plan, bytes)
    (self.source, self.isWritten, self.at) = (source, isWritten, at)
  }
}

extension Outbox {
  /// The versions that are kept, the oldest first.
  public func ledgerVersions() throws(OutboxError) -> [MailedLedger] {
    try read { db in
      try db.rows("SELECT * FROM ledgerVersion ORDER BY number", [], MailedLedger.init)
    }
  }

  /// One of them; nil where it isn't kept.
  public func ledgerVersion(_ number: Int64) throws(OutboxError) -> MailedLedger? {
    try read { db in
      try db.row("SELECT * FROM ledgerVersion WHERE number = ?", [number], MailedLedger.init)
    }
  }

  /// The last one; nil where there is none.
  public func lastLedgerVersion() throws(OutboxError) -> MailedLedger? {
    try read { db in
      try db.row("SELECT * FROM ledgerVersion ORDER BY number DESC LIMIT 1", [], MailedLedger.init)
    }
  }

  /// Keeps a version; fails where another process has used its number.
  public func keep(_ version: MailedLedger) throws(OutboxError) {
    try write { db in try Self.insert(version, db) }
  }

  /// The version stands in the ledger's file.
  public func markWritten(_ version: Int64) throws(OutboxError) {
    try write { db in
      try db.execute("UPDATE ledgerVersion SET isWritten = 1 WHERE number = ?", [version])
    }
  }

  static func insert(_ version: MailedLedger, _ db: any Transaction) throws {
    try db.execute(
      "INSERT INTO ledgerVersion (number, plan, bytes, source, isWritten, at) VALUES (?, ?, ?, ?, ?, ?)",
      [
        version.number, version.plan, Data(version.bytes), version.source, version.isWritten,
        version.at.seconds,
      ])
    try db.execute(
      "DELETE FROM ledgerVersion WHERE number <= ?", [version.number - Int64(MailedLedger.mostKept)])
  }
}

extension MailedLedger {
  init(_ row: ResultRow) {
    let bytes: Data = row["bytes"]
    self.init(
      number: row["number"], plan: row["plan"], bytes: Array(bytes), source: row["source"],
      isWritten: row["isWritten"], at: Timestamp(seconds: row["at"]))
  }
}
