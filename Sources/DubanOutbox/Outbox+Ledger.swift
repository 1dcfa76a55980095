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
  /// Whether it is in the ledger's file.
  public var isWritten: Bool
  /// When it came.
  public var at: Timestamp

  package init(
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

  /// The version is in the ledger's file.
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

extension Outbox {
  /// The measures of a plan that were ever in force, by identity.
  public func measures(ofPlan plan: String) throws(OutboxError) -> [KnownMeasure] {
    try read { db in try Outbox.measures(of: plan, db) }
  }

  /// Those of them with these identities, by identity.
  public func measures(
    ofPlan plan: String, identities: Set<String>
  ) throws(OutboxError) -> [String: KnownMeasure] {
    try read { db in
      var found: [String: KnownMeasure] = [:]
      for identity in identities {
        found[identity] = try db.row(
          "SELECT * FROM measure WHERE plan = ? AND identity = ?", [plan, identity], KnownMeasure.init)
      }
      return found
    }
  }

  /// Those of them that are in force and whose number isn't their identity: none of most plans.
  public func renumberedMeasures(ofPlan plan: String) throws(OutboxError) -> [KnownMeasure] {
    try read { db in
      try db.rows(
        "SELECT * FROM measure WHERE plan = ? AND isPresent = 1 AND number <> identity", [plan],
        KnownMeasure.init)
    }
  }

  /// What ``rememberMeasures(ofPlan:print:at:_:)`` was last given for a plan.
  public func measuresPrint(ofPlan plan: String) throws(OutboxError) -> String? {
    try fact(Outbox.printKey(plan))?.value
  }

  /// Takes in the state of a plan's measures, unless it has that print already.
  ///
  /// - Parameter match: makes of what is known what is known from now on, all of it; nothing is ever forgotten.
  public func rememberMeasures(
    ofPlan plan: String, print: String, at now: Timestamp, _ match: ([KnownMeasure]) -> [KnownMeasure]
  ) throws(OutboxError) {
    guard try measuresPrint(ofPlan: plan) != print else { return }
    try write { db in
      let before = try Outbox.measures(of: plan, db)
      let unchanged = Set(before)
      for measure in match(before) where !unchanged.contains(measure) {
        try db.execute(
          """
          INSERT INTO measure (plan, identity, number, title, units, content, isPresent)
          VALUES (?, ?, ?, ?, ?, ?, ?)
          ON CONFLICT (plan, identity) DO UPDATE SET number = excluded.number, title = excluded.title,
            units = excluded.units, content = excluded.content, isPresent = excluded.isPresent
          """,
          [
            plan, measure.identity, measure.number, measure.title, measure.units.joined(separator: "\n"),
            measure.content, measure.isPresent,
          ])
      }
      try Outbox.remember(Outbox.printKey(plan), print, at: now, db)
    }
  }

  private static func printKey(_ plan: String) -> String { "measures/\(plan)" }

  private static func measures(of plan: String, _ db: any Transaction) throws -> [KnownMeasure] {
    try db.rows(
      "SELECT * FROM measure WHERE plan = ? ORDER BY identity", [plan], KnownMeasure.init)
  }
}

extension KnownMeasure {
  fileprivate init(_ row: ResultRow) {
    let units: String = row["units"]
    self.init(
      identity: row["identity"], number: row["number"], title: row["title"],
      units: units.split(separator: "\n").map(String.init), content: row["content"],
      isPresent: row["isPresent"])
  }
}
