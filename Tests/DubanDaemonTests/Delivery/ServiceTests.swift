import Dispatch
import DubanCore
import DubanOutbox
import Foundation
import GRDB
import Synchronization
import TestSupport
import Testing

@testable import DubanDaemon

/// The service in this process, under a clock that the test moves.
@Suite struct ServiceTests {
  @Test func aSendTimeThatComesWhileMailsAreUnderWayIsNotMissed() throws {
    let files = try TestSupport.Office()
    let loader = Loader(configuration: files.url.path + "/duban.yaml", environment: [:])
    let before = Timestamp(
      SampleLedger.day("2022-12-16"), try #require(CivilTime("08:29")), utcOffset: 8 * 3600)
    let active = try #require(loader.load { _ in before }.active)
    let outbox = try Outbox(directory: files.url.path + "/state")
    let waiting = try ManualDigest(active, outbox, issuesLinks: true).make(for: .contact, at: before).entries
    _ = try outbox.enqueue(waiting)

    // The mail that waits is delivered from 08:29 until 08:31.
    let isLater = Mutex(false)
    let clock = Clock { before.adding(seconds: isLater.withLock { $0 } ? 120 : 0) }
    let queued = DispatchSemaphore(value: 0)
    let journal = Journal { event in
      if event.kind == .sent { isLater.withLock { $0 = true } }
      if event.kind == .queued { queued.signal() }
    }
    let context = try ServiceContext(outbox: outbox, clock: clock, journal: journal)
    let service = Service(
      Reloader(active, loader: loader, context), context, manager: ServiceManager { _ in })
    let ended = DispatchSemaphore(value: 0)
    DispatchQueue.global().async {
      service.run()
      ended.signal()
    }
    #expect(queued.comes, "the day's mails wait for tomorrow")
    service.end()
    #expect(ended.comes)
  }

  /// The outbox can't be used when the day's mails are due, and can a moment later: they don't wait for the next day.
  @Test func aLookThatFailedIsMadeAgainSoon() throws {
    let files = try TestSupport.Office()
    let loader = Loader(configuration: files.url.path + "/duban.yaml", environment: [:])
    let due = Timestamp(
      SampleLedger.day("2022-12-20"), try #require(CivilTime("08:31")), utcOffset: 8 * 3600)
    let active = try #require(loader.load { _ in due }.active)
    let outbox = try Outbox(directory: files.url.path + "/state")
    let path = files.url.path + "/state/duban.sqlite"
    @Sendable func run(_ sql: String) throws {
      var patient = GRDB.Configuration()
      patient.busyMode = .timeout(30)
      try DatabaseQueue(path: path, configuration: patient).write { try $0.execute(sql: sql) }
    }
    try run("CREATE TRIGGER full BEFORE INSERT ON entry BEGIN SELECT RAISE(ABORT, 'full'); END")

    let isLater = Mutex(false)
    let clock = Clock { due.adding(seconds: isLater.withLock { $0 } ? 61 : 0) }
    let queued = DispatchSemaphore(value: 0)
    let journal = Journal { event in
      if event.kind == .outbox {
        #expect(throws: Never.self) { try run("DROP TRIGGER IF EXISTS full") }
        isLater.withLock { $0 = true }
      }
      if event.kind == .queued { queued.signal() }
    }
    let context = try ServiceContext(outbox: outbox, clock: clock, journal: journal)
    let service = Service(
      Reloader(active, loader: loader, context), context, manager: ServiceManager { _ in })
    let ended = DispatchSemaphore(value: 0)
    DispatchQueue.global().async {
      service.run()
      ended.signal()
    }
    #expect(queued.comes, "the day's mails wait for tomorrow")
    service.end()
    #expect(ended.comes)
  }

  /// Nobody listens at the switch's address: that each ping fails shows that it was tried.
  @Test func noPingFollowsALookThatFailed() throws {
    let files = try TestSupport.Office(more: "observe: {ping: \"http://127.0.0.1:1/\"}\n")
    let loader = Loader(configuration: files.url.path + "/duban.yaml", environment: [:])
    let now = Timestamp(
      SampleLedger.day("2022-12-20"), try #require(CivilTime("08:31")), utcOffset: 8 * 3600)
    let active = try #require(loader.load { _ in now }.active)
    let outbox = try Outbox(directory: files.url.path + "/state")
    // The service writes at the same time; whoever comes second waits.
    var patient = GRDB.Configuration()
    patient.busyMode = .timeout(30)
    let database = try DatabaseQueue(
      path: files.url.path + "/state/duban.sqlite", configuration: patient)
    try database.write { db in
      try db.execute(
        sql: "CREATE TRIGGER full BEFORE INSERT ON entry BEGIN SELECT RAISE(ABORT, 'full'); END")
    }

    let clock = Clock { now }
    let (failed, resting, pinged) = (
      DispatchSemaphore(value: 0), DispatchSemaphore(value: 0), DispatchSemaphore(value: 0)
    )
    let heard = Mutex<[String]>([])
    let journal = Journal { event in
      if event.kind == .outbox { failed.signal() }
      if event.kind == .queued { heard.withLock { $0.append("queued") } }
      if event.message.contains("dead-man's switch") {
        heard.withLock { $0.append("ping") }
        pinged.signal()
      }
    }
    let context = try ServiceContext(outbox: outbox, clock: clock, journal: journal)
    let service = Service(
      Reloader(active, loader: loader, context), context,
      manager: ServiceManager { if $0.contains("next look") { resting.signal() } })
    let ended = DispatchSemaphore(value: 0)
    DispatchQueue.global().async {
      service.run()
      ended.signal()
    }
    #expect(failed.comes)
    #expect(resting.comes)
    try database.write { db in try db.execute(sql: "DROP TRIGGER full") }
    try files.replace("persons: [李晓光]", "persons: [徐娟]")
    #expect(pinged.comes)
    #expect(heard.withLock { $0 }.first == "queued", "the look that failed was pinged for")
    service.end()
    #expect(ended.comes)
  }
}
