import Dispatch
import Testing

@testable import DubanDaemon

/// A delivery that runs while mails are being queued.
@Suite struct ArrivalsTests {
  @Test func whatWasAnnouncedIsNewsOnce() {
    let arrivals = Arrivals()
    arrivals.announce()
    arrivals.announce()
    #expect(arrivals.wait { Issue.record("it needn't wait") })
    arrivals.announce()
    arrivals.end()
    arrivals.end()
    #expect(arrivals.wait { Issue.record("it needn't wait") })
    #expect(!arrivals.wait { Issue.record("it needn't wait") })
  }

  @Test func itWaitsForNewsAndForTheEnd() {
    let arrivals = Arrivals()
    #expect(arrivals.wait { arrivals.announce() })
    let other = DispatchQueue(label: "other")
    #expect(arrivals.wait { other.async { arrivals.announce() } })
    #expect(!arrivals.wait { other.async { arrivals.end() } })
  }

  /// The third mail of each group has the next one queued, and the last group's ends it.
  @Test(arguments: [1, 4]) func oneRunDeliversWhatIsQueuedMeanwhile(_ connections: Int) throws {
    let office = try DeliveryOffice()
    let (groups, size) = (5, 20)
    try office.queue(size)
    let arrivals = Arrivals()
    let queueing = DispatchQueue(label: "queueing")
    let relay = ScriptedRelay { _, number in
      if number % size == 3 {
        let next = number / size + 1
        queueing.async {
          guard next < groups else { return arrivals.end() }
          #expect(throws: Never.self) { try office.queue(size, from: next * size) }
          arrivals.announce()
        }
      }
      return .accepted
    }
    let report = office.delivery(to: relay, limit: { $0.connections = connections })
      .run(until: StopFlag(), arrivals)
    #expect(report.sent == groups * size)
    #expect(report.end == .drained)
    #expect(Set(relay.messageIDs).count == groups * size)
    #expect(relay.received.count == groups * size)
  }

  @Test func aStopEndsItWhenQueueingEnds() throws {
    let office = try DeliveryOffice()
    try office.queue(5)
    let arrivals = Arrivals()
    let stop = StopFlag()
    let relay = ScriptedRelay { _, number in
      if number == 2 {
        stop.raise()
        arrivals.announce()
        arrivals.end()
      }
      return .accepted
    }
    let report = office.delivery(to: relay).run(until: stop, arrivals)
    #expect(report.end == .stopped)
    #expect(report.sent == 2)
  }
}
