import DubanCore
import DubanCourier
import DubanDaemon
import DubanOutbox
import Synchronization
import TestSupport
import Testing

@Suite struct DeliveryTests {
  private let office: DeliveryOffice
  private var directory: ScratchDirectory { office.directory }
  private var outbox: Outbox { office.outbox }
  private var clock: TestClock { office.clock }
  private var owner: ProcessIdentity { office.owner }

  init() throws { office = try DeliveryOffice() }

  @Test func deliversEverythingThatIsDueInOrder() throws {
    try office.queue(5)
    let relay = ScriptedRelay()
    let report = office.delivery(to: relay).run(until: StopFlag())
    #expect(relay.messageIDs == (0..<5).map { "<\($0)@example.org>" })
    #expect(report == expected(sent: 5))
    #expect(try outbox.backlog().open == 0)
  }

  @Test func anEmptyQueueIsNothingToDo() {
    let relay = ScriptedRelay()
    #expect(office.delivery(to: relay).run(until: StopFlag()) == DeliveryReport())
    #expect(relay.received == [])
  }

  @Test func theAttemptIsOnRecordBeforeTheRelayHearsOfIt() throws {
    try office.queue(1)
    let path = directory.path
    let seen = Mutex<[Entry]>([])
    let relay = ScriptedRelay { _, _ in
      let entries = (try? Outbox(directory: path, access: .readOnly).entries(EntryFilter())) ?? []
      seen.withLock { $0 = entries }
      return .accepted
    }
    _ = office.delivery(to: relay).run(until: StopFlag())
    #expect(seen.withLock { $0.map(\.state) } == [.sending])
    #expect(seen.withLock { $0.map(\.attempts) } == [1])
  }

  @Test func severalConnectionsShareTheQueueAndNothingGoesTwice() throws {
    try office.queue(200)
    let relay = ScriptedRelay()
    let report = office.delivery(to: relay, limit: { $0.connections = 4 }).run(until: StopFlag())
    #expect(report.sent == 200)
    #expect(Set(relay.messageIDs).count == 200)
    #expect(relay.received.count == 200)
    #expect(Set(relay.received.map(\.connection)).count <= 4)
  }

  @Test func aConnectionCarriesSoManyAndNoMore() throws {
    try office.queue(7)
    let relay = ScriptedRelay()
    _ = office.delivery(to: relay, limit: { $0.perConnection = 3 }).run(until: StopFlag())
    #expect(relay.received.map(\.connection) == [1, 1, 1, 2, 2, 2, 3])
  }

  @Test func thePaceOfAMinuteHoldsAcrossRuns() throws {
    try office.queue(5)
    let relay = ScriptedRelay()
    let first = office.delivery(to: relay, limit: { $0.perMinute = 2 }).run(until: StopFlag())
    #expect(first.sent == 2)
    #expect(first.end == .paced)
    #expect(first.next == clock.now.adding(seconds: 60))
    clock.advance(seconds: 59)
    #expect(office.delivery(to: relay, limit: { $0.perMinute = 2 }).run(until: StopFlag()).sent == 0)
    clock.advance(seconds: 1)
    #expect(office.delivery(to: relay, limit: { $0.perMinute = 2 }).run(until: StopFlag()).sent == 2)
    #expect(relay.received.count == 4)
  }

  @Test func thePaceOfADayHoldsUntilMidnight() throws {
    try office.queue(5)
    let relay = ScriptedRelay()
    let first = office.delivery(to: relay, limit: { $0.perDay = 3 }).run(until: StopFlag())
    #expect(first.sent == 3)
    #expect(first.end == .paced)
    // 08:30 in Shanghai; the next day begins in 15 hours and a half.
    #expect(first.next == clock.now.adding(seconds: 55_800))
    clock.advance(seconds: 55_800)
    #expect(office.delivery(to: relay, limit: { $0.perDay = 3 }).run(until: StopFlag()).sent == 2)
  }

  @Test func aPausedRelayIsLeftAloneUntilItsTime() throws {
    try office.queue(3)
    let until = clock.now.adding(seconds: 900)
    let relay = ScriptedRelay { _, number in
      number == 2 ? AttemptResult(step: .mailFrom, result: .refused, code: 451, text: "pause") : .accepted
    }
    let report = office.delivery(to: relay).run(until: StopFlag())
    #expect(relay.received.count == 2)
    #expect(report.sent == 1)
    #expect(report.deferred == 1)
    #expect(report.end == .relayClosed)
    #expect(report.next == until)
    clock.advance(seconds: 899)
    #expect(office.delivery(to: relay).run(until: StopFlag()).sent == 0)
    clock.advance(seconds: 1)
    #expect(office.delivery(to: relay).run(until: StopFlag()).sent == 2)
  }

  @Test func aRefusedLoginStopsEverythingUntilItIsCleared() throws {
    try office.queue(3)
    let relay = ScriptedRelay { _, number in
      number == 1 ? AttemptResult(step: .authenticate, result: .refused, code: 535, text: "no") : .accepted
    }
    #expect(office.delivery(to: relay).run(until: StopFlag()).end == .relayClosed)
    #expect(relay.received.count == 1)
    clock.advance(seconds: 3600)
    #expect(office.delivery(to: relay).run(until: StopFlag()).end == .relayClosed)
    #expect(relay.received.count == 1, "not one more try")
    try outbox.clearStop()
    #expect(office.delivery(to: relay).run(until: StopFlag()).sent == 3)
    // Also the one that was refused, which would have waited as long as the stop.
    #expect(relay.messageIDs == ["<0@example.org>", "<0@example.org>", "<1@example.org>", "<2@example.org>"])
  }

  @Test func aNewConnectionIsOpenedWhereTheVerdictWantsOne() throws {
    try office.queue(3)
    let relay = ScriptedRelay { _, number in
      number == 1 ? AttemptResult(step: .finalDot, result: .failed, text: "lost") : .accepted
    }
    _ = office.delivery(to: relay).run(until: StopFlag())
    #expect(relay.received.map(\.connection) == [1, 2, 2])
    #expect(try outbox.entries(EntryFilter()).map(\.possiblyDelivered) == [true, false, false])
  }

  @Test func stoppingEndsAfterTheMailInFlight() throws {
    try office.queue(5)
    let stop = StopFlag()
    let relay = ScriptedRelay { _, number in
      if number == 2 { stop.raise() }
      return .accepted
    }
    let report = office.delivery(to: relay).run(until: stop)
    #expect(report.sent == 2)
    #expect(report.end == .stopped)
    #expect(try outbox.entries(EntryFilter()).map(\.state) == [.sent, .sent, .queued, .queued, .queued])
  }

  @Test func deferredMailTellsWhenToComeBack() throws {
    try office.queue(1)
    let relay = ScriptedRelay { _, _ in AttemptResult(step: .connect, result: .failed, text: "no route") }
    let report = office.delivery(to: relay).run(until: StopFlag())
    #expect(report.end == .drained)
    #expect(report.next == clock.now.adding(seconds: 300))
  }

  @Test func whatCouldNotBeRecordedIsRecordedByTheNextRun() throws {
    try office.queue(3)
    let fault = try Fault(directory.path)
    let relay = ScriptedRelay { _, number in
      if number == 2 { fault.begin() }
      return .accepted
    }
    let delivery = office.delivery(to: relay)
    let report = delivery.run(until: StopFlag())
    #expect(report.end == .outbox(.notAllowed("fault")))
    #expect(report.sent == 1)
    #expect(report.next == clock.now.adding(seconds: 60))
    fault.end()
    #expect(delivery.run(until: StopFlag()).end == .drained)
    #expect(relay.messageIDs == (0..<3).map { "<\($0)@example.org>" }, "none twice")
    #expect(try outbox.entries(EntryFilter()).map(\.possiblyDelivered) == [false, false, false])
  }

  @Test func whatCouldNotBeRecordedSurvivesANewDelivery() throws {
    try office.queue(2)
    let fault = try Fault(directory.path)
    let relay = ScriptedRelay { _, number in
      if number == 1 { fault.begin() }
      return .accepted
    }
    let first = office.delivery(to: relay)
    #expect(first.run(until: StopFlag()).end == .outbox(.notAllowed("fault")))
    fault.end()
    // As after a reload: other couriers, and what the first ones did is not forgotten.
    #expect(office.delivery(to: relay, after: first).run(until: StopFlag()).end == .drained)
    #expect(relay.messageIDs == ["<0@example.org>", "<1@example.org>"], "none twice")
    #expect(try outbox.entries(EntryFilter()).map(\.possiblyDelivered) == [false, false])
  }

  @Test func aMailWhoseEveryAttemptEndsItsProcessIsGivenUpOnceItsLifetimeIsOver() throws {
    try office.queue(1)
    let relay = ScriptedRelay()
    var attempts = 0
    // Another process each time, which claims the mail and dies.
    for process in Int32(2)... {
      let terms = LeasePolicy(owner: ProcessIdentity(boot: "b", namespace: "n", process: process, start: 1))
      let claims = try outbox.claim(1, on: terms, now: clock.now)
      let claim = try #require(claims.first)
      try outbox.abandonLeases(of: terms.owner, now: clock.now)
      clock.advance(seconds: 14_400)
      attempts += 1
      if claim.lostAttemptAt.map({ $0 >= claim.queuedAt.adding(seconds: RetryPolicy.lifetime) }) ?? false {
        break
      }
    }
    #expect((30...40).contains(attempts), "\(attempts)")
    let report = office.delivery(to: relay, expiry: RetryPolicy.expiry).run(until: StopFlag())
    #expect(report.failed == 1)
    #expect(relay.received == [], "nothing is dialled for it")
    let entry = try outbox.show(1).entry
    #expect(entry.state == .failed)
    #expect(entry.possiblyDelivered)
    #expect(entry.answer == "the process ended during every attempt [given up after 5 days]")
    // A person's wish counts: the attempt before had an answer, so this one is made.
    try outbox.retry(1, now: clock.now)
    #expect(office.delivery(to: relay, expiry: RetryPolicy.expiry).run(until: StopFlag()).sent == 1)
    #expect(try outbox.show(1).entry.state == .sent)
  }

  @Test func bothLimitsHoldOverALongQueue() throws {
    try office.queue(60)
    let clock = clock
    let moments = Mutex<[Timestamp]>([])
    let relay = ScriptedRelay { _, _ in
      moments.withLock { $0.append(clock.now) }
      return .accepted
    }
    var report = DeliveryReport()
    repeat {
      if let next = report.next { clock.advance(seconds: next.seconds - clock.now.seconds) }
      report = office.delivery(
        to: relay,
        limit: {
          $0.perMinute = 4
          $0.perDay = 25
        }
      ).run(until: StopFlag())
    } while report.next != nil
    let sends = moments.withLock { $0 }
    #expect(sends.count == 60)
    for send in sends {
      #expect(sends.count(where: { $0 <= send && send.seconds - $0.seconds < 60 }) <= 4)
      let day = send.day(utcOffset: 28_800)
      #expect(sends.count(where: { $0.day(utcOffset: 28_800) == day }) <= 25)
    }
  }

  @Test func whatAnEarlierDeliveryLeftBehindGoesAgainOnceItsWaitIsOver() throws {
    try office.queue(1)
    _ = try outbox.claim(1, on: LeasePolicy(owner: owner), now: clock.now)
    let relay = ScriptedRelay()
    #expect(office.delivery(to: relay).run(until: StopFlag()).next == clock.now.adding(seconds: 300))
    clock.advance(seconds: 300)
    #expect(office.delivery(to: relay).run(until: StopFlag()).sent == 1)
  }

  @Test func aClockSetBackDoesNotKeepMailWaiting() throws {
    try office.queue(1)
    let relay = ScriptedRelay { _, number in
      number == 1 ? AttemptResult(step: .connect, result: .failed, text: "no route") : .accepted
    }
    clock.advance(seconds: 86_400)
    _ = office.delivery(to: relay).run(until: StopFlag())
    clock.advance(seconds: -86_400)
    #expect(office.delivery(to: relay).run(until: StopFlag()).sent == 1)
  }

  @Test func theJournalHearsOfEveryAttemptThatIsRecorded() throws {
    try office.queue(3)
    let heard = Mutex<[Int64]>([])
    let delivery = office.delivery(
      to: ScriptedRelay(), recorded: { all in heard.withLock { $0 += all.map(\.claim.entry) } })
    _ = delivery.run(until: StopFlag())
    #expect(heard.withLock { $0 } == [1, 2, 3])
  }

  private func expected(sent: Int) -> DeliveryReport {
    var report = DeliveryReport()
    report.sent = sent
    return report
  }
}
