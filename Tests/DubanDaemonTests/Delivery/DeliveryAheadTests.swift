import DubanCore
import DubanCourier
import DubanDaemon
import DubanOutbox
import Synchronization
import TestSupport
import Testing

/// What a lane knows of its next mail, and that each mail gets its own answer when the next one's envelope went ahead.
@Suite struct DeliveryAheadTests {
  private let office: DeliveryOffice

  init() throws { office = try DeliveryOffice() }

  /// What the relay heard of over each connection, in order.
  private func connections(of relay: ScriptedRelay) -> [[ScriptedRelay.Record]] {
    Dictionary(grouping: relay.received, by: \.connection).sorted { $0.key < $1.key }.map(\.value)
  }

  private func recipient(_ record: ScriptedRelay.Record) -> String {
    "owner" + record.messageID.dropFirst().dropLast()
  }

  @Test(arguments: [1, 4]) func whatALaneIsToldComesNext(_ lanes: Int) throws {
    try office.queue(400)
    let relay = ScriptedRelay()
    #expect(office.delivery(to: relay, limit: { $0.connections = lanes }).run(until: StopFlag()).sent == 400)
    #expect(relay.received.count { $0.next != nil } > 100)
    #expect(connections(of: relay).count <= lanes, "no connection is given up")
    for records in connections(of: relay) {
      for (record, following) in zip(records, records.dropFirst()) where record.next != nil {
        #expect(record.next == recipient(following))
      }
      #expect(records.last?.next == nil)
    }
  }

  @Test(arguments: [1, 3]) func whereThePaceIsLimitedNoLaneIsToldAnything(_ lanes: Int) throws {
    try office.queue(60)
    let relay = ScriptedRelay()
    _ = office.delivery(
      to: relay,
      limit: {
        $0.connections = lanes
        $0.perMinute = 10_000
      }
    ).run(until: StopFlag())
    #expect(relay.received.count == 60)
    #expect(relay.received.allSatisfy { $0.next == nil })
  }

  @Test func theLastMailOfAConnectionHasNoneBehindIt() throws {
    try office.queue(200)
    let relay = ScriptedRelay()
    _ = office.delivery(to: relay, limit: { $0.perConnection = 10 }).run(until: StopFlag())
    #expect(connections(of: relay).map(\.count) == Array(repeating: 10, count: 20))
    #expect(connections(of: relay).allSatisfy { $0.last?.next == nil })
    #expect(relay.received.count { $0.next != nil } > 50)
  }

  @Test func aVerdictThatRenewsTheConnectionCostsTheNextMailNothing() throws {
    try office.queue(200)
    let relay = ScriptedRelay { _, number in
      number.isMultiple(of: 50) ? DeliveryOutcome(step: .finalDot, result: .failed, text: "lost") : .accepted
    }
    let report = office.delivery(to: relay).run(until: StopFlag())
    #expect((report.sent, report.deferred) == (196, 4))
    #expect(relay.messageIDs == (0..<200).map { "<\($0)@example.org>" })
    #expect(connections(of: relay).count == 4)
    #expect(try office.outbox.entries(EntryFilter()).allSatisfy { $0.attempts == 1 })
  }

  /// A peer that takes commands in a row, and a delivery to it.
  private func delivery(
    to script: PeerScript, connections: Int = 1,
    recorded: @escaping @Sendable ([FinishedClaim]) -> Void = { _ in }
  ) throws -> (delivery: Delivery, peer: ScriptedPeer) {
    var script = script
    script.extensions.append("PIPELINING")
    let peer = try ScriptedPeer(script)
    let relay = try Relay(host: "127.0.0.1", port: peer.port, security: .none)
    let delivery = office.delivery(limit: { $0.connections = connections }, recorded: recorded) {
      SMTPCourier(relay)
    }
    return (delivery, peer)
  }

  @Test(arguments: [1, 4]) func eachMailGetsItsOwnAnswer(_ connections: Int) throws {
    try office.queue(400)
    var script = PeerScript()
    let refused = Set(stride(from: 7, to: 400, by: 31).map { "owner\($0)@example.org" })
    for recipient in refused { script.recipientAnswers[recipient] = "550 5.1.1 \(recipient) is unknown" }
    let (delivery, peer) = try delivery(to: script, connections: connections)
    defer { peer.stop() }
    let report = delivery.run(until: StopFlag())
    #expect(report.sent == 400 - refused.count)
    let record = peer.record
    #expect(record.followed > 100)
    #expect(record.messages.count == report.sent)
    #expect(Set(record.envelopes.map { $0[1] }).count == report.sent)
    for entry in try office.outbox.entries(EntryFilter()) {
      if refused.contains(entry.recipient) {
        #expect(entry.state == .deferred && entry.answer == "5.1.1 \(entry.recipient) is unknown")
      } else {
        #expect(entry.state == .sent)
      }
    }
  }

  @Test func aRelayThatClosesAfterEachMailTakesEachOnce() throws {
    try office.queue(100)
    let (delivery, peer) = try delivery(to: PeerScript(.finalDot, .sayAndClose("250 ok")))
    defer { peer.stop() }
    #expect(delivery.run(until: StopFlag()).sent == 100)
    #expect(Set(peer.record.envelopes.map { $0[1] }).count == 100)
    #expect(peer.record.messages.count == 100)
    #expect(try office.outbox.entries(EntryFilter()).allSatisfy { $0.attempts == 1 && !$0.possiblyDelivered })
  }

  @Test(arguments: [1, 4]) func stoppingGivesBackWhatWentAhead(_ connections: Int) throws {
    try office.queue(400)
    let stop = StopFlag()
    let ended = Mutex(0)
    let (first, peer) = try delivery(to: PeerScript(), connections: connections) { finished in
      if ended.withLock({
        $0 += finished.count; return $0
      }) >= 50 {
        stop.raise()
      }
    }
    defer { peer.stop() }
    let report = first.run(until: stop)
    #expect(report.end == .stopped)
    #expect((50..<400).contains(report.sent))
    #expect(peer.record.messages.count == report.sent)
    #expect(peer.record.loneDots == 0)
    let rest = try office.outbox.entries(EntryFilter()).filter { $0.state != .sent }
    #expect(rest.count == 400 - report.sent)
    #expect(rest.allSatisfy { $0.state == .queued && $0.attempts == 0 && !$0.possiblyDelivered })
    let (second, other) = try delivery(to: PeerScript(), connections: connections)
    defer { other.stop() }
    #expect(second.run(until: StopFlag()).sent == rest.count)
    let all = peer.record.envelopes + other.record.envelopes
    #expect(all.count == 400)
    #expect(Set(all.map { $0[1] }).count == 400)
  }

  @Test func aPauseGivesBackWhatWentAhead() throws {
    try office.queue(200)
    var script = PeerScript(.mail, .say("451 4.3.2 pause"))
    script.onlyAfter = 100
    let (delivery, peer) = try delivery(to: script)
    defer { peer.stop() }
    let report = delivery.run(until: StopFlag())
    #expect(report.end == .relayClosed)
    #expect((report.sent, report.deferred) == (100, 1))
    #expect(peer.record.messages.count == 100)
    let rest = try office.outbox.entries(EntryFilter()).filter { $0.state == .queued }
    #expect(rest.count == 99)
    #expect(rest.allSatisfy { $0.attempts == 0 && !$0.possiblyDelivered })
  }
}
