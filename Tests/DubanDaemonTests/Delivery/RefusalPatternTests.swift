import DubanCore
import DubanCourier
import DubanMail
import DubanOutbox
import Testing

@testable import DubanDaemon

/// What a relay says of several mails in the same words is about us, unless it takes others.
@Suite struct RefusalPatternTests {
  private struct Row: CustomTestStringConvertible {
    var testDescription: String
    /// A recipient's name with the relay's words, in order; no words: the mail is taken.
    var said: [(String, String)]
    var step = AttemptResult.Step.recipient
    var attempt = 1
    /// Whether mail was taken in runs before.
    var tookOthers = false
    /// `given up`, `kept` (with a pause), `later` (without one) or `sent`, in order.
    var verdicts: [String]
    /// How many of those given up were taken back.
    var takenBack = 0
  }

  private static let rows = [
    Row(
      testDescription: "one address", said: [("a", "550 5.1.1 <a@x>: User unknown")], verdicts: ["given up"]),
    Row(
      testDescription: "two in the same words",
      said: [("a", "550 5.1.1 <a@x>: User unknown"), ("b", "550 5.1.1 <b@x>: User unknown")],
      verdicts: ["given up", "kept"], takenBack: 1),
    Row(
      testDescription: "two in the same words, where others are taken",
      said: [("c", ""), ("a", "550 5.1.1 User unknown"), ("b", "550 5.1.1 User unknown")],
      verdicts: ["sent", "given up", "given up"]),
    Row(
      testDescription: "two in words of their own",
      said: [("a", "550 5.1.1 User unknown"), ("b", "550 5.1.1 mailbox disabled")],
      verdicts: ["given up", "given up"]),
    Row(
      testDescription: "behind the dot",
      said: [("a", "554 Transaction failed q1"), ("b", "554 Transaction failed q2")],
      step: .finalDot, verdicts: ["later", "kept"]),
    Row(
      testDescription: "a limit behind the dot, in words that aren't known, after one was taken",
      said: [("c", ""), ("a", "554 Enough for now q1"), ("b", "554 Enough for now q2")],
      step: .finalDot, verdicts: ["sent", "later", "kept"]),
    Row(
      testDescription: "words that aren't known, and another's mail is taken between",
      said: [("a", "550 no"), ("c", ""), ("b", "550 no")], verdicts: ["later", "sent", "later"]),
    Row(
      testDescription: "words that aren't known, where none is taken",
      said: [("a", "550 Ip problem, id=abc"), ("b", "550 Ip problem, id=xyz")], verdicts: ["later", "kept"]),
    Row(
      testDescription: "one recipient's rule, which comes first",
      said: [("a", "554 5.7.1 <a@x>: Recipient address rejected: Access denied"), ("c", "")],
      verdicts: ["later", "sent"]),
    Row(
      testDescription: "for most of a day", said: [("a", "550 User unknown"), ("b", "550 User unknown")],
      attempt: 9,
      verdicts: ["given up", "given up"]),
    Row(
      testDescription: "a rule for one address, where others are taken",
      said: [("c", ""), ("a", "554 5.7.1 <a@x>: Recipient address rejected: Access denied")],
      verdicts: ["sent", "later"]),
    Row(
      testDescription: "a rule for several, where others were taken",
      said: [("c", ""), ("a", "554 5.7.1 Access denied"), ("b", "554 5.7.1 Access denied")],
      verdicts: ["sent", "later", "kept"]),
    Row(
      testDescription: "a rule for one address, which comes first again, after others were taken",
      said: [("a", "554 5.7.1 Access denied"), ("c", "")], attempt: 2, tookOthers: true,
      verdicts: ["later", "sent"]),
    Row(
      testDescription: "a rule for several, which come first again",
      said: [("a", "554 5.7.1 Access denied"), ("b", "554 5.7.1 Access denied")],
      attempt: 2, tookOthers: true, verdicts: ["later", "kept"]),
    Row(
      testDescription: "a rule, and nothing is taken", said: [("a", "554 5.7.1 Access denied")],
      verdicts: ["kept"]),
  ]

  @Test(arguments: rows) private func verdicts(_ row: Row) {
    var pattern = RefusalPattern()
    var takenBack: [Int64] = []
    let now = Timestamp(seconds: 1_671_496_200)
    let verdicts = row.said.enumerated().map { place, said in
      let (name, words) = said
      let code = words.isEmpty ? 250 : Int(words.prefix(3)) ?? 550
      let outcome = AttemptResult(
        step: words.isEmpty ? .finalDot : row.step, result: words.isEmpty ? .accepted : .refused, code: code,
        text: String(words.dropFirst(4)))
      let verdict = RetryPolicy.verdict(
        on: outcome, to: "\(name)@x", attempts: row.attempt, queuedAt: now, now: now, jitter: 0,
        utcOffset: 28_800)
      let revised = pattern.revise(
        verdict, on: outcome, of: Int64(place), to: "\(name)@x", attempt: row.attempt, now: now
      ) { row.tookOthers }
      takenBack += revised.takenBack
      switch (revised.verdict.entry, revised.verdict.relay) {
      case (.sent, _): return "sent"
      case (.giveUp, _): return "given up"
      case (.retry, .pause), (.retry, .stop): return "kept"
      case (.retry, _): return "later"
      }
    }
    #expect(verdicts == row.verdicts)
    #expect(takenBack.count == row.takenBack)
  }

  /// A worker may learn that a refusal is about us before another has recorded that it gave up for it.
  @Test func whatIsGivenUpLaterIsTakenBackThen() throws {
    let office = try DeliveryOffice()
    try office.queue(2)
    let clock = office.clock
    let rules = DeliveryLoop.Rules(
      pace: DeliveryPace { ($0, $0.adding(seconds: 86_400)) },
      judge: { outcome, claim, now in
        RetryPolicy.verdict(
          on: outcome, to: "a@example.org", attempts: claim.attempt, queuedAt: claim.queuedAt, now: now,
          jitter: 0,
          utcOffset: 28_800)
      }, clock: { clock.now })
    let scheduler = DeliveryScheduler(
      office.outbox, LeasePolicy(owner: office.owner), rules, until: StopFlag())
    let refusal = AttemptResult(step: .recipient, result: .refused, code: 550, text: "5.1.1 User unknown")
    let ended = scheduler.next(2, after: ClaimResults()).map { claim in
      let verdict = scheduler.revise(
        rules.judge(refusal, claim, clock.now), on: refusal, of: claim, now: clock.now)
      return FinishedClaim(claim, verdict, at: clock.now)
    }
    func states() throws -> [EntryState] { try office.outbox.entries(EntryFilter()).map(\.state) }
    _ = scheduler.next(0, after: ClaimResults(finished: [ended[1]]))
    #expect(try states() == [.sending, .deferred])
    _ = scheduler.next(0, after: ClaimResults(finished: [ended[0]]))
    #expect(try states() == [.queued, .deferred])
  }

  @Test(arguments: [
    ("mails", ["a@example.org", "b@example.org"], [EntryState.queued, .deferred]),
    (
      "groups' robots, whose servers say nothing of the relay",
      RobotKind.allCases.prefix(2).map(Robot.recipient),
      [.failed, .failed]
    ),
  ])
  func ofWhomItIsSaid(_ whom: String, _ recipients: [String], _ states: [EntryState]) throws {
    let office = try DeliveryOffice()
    try office.queue(2) { recipients[$0] }
    let relay = ScriptedRelay { _, _ in
      AttemptResult(step: .recipient, result: .refused, code: 550, text: "access denied")
    }
    let givingUp = { @Sendable (outcome: AttemptResult, _: Claim, _: Timestamp) in
      DeliveryVerdict(entry: .giveUp, answer: outcome.text, code: outcome.code)
    }
    _ = office.delivery(judge: givingUp) { relay.courier() }.run(until: StopFlag())
    #expect(try office.outbox.entries(EntryFilter()).map(\.state) == states)
  }
}
