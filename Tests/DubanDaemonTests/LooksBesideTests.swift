import DubanCore
import DubanOutbox
import Foundation
import TestSupport
import Testing

@testable import DubanDaemon

/// Mailboxes beside the day's mails.
@Suite struct LooksBesideTests {
  private static let now = Timestamp(seconds: 1_671_150_600)

  private func begin(_ script: MailboxScript) throws -> (
    looks: LooksBeside, peer: ScriptedPeer, office: TestSupport.Office
  ) {
    let peer = try ScriptedPeer(mailbox: script)
    let office = try TestSupport.Office(
      more: """
        inbox: {url: "imap://127.0.0.1:\(peer.port)", user: contact@example.org, passwordFile: password, plainLogin: loopback}
        """)
    try office.write("pass-2345\n", to: "password")
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o600], ofItemAtPath: office.url.appendingPathComponent("password").path)
    let loader = Loader(configuration: office.url.path + "/duban.yaml", environment: [:])
    var active = try #require(loader.load { _ in Self.now }.active)
    for place in active.configuration.inboxes.indices {
      try active.configuration.inboxes[place].server.holdSecret()
    }
    let outbox = try Outbox(directory: office.url.path + "/state")
    let context = try ServiceContext(outbox: outbox, clock: Clock { Self.now }, journal: Journal { _ in })
    return (LooksBeside(context.looks(active)), peer, office)
  }

  /// Whoever reads the mailbox first and whoever waits for a silent one in vain both go on.
  @Test func aSilentMailboxKeepsNobody() throws {
    var script = MailboxScript()
    script.actions["SEARCH"] = .stall
    let (looks, peer, office) = try begin(script)
    // Its folder goes with it.
    defer { withExtendedLifetime(office) {} }
    let start = ContinuousClock.now
    #expect(looks.ended(by: .now() + 0.2).isEmpty)
    #expect(looks.end(by: .now() + 0.2).isEmpty)
    #expect(ContinuousClock.now - start < .seconds(10))
    peer.stop()
    #expect(looks.ended(by: .now() + 30).map { $0.failure?.hasPrefix("search") } == [true])
  }

  @Test func aMailboxThatAnswersIsReadFirst() throws {
    let (looks, peer, office) = try begin(MailboxScript([Array("From: a@example.org\r\n\r\nx\r\n".utf8)]))
    defer { withExtendedLifetime(office) { peer.stop() } }
    #expect(looks.ended(by: .now() + 30).map(\.messages) == [1])
    #expect(looks.end(by: .now()).isEmpty, "each is told once")
  }
}
