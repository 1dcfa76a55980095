import DubanCourier
import DubanMail
import TestSupport
import Testing

@Suite struct ConnectionTests {
  @Test("many mails go over one connection, with one EHLO and one login")
  func reuse() throws {
    let peer = try ScriptedPeer(.secured(.implicit))
    defer { peer.stop() }
    let courier = try SMTPCourier(.forTests(port: peer.port, .implicitTLS, user: testLogin.user))
    for number in 1...50 { #expect(courier.deliver(.forTests("\(number)\r\n")).result == .accepted) }
    courier.close()
    let record = peer.record
    #expect(record.connections == 1)
    #expect(record.farewells == 1)
    #expect(record.passwords.count == 1)
    #expect(record.commands.count(where: { $0.hasPrefix("EHLO") }) == 1)
    #expect(record.messages == (1...50).map { Message.forTests("\($0)\r\n").data })
  }

  @Test("names itself as configured, and sends nothing but the usual commands")
  func commands() throws {
    let peer = try ScriptedPeer()
    defer { peer.stop() }
    let courier = try SMTPCourier(.forTests(port: peer.port))
    _ = courier.deliver(.forTests())
    courier.close()
    #expect(
      peer.record.commands == [
        "EHLO client.example.org", "MAIL FROM:<duban@example.org>", "RCPT TO:<owner@example.org>", "DATA",
        "QUIT",
      ])
  }

  @Test("a refused recipient doesn't stand in the way of the next")
  func afterRefusal() throws {
    var script = PeerScript(.recipient, .say("550 5.1.1 no such user"))
    script.onlyAtMessage = 2
    let peer = try ScriptedPeer(script)
    defer { peer.stop() }
    let courier = try SMTPCourier(.forTests(port: peer.port))
    let results = (1...4).map { courier.deliver(.forTests("\($0)\r\n")).result }
    courier.close()
    // The peer refuses the second of each connection; after a refusal we start a new one.
    #expect(results == [.accepted, .refused, .accepted, .refused])
    #expect(peer.record.connections == 2)
  }

  @Test(
    "a relay that closed while we were idle costs nothing, or one attempt that is certain not to have arrived"
  )
  func closedWhileIdle() throws {
    let peer = try ScriptedPeer(PeerScript(.finalDot, .sayAndClose("250 ok")))
    defer { peer.stop() }
    let courier = try SMTPCourier(.forTests(port: peer.port))
    var accepted = 0
    for _ in 1...10 {
      let outcome = courier.deliver(.forTests())
      if outcome.result == .accepted {
        accepted += 1
      } else {
        #expect(outcome.step != .finalDot, "\(outcome)")
      }
    }
    courier.close()
    #expect(accepted >= 5)
    #expect(peer.record.messages.count == accepted)
  }

  @Test("a courier that isn't closed says QUIT when it goes")
  func deinitialised() throws {
    let peer = try ScriptedPeer()
    defer { peer.stop() }
    do {
      let courier = try SMTPCourier(.forTests(port: peer.port))
      #expect(courier.deliver(.forTests()).result == .accepted)
    }
    #expect(peer.record.farewells == 1)
  }

  @Test("closing what was never opened, or what the relay has closed, dials nothing")
  func closesQuietly() throws {
    let peer = try ScriptedPeer(PeerScript(.finalDot, .sayAndClose("250 ok")))
    defer { peer.stop() }
    let courier = try SMTPCourier(.forTests(port: peer.port))
    courier.close()
    #expect(peer.record.connections == 0)
    _ = courier.deliver(.forTests())
    courier.close()
    #expect(peer.record.connections == 1)
  }

  @Test("what can't be sent is found before anything is dialled")
  func checkedFirst() throws {
    let peer = try ScriptedPeer()
    defer { peer.stop() }
    let courier = try SMTPCourier(.forTests(port: peer.port))
    for (name, message) in CourierContract.unsendable {
      let verdict = RetryPolicy.verdict(
        on: courier.deliver(message), to: Situation.addressee, attempts: 1, queuedAt: Situation.now,
        now: Situation.now, jitter: 0,
        utcOffset: 0)
      #expect(Situation.words(verdict) == "give up", "\(name)")
    }
    #expect(peer.record.connections == 0)
  }

  @Test("nobody listens")
  func refusedConnection() throws {
    let peer = try ScriptedPeer()
    let port = peer.port
    peer.stop()
    let outcome = try SMTPCourier(.forTests(port: port, host: "127.0.0.1")).deliver(.forTests())
    #expect(Situation.words(outcome) == "connect failed")
    #expect(outcome.text.hasPrefix("no connection to 127.0.0.1 port \(port) (connecting): "))
  }

  @Test("the relay's name doesn't exist (.invalid, RFC 6761)")
  func unknownName() throws {
    var relay = try Relay(host: "relay.invalid", port: 465, security: .implicitTLS)
    relay.limits.connect = 5_000
    let outcome = SMTPCourier(relay).deliver(.forTests())
    #expect(Situation.words(outcome) == "resolve failed")
    #expect(outcome.text.hasPrefix("the relay's name relay.invalid isn't known (looking up the relay): "))
  }
}
