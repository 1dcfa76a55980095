import DubanCore
import DubanCourier
import DubanMail
import Foundation
import TestSupport
import Testing

@Suite struct ReplyFuzzTests {
  /// Numbers that look random and are the same in every run (SplitMix64).
  private struct Dice: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var value = state
      value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
      value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
      return value ^ (value >> 31)
    }
  }

  private static let pieces = [
    "250", "354", "220", "421", "450", "550", "535", "5.1.1", "4.2.2", "9", "99999", " ", "-", "\r", "\n",
    "\n250 ok",
    "\u{0}", "\u{1B}[2J", "\u{202E}", "很", "DT:SPM", "HL:", "MI:SFQ", "a", "<>", "%s%n", "\u{FEFF}", "x x x",
  ]

  @Test(
    "whatever a relay says at whatever step, the outcome is consistent and printable", arguments: 0..<8,
    [nil, .answers, .groups, .bytes] as [PeerScript.Pieces?])
  func fuzz(_ seed: Int, _ pipelining: PeerScript.Pieces?) throws {
    var dice = Dice(state: UInt64(seed))
    for _ in 0..<40 {
      let step = try #require(PeerScript.Step.allCases.randomElement(using: &dice))
      let words = (0...Int.random(in: 0...6, using: &dice)).compactMap { _ in
        Self.pieces.randomElement(using: &dice)
      }
      var script = PeerScript(step, .sayAndClose(words.joined()))
      script.login = "\(testLogin.user):\(testLogin.password)"
      if let pipelining {
        script.extensions.append("PIPELINING")
        script.pieces = pipelining
      }
      let peer = try ScriptedPeer(script)
      defer { peer.stop() }
      let courier = try SMTPCourier(.forTests(port: peer.port, user: testLogin.user))
      let outcome = courier.deliver(.forTests())
      courier.close()
      let context: Comment = "\(step) \(words) → \(outcome)"
      #expect(!outcome.text.unicodeScalars.contains { $0.properties.generalCategory == .control }, context)
      #expect(!outcome.text.unicodeScalars.contains { $0.properties.generalCategory == .format }, context)
      #expect(!outcome.text.contains(testLogin.password), context)
      switch outcome.result {
      case .accepted:
        #expect(outcome.step == .finalDot && outcome.code.map { $0 / 100 } == 2, context)
        // A yes that came byte by byte may have crossed the message on its way.
        #expect(peer.record.messages.count == 1 || step == .body && pipelining == .bytes, context)
      case .refused: #expect((outcome.code ?? 500) >= 400, context)
      case .failed: #expect(!outcome.text.isEmpty, context)
      }
      // A mail that the peer has is never certain to be lost, and one that it hasn't is never sent.
      let verdict = RetryPolicy.verdict(
        on: outcome, to: Situation.addressee, attempts: 1, queuedAt: Situation.now, now: Situation.now,
        jitter: 0, utcOffset: 0)
      let isTaken = peer.record.messages.count == 1
      if isTaken, outcome.result == .failed { #expect(verdict.possiblyDelivered, context) }
      if !isTaken { #expect(verdict.entry != .sent || outcome.result == .accepted, context) }
    }
  }

  @Test(
    "whatever a relay says to which message, an outcome is that of its own message", arguments: 0..<8,
    PeerScript.Pieces.allCases)
  func severalMessages(_ seed: Int, _ pieces: PeerScript.Pieces) throws {
    var dice = Dice(state: UInt64(seed + 100))
    let steps: [PeerScript.Step] = [.mail, .recipient, .data, .body, .finalDot]
    for _ in 0..<12 {
      let step = try #require(steps.randomElement(using: &dice))
      let words = (0...Int.random(in: 0...6, using: &dice)).compactMap { _ in
        Self.pieces.randomElement(using: &dice)
      }.joined()
      var script = PeerScript(
        step, Bool.random(using: &dice) ? .sayAndClose(words) : .raw(Array((words + "\r\n").utf8)))
      script.onlyAfter = Int.random(in: 0...3, using: &dice)
      if Bool.random(using: &dice) { script.onlyAtMessage = Int.random(in: 1...3, using: &dice) }
      script.extensions.append("PIPELINING")
      script.pieces = pieces
      let peer = try ScriptedPeer(script)
      defer { peer.stop() }
      var relay = try Relay.forTests(port: peer.port)
      // What a peer leaves unanswered is waited for, for all five messages.
      (relay.limits.reply, relay.limits.farewell) = (200, 100)
      let courier = SMTPCourier(relay)
      let messages = (1...5).map { Message.forTests("\($0)\r\n", to: "owner\($0)@example.org") }
      let outcomes = messages.map(courier.deliver)
      courier.close()
      let record = peer.record
      let context: Comment = "\(step) “\(words)” \(script) → \(outcomes)"
      for (message, outcome) in zip(messages, outcomes) {
        let arrived = record.messages.count { $0 == message.data }
        #expect(arrived <= 1, context)
        switch outcome.result {
        case .accepted:
          // A yes that crossed the message on its way can't be told from an answer to it.
          #expect(arrived == 1 || [.data, .body].contains(step) && pieces != .groups, context)
        case .refused: #expect(arrived == 0 || outcome.step == .finalDot, context)
        case .failed:
          #expect(arrived == 0 || AttemptMeaning(outcome, to: Situation.addressee) == .unknown, context)
        }
      }
      let envelopes = messages.map { [testLogin.user, $0.envelope.recipient] }
      for (data, envelope) in zip(record.messages, record.envelopes) {
        #expect(messages.firstIndex { $0.data == data } == envelopes.firstIndex(of: envelope), context)
      }
    }
  }
}
