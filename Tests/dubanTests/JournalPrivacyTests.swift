import Foundation
import TestSupport
import Testing

/// What the service logs over a run in which everything goes wrong: never a name, an address or the password.
@Suite struct JournalPrivacyTests {
  @Test(.timeLimit(.minutes(2)), arguments: ["plain", "json"])
  func noPersonalDataAndNoSecretIsLogged(_ style: String) throws {
    var script = PeerScript()
    script.login = "duban@example.org:open-sesame-4711"
    script.recipientAnswers["mapeng@example.org"] = "550 5.1.1 <mapeng@example.org>: no such user"
    script.recipientAnswers["lizhiping@example.org"] = "450 4.2.1 <lizhiping@example.org> try later"
    let peer = try ScriptedPeer(script)
    defer { peer.stop() }
    let office = try Office(port: peer.port)
    try office.write("open-sesame-4711\n", to: "relay-password")
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o600], ofItemAtPath: office.url.appendingPathComponent("relay-password").path)
    try office.replace(
      "from: 区营商服务中心 <",
      "user: duban@example.org, plainLogin: loopback, passwordFile: relay-password, from: 区营商服务中心 <",
      in: "duban.yaml")
    try office.replace(", email: guolan@example.org", "", in: "ledger.yaml")

    let service = try office.start("run", "--log", style, "--now", "2022-12-23T08:30")
    #expect(service.says("given up"))
    #expect(service.says("entry"))
    try office.replace("status: open", "sttus: open")
    #expect(service.says("what was in force stays in force"))
    service.signal(SIGTERM)
    #expect(service.end() == 0)

    let ledger = try office.read("ledger.yaml")
    let owners = ledger.matches(of: /\{person: ([^,]+), unit: [^,}]+(?:, email: ([^,} ]+))?/)
    #expect(owners.count >= 10)
    for owner in owners {
      #expect(!service.log.contains(owner.1), "the name \(owner.1) is logged")
      if let address = owner.2 { #expect(!service.log.contains(address), "the address \(address) is logged") }
    }
    #expect(!service.log.contains("open-sesame"))
    #expect(!service.log.contains("@126.com"))
    #expect(!service.log.contains(Data("open-sesame-4711".utf8).base64EncodedString()))
  }

  /// systemd starts it again and again with a wrong ledger, and all that time its words would go into the journal.
  @Test(
    "a start that fails for the ledger tells the journal no name, and a person all",
    arguments: [false, true])
  func aStartThatFails(isOnce: Bool) throws {
    let office = try Office()
    try office.replace("mapeng@", "mapeng@@", in: "ledger.yaml")
    try office.replace("persons: [常鸣, 马鹏", "persons: [常鸣, 马朋", in: "ledger.yaml")
    let run = try #require(
      isOnce ? office.start("run", "--once", "--log", "json") : office.start("run", "--log", "plain"))
    #expect(run.end() == 78)
    for words in ["马鹏", "马朋", "mapeng", "example.org"] { #expect(!run.log.contains(words), "\(run.log)") }
    #expect(run.log.contains("ledger.yaml:") && run.log.contains("duban check"))
    let told = try office.duban("run", "--once")
    #expect(told.status == 78)
    #expect(told.complaints.contains("马朋") && told.complaints.contains("mapeng@@example.org"))
  }
}
