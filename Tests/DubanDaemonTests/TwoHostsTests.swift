import DubanCore
import DubanCourier
import DubanMail
import Foundation
import Synchronization
import TestSupport
import Testing

@testable import DubanDaemon
@testable import DubanOutbox

/// Two hosts that share a PostgreSQL: who plans, who reads a mailbox, and what either does for both.
@Suite(.enabled(if: PostgresServer.isInstalled, "PostgreSQL isn't installed")) struct TwoHostsTests {
  private let outboxes: [Outbox]
  private let hosts: [DubanDaemon.Host]
  private let now: Timestamp

  init() throws {
    now = Timestamp(
      SampleLedger.day("2022-12-16"), try #require(CivilTime("08:31")), utcOffset: 8 * 3600)
    let address = try PostgresAddress(
      PostgresServer.shared.get().uri, schema: PostgresServer.freshSchema())
    outboxes = [try Outbox(address), try Outbox(address)]
    hosts = [try DubanDaemon.Host(outboxes[0], name: "a"), try DubanDaemon.Host(outboxes[1], name: "b")]
  }

  /// Leaves so many seconds of a lease, as if the rest had passed.
  private func shorten(_ lease: String, to seconds: Int) throws(OutboxError) {
    let changed = try outboxes[0].write { db in
      try db.execute(
        "UPDATE lease SET until = clock_timestamp() + make_interval(secs => ?) WHERE name = ?",
        [seconds, lease])
    }
    #expect(changed == 1)
  }

  private func secondsLeft(_ lease: String) throws(OutboxError) -> Int64? {
    try outboxes[0].leases().first { $0.lease.name == lease }?.secondsLeft
  }

  @Test func onePlansUntilItsLeaseRunsOut() throws {
    #expect(try hosts[0].renew())
    #expect(try !hosts[1].renew())
    #expect(hosts[1].planner == nil)
    let late = try #require(hosts[0].planner)
    try late.remember("k", "in time", at: now)

    try shorten(DubanDaemon.Host.planning, to: 0)
    #expect(try hosts[1].renew(), "taken over")
    #expect(throws: OutboxError.leaseLost(DubanDaemon.Host.planning)) {
      try late.remember("k", "late", at: now)
    }
    #expect(try outboxes[1].fact("k")?.value == "in time")
    #expect(try !hosts[0].renew())
    #expect(hosts[0].planner == nil)
    #expect(
      try DubanDaemon.Host.all(outboxes[0]).map { "\($0.name) \($0.runs) \($0.plans)" } == [
        "a true false", "b true true",
      ])
  }

  @Test func whoSaysGoodbyeIsReplacedAtOnce() throws {
    #expect(try hosts[0].renew())
    #expect(try Status.serviceIsRunning(outboxes[1]), "nothing is copied while any host is at work")
    try hosts[0].resign()
    #expect(try !Status.serviceIsRunning(outboxes[1]))
    #expect(try hosts[1].renew())
    #expect(try DubanDaemon.Host.all(outboxes[1]).map(\.name) == ["b"])
  }

  /// A server that answers slowly, or a mail that comes slowly, may take longer than a lease lasts.
  @Test func aMailboxIsReadByOneHostHoweverLongThatTakes() throws {
    func otherReads() throws(OutboxError) -> Bool? {
      try hosts[1].reading("m") { (_: Outbox) throws(OutboxError) in true }
    }
    let isRead = try hosts[0].reading("m") { (outbox: Outbox) throws(OutboxError) in
      try shorten("inbox/m", to: 10)
      try hosts[0].renew()
      #expect(try (11...Lease.seconds).contains(secondsLeft("inbox/m") ?? 0))
      #expect(try otherReads() == nil)
      try outbox.remember("k", "v", at: now)
      return true
    }
    #expect(isRead == true)
    #expect(try otherReads() == true, "it was let go of")
    try hosts[0].renew()
    #expect(try otherReads() == true, "and isn't prolonged any more")
  }

  @Test func aLookThatWasTakenOverRecordsNothing() throws {
    #expect(throws: OutboxError.leaseLost("inbox/m")) {
      try hosts[0].reading("m") { (outbox: Outbox) throws(OutboxError) in
        try shorten("inbox/m", to: 0)
        _ = try hosts[1].reading("m") { (_: Outbox) throws(OutboxError) in true }
        try outbox.remember("k", "v", at: now)
      }
    }
    #expect(try outboxes[0].fact("k") == nil)
  }

  @Test func ledgersThatDifferAreToldOnce() throws {
    let files = [try TestSupport.Office(), try TestSupport.Office()]
    try files[1].replace("persons: [李晓光]", "persons: [徐娟]")
    let active = try files.map {
      try #require(
        Loader(configuration: $0.url.path + "/duban.yaml", environment: [:]).load { _ in now }.active)
    }
    for host in hosts { try host.renew() }
    let journals = Mutex<[String]>([])
    let contexts = zip(outboxes, hosts).map { outbox, host in
      ServiceContext(
        outbox: outbox, clock: Clock { now },
        journal: Journal { event in journals.withLock { $0.append(event.message) } },
        host: host)
    }
    for _ in 0..<2 {
      #expect(try !contexts[0].compareLedgers(active[0], knownToDiffer: false), "its own are in force")
    }
    #expect(try contexts[1].compareLedgers(active[1], knownToDiffer: false))
    #expect(try contexts[1].compareLedgers(active[1], knownToDiffer: true))
    #expect(journals.withLock { $0.count } == 1, "the operator is told once")

    func told() throws -> [String] {
      try Notices.pending(active[0], outboxes[0], now: now).filter(\.isNew).map(\.notice.text)
        .filter { $0.contains("服务器") }
    }
    #expect(try told() == ["服务器“b”上的台账与正在执行的不一致，请管理员核对两台服务器上的台账文件。"])
    let planner = try #require(hosts[0].planner)
    _ = try PlanningRun(active[0].registered(in: planner, at: now), planner).run(at: now)
    #expect(try told() == [], "the contact is told once")
  }

  @Test func aRefusedLoginStopsBoth() throws {
    let offices = try [DeliveryOffice(outboxes[0], process: 1), DeliveryOffice(outboxes[1], process: 2)]
    try offices[0].queue(3)
    let relay = ScriptedRelay { _, number in
      number > 1 ? .accepted : AttemptResult(step: .authenticate, result: .refused, code: 535, text: "no")
    }
    _ = offices[0].delivery(to: relay).run(until: StopFlag())
    #expect(offices[1].delivery(to: relay).run(until: StopFlag()).end == .relayClosed)
    #expect(relay.received.count == 1, "nobody tried again")
    // A reload of either.
    try outboxes[0].clearStop()
    #expect(offices[1].delivery(to: relay).run(until: StopFlag()).sent == 3)
  }

  @Test func thePaceHoldsForBothTogether() throws {
    let offices = try [DeliveryOffice(outboxes[0], process: 1), DeliveryOffice(outboxes[1], process: 2)]
    try offices[0].queue(40)
    let relay = ScriptedRelay()
    DispatchQueue.concurrentPerform(iterations: 2) { number in
      let delivery = offices[number].delivery(
        to: relay,
        limit: {
          $0.perMinute = 7
          $0.connections = 2
        })
      #expect(delivery.run(until: StopFlag()).end == .paced)
    }
    #expect(relay.received.count == 7)
    #expect(Set(relay.messageIDs).count == 7)
  }
}
