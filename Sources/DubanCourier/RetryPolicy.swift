public import DubanCore

/// Turns what the relay said into what becomes of the entry and of the way to the relay. Pure: the clock and the dice
/// come in as numbers.
public enum RetryPolicy {
  /// Where a mail may have arrived each time: up to a day, since each try may be another copy.
  private static let backOffForCopies = BackOff(first: BackOff.mail.first, longest: 86_400)
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
  ///   - recipient: the mail's, whose name in the relay's words says nothing.
  ///   - attempts: how many attempts the entry has seen, this one included.
  ///   - queuedAt: when the entry was queued.
  ///   - jitter: 0 up to, not including, 1: lengthens a wait by up to a quarter, so that a backlog doesn't come
  ///     back all at once.
  ///   - utcOffset: seconds that the office's clock is ahead of UTC: says when tomorrow begins.
  public static func verdict(
    on result: AttemptResult, to recipient: String, attempts: Int, queuedAt: Timestamp, now: Timestamp,
    jitter: Double, utcOffset: Int
  ) -> DeliveryVerdict {
    let meaning = AttemptMeaning(result, to: recipient)
    let stretch = { (seconds: Int64) in seconds + Int64(Double(seconds) / 4 * jitter) }
    let wait = stretch((meaning == .unknown ? backOffForCopies : .mail).wait(after: attempts))
    let relay = relay(
      meaning, now: now, wait: wait, tomorrow: tomorrow(now, utcOffset).adding(seconds: stretch(quarterHour)))
    let isExpired = now >= queuedAt.adding(seconds: lifetime)
    let entry = entry(
      meaning, retry: max(now.adding(seconds: wait), relay.until ?? now),
      last: queuedAt.adding(seconds: lifetime),
      isExpired: isExpired)
    var answer = answer(result, meaning)
    if isExpired, entry == .giveUp { answer += " [given up after \(lifetime / 86_400) days]" }
    return DeliveryVerdict(
      entry: entry, relay: relay, answer: answer, code: result.code, possiblyDelivered: meaning == .unknown,
      badRecipient: meaning == .badRecipient)
  }

  /// The verdict on an entry that is about to be tried; nil: try it.
  ///
  /// An attempt that has no answer, because its process ended, never reaches ``verdict(on:to:attempts:queuedAt:now:jitter:utcOffset:)``.
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

  private static func entry(
    _ meaning: AttemptMeaning, retry: Timestamp, last: Timestamp, isExpired: Bool
  ) -> DeliveryVerdict.EntryAction {
    switch meaning {
    case .taken: .sent
    case .refused, .badRecipient, .unsendable: .giveUp
    // The last attempt is at the end of the lifetime, not before.
    default: isExpired ? .giveUp : .retry(at: min(retry, last))
    }
  }

  private static func relay(
    _ meaning: AttemptMeaning, now: Timestamp, wait: Int64, tomorrow: Timestamp
  ) -> DeliveryVerdict.RelayAction {
    switch meaning {
    case .taken, .notNow, .looksLikeSpam, .mailboxFull, .refused, .badRecipient, .unclear, .unsendable:
      .goOn
    case .unknown, .lost, .outOfStep, .connectionLimit: .newConnection
    case .senderRefused, .helloRefused, .loginRefused, .secretMissing: .stop(until: now.adding(seconds: stop))
    case .quarterHourLimit: .pause(until: now.adding(seconds: quarterHour))
    case .dayLimit: .pause(until: tomorrow)
    case .throttled, .senderLimit: .pause(until: now.adding(seconds: wait))
    case .blocked: .pause(until: now.adding(seconds: blockedPause))
    case .recipientRate, .relayBusy, .unreachable, .storeFailed:
      .pause(until: now.adding(seconds: unreachablePause))
    }
  }

  private static func tomorrow(_ now: Timestamp, _ utcOffset: Int) -> Timestamp {
    now.adding(seconds: Int64(86_400 - now.secondOfDay(utcOffset: utcOffset)))
  }

  private static func answer(_ result: AttemptResult, _ meaning: AttemptMeaning) -> String {
    var answer = result.answer
    if result.result == .refused { answer += " (\(result.step.words))" }
    return meaning.words.isEmpty ? answer : "\(answer) [\(meaning.words)]"
  }
}

extension DeliveryVerdict.RelayAction {
  /// The moment before which nothing goes to the relay, if there is one.
  fileprivate var until: Timestamp? {
    switch self {
    case .goOn, .newConnection: nil
    case .pause(let until), .stop(let until): until
    }
  }
}

/// What a result amounts to. Every verdict follows from one of these, so that "why?" always has an answer.
public enum AttemptMeaning: String, Sendable, Hashable, CaseIterable {
  case taken
  /// The connection was lost after the whole message had been sent.
  case unknown
  /// Not now (4yz), for this mail.
  case notNow
  case looksLikeSpam
  /// The recipient's mailbox is full: "a persistent transient failure" also with 5yz (RFC 3463, section 3.3).
  case mailboxFull
  /// This mail is refused for good.
  case refused
  /// The recipient's address is refused for good, in words about the mailbox.
  case badRecipient
  /// Refused for good by its digits, in words that speak certainly neither of the mailbox nor of us: the mail is kept.
  case unclear
  /// The message itself can't be sent over SMTP.
  case unsendable
  /// The relay doesn't take mail from our sender, or not for others: every mail would fail alike.
  case senderRefused
  /// The relay doesn't take the name that we greet with.
  case helloRefused
  /// The login is refused or asked for: every further try makes it worse.
  case loginRefused
  /// The password can't be read.
  case secretMissing
  case quarterHourLimit
  case dayLimit
  /// The sender has reached a limit, and the words don't tell until when.
  case senderLimit
  /// This connection has carried what it may.
  case connectionLimit
  /// Too many recipients in a short time.
  case recipientRate
  /// Our network address is throttled.
  case throttled
  /// Our network address or sender is blocked.
  case blocked
  /// The relay as a whole is busy, or shutting down.
  case relayBusy
  /// The relay isn't reached, or not safely.
  case unreachable
  /// The connection was lost before the whole message had been sent.
  case lost
  /// The relay and we don't agree where in the conversation we are.
  case outOfStep
  /// The Maildir can't be written.
  case storeFailed

  /// What a person should know beside the relay's words; empty where those say it all.
  public var words: String {
    switch self {
    case .taken, .notNow, .refused, .unsendable, .secretMissing, .unreachable, .lost, .storeFailed:
      ""
    case .unknown: "it may have arrived; the same mail goes again"
    case .looksLikeSpam: "looks like spam to the relay; tried again later"
    case .mailboxFull: "the recipient's mailbox is full"
    case .badRecipient: "the recipient's address is refused"
    case .unclear: "the relay doesn't say whom it means; tried again later"
    case .helloRefused: "the relay refuses the name that we greet with (relay.helo); all sending stops"
    case .senderRefused: "the relay refuses our sender; all sending stops"
    case .loginRefused: "the login is refused; all sending stops"
    case .quarterHourLimit: "the relay's limit of 15 minutes is reached"
    case .dayLimit: "the relay's limit of the day is reached; nothing more until tomorrow"
    case .senderLimit: "a limit for our sender is reached"
    case .connectionLimit: "the relay's limit of one connection is reached"
    case .recipientRate: "too many recipients in a short time"
    case .throttled: "the relay throttles our network address"
    case .blocked: "the relay blocks our network address or sender"
    case .relayBusy: "the relay is busy"
    case .outOfStep: "the relay lost track of the conversation"
    }
  }
}

extension AttemptMeaning {
  /// The words first (a provider's token, or what they are about), the enhanced status (RFC 3463)
  /// second, the digits last. Published copies of NetEase's codes disagree about the digits of one token, hence that order.
  ///
  /// - Parameter recipient: the mail's, whose name in the relay's words says nothing.
  public init(_ result: AttemptResult, to recipient: String) {
    switch result.result {
    case .accepted: self = .taken
    case .failed: self = Self.failed(at: result.step)
    case .refused:
      let isFinal = (result.code ?? 500) >= 500
      let words = RefusalWords(result.text, to: recipient)
      self =
        Self.words(words, result, isFinal: isFinal)
        ?? Self.beforeTheMail(at: result.step, isFinal: isFinal, code: result.code)
        ?? Self.enhanced(result, words, isFinal: isFinal)
        ?? (isFinal ? Self.permanent(result) : Self.transient(result))
    }
  }

  private static func failed(at step: AttemptResult.Step) -> AttemptMeaning {
    switch step {
    case .check: .unsendable
    case .secret: .secretMissing
    case .resolve, .connect, .tls, .greeting, .hello, .startTLS: .unreachable
    case .authenticate, .mailFrom, .recipient, .data: .lost
    case .finalDot: .unknown
    case .store: .storeFailed
    }
  }

  /// What the words are about, where that decides whatever the code is.
  private static func words(
    _ words: RefusalWords, _ result: AttemptResult, isFinal: Bool
  ) -> AttemptMeaning? {
    let isOfMail = [.mailFrom, .recipient, .data, .finalDot].contains(result.step)
    if let meaning = words.meaning, meaning != .refused || isFinal && isOfMail { return meaning }
    if result.text.uppercased().contains("DT:SPM") { return isFinal ? .refused : .looksLikeSpam }
    guard isOfMail, result.step != .mailFrom else { return nil }
    if words.saysFull { return .mailboxFull }
    // What Exchange Online says of a recipient who doesn't exist.
    let isGone = words.speaksOfMailbox || words.rejectsAddress && result.enhanced == "5.4.1"
    return isFinal && isGone ? .badRecipient : nil
  }

  /// A no before MAIL FROM says nothing about the mail: it is never given up for it.
  private static func beforeTheMail(
    at step: AttemptResult.Step, isFinal: Bool, code: Int?
  ) -> AttemptMeaning? {
    switch step {
    case .greeting, .hello, .startTLS: .relayBusy
    case .authenticate: isFinal ? .loginRefused : .relayBusy
    // RFC 4954, section 6: 530 asks for a login, 534, 535 and 538 refuse one.
    default: [530, 534, 535, 538].contains(code) ? .loginRefused : nil
    }
  }

  /// RFC 3463, sections 3.2 to 3.8: subject and detail of the enhanced status.
  private static func enhanced(
    _ result: AttemptResult, _ words: RefusalWords, isFinal: Bool
  ) -> AttemptMeaning? {
    guard let parts = result.enhanced?.split(separator: ".").compactMap({ Int($0) }), parts.count == 3 else {
      return nil
    }
    let isSender = result.step == .mailFrom
    switch (parts[1], parts[2]) {
    case (2, 2): return .mailboxFull
    case (2, 3), (3, 4): return isFinal ? .refused : nil
    case (3, _): return isFinal ? nil : .relayBusy
    case (5, 3): return .connectionLimit
    case (5, 1), (5, 2), (5, 4): return isFinal ? .outOfStep : nil
    case _ where !isFinal: return nil
    case (1, 7), (1, 8): return .senderRefused
    case (6, _): return .refused
    case _ where isSender: return [1, 2, 4, 7].contains(parts[1]) ? .senderRefused : nil
    case (1, 1), (1, 2), (1, 3), (1, 6), (1, 10), (2, 1): return words.isDoubtful ? .unclear : .badRecipient
    case (1, _), (2, _), (4, _), (7, _): return .unclear
    default: return nil
    }
  }

  /// RFC 5321, section 4.2.3, for 5yz without a telling enhanced status.
  private static func permanent(_ result: AttemptResult) -> AttemptMeaning {
    switch (result.step, result.code) {
    case (.finalDot, _): .unclear
    case (_, 500), (_, 502), (_, 503), (_, 504): .outOfStep
    case (_, 521): .relayBusy
    case (.mailFrom, 552): .refused
    case (.mailFrom, _): .senderRefused
    case (.recipient, 552): .mailboxFull
    default: .unclear
    }
  }

  /// 4yz: this mail later, unless it concerns the relay as a whole.
  private static func transient(_ result: AttemptResult) -> AttemptMeaning {
    result.code == 421 || result.step == .mailFrom ? .relayBusy : .notNow
  }
}
