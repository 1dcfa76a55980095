import DubanCourier
import DubanMail
import TestSupport
import Testing

/// Commands in a row (RFC 2920), and what a relay says before it is asked.
@Suite struct PipeliningTests {
  private static let announcing = ["8BITMIME", "PIPELINING", "SIZE 10485760"]

  private func script(
    _ actions: [PeerScript.Step: PeerScript.Action] = [:], pieces: PeerScript.Pieces = .groups
  ) -> PeerScript {
    var script = PeerScript()
    script.actions = actions
    (script.extensions, script.pieces) = (Self.announcing, pieces)
    return script
  }

  /// Delivers some messages to such a peer; the outcomes in few words, and what the peer saw.
  private func deliver(_ count: Int, to script: PeerScript) throws -> (outcomes: [String], record: PeerRecord)
  {
    let peer = try ScriptedPeer(script)
    defer { peer.stop() }
    let courier = try SMTPCourier(.forTests(port: peer.port))
    let outcomes = (1...count).map { Situation.words(courier.deliver(.forTests("\($0)\r\n"))) }
    courier.close()
    return (outcomes, peer.record)
  }

  @Test("the commands go out together where the relay announces it, and else one by one")
  func together() throws {
    let usual = ["MAIL FROM:<duban@example.org>", "RCPT TO:<owner@example.org>", "DATA"]
    let (_, inRow) = try deliver(2, to: script())
    #expect(inRow.unanswered == 4)
    let (_, oneByOne) = try deliver(2, to: PeerScript())
    #expect(oneByOne.unanswered == 0)
    for record in [inRow, oneByOne] {
      #expect(record.commands == ["EHLO client.example.org"] + usual + usual + ["QUIT"])
      #expect(record.messages == (1...2).map { Message.forTests("\($0)\r\n").data })
    }
  }

  @Test(
    "the keyword counts as a word of its own, in any case, in the EHLO reply's lines after the first",
    arguments: [
      (["pipelining"], true), (["XPIPELINING"], false), (["PIPELINING-NOT"], false),
      (["X", "PipeLining"], true),
      ([], false),
    ])
  func keyword(_ extensions: [String], _ isAnnounced: Bool) throws {
    var script = PeerScript()
    script.extensions = extensions
    #expect(try deliver(1, to: script).record.unanswered == (isAnnounced ? 2 : 0))
    let first = PeerScript(.hello, .say("250 PIPELINING"))
    #expect(try deliver(1, to: first).record.unanswered == 0)
  }

  @Test("what counts is the EHLO reply under TLS, not the one before", arguments: [true, false])
  func underTLS(_ isAnnounced: Bool) throws {
    var script = try PeerScript.secured(.startTLS)
    script.extensions = isAnnounced ? Self.announcing : ["8BITMIME"]
    let peer = try ScriptedPeer(script)
    defer { peer.stop() }
    let courier = try SMTPCourier(.forTests(port: peer.port, .startTLS, user: testLogin.user))
    for number in 1...3 { #expect(courier.deliver(.forTests("\(number)\r\n")).result == .accepted) }
    courier.close()
    #expect(peer.record.unanswered == (isAnnounced ? 6 : 0))
    #expect(peer.record.connections == 1)
  }

  @Test(
    "a recipient is refused and DATA is answered by 354: a lone dot, and the next message over a new connection",
    arguments: PeerScript.Pieces.allCases)
  func loneDot(_ pieces: PeerScript.Pieces) throws {
    var script = script([.recipient: .say("550-5.1.1 no\n550 5.1.1 such user")], pieces: pieces)
    script.onlyAtMessage = 2
    let (outcomes, record) = try deliver(3, to: script)
    #expect(outcomes == ["finalDot accepted 250", "recipient refused 550", "finalDot accepted 250"])
    #expect(record.loneDots == 1)
    #expect(record.messages == [1, 3].map { Message.forTests("\($0)\r\n").data })
    #expect(record.connections == 2)
    #expect(record.farewells == 2)
  }

  @Test(
    "the first no of a group decides, whatever is said to the rest",
    arguments: [
      (
        [.mail: .say("553 no"), .recipient: .say("503 first MAIL"), .data: .say("503 first MAIL")],
        "mailFrom refused 553"
      ),
      ([.mail: .say("451 not now"), .recipient: .say("250 ok")], "mailFrom refused 451"),
      ([.recipient: .say("450 later"), .data: .say("554 no valid recipients")], "recipient refused 450"),
      ([.recipient: .say("251 forwarded"), .data: .say("452 no room")], "data refused 452"),
      ([.recipient: .say("550 no"), .data: .close], "recipient refused 550"),
      ([.recipient: .say("550 no"), .data: .stall], "recipient refused 550"),
      ([.recipient: .say("550 no"), .finalDot: .say("250 queued")], "recipient refused 550"),
      ([.mail: .sayAndClose("421 bye")], "mailFrom refused 421"),
    ] as [([PeerScript.Step: PeerScript.Action], String)])
  func refused(_ actions: [PeerScript.Step: PeerScript.Action], _ outcome: String) throws {
    for pieces in PeerScript.Pieces.allCases {
      let (outcomes, record) = try deliver(1, to: script(actions, pieces: pieces))
      #expect(outcomes == [outcome], "\(pieces)")
      #expect(record.messages.isEmpty, "\(pieces)")
    }
  }

  @Test(
    "an answer before its time is none",
    arguments: [
      ([.data: "354 go ahead\r\n250 2.0.0 queued\r\n"], "data failed"),
      ([.data: "354 go ahead\r\n552 5.3.4 too big\r\n"], "data refused 552"),
      ([.data: "354 go ahead\r\n421 4.4.2 timeout\r\n"], "data refused 421"),
      ([.recipient: "250 ok\r\n354 go ahead\r\n250 2.0.0 queued\r\n"], "data failed"),
      ([.mail: "250 ok\r\n250 ok\r\n354 go ahead\r\n250 2.0.0 queued\r\n"], "data failed"),
    ] as [([PeerScript.Step: String], String)])
  func early(_ said: [PeerScript.Step: String], _ outcome: String) throws {
    let (outcomes, record) = try deliver(1, to: script(said.mapValues { .raw(Array($0.utf8)) }))
    #expect(outcomes == [outcome])
    #expect(record.messages.isEmpty)
  }

  @Test("a yes in the middle of a long message is none")
  func earlyInTheMiddle() throws {
    let peer = try ScriptedPeer(PeerScript(.body, .say("250 2.0.0 queued")))
    defer { peer.stop() }
    let courier = try SMTPCourier(.forTests(port: peer.port))
    let outcome = courier.deliver(.forTests(Situation.longBody))
    courier.close()
    #expect(Situation.words(outcome) == "data failed")
    #expect(outcome.text == "the relay's answer can't be used (DATA); it said “250 2.0.0 queued”")
    #expect(peer.record.messages.isEmpty)
  }

  @Test(
    "a no in the middle of a long message counts, also from a relay that reads no further",
    arguments: PeerScript.TLS.allCases)
  func refusedInTheMiddle(_ tls: PeerScript.TLS) throws {
    var script = try PeerScript.secured(tls)
    script.actions = [.body: .sayWhenFull("552 5.3.4 too big")]
    let peer = try ScriptedPeer(script)
    defer { peer.stop() }
    let security: Relay.Security = tls == .none ? .none : tls == .startTLS ? .startTLS : .implicitTLS
    let courier = try SMTPCourier(.forTests(port: peer.port, security, user: testLogin.user))
    let outcome = courier.deliver(.forTests(Situation.longBody))
    courier.close()
    #expect(Situation.words(outcome) == "data refused 552")
    #expect(outcome.text == "5.3.4 too big")
    #expect(peer.record.messages.isEmpty)
    #expect(peer.record.farewells == 0)
  }

  @Test("without the keyword, an answer to the next command isn't waited for twice")
  func earlyOneByOne() throws {
    var script = PeerScript(.mail, .raw(Array("250 ok\r\n250 ok\r\n".utf8)))
    #expect(try deliver(1, to: script).outcomes == ["recipient failed"])
    script = PeerScript(.data, .raw(Array("354 go ahead\r\n250 queued\r\n".utf8)))
    #expect(try deliver(1, to: script).outcomes == ["data failed"])
  }

  @Test("what a relay says between two messages ends the connection, and costs nothing")
  func goodbyeBetween() throws {
    let script = PeerScript(.finalDot, .raw(Array("250 ok\r\n421 4.7.0 enough for now\r\n".utf8)))
    let (outcomes, record) = try deliver(3, to: script)
    #expect(outcomes == Array(repeating: "finalDot accepted 250", count: 3))
    #expect(record.connections == 3)
    #expect(record.messages.count == 3)
  }
}
