import DubanCourier
import Testing

@Suite struct RelayTests {
  @Test(
    "urls",
    arguments: [
      ("smtps://smtp.126.com:465", "smtp.126.com", 465, .implicitTLS),
      ("smtps://smtp.126.com", "smtp.126.com", 465, .implicitTLS),
      ("SMTPS://smtp.126.com", "smtp.126.com", 465, .implicitTLS),
      ("smtp://mail.example.org", "mail.example.org", 587, .startTLS),
      ("smtp://mail.example.org:25", "mail.example.org", 25, .startTLS),
      ("smtp://localhost:2525", "localhost", 2525, .none),
      ("smtp://127.0.0.1:2525", "127.0.0.1", 2525, .none),
      ("smtp://127.9.8.7:2525", "127.9.8.7", 2525, .none),
      ("smtp://[::1]:2525", "::1", 2525, .none),
      ("smtp://[2001:db8::1]", "2001:db8::1", 587, .startTLS),
      // Looks like loopback, and isn't.
      ("smtp://127.0.0.1.example.org", "127.0.0.1.example.org", 587, .startTLS),
      ("smtp://localhost.example.org", "localhost.example.org", 587, .startTLS),
      ("smtp://128.0.0.1", "128.0.0.1", 587, .startTLS),
      ("smtps://localhost:465", "localhost", 465, .implicitTLS),
    ] as [(String, String, Int, Relay.Security)])
  func url(_ url: String, _ host: String, _ port: Int, _ security: Relay.Security) throws {
    let relay = try Relay(url: url)
    #expect(relay.host == host)
    #expect(relay.port == port)
    #expect(relay.security == security)
  }

  @Test(
    "what is no relay",
    arguments: [
      ("", "“” is no relay"), ("smtp.126.com", "“smtp.126.com” is no relay"),
      ("http://smtp.126.com", "“http://smtp.126.com” is no relay"), ("smtps://", "“” is no host name"),
      ("smtps://a b", "“a b” is no host name"), ("smtps://a/b", "“a/b” is no host name"),
      ("smtps://a:x", "“smtps://a:x” is no relay"), ("smtps://a:0", "“0” is no port"),
      ("smtps://a:65536", "“65536” is no port"), ("smtps://a:1:2", "“smtps://a:1:2” is no relay"),
      ("smtps://[::1", "“smtps://[::1” is no relay"), ("smtps://[::1]x", "“smtps://[::1]x” is no relay"),
      ("smtps://邮件.example.org", "“邮件.example.org” is no host name"),
      ("smtps://a\r\nb", "“a b” is no host name"), ("smtps://a?b", "“a?b” is no host name"),
      // Not quoted: it could hold a password.
      ("smtps://user:hunter2@smtp.126.com", "the relay's url holds a login"),
    ])
  func wrong(_ url: String, _ message: String) {
    let error = #expect(throws: RelayError.self) { _ = try Relay(url: url) }
    #expect(error?.message == message)
    #expect(error?.help.isEmpty == false)
  }

  @Test("mail never crosses a network in clear")
  func clear() {
    let error = #expect(throws: RelayError.self) {
      _ = try Relay(host: "smtp.126.com", port: 25, security: .none)
    }
    #expect(error?.message == "mail to smtp.126.com would cross the network unprotected")
  }

  @Test(
    "a password never goes out in clear unless that was asked for",
    arguments: ["localhost", "127.0.0.1", "::1"])
  func plainLogin(_ host: String) throws {
    let error = #expect(throws: RelayError.self) {
      _ = try Relay(host: host, port: 25, security: .none, user: "a") { Secret("x") }
    }
    #expect(error?.message == "the login to \(host) would go out in clear")
    _ = try Relay(host: host, port: 25, security: .none, user: "a", allowsPlainLogin: true) { Secret("x") }
    _ = try Relay(host: host, port: 25, security: .startTLS, user: "a") { Secret("x") }
  }

  @Test("login names", arguments: ["", "a\r\nb", "a\u{0}b"])
  func user(_ user: String) {
    #expect(throws: RelayError.self) {
      _ = try Relay(host: "localhost", port: 25, security: .startTLS, user: user) { Secret("x") }
    }
  }
}
