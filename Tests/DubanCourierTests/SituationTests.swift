import DubanCore
import DubanCourier
import DubanMail
import TestSupport
import Testing

@Suite struct SituationTests {
  @Test(
    "each situation has its outcome, verdict and answer, whether the commands are answered one by one or in a row",
    arguments: Situation.all, [nil, .answers, .groups] as [PeerScript.Pieces?])
  func row(_ row: Situation, _ pipelining: PeerScript.Pieces?) throws {
    var script = row.script
    if let pipelining {
      script.extensions.append("PIPELINING")
      script.pieces = pipelining
    }
    script.certificate = try TestAuthority.shared.get()[row.certificate]
    let peer = try ScriptedPeer(script)
    defer { peer.stop() }
    var relay = try Relay.forTests(port: peer.port, row.security, user: row.user)
    relay.limits.connect = row.limit
    relay.limits.reply = 30_000
    relay.limits.message = row.limit
    let courier = SMTPCourier(relay)
    let outcome = courier.deliver(row.message)
    courier.close()
    let verdict = DeliveryJudge.verdict(
      on: outcome, attempts: 1, queuedAt: Situation.now, now: Situation.now, jitter: 0,
      utcOffset: Situation.utcOffset)
    #expect(Situation.words(outcome) == row.outcome)
    #expect(Situation.words(verdict) == row.verdict)
    if row.answer.hasSuffix("…") {
      #expect(verdict.answer.hasPrefix(row.answer.dropLast()), "\(verdict.answer)")
    } else {
      #expect(verdict.answer == row.answer)
    }
    #expect(!verdict.answer.contains(testLogin.password))
    if outcome.result == .accepted { #expect(peer.record.messages == [row.message.data]) }
    let unprotected = peer.record.passwords.filter { !$0.isProtected }
    if row.security != .none { #expect(unprotected.isEmpty) }
  }
}
