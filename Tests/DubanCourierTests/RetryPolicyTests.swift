import DubanCore
import DubanCourier
import Testing

@Suite struct RetryPolicyTests {
  private static let now = Situation.now

  private func verdict(
    _ outcome: AttemptResult, attempts: Int = 1, age: Int64 = 0, jitter: Double = 0
  ) -> DeliveryVerdict {
    RetryPolicy.verdict(
      on: outcome, to: Situation.addressee, attempts: attempts, queuedAt: Self.now.adding(seconds: -age),
      now: Self.now,
      jitter: jitter,
      utcOffset: Situation.utcOffset)
  }

  private let notNow = AttemptResult(step: .recipient, result: .refused, code: 450, text: "later")

  @Test(
    "waits double from 5 minutes to 4 hours",
    arguments: [
      (0, 300), (1, 300), (2, 600), (3, 1_200), (4, 2_400), (5, 4_800), (6, 9_600), (7, 14_400), (8, 14_400),
      (1_000_000, 14_400),
    ] as [(Int, Int64)])
  func waits(_ attempts: Int, _ seconds: Int64) {
    #expect(verdict(notNow, attempts: attempts).entry == .retry(at: Self.now.adding(seconds: seconds)))
  }

  @Test(
    "jitter lengthens a wait by up to a quarter",
    arguments: [
      (0.0, 300), (0.5, 337), (0.999_999, 374),
    ] as [(Double, Int64)])
  func jitter(_ jitter: Double, _ seconds: Int64) {
    #expect(verdict(notNow, jitter: jitter).entry == .retry(at: Self.now.adding(seconds: seconds)))
  }

  @Test("a mail is tried for 5 days, the last time at their end")
  func lifetime() {
    let day: Int64 = 86_400
    #expect(
      verdict(notNow, attempts: 40, age: 5 * day - 60).entry == .retry(at: Self.now.adding(seconds: 60)))
    let over = verdict(notNow, attempts: 41, age: 5 * day)
    #expect(over.entry == .giveUp)
    #expect(over.answer == "450 later (RCPT TO) [given up after 5 days]")
    #expect(!over.badRecipient)
  }

  @Test("a lost answer stays in doubt even when the mail's time is over")
  func lifetimeOfDoubt() {
    let lost = AttemptResult(step: .finalDot, result: .failed, text: "lost")
    let over = verdict(lost, attempts: 41, age: 6 * 86_400)
    #expect(over.entry == .giveUp)
    #expect(over.possiblyDelivered)
  }

  @Test("what was taken is sent, however late")
  func takenLate() {
    let taken = AttemptResult(step: .finalDot, result: .accepted, code: 250, text: "ok")
    #expect(verdict(taken, attempts: 99, age: 9 * 86_400).entry == .sent)
  }

  @Test("an entry queued in the future, after the clock was set back, is kept")
  func clockSetBack() {
    #expect(verdict(notNow, age: -86_400).entry == .retry(at: Self.now.adding(seconds: 300)))
  }

  @Test(
    "the day's limit ends a quarter of an hour after the office's midnight",
    arguments: [
      // Shanghai, London in summer, Honolulu: seconds from 08:30 in Shanghai to the next midnight there.
      (28_800, 55_800), (3_600, 81_000), (-36_000, 34_200),
    ])
  func dayLimit(_ utcOffset: Int, _ seconds: Int64) {
    let outcome = AttemptResult(step: .mailFrom, result: .refused, code: 550, text: "RP:TRC")
    let verdict = RetryPolicy.verdict(
      on: outcome, to: Situation.addressee, attempts: 1, queuedAt: Self.now, now: Self.now, jitter: 0,
      utcOffset: utcOffset)
    #expect(verdict.relay == .pause(until: Self.now.adding(seconds: seconds + 900)))
  }

  @Test("never gives up, stops or loses anything by accident: every step, result and code has a sane verdict")
  func everything() {
    for step in AttemptResult.Step.allCases {
      for result in AttemptResult.Result.allCases {
        for code in [nil, 200, 354, 421, 450, 499, 500, 550, 599, 999] as [Int?] {
          let outcome = AttemptResult(step: step, result: result, code: code, text: "x")
          let verdict = verdict(outcome)
          #expect((verdict.entry == .sent) == (result == .accepted), "\(outcome)")
          if verdict.badRecipient { #expect(verdict.entry == .giveUp, "\(outcome)") }
          // Positively final: only a 5yz about the mail, or a mail that no relay could take.
          if verdict.entry == .giveUp {
            let isFinal = result == .refused && (code ?? 500) >= 500
            #expect(isFinal || (step == .check && result == .failed), "\(outcome)")
            #expect(![.greeting, .hello, .startTLS, .authenticate].contains(step), "\(outcome)")
          }
          if verdict.possiblyDelivered { #expect(step == .finalDot && result == .failed) }
        }
      }
    }
  }

  @Test(
    "an entry is tried unless the last attempt of its lifetime was lost",
    arguments: [
      ("never tried", nil, false), ("lost at once", 0, false),
      ("lost a second before the end", 431_999, false),
      ("lost at the end", 432_000, true), ("lost long after", 900_000, true),
    ] as [(String, Int64?, Bool)])
  func expiry(_ name: String, _ lostAfter: Int64?, _ isOver: Bool) {
    let queuedAt = Situation.now
    let verdict = RetryPolicy.expiry(
      queuedAt: queuedAt, lostAttemptAt: lostAfter.map(queuedAt.adding(seconds:)))
    #expect((verdict != nil) == isOver)
    #expect(verdict.map { $0.entry == .giveUp && $0.possiblyDelivered && $0.relay == .goOn } ?? true)
  }
}
