import DubanCore
import DubanCourier
import Foundation
import TestSupport
import Testing

@Suite struct DoctorTests {
  private func examine(
    _ script: PeerScript, _ security: Relay.Security, user: String? = testLogin.user,
    sender: String = testLogin.user, recipient: String? = nil, host: String = "localhost"
  ) throws -> (steps: [DoctorStep], record: PeerRecord) {
    let peer = try ScriptedPeer(script)
    defer { peer.stop() }
    var relay = try Relay.forTests(port: peer.port, security, user: user, host: host)
    relay.limits.connect = 2_000
    relay.helo = "duban.example.org"
    // The test certificates are made by the system's clock, so their days left are counted from it here.
    let now = Timestamp(seconds: Int64(Date().timeIntervalSince1970))
    return (Doctor(relay, sender: sender, recipient: recipient).examine(now: now), peer.record)
  }

  private func words(_ steps: [DoctorStep]) -> [String] {
    steps.map { "\($0.isOK ? "✓" : "✗") \($0.step.words)" }
  }

  @Test(
    "a healthy relay: every step has its tick, and nothing is sent",
    arguments: [
      (Relay.Security.startTLS, PeerScript.TLS.startTLS), (.implicitTLS, .implicit),
    ])
  func healthy(_ security: Relay.Security, _ tls: PeerScript.TLS) throws {
    let (steps, record) = try examine(.secured(tls), security)
    #expect(
      words(steps) == [
        "✓ password", "✓ name", "✓ TCP", "✓ TLS", "✓ certificate", "✓ EHLO", "✓ AUTH", "✓ MAIL FROM",
        "✓ RSET",
        "✓ QUIT",
      ], "\(steps)")
    #expect(steps.allSatisfy { $0.remedy.isEmpty })
    let detail = Dictionary(uniqueKeysWithValues: steps.map { ($0.step, $0.detail) })
    #expect(detail[.resolve]?.contains("127.0.0.1") == true)
    #expect(detail[.tls]?.hasPrefix("TLSv1.3 / ") == true)
    #expect(
      detail[.certificate]?.hasPrefix(
        "DNS:localhost, IP Address:127.0.0.1; CN = relay.example.org; issued by O = duban test, CN = duban test "
          + "authority; valid until ") == true)
    #expect(detail[.certificate]?.contains(" days left") == true)
    #expect(detail[.hello]?.hasPrefix("peer.example.org, 8BITMIME, SIZE 10485760") == true)
    #expect(detail[.authenticate] == "2.7.0 welcome")
    #expect(detail[.mailFrom] == "2.1.0 sender ok")
    #expect(detail[.quit] == "2.0.0 bye")
    let verbs = record.commands.map { $0.prefix { $0 != " " } }
    #expect(!verbs.contains("RCPT") && !verbs.contains("DATA"))
    #expect(verbs.suffix(3).elementsEqual(["MAIL", "RSET", "QUIT"]))
    #expect(record.connections == 1)
    #expect(record.messages.isEmpty)
  }

  @Test("what Postfix thinks of us it tells at RCPT, which the doctor asks about the contact")
  func recipient() throws {
    let well = try examine(PeerScript(), .none, user: nil, recipient: "office@example.org")
    #expect(words(well.steps).contains("✓ RCPT TO"))
    #expect(!well.record.commands.contains("DATA"))
    let ill = try examine(
      PeerScript(.recipient, .say("504 5.5.2 <host>: Helo command rejected: need fully-qualified hostname")),
      .none,
      user: nil, recipient: "office@example.org")
    #expect(words(ill.steps).last == "✗ RCPT TO")
    #expect(ill.steps.last?.remedy.contains("relay.helo") == true)
  }

  @Test("on loopback without TLS and login")
  func plain() throws {
    let (steps, _) = try examine(PeerScript(), .none, user: nil)
    #expect(words(steps) == ["✓ name", "✓ TCP", "✓ EHLO", "✓ MAIL FROM", "✓ RSET", "✓ QUIT"])
  }

  @Test("a relay on this machine that takes a login over TLS only: the remedy isn't another password")
  func noLoginOffered() throws {
    var script = PeerScript()
    script.actions[.mail] = .say("530 5.7.0 Authentication required")
    let (steps, record) = try examine(script, .none)
    #expect(words(steps) == ["✓ password", "✓ name", "✓ TCP", "✓ EHLO", "✗ AUTH"])
    #expect(steps.last?.detail == "the relay offers no way to log in that we use (PLAIN, LOGIN)")
    #expect(steps.last?.remedy.contains("use smtps://") == true, "\(steps)")
    #expect(!record.commands.contains { $0.hasPrefix("AUTH") })
  }

  /// What is wrong, and where the doctor finds it.
  struct Illness: Sendable, CustomTestStringConvertible {
    var name: String
    var step: PeerScript.Step?
    var action = PeerScript.Action.close
    var certificate = TestCertificate.Kind.good
    var security = Relay.Security.implicitTLS
    var tls = PeerScript.TLS.implicit
    var announcesStartTLS = true
    var finding: String
    var detail: String
    var remedy: String
    var testDescription: String { name }
  }

  static let illnesses = [
    Illness(
      name: "wrong code", step: .auth, action: .say("535 Error: authentication failed"), finding: "✗ AUTH",
      detail: "535 Error: authentication failed", remedy: "授权码"),
    Illness(
      name: "locked out", step: .auth, action: .say("451 too much fail authentication"), finding: "✗ AUTH",
      detail: "451 too much fail authentication", remedy: "each try prolongs the lock"),
    Illness(
      name: "another sender", step: .mail, action: .say("553 Mail from must equal authorized user"),
      finding: "✗ MAIL FROM", detail: "553 Mail from must equal authorized user", remedy: "allowed to send"),
    Illness(
      name: "blocked", step: .banner, action: .say("554 HL:IPB"), finding: "✗ EHLO", detail: "554 HL:IPB",
      remedy: "ask its operator"),
    Illness(
      name: "expired", certificate: .expired, finding: "✗ TLS", detail: "certificate has expired",
      remedy: "renew the certificate"),
    Illness(
      name: "another host's certificate", certificate: .wrongName, finding: "✗ TLS",
      detail: "no alternative certificate subject name matches", remedy: "as its certificate does"),
    Illness(
      name: "self-signed", certificate: .selfSigned, finding: "✗ TLS", detail: "self-signed certificate",
      remedy: "named under relay.authorities"),
    Illness(
      name: "STARTTLS stripped", security: .startTLS, tls: .startTLS, announcesStartTLS: false,
      finding: "✗ TLS",
      detail: "the relay offers no encryption", remedy: "use smtps:// and port 465"),
    Illness(
      name: "smtps:// to a plain port", tls: .none, finding: "✗ TLS", detail: "encryption (TLS) failed",
      remedy: "use smtp:// (STARTTLS)"),
    Illness(
      name: "smtp:// to a TLS port", security: .startTLS, finding: "✗ EHLO",
      detail: "no answer in time (greeting)",
      remedy: "use smtps://"),
    Illness(
      name: "shutting down", step: .mail, action: .sayAndClose("421 4.3.2 bye"), finding: "✗ MAIL FROM",
      detail: "421 4.3.2 bye", remedy: "try again later"),
    Illness(
      name: "closes at AUTH", step: .auth, finding: "✗ AUTH", detail: "the connection was lost (AUTH)",
      remedy: ""),
    Illness(
      name: "RSET refused", step: .reset, action: .say("502 what?"), finding: "✗ RSET",
      detail: "the relay doesn't take MAIL FROM back", remedy: ""),
  ]

  @Test("each illness is found at its step, with a remedy", arguments: illnesses)
  func illness(_ illness: Illness) throws {
    var script = try PeerScript.secured(illness.tls, illness.certificate)
    if let step = illness.step { script.actions[step] = illness.action }
    script.announcesStartTLS = illness.announcesStartTLS
    let (steps, record) = try examine(script, illness.security)
    let last = try #require(steps.last)
    #expect(words([last]) == [illness.finding], "\(steps)")
    #expect(last.detail.contains(illness.detail), "\(last.detail)")
    #expect(
      illness.remedy.isEmpty ? last.remedy.isEmpty : last.remedy.contains(illness.remedy), "\(last.remedy)")
    #expect(steps.dropLast().allSatisfy { $0.isOK || $0.step == .certificate })
    #expect(record.messages.isEmpty)
    #expect(record.passwords.allSatisfy(\.isProtected) as Bool)
    for step in steps { #expect(!step.description.contains(testLogin.password)) }
  }

  @Test("an expired certificate is shown, though it isn't trusted, and no password goes over it")
  func expired() throws {
    let (steps, record) = try examine(.secured(.implicit, .expired), .implicitTLS)
    let certificate = try #require(steps.first { $0.step == .certificate })
    #expect(!certificate.isOK)
    #expect(certificate.detail.hasSuffix("expired on 2021-01-01"))
    #expect(record.passwords.isEmpty)
  }

  @Test("sender and login differ")
  func senderDiffers() throws {
    var script = try PeerScript.secured(.implicit)
    script.actions[.mail] = .say("553 Mail from must equal authorized user")
    let (steps, _) = try examine(script, .implicitTLS, sender: "office@example.org")
    #expect(
      steps.last?.remedy
        == "the sender must be the login: relay.from is office@example.org, relay.user is duban@example.org")
  }

  @Test("a sender that is no plain address never reaches the relay")
  func sender() throws {
    let (steps, record) = try examine(PeerScript(), .none, user: nil, sender: "a@example.org>\r\nDATA")
    #expect(words(steps) == ["✗ MAIL FROM"])
    #expect(record.connections == 0)
  }

  @Test("nobody listens")
  func closed() throws {
    let peer = try ScriptedPeer()
    peer.stop()
    let steps = Doctor(try .forTests(port: peer.port, host: "127.0.0.1"), sender: "a@example.org")
      .examine(now: Situation.now)
    #expect(words(steps) == ["✓ name", "✗ TCP"])
    #expect(steps.last?.remedy.hasPrefix("is the mail server on this machine running") == true)
  }

  @Test("the name isn't known, and the password can't be read")
  func early() throws {
    let unknown = try Relay(host: "relay.invalid", port: 465, security: .implicitTLS)
    #expect(words(Doctor(unknown, sender: "a@example.org").examine(now: Situation.now)) == ["✗ name"])
    let locked = try Relay(host: "localhost", port: 465, security: .implicitTLS, user: "a@example.org")
    let steps = Doctor(locked, sender: "a@example.org").examine(now: Situation.now)
    #expect(steps.map(\.description) == ["✗ password: no password file is configured for the relay"])
  }
}
