import DubanCore
import DubanOutbox
import Foundation
import Synchronization
import TestSupport
import Testing

@testable import DubanDaemon

/// The service in this process, under a clock that the test moves.
@Suite struct ServiceTests {
  @Test(.timeLimit(.minutes(1))) func aSendTimeThatComesWhileMailsAreUnderWayIsNotMissed() throws {
    let files = try TestSupport.Office()
    let loader = Loader(configuration: files.url.path + "/duban.yaml", environment: [:])
    let before = Timestamp(
      SampleLedger.day("2022-12-16"), try #require(CivilTime("08:29")), utcOffset: 8 * 3600)
    let inForce = try #require(loader.load { _ in before }.inForce)
    let outbox = try Outbox(directory: files.url.path + "/state")
    let waiting = try Digests(inForce, Decisions()).make(for: .contact, at: before).entries
    _ = try outbox.enqueue(waiting)

    // The mail that waits is delivered from 08:29 until 08:31.
    let isLater = Mutex(false)
    let clock = Clock { before.adding(seconds: isLater.withLock { $0 } ? 120 : 0) }
    let queued = DispatchSemaphore(value: 0)
    let journal = Journal { event in
      if event.kind == .sent { isLater.withLock { $0 = true } }
      if event.kind == .queued { queued.signal() }
    }
    let service = Service(
      DubanDaemon.Office(inForce, loader: loader, outbox: outbox, clock: clock, journal: journal),
      clock: clock, journal: journal, supervisor: Supervisor { _ in })
    let ended = DispatchSemaphore(value: 0)
    DispatchQueue.global().async {
      service.run()
      ended.signal()
    }
    #expect(queued.wait(timeout: .now() + 30) == .success, "the day's mails wait for tomorrow")
    service.end()
    ended.wait()
  }
}
