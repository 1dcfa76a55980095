import DubanCore
import DubanCourier

/// What a relay's refusals have in common within one run: what it says of one mail is about that mail, and what it says of
/// several in the same words, while it takes none between them, is about us. Of words that are certain about a mailbox it
/// holds only while none was taken at all.
struct RefusalPattern {
  /// For so many attempts a refusal that several share is taken for one of us, which is most of a day; then it counts.
  static let mostAttempts = 8
  private static let note = "said of several mails: it may be about us; tried again later"

  private var hasTaken = false
  /// The mails that were refused since one was taken, by what their refusals have in common; with those that were given up.
  private var refused: [String: (recipients: Set<String>, givenUp: [Int64])] = [:]

  /// The verdict in the light of the others, and the entries of this run that were given up too soon.
  ///
  /// - Parameter tookOthers: whether the relay has taken mail since this one was queued.
  mutating func revise(
    _ verdict: DeliveryVerdict, on outcome: AttemptResult, of entry: Int64, to recipient: String,
    attempt: Int, now: Timestamp, tookOthers: () -> Bool
  ) -> (verdict: DeliveryVerdict, takenBack: [Int64]) {
    guard outcome.result == .refused, (outcome.code ?? 500) >= 500 else {
      if outcome.result == .accepted { (hasTaken, refused) = (true, [:]) }
      return (verdict, [])
    }
    let words = RefusalText.likeness(verdict.answer, to: recipient)
    refused[words, default: ([], [])].recipients.insert(recipient)
    let isShared = (refused[words]?.recipients.count ?? 0) > 1
    var revised = verdict
    switch verdict.entry {
    case .giveUp where isShared && !hasTaken && attempt <= Self.mostAttempts:
      let until = now.adding(seconds: RetryPolicy.unreachablePause)
      revised = DeliveryVerdict(
        entry: .retry(at: until), relay: .pause(until: until), answer: "\(verdict.answer) [\(Self.note)]",
        code: verdict.code)
      defer { refused[words]?.givenUp = [] }
      return (revised, refused[words]?.givenUp ?? [])
    case .giveUp:
      refused[words]?.givenUp.append(entry)
    case .retry(let next):
      switch AttemptMeaning(outcome, to: recipient) {
      case .unclear where isShared:
        // No longer, since it may have been about two recipients after all: the others come before them then.
        let until = now.adding(seconds: hasTaken ? RetryPolicy.unreachablePause : RetryPolicy.quarterHour)
        revised.relay = .pause(until: until)
        revised.entry = .retry(at: max(next, until))
        revised.answer += " [\(Self.note)]"
      case .blocked where !isShared, .senderLimit where !isShared,
        .senderRefused where outcome.step == .recipient && !isShared:
        // It takes our mail, but not for this one, which comes before the others' new mail each time.
        if hasTaken || attempt > 1 && tookOthers() { revised.relay = .goOn }
      default: break
      }
    case .sent: break
    }
    return (revised, [])
  }
}
