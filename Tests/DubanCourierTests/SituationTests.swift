import DubanCore
import DubanCourier
import DubanMail
import TestSupport
import Testing

@Suite struct SituationTests {
  /// How the message of a situation is sent.
  enum Manner: CaseIterable {
    /// Its commands one by one.
    case oneByOne
    /// Its commands in a row, answered in pieces or together.
    case inPieces, together
    /// Likewise, after another message that the relay takes.
    case second

    var pieces: PeerScript.Pieces { self == .inPieces ? .answers : .groups }
  }

  @Test(
    "each situation has its outcome, verdict and answer, however the message is sent",
    arguments: Situation.all,
    Manner.allCases)
  func row(_ row: Situation, _ manner: Manner) throws {
    var script = row.script
    if manner != .oneByOne {
      script.extensions.append("PIPELINING")
      script.pieces = manner.pieces
    }
    let steps: Set<PeerScript.Step> = [.mail, .recipient, .data, .body, .finalDot, .reset, .quit]
    if manner == .second, steps.isSuperset(of: script.actions.keys) { script.onlyAfter = 1 }
    script.certificate = try TestAuthority.shared.get()[row.certificate]
    let peer = try ScriptedPeer(script)
    defer { peer.stop() }
    var relay = try Relay.forTests(port: peer.port, row.security, user: row.user)
    relay.limits.connect = row.limit
    relay.limits.reply = 30_000
    relay.limits.pause = row.pause
    relay.limits.message = row.limit
    let courier = SMTPCourier(relay)
    let other = Message.forTests("another\r\n", to: "another@example.org")
    var sent = [row.message]
    var before: AttemptResult?
    if manner == .second {
      before = courier.deliver(other)
      if before?.result == .accepted { sent.insert(other, at: 0) }
    }
    // A situation that comes before any message is there at the first one.
    let outcome =
      sent.count == 1 && before != nil
      ? try #require(before)
      : courier.deliver(row.message)
    courier.close()
    let verdict = RetryPolicy.verdict(
      on: outcome, to: Situation.addressee, attempts: 1, queuedAt: Situation.now, now: Situation.now,
      jitter: 0,
      utcOffset: Situation.utcOffset)
    #expect(Situation.words(outcome) == row.outcome)
    #expect(Situation.words(verdict) == row.verdict)
    if row.answer.hasSuffix("…") {
      #expect(verdict.answer.hasPrefix(row.answer.dropLast()), "\(verdict.answer)")
    } else {
      #expect(verdict.answer == row.answer)
    }
    #expect(!verdict.answer.contains(testLogin.password))
    if outcome.result == .accepted { #expect(peer.record.messages == sent.map(\.data)) }
    let unprotected = peer.record.passwords.filter { !$0.isProtected }
    if row.security != .none { #expect(unprotected.isEmpty) }
  }
}
