public import DubanCore
import DubanCourier
import DubanOutbox
import Synchronization

/// What became of claims: those that were tried, and those that weren't.
struct ClaimResults: Sendable {
  /// What ended.
  var finished: [FinishedClaim] = []
  /// What was certainly not tried.
  var untried: [Claim] = []
}

/// What the workers of one run share: it claims and records for them, within the pace, and says whether to go on.
final class DeliveryScheduler: Sendable {
  private struct State {
    var window: PaceWindow
    var report = DeliveryReport()
    var unrecorded = ClaimResults()
    var error: OutboxError?
    var pattern = RefusalPattern()
    /// What was given up for a refusal that turned out to be about us.
    var takenBack: [Int64] = []
  }

  /// What outcomes mean, and the clock.
  let rules: DeliveryLoop.Rules
  private let outbox: Outbox
  private let terms: LeasePolicy
  private let stop: StopFlag
  /// Raised where the relay wants nothing for now, or the outbox can't be used.
  private let closed = StopFlag()
  private let state: Mutex<State>

  init(
    _ outbox: Outbox, _ terms: LeasePolicy, _ rules: DeliveryLoop.Rules, _ window: PaceWindow,
    until stop: StopFlag
  ) {
    (self.outbox, self.terms, self.rules, self.stop) = (outbox, terms, rules, stop)
    state = Mutex(State(window: window))
  }

  /// Whether nothing more is to be tried.
  var isOver: Bool { stop.isRaised || closed.isRaised }

  /// What was done so far.
  var report: DeliveryReport { state.withLock { $0.report } }

  /// Why the outbox couldn't be used.
  var error: OutboxError? { state.withLock { $0.error } }

  /// What couldn't be recorded because of it.
  var unrecorded: ClaimResults { state.withLock { $0.unrecorded } }

  /// When the pace lets the next mail go, where it lets none go now.
  func paceOpens(after now: Timestamp) throws(OutboxError) -> Timestamp? {
    // What other hosts have sent since counts too.
    if terms.isShared {
      let window = try PaceWindow(rules.pace, outbox, now: now)
      state.withLock { $0.window = window }
    }
    return state.withLock { $0.window.allowance(now) == 0 ? $0.window.opens(after: now) : nil }
  }

  /// The outbox can't be used: nothing more is tried.
  func fail(_ error: OutboxError) {
    closed.raise()
    state.withLock { $0.error = $0.error ?? error }
  }

  /// The verdict in the light of this run's others.
  func settle(
    _ verdict: DeliveryVerdict, on outcome: AttemptResult, of claim: Claim, now: Timestamp
  ) -> DeliveryVerdict {
    // A group's server says nothing of the relay.
    guard Robot.kind(ofRecipient: claim.recipient) == nil else { return verdict }
    return state.withLock { state in
      let (settled, takenBack) = state.pattern.settle(
        verdict, on: outcome, of: claim.entry, to: claim.recipient, attempt: claim.attempt, now: now)
      state.takenBack += takenBack
      return settled
    }
  }

  /// Takes note of an outcome at once; it is recorded with ``next(_:after:)``.
  func note(_ finished: FinishedClaim) {
    switch finished.verdict.relay {
    case .goOn, .newConnection: break
    case .pause, .stop: closed.raise()
    }
  }

  /// Records what became of a worker's claims and claims up to `count` more for it, in one transaction; none where
  /// nothing more is to be tried. What was given up too soon is taken back behind it.
  func next(_ count: Int, after results: ClaimResults) -> [Claim] {
    let claims = state.withLock { state in
      let now = rules.clock()
      let room = isOver ? 0 : min(count, state.window.allowance(now))
      do throws(OutboxError) {
        let claims = try outbox.advance(
          results.finished, givingBack: results.untried, claiming: room, on: terms,
          within: terms.isShared ? rules.pace.limits(at: now) : [], now: now)
        if !state.takenBack.isEmpty {
          try outbox.takeBack(state.takenBack, until: now.adding(seconds: RetryPolicy.unreachablePause))
          state.takenBack = []
        }
        state.window.count(claims.count, at: now)
        for one in results.finished { state.report.count(one.verdict) }
        return claims as [Claim]?
      } catch {
        closed.raise()
        state.error = state.error ?? error
        state.unrecorded.finished += results.finished
        state.unrecorded.untried += results.untried
        return nil
      }
    }
    guard let claims else { return [] }
    rules.recorded(results.finished)
    return claims
  }
}

/// What the pace still allows, counted from the record of what went out: also by other processes, and before a
/// restart.
struct PaceWindow {
  private let pace: DeliveryPace
  /// How many went out in each second of the last minute, oldest first.
  private var lastMinute: [(second: Timestamp, count: Int)] = []
  private var day: (start: Timestamp, next: Timestamp)
  private var today: Int

  /// What went out until `now`, as the outbox has it.
  init(_ pace: DeliveryPace, _ outbox: Outbox, now: Timestamp) throws(OutboxError) {
    self.pace = pace
    day = pace.day(now)
    today =
      pace.perDay == nil
      ? 0 : try outbox.handedOverCount(after: day.start.adding(seconds: -1), through: now)
    guard pace.perMinute != nil else { return }
    for moment in try outbox.handedOver(after: now.adding(seconds: -60), through: now) {
      add(1, at: moment)
    }
  }

  /// How many messages may go out now.
  mutating func allowance(_ now: Timestamp) -> Int {
    lastMinute.removeAll { $0.second.adding(seconds: 60) <= now || $0.second > now }
    if !(day.start..<day.next).contains(now) { (day, today) = (pace.day(now), 0) }
    return min(
      pace.perMinute.map { max($0 - lastMinute.reduce(0) { $0 + $1.count }, 0) } ?? .max,
      pace.perDay.map { max($0 - today, 0) } ?? .max)
  }

  /// Counts messages that go out now.
  mutating func count(_ messages: Int, at now: Timestamp) {
    today += messages
    if pace.perMinute != nil { add(messages, at: now) }
  }

  private mutating func add(_ messages: Int, at moment: Timestamp) {
    if let last = lastMinute.indices.last, lastMinute[last].second == moment {
      lastMinute[last].count += messages
    } else if messages > 0 {
      lastMinute.append((moment, messages))
    }
  }

  /// When the next message may go out, where none may now.
  func opens(after now: Timestamp) -> Timestamp {
    if let perDay = pace.perDay, today >= perDay { return day.next }
    return lastMinute.first?.second.adding(seconds: 60) ?? now
  }
}

/// How fast mail may go to the relay; what isn't set doesn't limit.
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
  /// What it allows, as the outbox counts it over all hosts.
  func limits(at now: Timestamp) -> [ClaimLimit] {
    [
      perMinute.map { ClaimLimit(since: now.adding(seconds: -60), most: $0) },
      perDay.map { ClaimLimit(since: day(now).start.adding(seconds: -1), most: $0) },
    ].compactMap { $0 }
  }

  /// When the day of a moment began, and when the next one will.
  public var day: @Sendable (Timestamp) -> (start: Timestamp, next: Timestamp)

  /// One connection without limits, and days that begin where `day` says.
  public init(day: @escaping @Sendable (Timestamp) -> (start: Timestamp, next: Timestamp)) { self.day = day }
}
