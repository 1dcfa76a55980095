import Foundation
import TestSupport
import Testing

/// What the service logs over a run in which everything goes wrong: never a name, an address or the password.
@Suite struct JournalPrivacyTests {
  @Test(arguments: ["plain", "json"])
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

    try Self.namesNobody(service.log, office)
    #expect(!service.log.contains("open-sesame"))
    #expect(!service.log.contains(Data("open-sesame-4711".utf8).base64EncodedString()))
  }

  private static func namesNobody(_ log: String, _ office: Office) throws {
    let ledger = try office.read("ledger.yaml")
    let owners = ledger.matches(of: /\{person: ([^,]+), unit: [^,}]+(?:, email: ([^,} ]+))?/)
    #expect(owners.count >= 10)
    for owner in owners {
      #expect(!log.contains(owner.1), "the name \(owner.1) is logged")
      if let address = owner.2 { #expect(!log.contains(address), "the address \(address) is logged") }
    }
    #expect(!log.contains("@126.com"))
  }

  /// Answers, decisions, an absence, a mail that came back, a stranger, and a mailbox that can't be read.
  @Test(arguments: ["plain", "json"]) func noPersonalDataOfAMailboxIsLogged(_ style: String) throws {
    let (owner, contact) = ("xujuan@example.org", "zwfwjzhc@126.com")
    let desk = try InboxDesk(more: "answers: {acknowledge: true, accept: [done]}")
    var log = ""
    func look(_ moment: String) throws {
      let run = try desk.office.duban("run", "--once", "--log", style, "--now", moment)
      #expect(run.status == 0)
      log += run.complaints
    }
    try desk.answers("4.1已完成，联系电话65650001", to: owner)
    try desk.answers("4.2已移交马鹏负责", to: owner)
    try desk.answers("4.3已完成", to: owner, from: "mapeng@example.org")
    try desk.answers("12月16日至12月30日休假", to: "lixiaoguang@example.org", more: "Auto-Submitted: auto-replied\n")
    desk.arrives(
      """
      From: MAILER-DAEMON@mx.example.org
      Subject: Undelivered Mail Returned to Sender
      Content-Type: text/plain

      <guozhen@example.org>: host mx said: 550 5.1.1 <guozhen@example.org>: User unknown

      Message-ID: \(try desk.mail(to: "guozhen@example.org").id)
      """)
    try look("2022-12-16T11:00")
    try look("2022-12-19T08:30")
    try desk.answers("同意2", to: contact)
    try look("2022-12-19T11:00")
    desk.peer.changeMailbox { $0.actions["LOGIN"] = .say("TAG NO contact@example.org: wrong pass-2345") }
    try look("2022-12-19T12:00")
    #expect(log.contains("5 messages of a mailbox; 4 led to something"), "\(log)")
    #expect(log.contains("a mailbox can't be read"))
    try Self.namesNobody(log, desk.office)
    for words in ["pass-2345", "contact@example.org", "mx.example.org", "65650001"] {
      #expect(!log.contains(words), "\(words): \(log)")
    }
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
