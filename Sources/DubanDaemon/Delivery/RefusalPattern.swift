import DubanCore
import DubanCourier

/// What a relay's refusals have in common within one run: what it says of one mail is about that mail, and what it says
/// of several in the same words, while it takes none, is about us, whatever the words are.
struct RefusalPattern {
  /// For so many attempts a refusal that several share is taken for one of us, which is most of a day; then it counts.
  static let mostAttempts = 8
  private static let note = "said of several mails while none is taken: it may be about us; tried again later"

  private var hasTaken = false
  /// The mails that were refused, by the words for it; with those that were given up for them.
  private var refused: [String: (recipients: Set<String>, givenUp: [Int64])] = [:]

  /// The verdict in the light of the others of this run, and the entries that were given up too soon.
  mutating func revise(
    _ verdict: DeliveryVerdict, on outcome: AttemptResult, of entry: Int64, to recipient: String,
    attempt: Int,
    now: Timestamp
  ) -> (verdict: DeliveryVerdict, takenBack: [Int64]) {
    guard outcome.result == .refused, (outcome.code ?? 500) >= 500 else {
      hasTaken = hasTaken || outcome.result == .accepted
      return (verdict, [])
    }
    let words = Self.words(verdict.answer, of: recipient)
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
    case .retry where outcome.step == .recipient && hasTaken && !isShared && Self.isAboutUs(outcome):
      // It takes our mail, but not for this one.
      revised.relay = .goOn
    case .retry, .sent: break
    }
    return (revised, [])
  }

  private static func isAboutUs(_ outcome: AttemptResult) -> Bool {
    [.blocked, .senderRefused].contains(AttemptMeaning(outcome))
  }

  /// The answer without what differs from mail to mail: addresses, names of mailboxes, numbers of queues.
  private static func words(_ answer: String, of recipient: String) -> String {
    let name = recipient.prefix { $0 != "@" }.lowercased()
    return answer.lowercased().split { " <>()[]{}:;,\"'".contains($0) }
      .filter { word in !word.contains("@") && word != name && !word.contains(where: \.isNumber) }
      .joined(separator: " ")
  }
}
