import DubanCore
import DubanCourier
import DubanDaemon
import Foundation
import TestSupport
import Testing

/// What a configuration means: every key, every default, and paths relative to its file.
struct ConfigurationReaderTests {
  private func read(_ text: String, file: String = "etc/duban.yaml", _ environment: [String: String] = [:])
    throws
    -> Configuration
  {
    let (configuration, diagnostics) = ConfigurationReader.read(
      Array(text.utf8), file: file, environment: environment)
    #expect(diagnostics.map(\.description) == [])
    return try #require(configuration)
  }

  private static let relay = "relay: {url: \"smtp://127.0.0.1:2525\", from: a@example.org}\n"

  @Test func whatIsLeftOutHasItsDefault() throws {
    let configuration = try read("ledger: ledger.yaml\n" + Self.relay)
    #expect(configuration.ledgers == ["etc/ledger.yaml"])
    #expect(configuration.holidays == "etc/holidays")
    #expect(configuration.state == "/var/lib/duban")
    #expect(configuration.templates == nil)
    #expect(configuration.delivery == DeliverySettings())
    #expect(configuration.policy == Policy())
    #expect(configuration.zone.identifier == "Asia/Shanghai")
    #expect(configuration.relay?.relay.port == 2525)
    #expect(configuration.relay?.relay.user == nil)
    #expect(configuration.sender == SenderSettings(name: "", address: "a@example.org"))
  }

  @Test func everyKeyArrives() throws {
    let text = """
      ledgers: [/srv/a.yaml, b.yaml]
      state: state
      relay:
        url: smtps://smtp.example.org
        user: duban
        passwordFile: relay-password
        from: '"区营商服务中心" <duban@example.org>'
        helo: duban.example.org
        authorities: ca.pem
        plainLogin: loopback
      delivery: {mode: maildir, directory: mail, redirectAllTo: trial@example.org, connections: 2, perConnection: 3,
        perMinute: 4, perDay: 5}
      reminders:
        timeZone: Europe/Berlin
        sendAt: "09:05"
        advance: [10wd, 2]
        overdueEvery: never
        reportAdvance: [5]
        reportOverdueEvery: 1wd
        dutyOverdueEvery: 2
        digest: daily
        digestDay: Friday
        quiet: [{from: 2023-01-16, to: 2023-01-20}]
        escalate: {head: never, contact: 20wd}
        lights: {soon: 5wd, red: {name: 红灯, color: "#ff0000"}}
        overrides:
          - {area: 商事登记, advance: [1]}
          - {measure: "1.1", overdueEvery: never}
          - {owner: 徐娟, quiet: [{from: 2023-02-01, to: 2023-02-01}], copies: [deputy@example.org]}
      """
    let configuration = try read(text)
    #expect(configuration.ledgers == ["/srv/a.yaml", "etc/b.yaml"])
    #expect(configuration.state == "etc/state")
    let relay = try #require(configuration.relay)
    #expect(relay.relay.host == "smtp.example.org")
    #expect(relay.relay.port == 465)
    #expect(relay.relay.user == "duban")
    #expect(relay.relay.helo == "duban.example.org")
    #expect(relay.relay.authorities == "etc/ca.pem")
    #expect(relay.secretFile.path == "etc/relay-password")
    #expect(configuration.sender == SenderSettings(name: "区营商服务中心", address: "duban@example.org"))
    var delivery = DeliverySettings()
    (delivery.mode, delivery.redirectAllTo) = (.maildir(directory: "etc/mail"), "trial@example.org")
    (delivery.connections, delivery.perConnection, delivery.perMinute, delivery.perDay) = (2, 3, 4, 5)
    #expect(configuration.delivery == delivery)
    #expect(configuration.zone.identifier == "Europe/Berlin")
    try expectPolicy(configuration.policy)
  }

  private func expectPolicy(_ policy: Policy) throws {
    let advance = [Span(10, .workday), Span(2)]
    #expect(policy.sendAt.description == "09:05")
    #expect(policy.measureSchedule == ReminderSchedule(advance: advance, overdueEvery: nil))
    #expect(
      policy.reportSchedule
        == ReminderSchedule(advance: [Span(5)], onDue: false, overdueEvery: Span(1, .workday)))
    #expect(policy.dutySchedule == ReminderSchedule(advance: advance, overdueEvery: Span(2)))
    #expect(policy.digest == DigestSchedule(weekday: .friday, isDaily: true))
    let quiet = try #require(CivilDate("2023-01-16"))...(try #require(CivilDate("2023-01-20")))
    #expect(policy.quiet == [quiet])
    #expect(policy.escalation == Escalation(head: nil, contact: Span(20, .workday)))
    #expect(policy.lights.soon == Span(5, .workday))
    #expect(policy.lights.look(.red) == LightScheme.Look(name: "红灯", color: "#ff0000"))
    #expect(policy.lights.look(.green) == LightScheme().look(.green))
    let day = try #require(CivilDate("2023-02-01"))
    #expect(
      policy.overrides == [
        PolicyOverride(.area("商事登记"), advance: [Span(1)]),
        PolicyOverride(.measure("1.1"), overdueEvery: .some(nil)),
        PolicyOverride(.owner("徐娟"), quiet: [day...day], copies: ["deputy@example.org"]),
      ])
  }

  @Test func aPatternNamesTheFilesThatMatchInOrder() throws {
    let scratch = try ScratchDirectory()
    for name in ["b.yaml", "a.yaml", "c.txt"] {
      try Data().write(to: scratch.url.appendingPathComponent(name))
    }
    let configuration = try read("ledger: \"*.yaml\"\n" + Self.relay, file: scratch.path + "/duban.yaml")
    #expect(configuration.ledgers == [scratch.path + "/a.yaml", scratch.path + "/b.yaml"])
  }

  @Test func theOrderOfKeysChangesNothing() throws {
    let lines = ["ledger: a.yaml\n", Self.relay, "holidays: h\n", "state: s\n", "delivery: {perDay: 7}\n"]
    let first = try read(lines.joined())
    let last = try read(lines.reversed().joined())
    #expect(first.ledgers == last.ledgers)
    #expect(first.holidays == last.holidays)
    #expect(first.delivery == last.delivery)
    #expect(first.sender == last.sender)
  }

  @Test func aMaildirNeedsNoRelay() throws {
    let configuration = try read("ledger: a.yaml\ndelivery: {mode: maildir, directory: /tmp/mail}\n")
    #expect(configuration.relay == nil)
    #expect(configuration.sender == nil)
    #expect(configuration.delivery.mode == .maildir(directory: "/tmp/mail"))
  }

  @Test func thePasswordComesFromSystemdsCredentialsUnlessAFileIsNamed() throws {
    let text =
      "ledger: a.yaml\nrelay: {url: \"smtp://relay.example.org\", user: duban, from: a@example.org}\n"
    let credentials = ["CREDENTIALS_DIRECTORY": "/run/credentials/duban.service"]
    #expect(
      try read(text, credentials).relay?.secretFile.path == "/run/credentials/duban.service/relay-password")
    #expect(try read(text).relay?.secretFile.path == "etc/relay-password")
    #expect(
      try read(text).relay?.secretDiagnostics().map(\.description) == [
        "etc/duban.yaml:2:48: error: the password file etc/relay-password isn't there; write the mailbox's password or "
          + "authorisation code into it, alone on one line: install -m 600 /dev/null etc/relay-password, then open it "
          + "in an editor"
      ])
  }

  @Test(
    "a login in clear is remarked upon where nobody asked for it",
    arguments: [
      ("user: duban", "the login to 127.0.0.1 goes out in clear"),
      ("user: duban, plainLogin: loopback", ""), ("plainLogin: yes", "plainLogin: “yes” isn't allowed"),
    ])
  func relayKeys(_ key: String, _ problem: String) {
    let text = "ledger: a.yaml\nrelay: {url: \"smtp://127.0.0.1\", from: a@example.org, \(key)}\n"
    let (_, diagnostics) = ConfigurationReader.read(
      Array(text.utf8), file: "etc/duban.yaml", environment: [:])
    #expect(diagnostics.map(\.message) == (problem.isEmpty ? [] : [problem]))
  }

  @Test(
    "a login of another provider's mailbox is remarked upon",
    arguments: [
      ("smtp.126.com", "office@163.com", "smtps://smtp.163.com:465"),
      ("smtp.qq.com", "office@126.com", "smtps://smtp.126.com:465"),
      ("smtp.qq.com", "office@foxmail.com", ""), ("smtp.exmail.qq.com", "office@example.org", ""),
      ("smtp.example.org", "office@163.com", ""), ("smtp.notqq.com", "office@163.com", ""),
    ])
  func provider(_ host: String, _ user: String, _ own: String) {
    let text = "ledger: a.yaml\nrelay: {url: \"smtps://\(host):465\", from: \(user), user: \(user)}\n"
    let (_, diagnostics) = ConfigurationReader.read(
      Array(text.utf8), file: "etc/duban.yaml", environment: [:])
    #expect(diagnostics.map(\.severity) == (own.isEmpty ? [] : [.warning]))
    #expect(diagnostics.allSatisfy { $0.help == "its own server is \(own)" })
  }

  @Test func aPasswordFileThatOthersCanReadIsAnErrorThatKeepsThePassword() throws {
    let scratch = try ScratchDirectory()
    let file = scratch.path + "/relay-password"
    try Data("HUNTER2\n".utf8).write(to: URL(fileURLWithPath: file))
    let text = """
      ledger: a.yaml
      relay: {url: "smtp://relay.example.org", user: duban, passwordFile: relay-password, from: a@example.org}
      """
    let relay = try #require(try read(text, file: scratch.path + "/duban.yaml").relay)
    #expect(chmod(file, 0o644) == 0)
    let refused = relay.secretDiagnostics().map(\.description)
    #expect(refused.count == 1)
    #expect(refused.first?.contains("duban.yaml:2:69: error: the password file") == true)
    #expect(refused.first?.contains("HUNTER2") == false)
    #expect(chmod(file, 0o600) == 0)
    #expect(relay.secretDiagnostics() == [])
    let secret = try relay.relay.secret()
    #expect(!"\(secret) \(String(reflecting: secret))".contains("HUNTER2"))
    var dumped = ""
    dump(relay, to: &dumped)
    dump(secret, to: &dumped)
    #expect(!dumped.contains("HUNTER2"))
  }

  @Test func aLimitCanBeSwitchedOff() throws {
    let configuration = try read(
      "ledger: ledger.yaml\ndelivery: {perConnection: none, perMinute: none, perDay: none}\n" + Self.relay)
    let delivery = configuration.delivery
    #expect([delivery.perConnection, delivery.perMinute, delivery.perDay] == [nil, nil, nil])
  }
}
