import DubanOutbox
import Foundation
import GRDB
import Synchronization
import TestSupport
import Testing

@testable import DubanCore
@testable import DubanDaemon

/// Mails that are queued in groups are the mails of one transaction, also where the process ends between two groups.
@Suite struct PlanningGroupTests {
  private typealias Workplace = TestSupport.Office

  /// What one mail is to the world.
  private struct Sent: Hashable {
    let key, subject: String
    let body: [UInt8]
    let reminders: [ReminderRecord]
  }

  /// Two working days: the reminders of the first, and a measure that is handed over on the second.
  ///
  /// - Parameters:
  ///   - size: how many mails a group has.
  ///   - limit: after how many entries of the second day the outbox fails once, as it does when a disk is full.
  private func queued(_ size: Int, failingAfter limit: Int? = nil) throws -> (
    mails: Set<Sent>, facts: Set<String>
  ) {
    let office = try Workplace()
    let outbox = try Outbox(directory: office.url.path + "/state")
    var count = try pass(office, outbox, size, "2022-12-23").count
    try office.replace("persons: [李晓光]", "persons: [徐娟]")
    let expected = count
    if let limit {
      try fail(office, from: expected + limit)
      #expect(throws: OutboxError.notAllowed("full")) { try pass(office, outbox, size, "2022-12-26") }
      try run(office, "DROP TRIGGER full")
    }
    count += try pass(office, outbox, size, "2022-12-26").count
    #expect(try pass(office, outbox, size, "2022-12-26").isEmpty, "a second look queues something")
    let entries = try outbox.entries(EntryFilter())
    #expect(Set(entries.map(\.key)).count == entries.count)
    let mails = try entries.map { entry in
      Sent(
        key: entry.key, subject: entry.subject, body: try outbox.show(entry.id).body ?? [],
        reminders: try outbox.show(entry.id).reminders)
    }
    return (Set(mails), Set(try outbox.facts(withPrefix: "notice/").map(\.key)))
  }

  private func pass(
    _ office: Workplace, _ outbox: Outbox, _ size: Int, _ day: String
  ) throws -> [Int64] {
    let now = Timestamp(SampleLedger.day(day), .defaultSendAt, utcOffset: 8 * 3600)
    let loaded = Loader(configuration: office.url.path + "/duban.yaml", environment: [:]).load { _ in now }
    let active = try #require(loaded.active, "\(loaded.diagnostics)")
    var run = PlanningRun(active, outbox)
    run.mailsAtATime = size
    let report = try run.run(at: now)
    #expect(report.failures == [])
    return report.queued
  }

  private func fail(_ office: Workplace, from count: Int) throws {
    try run(
      office,
      "CREATE TRIGGER full BEFORE INSERT ON entry WHEN (SELECT count(*) FROM entry) >= \(count) "
        + "BEGIN SELECT RAISE(ABORT, 'full'); END")
  }

  private func run(_ office: Workplace, _ sql: String) throws {
    let database = try DatabaseQueue(path: office.url.path + "/state/duban.sqlite")
    try database.write { db in try db.execute(sql: sql) }
  }

  @Test func groupsHoldWhatOneTransactionHolds() throws {
    let whole = try queued(MailGroups.usualSize)
    #expect(whole.mails.count > 12)
    for size in [1, 3, 5] {
      let groups = try queued(size)
      #expect(groups.mails == whole.mails, "\(size) at a time")
      #expect(groups.facts == whole.facts, "\(size) at a time")
    }
  }

  @Test func anEndBetweenTwoGroupsLosesAndDoublesNothing() throws {
    let whole = try queued(MailGroups.usualSize)
    for limit in 1..<8 {
      let broken = try queued(2, failingAfter: limit)
      #expect(broken.mails == whole.mails, "after \(limit)")
      #expect(broken.facts == whole.facts, "after \(limit)")
    }
  }

  /// A change's mails and the ledger that the next change is compared with: both are there, or neither.
  @Test func aChangeIsToldAndNotedInOneTransaction() throws {
    let office = try Workplace()
    let outbox = try Outbox(directory: office.url.path + "/state")
    let first = try pass(office, outbox, 2, "2022-12-23")
    try office.replace("persons: [李晓光]", "persons: [徐娟]")
    let snapshots = try outbox.facts(withPrefix: "snapshot")
    #expect(snapshots.count == 2)
    try run(
      office,
      "CREATE TRIGGER full BEFORE INSERT ON fact WHEN NEW.key LIKE 'snapshot-print/%' "
        + "BEGIN SELECT RAISE(ABORT, 'full'); END")
    #expect(throws: OutboxError.notAllowed("full")) { try pass(office, outbox, 2, "2022-12-26") }
    #expect(try outbox.entries(EntryFilter()).map(\.id) == first)
    #expect(try outbox.facts(withPrefix: "snapshot") == snapshots)
    try run(office, "DROP TRIGGER full")
    #expect(try !pass(office, outbox, 2, "2022-12-26").isEmpty)
    #expect(try outbox.facts(withPrefix: "snapshot") != snapshots)
  }

  @Test func whatTellsOfOthersComesFirst() {
    let person = SampleLedger.owner("徐娟", "市场监督管理局", "a")
    func mail(_ kind: PlannedMail.Kind, notes: [OwnerNote] = []) -> PlannedMail {
      PlannedMail(
        on: SampleLedger.day("2022-12-23"), kind: kind, recipient: person.recipient, address: "a@example.org",
        reminders: [], notes: notes)
    }
    let note = OwnerNote(plan: "测", owner: person, kind: .handedOver, text: "交接")
    let digest = mail(.digest(plans: ["测"], isWeekly: false))
    let mails = [
      mail(.reminders), mail(.reminders), mail(.reminders, notes: [note]), mail(.reminders), digest,
    ]
    func groups(of size: Int) -> [[PlannedMail]] {
      MailGroups(mails.map { ($0, nil) }, size: size).map { $0.map(\.mail) }
    }
    #expect(groups(of: 5) == [mails])
    #expect(groups(of: 2) == [[mails[2], digest], [mails[0], mails[1]], [mails[3]]])
    #expect(Array(MailGroups([], size: 2)).isEmpty)
  }
}
