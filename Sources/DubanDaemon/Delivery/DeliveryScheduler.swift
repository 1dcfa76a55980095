import DubanCore
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
  func paceOpens(after now: Timestamp) -> Timestamp? {
    state.withLock { $0.window.allowance(now) == 0 ? $0.window.opens(after: now) : nil }
  }

  /// Takes note of an outcome at once; it is recorded with ``next(_:after:)``.
  func note(_ finished: FinishedClaim) {
    switch finished.verdict.relay {
    case .goOn, .newConnection: break
    case .pause, .stop: closed.raise()
    }
  }

  /// Records what became of a worker's claims and claims up to `count` more for it, in one transaction; none where
  /// nothing more is to be tried.
  func next(_ count: Int, after results: ClaimResults) -> [Claim] {
    let claims = state.withLock { state in
      let now = rules.clock()
      let room = isOver ? 0 : min(count, state.window.allowance(now))
      do throws(OutboxError) {
        let claims = try outbox.advance(
          results.finished, givingBack: results.untried, claiming: room, on: terms, now: now)
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
