public import DubanCore
import DubanCourier
import DubanOutbox
import Synchronization

/// What became of claims: those that were tried, and those that weren't.
struct ClaimResults: Sendable {
  var finished: [FinishedClaim] = []
  /// What was certainly not tried.
  var untried: [Claim] = []
  /// What was given up for a refusal that turned out to be about us, and until when it waits.
  var takenBack: [Int64: Timestamp] = [:]
}

/// What the workers of one run share: it claims and records for them, within the pace, and says whether to go on.
final class DeliveryScheduler: Sendable {
  private struct State {
    var report = DeliveryReport()
    var unrecorded = ClaimResults()
    var error: OutboxError?
    /// What was given up, as it is on record.
    var givenUp: Set<Int64> = []
  }

  /// What the run's refusals have in common: apart from the rest, so that no mail waits while another worker records.
  private struct Refusals {
    var pattern = RefusalPattern()
    /// What was given up for a refusal that turned out to be about us, and until when it waits. Its worker may yet have to
    /// record that it was given up.
    var takenBack: [Int64: Timestamp] = [:]
  }

  /// What outcomes mean, and the clock.
  let rules: DeliveryLoop.Rules
  private let outbox: Outbox
  private let terms: LeasePolicy
  private let stop: StopFlag
  /// Raised where the relay wants nothing for now, or the outbox can't be used.
  private let closed = StopFlag()
  private let state = Mutex(State())
  private let refusals = Mutex(Refusals())

  init(_ outbox: Outbox, _ terms: LeasePolicy, _ rules: DeliveryLoop.Rules, until stop: StopFlag) {
    (self.outbox, self.terms, self.rules, self.stop) = (outbox, terms, rules, stop)
  }

  /// Whether nothing more is to be tried.
  var isOver: Bool { stop.isRaised || closed.isRaised }

  /// What was done so far.
  var report: DeliveryReport { state.withLock { $0.report } }

  /// Why the outbox couldn't be used.
  var error: OutboxError? { state.withLock { $0.error } }

  /// What couldn't be recorded because of it.
  var unrecorded: ClaimResults { state.withLock { $0.unrecorded } }

  /// The outbox can't be used: nothing more is tried.
  func fail(_ error: OutboxError) {
    closed.raise()
    state.withLock { $0.error = $0.error ?? error }
  }

  /// The verdict in the light of this run's others.
  func revise(
    _ verdict: DeliveryVerdict, on result: AttemptResult, of claim: Claim, now: Timestamp
  ) -> DeliveryVerdict {
    // A group's server says nothing of the relay.
    guard Robot.kind(ofRecipient: claim.recipient) == nil else { return verdict }
    return refusals.withLock { refusals in
      let (revised, takenBack) = refusals.pattern.revise(
        verdict, on: result, of: claim.entry, to: claim.recipient, attempt: claim.attempt, now: now
      ) { (try? outbox.hasSent(since: claim.queuedAt)) ?? false }
      for entry in takenBack {
        refusals.takenBack[entry] = now.adding(seconds: RetryPolicy.unreachablePause)
      }
      return revised
    }
  }

  /// Takes note of an outcome at once; it is recorded with ``next(_:after:)``.
  func note(_ finished: FinishedClaim) {
    switch finished.verdict.relay {
    case .goOn, .newConnection: break
    case .pause, .stop: closed.raise()
    }
  }

  /// Records what became of a worker's claims, takes back what was given up too soon and claims up to `count` more, as
  /// the pace allows, in one transaction; none where nothing more is to be tried.
  func next(_ count: Int, after results: ClaimResults) -> [Claim] {
    let claims = state.withLock { state in
      let now = rules.clock()
      let givenUp = state.givenUp.union(
        results.finished.filter { $0.verdict.entry == .giveUp }.map(\.claim.entry))
      let takenBack = refusals.withLock { $0.takenBack.filter { givenUp.contains($0.key) } }
      do throws(OutboxError) {
        let claims = try outbox.advance(
          results.finished, givingBack: results.untried, takingBack: takenBack,
          claiming: isOver ? 0 : count, on: terms, within: rules.pace.limits(at: now), now: now)
        state.givenUp = givenUp
        refusals.withLock { for entry in takenBack.keys { $0.takenBack[entry] = nil } }
        for one in results.finished { state.report.count(one.verdict) }
        return claims as [Claim]?
      } catch {
        closed.raise()
        state.error = state.error ?? error
        state.unrecorded.finished += results.finished
        state.unrecorded.untried += results.untried
        state.unrecorded.takenBack = refusals.withLock { $0.takenBack }
        return nil
      }
    }
    guard let claims else { return [] }
    rules.recorded(results.finished)
    return claims
  }
}

/// How fast mail may go to the relay; what isn't set doesn't limit. Counted from the record of what went out: also by
/// other processes and hosts, and before a restart.
public struct DeliveryPace: Sendable {
  /// Connections at once, at least 1.
  public var connections = 1
  /// Messages over one connection.
  public var perConnection: Int?
  /// Messages in any 60 seconds.
  public var perMinute: Int?
  /// Messages in one day.
  public var perDay: Int?
  /// Whether only so many messages may go out in some time.
  var isLimited: Bool { perMinute != nil || perDay != nil }

  /// What it allows at a moment, as the outbox counts it when it claims.
  func limits(at now: Timestamp) -> [ClaimLimit] {
    [
      perMinute.map { ClaimLimit(since: now.adding(seconds: -60), most: $0) },
      perDay.map { ClaimLimit(since: day(now).start.adding(seconds: -1), most: $0) },
    ].compactMap { $0 }
  }

  /// When the next message may go out, where none may now.
  func opens(_ outbox: Outbox, after now: Timestamp) throws(OutboxError) -> Timestamp? {
    let today = day(now)
    if let perDay,
      try outbox.handedOver(after: today.start.adding(seconds: -1), through: now).count >= perDay
    {
      return today.next
    }
    guard let perMinute else { return nil }
    let lastMinute = try outbox.handedOver(after: now.adding(seconds: -60), through: now)
    return lastMinute.count < perMinute ? nil : lastMinute.first?.adding(seconds: 60)
  }

  /// When the day of a moment began, and when the next one will.
  public var day: @Sendable (Timestamp) -> (start: Timestamp, next: Timestamp)

  /// One connection without limits, and days that begin where `day` says.
  public init(day: @escaping @Sendable (Timestamp) -> (start: Timestamp, next: Timestamp)) { self.day = day }
}

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
    _ verdict: DeliveryVerdict, on result: AttemptResult, of entry: Int64, to recipient: String,
    attempt: Int, now: Timestamp, tookOthers: () -> Bool
  ) -> (verdict: DeliveryVerdict, takenBack: [Int64]) {
    guard result.result == .refused, (result.code ?? 500) >= 500 else {
      if result.result == .accepted { (hasTaken, refused) = (true, [:]) }
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
      switch AttemptMeaning(result, to: recipient) {
      case .unclear where isShared:
        // No longer, since it may have been about two recipients after all: the others come before them then.
        let until = now.adding(seconds: hasTaken ? RetryPolicy.unreachablePause : RetryPolicy.quarterHour)
        revised.relay = .pause(until: until)
        revised.entry = .retry(at: max(next, until))
        revised.answer += " [\(Self.note)]"
      case .blocked where !isShared, .senderLimit where !isShared,
        .senderRefused where result.step == .recipient && !isShared:
        // It takes our mail, but not for this one, which comes before the others' new mail each time.
        if hasTaken || attempt > 1 && tookOthers() { revised.relay = .goOn }
      default: break
      }
    case .sent: break
    }
    return (revised, [])
  }
}
