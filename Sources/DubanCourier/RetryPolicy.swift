public import DubanCore

/// Turns what the relay said into what becomes of the entry and of the way to the relay. Pure: the clock and the dice
/// come in as numbers.
public enum RetryPolicy {
  /// The first wait after a failed attempt, in seconds: 5 minutes, then twice as long each time.
  public static let firstWait: Int64 = 300
  /// The longest wait, in seconds: 4 hours, so that a relay that is back is found within half a day.
  public static let longestWait: Int64 = 14_400
  /// How long a mail is tried, in seconds: 5 days (RFC 5321, section 4.5.4.1 asks for at least 4 to 5).
  public static let lifetime: Int64 = 432_000
  /// How long nothing is sent after a refused login, in seconds: 6 hours. A reload or restart ends it sooner.
  public static let stop: Int64 = 21_600
  /// How long a relay that can't be reached is left alone, in seconds.
  public static let unreachablePause: Int64 = 300
  /// NetEase counts by quarters of an hour, in seconds.
  public static let quarterHour: Int64 = 900
  /// How long a relay that blocks us is left alone, in seconds: 4 hours.
  public static let blockedPause: Int64 = 14_400

  /// The verdict on one attempt.
  ///
  /// - Parameters:
  ///   - attempts: how many attempts the entry has seen, this one included.
  ///   - queuedAt: when the entry was queued.
  ///   - jitter: 0 up to, not including, 1: lengthens a wait by up to a quarter, so that a backlog doesn't come
  ///     back all at once.
  ///   - utcOffset: seconds that the office's clock is ahead of UTC: tells when tomorrow begins.
  ///   - saidOfOthers: whether the same words were said lately about other recipients: asked only where the words alone
  ///     don't tell whom they are about.
  public static func verdict(
    on outcome: AttemptResult, attempts: Int, queuedAt: Timestamp, now: Timestamp, jitter: Double,
    utcOffset: Int, saidOfOthers: (_ answer: String) -> Bool = { _ in false }
  ) -> DeliveryVerdict {
    let ruling = DeliveryRuling(outcome).settled(attempts) {
      saidOfOthers(Self.answer(outcome, DeliveryRuling.doubtfulRecipient))
    }
    let stretch = { (seconds: Int64) in seconds + Int64(Double(seconds) / 4 * jitter) }
    let wait = stretch(wait(afterAttempt: attempts))
    let relay = relay(
      ruling, now: now, wait: wait, tomorrow: tomorrow(now, utcOffset).adding(seconds: stretch(quarterHour)))
    let isExpired = now >= queuedAt.adding(seconds: lifetime)
    let entry = entry(
      ruling, retry: max(now.adding(seconds: wait), relay.until ?? now),
      last: queuedAt.adding(seconds: lifetime),
      isExpired: isExpired)
    var answer = answer(outcome, ruling)
    if isExpired, entry == .giveUp { answer += " [given up after \(lifetime / 86_400) days]" }
    return DeliveryVerdict(
      entry: entry, relay: relay, answer: answer, code: outcome.code, possiblyDelivered: ruling == .unknown,
      badRecipient: ruling == .badRecipient)
  }

  /// The verdict on an entry that is about to be tried; nil: try it.
  ///
  /// An attempt that has no answer, because its process ended, never reaches ``verdict(on:attempts:queuedAt:now:jitter:utcOffset:)``.
  /// One that began after the end of the lifetime was the last all the same.
  ///
  /// - Parameter lostAttemptAt: when the attempt before this one began, if it had no answer.
  public static func expiry(queuedAt: Timestamp, lostAttemptAt: Timestamp?) -> DeliveryVerdict? {
    guard let lostAttemptAt, lostAttemptAt >= queuedAt.adding(seconds: lifetime) else { return nil }
    return DeliveryVerdict(
      entry: .giveUp,
      answer: "the process ended during every attempt [given up after \(lifetime / 86_400) days]",
      possiblyDelivered: true)
  }

  /// The wait after the nth attempt, in seconds, without jitter.
  static func wait(afterAttempt attempts: Int) -> Int64 {
    // 2^6 times 5 minutes is past the longest wait already.
    min(firstWait << Int64(max(0, min(attempts, 7) - 1)), longestWait)
  }

  private static func entry(
    _ ruling: DeliveryRuling, retry: Timestamp, last: Timestamp, isExpired: Bool
  ) -> DeliveryVerdict.Entry {
    switch ruling {
    case .taken: .sent
    case .refused, .badRecipient, .unsendable: .giveUp
    // The last attempt is at the end of the lifetime, not before.
    default: isExpired ? .giveUp : .retry(at: min(retry, last))
    }
  }

  private static func relay(
    _ ruling: DeliveryRuling, now: Timestamp, wait: Int64, tomorrow: Timestamp
  ) -> DeliveryVerdict.Relay {
    switch ruling {
    case .taken, .notNow, .looksLikeSpam, .mailboxFull, .refused, .badRecipient, .doubtfulRecipient,
      .policyRefused,
      .unsendable:
      .goOn
    case .unknown, .lost, .outOfStep, .connectionLimit: .newConnection
    case .senderRefused, .helloRefused, .loginRefused, .secretMissing: .stop(until: now.adding(seconds: stop))
    case .quarterHourLimit: .pause(until: now.adding(seconds: quarterHour))
    case .dayLimit: .pause(until: tomorrow)
    case .throttled: .pause(until: now.adding(seconds: wait))
    case .blocked: .pause(until: now.adding(seconds: blockedPause))
    case .recipientRate, .relayBusy, .unreachable, .storeFailed:
      .pause(until: now.adding(seconds: unreachablePause))
    }
  }

  private static func tomorrow(_ now: Timestamp, _ utcOffset: Int) -> Timestamp {
    now.adding(seconds: Int64(86_400 - now.secondOfDay(utcOffset: utcOffset)))
  }

  private static func answer(_ outcome: AttemptResult, _ ruling: DeliveryRuling) -> String {
    var answer = outcome.text
    if let code = outcome.code { answer = answer.isEmpty ? "\(code)" : "\(code) \(answer)" }
    if outcome.result == .refused { answer += " (\(outcome.step.words))" }
    return ruling.words.isEmpty ? answer : "\(answer) [\(ruling.words)]"
  }
}

extension DeliveryRuling {
  /// A doubt about the recipient is settled by asking again: what is said twice of one recipient is about the recipient,
  /// and what is said of several in the same words is about us.
  fileprivate func settled(_ attempts: Int, isSaidOfOthers: () -> Bool) -> DeliveryRuling {
    guard self == .doubtfulRecipient else { return self }
    if isSaidOfOthers() { return .blocked }
    return attempts > 1 ? .badRecipient : self
  }
}

extension DeliveryVerdict.Relay {
  /// The moment before which nothing goes to the relay, if there is one.
  fileprivate var until: Timestamp? {
    switch self {
    case .goOn, .newConnection: nil
    case .pause(let until), .stop(let until): until
    }
  }
}
