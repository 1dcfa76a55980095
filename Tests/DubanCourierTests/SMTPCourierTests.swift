import DubanCourier
import DubanMail
import TestSupport
import Testing

@Suite struct SMTPCourierTests {
  @Test(
    "delivers in clear on loopback, with STARTTLS and with implicit TLS, logged in",
    arguments: [
      (Relay.Security.none, PeerScript.TLS.none), (.startTLS, .startTLS), (.implicitTLS, .implicit),
    ])
  func delivers(_ security: Relay.Security, _ tls: PeerScript.TLS) throws {
    let peer = try ScriptedPeer(.secured(tls))
    defer { peer.stop() }
    let courier = try SMTPCourier(.forTests(port: peer.port, security, user: testLogin.user))
    let message = Message.forTests()
    let outcome = courier.deliver(message)
    courier.close()
    #expect(
      outcome
        == AttemptResult(
          step: .finalDot, result: .accepted, code: 250, enhanced: "2.0.0", text: "2.0.0 queued as 4321"))
    let record = peer.record
    #expect(record.messages == [message.data])
    #expect(record.envelopes == [[testLogin.user, "owner@example.org"]])
    let password = "\(testLogin.user):\(testLogin.password)"
    #expect(record.passwords == [.init(value: password, isProtected: security != .none)])
    #expect(record.connections == 1)
    #expect(record.farewells == 1)
  }

  @Test("some relays take a user name behind AUTH LOGIN for nothing, and the password for the user name")
  func asksBeforeTheUserName() throws {
    var script = try PeerScript.secured(.startTLS)
    script.mechanisms = "LOGIN"
    let peer = try ScriptedPeer(script)
    defer { peer.stop() }
    let courier = try SMTPCourier(.forTests(port: peer.port, .startTLS, user: testLogin.user))
    #expect(courier.deliver(.forTests()).result == .accepted)
    courier.close()
    #expect(peer.record.commands.contains("AUTH LOGIN"), "\(peer.record.commands)")
  }
}
