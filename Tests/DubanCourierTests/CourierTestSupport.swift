import DubanCourier
import DubanMail
import TestSupport

/// A login that the tests' peers take.
let testLogin = (user: "duban@example.org", password: "kLm9-authorisation-code")

extension Relay {
  /// A relay for a scripted peer, patient enough for a busy machine; tests of peers that stall set shorter limits.
  static func forTests(
    port: Int, _ security: Security = .none, user: String? = nil, password: String = testLogin.password,
    host: String = "localhost"
  ) throws -> Relay {
    var relay = try Relay(host: host, port: port, security: security, user: user, allowsPlainLogin: true) {
      Secret(password)
    }
    relay.helo = "client.example.org"
    relay.limits.connect = 20_000
    relay.limits.reply = 30_000
    relay.limits.message = 60_000
    relay.limits.farewell = 1_000
    relay.authorities = try TestAuthority.shared.get().certificateFile
    return relay
  }
}

extension PeerScript {
  /// A peer with TLS of this kind, a certificate, and the tests' login.
  static func secured(_ tls: TLS, _ certificate: TestCertificate.Kind = .good) throws -> PeerScript {
    var script = PeerScript()
    script.tls = tls
    script.certificate = try TestAuthority.shared.get()[certificate]
    script.login = "\(testLogin.user):\(testLogin.password)"
    return script
  }
}

extension Message {
  /// A small message with this body.
  static func forTests(
    _ body: String = "hello\r\n", from: String = testLogin.user, to recipient: String = Situation.addressee
  ) -> Message {
    let header =
      "From: <\(from)>\r\nTo: <\(recipient)>\r\nMessage-ID: <1@example.org>\r\nSubject: reminder\r\n\r\n"
    return Message(
      envelope: Envelope(reversePath: from, recipient: recipient), messageID: "<1@example.org>",
      subject: "reminder", data: Array((header + body).utf8))
  }
}
