import DubanCore
import DubanCourier
import DubanDaemon
import DubanOutbox
import TestSupport
import Testing

/// Deliveries to a peer that speaks SMTP and takes commands in a row: each mail gets its own answer.
@Suite struct DeliveryPeerTests {
  private let office: DeliveryOffice

  init() throws { office = try DeliveryOffice() }

  private func delivery(
    to script: PeerScript, connections: Int = 1
  ) throws -> (delivery: DeliveryLoop, peer: ScriptedPeer) {
    var script = script
    script.extensions.append("PIPELINING")
    let peer = try ScriptedPeer(script)
    let relay = try Relay(host: "127.0.0.1", port: peer.port, security: .none)
    return (office.delivery(limit: { $0.connections = connections }) { SMTPCourier(relay) }, peer)
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
}
