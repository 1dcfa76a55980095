import Foundation
import TestSupport
import Testing

/// What a relay refuses in words that nobody knows, or that are about us: which mails wait, and who is told.
@Suite struct RefusalTests {
  private static let owner = "mapeng@example.org"
  private static let contact = "zwfwjzhc@126.com"

  private static func recipients(_ peer: ScriptedPeer) -> [String] {
    peer.record.envelopes.compactMap(\.last)
  }

  @Test(
    "a relay that turns against us after the first mail costs no mail and no address",
    arguments: [
      (PeerScript.Step.finalDot, "550 发送数量超过限制"), (.finalDot, "554 5.7.1 Nobody has heard of this"),
      (.recipient, "550 您的帐号已被冻结，不能发信"), (.recipient, "550 Ip problem, id=abc"),
    ])
  func nothingIsLost(_ step: PeerScript.Step, _ words: String) throws {
    var script = PeerScript()
    script.actions[step] = .say(words)
    script.onlyAfter = 1
    let (wrong, right) = (try ScriptedPeer(script), try ScriptedPeer())
    defer {
      wrong.stop()
      right.stop()
    }
    let office = try Office(port: wrong.port)
    #expect(try office.duban("run", "--once", "--now", "2022-12-23T08:30").status == 1)
    #expect(try office.duban("queue", "forgive").output == "nothing\n")
    try office.replace(":\(wrong.port)", ":\(right.port)", in: "duban.yaml")
    #expect(try office.duban("run", "--once", "--now", "2022-12-26T08:30").status == 0)
    // The first of the twelve was taken.
    #expect(Set(Self.recipients(right)).count >= 11)
    #expect(try office.duban("queue", "list").output == "nothing\n")
  }

  @Test(
    "a rule for one recipient concerns nobody else",
    arguments: [
      ("550 5.4.1 Recipient address rejected: Access denied", true),
      ("554 5.7.1 <\(owner)>: Recipient address rejected: Access denied", false),
      ("550 5.7.1 Recipient does not accept mail from outbound senders", false), ("550 no", false),
    ])
  func oneRecipient(_ words: String, isBad: Bool) throws {
    var script = PeerScript()
    script.recipientAnswers[Self.owner] = words
    let peer = try ScriptedPeer(script)
    defer { peer.stop() }
    let office = try Office(port: peer.port)
    #expect(try office.duban("run", "--once", "--now", "2022-12-23T08:30").status == 1)
    #expect(peer.record.messages.count == 11)
    #expect(try office.duban("queue", "forgive").output.contains(Self.owner) == isBad)
    let status = try office.duban("status", "--now", "2022-12-23T09:00")
    #expect(status.status == 1)
    #expect(status.output.contains("is refused and tried again: \(words)") == !isBad, "\(status.output)")
    let notice = try office.duban(
      "preview", "contact", "--on", "2022-12-26", "--now", "2022-12-26T08:00", "--text")
    #expect(notice.output.contains(isBad ? "未能送达" : "尚未送达"), "\(notice.output)")
    guard !isBad else { return }
    #expect(notice.output.contains("12月23日发给"))
    // Told once, however often somebody looks at the plan while it waits.
    for day in ["2022-12-26", "2022-12-27"] { _ = try office.duban("run", "--once", "--now", "\(day)T08:30") }
    let later = try office.duban(
      "preview", "contact", "--on", "2022-12-28", "--now", "2022-12-28T08:00", "--text")
    #expect(!later.output.contains("12月23日发给"), "\(later.output)")
  }

  @Test("of two ledgers of one plan the two are named, though one before them can't be read")
  func onePlanTwice() throws {
    let office = try Office()
    let text = try office.read("ledger.yaml")
    try office.write("plan: [", to: "a.yaml")
    for name in ["b.yaml", "c.yaml"] { try office.write(text, to: name) }
    try office.replace("ledger: ledger.yaml", "ledger: [a.yaml, b.yaml, c.yaml]", in: "duban.yaml")
    let run = try office.duban("check")
    #expect(run.status == 78)
    let line = try #require(run.complaints.split(separator: "\n").first { $0.contains("is also in") })
    #expect(line.hasPrefix("c.yaml: error: the plan") && line.contains("is also in b.yaml"), "\(line)")
  }

  @Test("metrics that can't be written are seen before the first look")
  func metricsWithoutAFolder() throws {
    let office = try Office(more: "observe: {metrics: away/duban.prom}\n")
    func said() throws -> Bool {
      try office.duban("check").complaints.contains("duban.prom: its folder can't be opened")
    }
    #expect(try said())
    #expect(try office.shell("mkdir away").status == 0)
    #expect(try !said())
  }
}
