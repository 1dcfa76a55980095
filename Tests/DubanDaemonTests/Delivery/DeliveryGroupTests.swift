import Dispatch
import DubanCore
import DubanCourier
import DubanDaemon
import DubanOutbox
import Synchronization
import TestSupport
import Testing

/// How many mails are claimed at a time, and what becomes of those that no worker has tried.
@Suite struct DeliveryGroupTests {
  private let office: DeliveryOffice

  init() throws { office = try DeliveryOffice() }

  @Test(arguments: [1, 4]) func withoutALimitSoManyAreUnderWayAndNoMore(_ connections: Int) throws {
    try office.queue(400)
    let most = Mutex(0)
    let path = office.directory.path
    let relay = ScriptedRelay { _, number in
      if number.isMultiple(of: 8) {
        let sending = (try? Outbox(directory: path, access: .readOnly).backlog().counts[.sending]) ?? 0
        most.withLock { $0 = max($0, sending) }
      }
      return .accepted
    }
    let report = office.delivery(to: relay, limit: { $0.connections = connections }).run(until: StopFlag())
    #expect(report.sent == 400)
    #expect(Set(relay.messageIDs).count == 400)
    #expect((2...64).contains(most.withLock { $0 }), "\(most.withLock { $0 })")
  }

  @Test(arguments: [1, 3]) func withALimitOnePerConnectionIsUnderWay(_ connections: Int) throws {
    try office.queue(60)
    let most = Mutex(0)
    let path = office.directory.path
    let relay = ScriptedRelay { _, _ in
      let sending = (try? Outbox(directory: path, access: .readOnly).backlog().counts[.sending]) ?? 0
      most.withLock { $0 = max($0, sending) }
      return .accepted
    }
    let report = office.delivery(
      to: relay,
      limit: {
        $0.connections = connections
        $0.perMinute = 10_000
      }
    ).run(until: StopFlag())
    #expect(report.sent == 60)
    #expect((1...connections).contains(most.withLock { $0 }))
  }

  @Test func whatWasClaimedAndNotTriedWhenTheRelayPausesIsAsIfItHadNotBeen() throws {
    try office.queue(200)
    let relay = ScriptedRelay { _, number in
      number == 100
        ? AttemptResult(step: .mailFrom, result: .refused, code: 451, text: "pause") : .accepted
    }
    let report = office.delivery(to: relay).run(until: StopFlag())
    #expect(report.end == .relayClosed)
    #expect(relay.received.count == 100, "not one more is tried")
    let entries = try office.outbox.entries(EntryFilter())
    #expect(entries.filter { $0.state == .sent }.count == 99)
    #expect(entries.filter { $0.state == .deferred }.count == 1)
    let rest = entries.filter { $0.state == .queued }
    #expect(rest.count == 100)
    #expect(
      rest.allSatisfy { $0.attempts == 0 && !$0.possiblyDelivered && $0.nextAttempt == office.clock.now })
  }

  @Test func stoppingGivesBackWhatWasNotTried() throws {
    try office.queue(200)
    let stop = StopFlag()
    let relay = relayWhoseHundredthMail { stop.raise() }
    let report = office.delivery(to: relay, limit: { $0.connections = 4 }).run(until: stop)
    #expect(report.end == .stopped)
    #expect((100...103).contains(report.sent), "what was in flight on the other connections ends first")
    let rest = try office.outbox.entries(EntryFilter()).filter { $0.state != .sent }
    #expect(rest.count == 200 - report.sent)
    #expect(rest.allSatisfy { $0.state == .queued && $0.attempts == 0 && !$0.possiblyDelivered })
    #expect(
      office.delivery(to: relay).run(until: StopFlag()).sent == rest.count, "and it goes out the next time")
    #expect(Set(relay.messageIDs).count == 200)
    #expect(relay.received.count == 200, "none twice")
  }

  @Test func anErrorOfTheOutboxForgetsNothingOfAGroup() throws {
    try office.queue(200)
    let fault = try Fault(office.directory.path)
    let relay = relayWhoseHundredthMail { fault.begin() }
    let delivery = office.delivery(to: relay, limit: { $0.connections = 4 })
    #expect(delivery.run(until: StopFlag()).end == .outbox(.notAllowed("fault")))
    #expect(relay.received.count < 200)
    fault.end()
    #expect(delivery.run(until: StopFlag()).end == .drained)
    #expect(relay.received.count == 200, "none twice")
    #expect(Set(relay.messageIDs).count == 200)
    let entries = try office.outbox.entries(EntryFilter())
    #expect(entries.allSatisfy { $0.state == .sent && $0.attempts == 1 && !$0.possiblyDelivered })
  }

  /// A relay that has `event` happen at its hundredth mail, and answers none of the later ones before it has: the
  /// other connections would hand over any number of them meanwhile.
  private func relayWhoseHundredthMail(brings event: @escaping @Sendable () -> Void) -> ScriptedRelay {
    let hasHappened = DispatchGroup()
    hasHappened.enter()
    return ScriptedRelay { _, number in
      if number == 100 {
        event()
        hasHappened.leave()
      } else if number > 100 {
        hasHappened.wait()
      }
      return .accepted
    }
  }

  @Test func whatWaitedTooLongIsClaimedAnew() throws {
    try office.queue(100)
    let clock = office.clock
    let relay = ScriptedRelay { _, number in
      // One mail that takes ten minutes, as a relay that thinks about it: longer than a lease should be relied on.
      if number == 50 { clock.advance(seconds: 600) }
      return .accepted
    }
    #expect(office.delivery(to: relay).run(until: StopFlag()).sent == 100)
    #expect(relay.received.count == 100)
    let started = try (1...100).map { try office.outbox.show($0).attempts.map(\.startedAt) }
    #expect(started.allSatisfy { $0.count == 1 })
    #expect(started.last == [clock.now])
  }
}
