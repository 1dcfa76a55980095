import DubanCourier
import DubanMail
import TestSupport
import Testing

/// The envelope of the next message goes out with the end of the one before it (RFC 2920, section 3.1).
@Suite struct LookAheadTests {
  private func script(
    _ actions: [PeerScript.Step: PeerScript.Action] = [:], at message: Int? = 2,
    pieces: PeerScript.Pieces = .groups
  ) -> PeerScript {
    var script = PeerScript()
    (script.actions, script.onlyAtMessage) = (actions, message)
    script.extensions.append("PIPELINING")
    script.pieces = pieces
    return script
  }

  private func message(_ number: Int, _ body: String = "") -> Message {
    .forTests("\(number)\r\n\(body)", to: "owner\(number)@example.org")
  }

  /// Delivers some messages to such a peer, each knowing the next; the outcomes in few words, and what the peer saw.
  private func deliver(
    _ count: Int, to script: PeerScript, change: (inout Relay) -> Void = { _ in }
  ) throws -> (outcomes: [String], record: PeerRecord) {
    let peer = try ScriptedPeer(script)
    defer { peer.stop() }
    var relay = try Relay.forTests(port: peer.port)
    change(&relay)
    let courier = SMTPCourier(relay)
    let outcomes = (1...count).map { number in
      let next = number < count ? message(number + 1).envelope : nil
      return Situation.words(courier.deliver(message(number), before: next))
    }
    courier.close()
    return (outcomes, peer.record)
  }

  /// Whether these messages arrived, in this order, each in its envelope.
  private func expect(
    _ record: PeerRecord, took numbers: [Int], sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(record.messages == numbers.map { message($0).data }, sourceLocation: sourceLocation)
    #expect(
      record.envelopes == numbers.map { [testLogin.user, "owner\($0)@example.org"] },
      sourceLocation: sourceLocation)
  }

  private static let taken = "finalDot accepted 250"

  @Test(
    "a message takes one round trip, and the commands are the same", arguments: PeerScript.Pieces.allCases)
  func oneRoundTrip(_ pieces: PeerScript.Pieces) throws {
    let (outcomes, record) = try deliver(5, to: script(pieces: pieces))
    #expect(outcomes == Array(repeating: Self.taken, count: 5))
    expect(record, took: [1, 2, 3, 4, 5])
    #expect(record.followed == 4)
    #expect(record.connections == 1)
    #expect(record.farewells == 1)
    #expect(
      record.commands == ["EHLO client.example.org"]
        + (1...5).flatMap { ["MAIL FROM:<duban@example.org>", "RCPT TO:<owner\($0)@example.org>", "DATA"] }
        + ["QUIT"])
  }

  @Test("nothing goes ahead to a relay that doesn't take commands in a row")
  func withoutTheKeyword() throws {
    let (outcomes, record) = try deliver(3, to: PeerScript())
    #expect(outcomes == Array(repeating: Self.taken, count: 3))
    expect(record, took: [1, 2, 3])
    #expect(record.followed == 0)
    #expect(record.unanswered == 0)
  }

  @Test(
    "a refused recipient's answer is its own, and its connection is the last one's",
    arguments: [nil, 503, 554])
  func refusedRecipient(_ data: Int?) throws {
    for pieces in PeerScript.Pieces.allCases {
      var actions: [PeerScript.Step: PeerScript.Action] = [
        .recipient: .say("550-5.1.1 no\n550 5.1.1 such user")
      ]
      if let data { actions[.data] = .say("\(data) 5.5.1 no valid recipients") }
      let (outcomes, record) = try deliver(4, to: script(actions, pieces: pieces))
      // The second message of each connection.
      #expect(outcomes == [Self.taken, "recipient refused 550", Self.taken, "recipient refused 550"])
      expect(record, took: [1, 3])
      #expect(record.loneDots == (data == nil ? 2 : 0))
      #expect(record.connections == 2)
      #expect(record.farewells == 2)
    }
  }

  @Test("a message that is refused at its end takes the envelope behind it along, and not its message")
  func refusedMessage() throws {
    let (outcomes, record) = try deliver(4, to: script([.finalDot: .say("554 5.7.1 virus found")]))
    #expect(outcomes == [Self.taken, "finalDot refused 554", Self.taken, "finalDot refused 554"])
    // The peer has the refused ones too.
    expect(record, took: [1, 2, 3, 4])
    #expect(record.loneDots == 0)
    #expect(record.connections == 2)
    #expect(record.farewells == 1, "nothing more is said where a message is awaited")
  }

  @Test(
    "a relay that takes leave after a message has said nothing about the next",
    arguments: [
      .sayAndClose("250 2.0.0 queued"), .raw(Array("250 2.0.0 queued\r\n421 4.7.0 enough for now\r\n".utf8)),
    ] as [PeerScript.Action])
  func goodbye(_ action: PeerScript.Action) throws {
    for pieces in PeerScript.Pieces.allCases {
      let (outcomes, record) = try deliver(4, to: script([.finalDot: action], at: nil, pieces: pieces))
      #expect(outcomes == Array(repeating: Self.taken, count: 4))
      expect(record, took: [1, 2, 3, 4])
      #expect(record.connections == 4)
    }
  }

  @Test("421 in place of a yes is the answer to the message; the next goes over a new connection")
  func goodbyeInstead() throws {
    let (outcomes, record) = try deliver(3, to: script([.finalDot: .sayAndClose("421 4.3.2 shutting down")]))
    #expect(outcomes == [Self.taken, "finalDot refused 421", Self.taken])
    #expect(record.connections == 2)
  }

  @Test(
    "a relay that says yes once too often isn't believed the next time", arguments: PeerScript.Pieces.allCases
  )
  func tooManyAnswers(_ pieces: PeerScript.Pieces) throws {
    let twice = PeerScript.Action.raw(Array("250 ok\r\n250 ok\r\n".utf8))
    let (outcomes, record) = try deliver(3, to: script([.finalDot: twice], at: 1, pieces: pieces))
    #expect(outcomes == [Self.taken, "data failed", Self.taken])
    expect(record, took: [1, 3])
  }

  @Test("an answer before its time is none", arguments: PeerScript.Pieces.allCases)
  func early(_ pieces: PeerScript.Pieces) throws {
    let early = PeerScript.Action.raw(Array("354 go ahead\r\n552 5.3.4 too big\r\n".utf8))
    let (outcomes, record) = try deliver(3, to: script([.data: early], pieces: pieces))
    #expect(outcomes[0] == Self.taken && outcomes[1] != Self.taken && outcomes[2] == Self.taken)
    // Byte by byte the early answer may meet the message on its way.
    if pieces != .bytes { #expect(outcomes[1] == "data refused 552") }
    expect(record, took: [1, 3])
  }

  @Test("what comes in place of the next message ends the connection before that has got anything")
  func somethingElse() throws {
    let peer = try ScriptedPeer(script())
    defer { peer.stop() }
    let courier = try SMTPCourier(.forTests(port: peer.port))
    #expect(courier.deliver(message(1), before: message(2).envelope).result == .accepted)
    #expect(courier.deliver(message(3), before: message(4).envelope).result == .accepted)
    courier.close()
    #expect(courier.deliver(message(5), before: message(6).envelope).result == .accepted)
    var unsendable = message(6)
    unsendable.data = Array("a bare\nline end\r\n".utf8)
    #expect(courier.deliver(unsendable).step == .check)
    #expect(courier.deliver(message(7)).result == .accepted)
    courier.close()
    let record = peer.record
    expect(record, took: [1, 3, 5, 7])
    #expect(record.followed == 3)
    #expect(record.loneDots == 0)
    #expect(record.connections == 4)
    #expect(record.farewells == 1)
  }

  @Test("an envelope that can't be sent doesn't go ahead")
  func unsendable() throws {
    let peer = try ScriptedPeer(script())
    defer { peer.stop() }
    let courier = try SMTPCourier(.forTests(port: peer.port))
    for (_, unsendable) in CourierContract.unsendable where unsendable.envelope != Message.forTests().envelope
    {
      #expect(courier.deliver(message(1), before: unsendable.envelope).result == .accepted)
    }
    #expect(courier.deliver(message(2)).result == .accepted)
    courier.close()
    #expect(peer.record.followed == 0)
    #expect(peer.record.connections == 1)
  }

  @Test("a relay that forgets what goes ahead gets nothing ahead a second time")
  func forgets() throws {
    var script = script()
    script.forgetsWhatFollows = true
    let (outcomes, record) = try deliver(4, to: script) { $0.limits.reply = 1_000 }
    #expect(outcomes == [Self.taken, "mailFrom failed", Self.taken, Self.taken])
    expect(record, took: [1, 3, 4])
    #expect(record.followed == 1)
    #expect(record.connections == 2)
  }

  @Test(
    "an envelope goes with the end of a message of any length, but not into a TLS record of its own",
    arguments: PeerScript.TLS.allCases)
  func lengths(_ tls: PeerScript.TLS) throws {
    var script = try PeerScript.secured(tls)
    script.extensions.append("PIPELINING")
    let peer = try ScriptedPeer(script)
    defer { peer.stop() }
    let security: Relay.Security = tls == .none ? .none : tls == .startTLS ? .startTLS : .implicitTLS
    let courier = try SMTPCourier(.forTests(port: peer.port, security, user: testLogin.user))
    let line = String(repeating: "x", count: 62) + "\r\n"
    let messages = [1, 250, 300, 1_030, 1_300].enumerated().map { number, lines in
      message(number, String(repeating: line, count: lines))
    }
    for (message, next) in zip(messages, messages.dropFirst() + [message(9)]) {
      #expect(courier.deliver(message, before: next.envelope).result == .accepted)
    }
    courier.close()
    #expect(peer.record.messages == messages.map(\.data))
    #expect(peer.record.connections == 1)
    // 64, 16,000 and 65,920 bytes; not 19,200, nor the last 17,664 of 83,200.
    #expect(peer.record.followed == 3)
  }
}
