import Foundation
import TestSupport
import Testing

/// An address that the relay refuses for good: who hears of it, and how it is trusted again.
@Suite struct BadAddressTests {
  private static let owner = "mapeng@example.org"
  private static let contact = "zwfwjzhc@126.com"

  private func peer(refusing address: String) throws -> ScriptedPeer {
    var script = PeerScript()
    script.recipientAnswers[address] = "550 5.1.1 Error: no such user here"
    return try ScriptedPeer(script)
  }

  private func office(_ peer: ScriptedPeer) throws -> Office {
    let office = try Office(port: peer.port)
    try office.replace("zwfwjzhc@126.com", Self.contact)
    return office
  }

  /// The subjects and texts of the mails to an address, as `duban queue show --eml` and Python's parser give them.
  private func mails(_ peer: ScriptedPeer, to address: String) -> [[UInt8]] {
    zip(peer.record.messages, peer.record.envelopes).filter { $1.last == address }.map(\.0)
  }

  private func text(_ message: [UInt8]) -> String {
    let parts = String(decoding: message, as: UTF8.self).components(separatedBy: "\r\n\r\n")
    return parts.compactMap { part -> String? in
      let block = part.components(separatedBy: "\r\n--").first ?? ""
      return Data(base64Encoded: block.replacingOccurrences(of: "\r\n", with: ""))
        .flatMap { String(data: $0, encoding: .utf8) }
    }.joined(separator: "\n")
  }

  @Test func aRefusedOwnerIsNamedToTheContactOnceAndTheirRemindersGoThere() throws {
    let peer = try peer(refusing: Self.owner)
    defer { peer.stop() }
    let office = try office(peer)
    #expect(try office.duban("run", "--once", "--now", "2022-12-23T08:30").status == 1)
    let status = try office.duban("status", "--now", "2022-12-23T09:00")
    #expect(status.status == 1)
    #expect(status.output.contains("the address \(Self.owner) was refused for good"))

    let before = mails(peer, to: Self.contact).count
    #expect(try office.duban("run", "--once", "--now", "2022-12-28T08:30").status == 0)
    let told = mails(peer, to: Self.contact).dropFirst(before).map(text).joined()
    #expect(told.contains("邮箱 \(Self.owner) 被对方服务器拒收"))
    #expect(told.contains("（550") && !told.contains("no such user here"), "the contact reads Chinese")
    #expect(told.contains("马鹏"))
    let commands = peer.record.commands.filter { $0.contains(Self.owner) }
    #expect(commands.count == 1, "not tried again")

    let after = mails(peer, to: Self.contact).count
    #expect(try office.duban("run", "--once", "--now", "2023-01-03T08:30").status == 0)
    let later = mails(peer, to: Self.contact).dropFirst(after).map(text).joined()
    #expect(!later.contains("被对方服务器拒收"), "told once")
  }

  @Test func aCorrectedAddressIsTrustedByItself() throws {
    let peer = try peer(refusing: Self.owner)
    defer { peer.stop() }
    let office = try office(peer)
    _ = try office.duban("run", "--once", "--now", "2022-12-23T08:30")
    try office.replace(Self.owner, "ma.peng@example.org")
    #expect(try office.duban("run", "--once", "--now", "2022-12-28T08:30").status == 0)
    #expect(!mails(peer, to: "ma.peng@example.org").isEmpty)
    #expect(try office.duban("queue", "forgive").output == "nothing\n")
  }

  @Test func anAddressIsForgivenByHand() throws {
    let peer = try peer(refusing: Self.owner)
    defer { peer.stop() }
    let office = try office(peer)
    _ = try office.duban("run", "--once", "--now", "2022-12-23T08:30")
    #expect(try office.duban("queue", "forgive").output.contains("\(Self.owner)  2022-12-23T08:30"))
    #expect(try office.duban("queue", "forgive", Self.owner).status == 0)
    #expect(try office.duban("queue", "forgive", Self.owner).status == 1)
    #expect(try office.duban("queue", "forgive").output == "nothing\n")
    _ = try office.duban("run", "--once", "--now", "2022-12-28T08:30")
    #expect(peer.record.commands.filter { $0.contains(Self.owner) }.count == 2, "tried again")
  }

  @Test func aContactThatCannotBeReachedTurnsTheStatus() throws {
    let peer = try peer(refusing: Self.contact)
    defer { peer.stop() }
    let office = try office(peer)
    _ = try office.duban("run", "--once", "--now", "2022-12-23T08:30")
    var status = try office.duban("status", "--now", "2022-12-23T09:00")
    #expect(status.status == 1)
    #expect(status.output.contains("was given up, to the contact itself: 550 5.1.1 Error: no such user here"))
    #expect(status.output.contains("the contact's own address \(Self.contact) was refused for good"))
    // Dropping the mail doesn't make the contact reachable.
    let failed = try office.duban("history", "--state", "failed", "--json").output
    let id = try #require(failed.firstMatch(of: /"id" : (\d+)/)?.1)
    #expect(try office.duban("queue", "drop", String(id)).status == 1, "given up already")
    status = try office.duban("status", "--now", "2022-12-23T09:00", "--json")
    #expect(status.status == 1)
    #expect(status.output.contains("\"healthy\" : false"))
  }

  /// While the relay is paused, nothing is tried before the pause ends.
  @Test func theNextAttemptIsNotBeforeThePauseEnds() throws {
    var script = PeerScript()
    script.actions[.mail] = .say("421 4.3.2 try again later")
    let peer = try ScriptedPeer(script)
    defer { peer.stop() }
    let office = try office(peer)
    _ = try office.duban("run", "--once", "--now", "2022-12-23T08:30")
    let status = try office.duban("status", "--now", "2022-12-23T08:31").output
    let next = try #require(status.firstMatch(of: /next attempt +(\S+)/)?.1)
    #expect(status.contains("paused until \(next)"), "\(status)")
  }
}
