public import DubanCore
public import DubanCourier
public import DubanOutbox

/// Hands over what is due: claims from the outbox, lets the couriers deliver, has the outcome judged, and records it.
///
/// One per process, used from one thread at a time. Each connection has one mail in flight at most, so that a kill
/// at any moment costs at most one duplicate per connection.
public final class Delivery {
  /// What the delivery is told by those above it.
  public struct Rules: Sendable {
    /// How fast.
    public var pace: DeliveryPace
    /// What an outcome means: the outcome, the attempts including this one, when the entry was queued, and now.
    public var judge: @Sendable (DeliveryOutcome, Int, Timestamp, Timestamp) -> DeliveryVerdict
    /// What becomes of a claim without an attempt; nil: it is to be tried.
    public var expiry: @Sendable (Claim) -> DeliveryVerdict?
    /// The clock.
    public var clock: @Sendable () -> Timestamp
    /// Hears of every attempt once it is recorded, for the journal.
    public var recorded: @Sendable (FinishedClaim) -> Void

    /// Rules of these parts.
    public init(
      pace: DeliveryPace,
      judge: @escaping @Sendable (DeliveryOutcome, Int, Timestamp, Timestamp) -> DeliveryVerdict,
      expiry: @escaping @Sendable (Claim) -> DeliveryVerdict? = { _ in nil },
      clock: @escaping @Sendable () -> Timestamp,
      recorded: @escaping @Sendable (FinishedClaim) -> Void = { _ in }
    ) {
      self.pace = pace
      self.judge = judge
      self.expiry = expiry
      self.clock = clock
      self.recorded = recorded
    }
  }

  /// Seconds until the next run where the outbox couldn't be used.
  private static let waitAfterError: Int64 = 60

  private let outbox: Outbox
  private let terms: ClaimTerms
  private let rules: Rules
  private let lanes: [DeliveryLane]
  private let finishedClaims = FinishedClaims()
  /// What ended and couldn't be recorded.
  private var unrecorded: [FinishedClaim]
  /// Claims of this process may be left that nobody works on: after an error, or of an earlier delivery.
  private var mayHaveLeftovers = true

  /// A delivery from `outbox`, over as many couriers as the pace has connections.
  ///
  /// - Parameter earlier: the delivery that this one takes the place of, which isn't used again: what it couldn't
  ///   record is recorded by this one.
  public init(
    outbox: Outbox, terms: ClaimTerms, rules: Rules, after earlier: Delivery? = nil,
    makeCourier: () throws -> sending any Courier
  ) rethrows {
    self.outbox = outbox
    unrecorded = earlier?.unrecorded ?? []
    self.terms = terms
    self.rules = rules
    lanes = try (0..<max(rules.pace.connections, 1)).map { number in
      DeliveryLane(number, try makeCourier(), perConnection: rules.pace.perConnection)
    }
  }

  /// Delivers until nothing more is due, the pace or the relay says wait, or `stop` is raised; what is in flight
  /// then ends first.
  public func run(until stop: StopFlag) -> DeliveryReport {
    var report = DeliveryReport()
    defer { for lane in lanes { lane.close() } }
    do throws(OutboxError) {
      try recover()
      var window = try PaceWindow(rules.pace, outbox, now: rules.clock())
      try deliver(&window, until: stop, &report)
      try conclude(&report, &window, stop)
    } catch {
      report.end = .outbox(error)
      report.next = rules.clock().adding(seconds: Delivery.waitAfterError)
    }
    return report
  }

  /// Puts right what an error of the outbox or a clock that was ahead has left.
  private func recover() throws(OutboxError) {
    let now = rules.clock()
    if mayHaveLeftovers {
      while let finished = unrecorded.first {
        try outbox.record(finished)
        rules.recorded(finished)
        unrecorded.removeFirst()
      }
      try outbox.abandonLeases(of: terms.owner, now: now)
      mayHaveLeftovers = false
    }
    _ = try outbox.repairAfterClockChange(now: now)
  }

  private func deliver(
    _ window: inout PaceWindow, until stop: StopFlag, _ report: inout DeliveryReport
  ) throws(OutboxError) {
    var idle = Array(lanes.indices)
    var finished: [FinishedClaim] = []
    repeat {
      let now = rules.clock()
      let room = stop.isRaised ? 0 : min(idle.count, window.allowance(now))
      let claims = try advance(finished, claiming: room, now: now, inFlight: lanes.count - idle.count)
      for one in finished {
        report.count(one.verdict)
        rules.recorded(one)
      }
      finished = []
      for claim in claims {
        if let verdict = rules.expiry(claim) {
          finished.append(FinishedClaim(claim, verdict, at: now))
        } else {
          window.count(1, at: now)
          start(claim, on: idle.removeLast())
        }
      }
      let landed = idle.count < lanes.count ? finishedClaims.take() : []
      idle += landed.map(\.lane)
      finished += landed.map(\.claim)
    } while !finished.isEmpty
  }

  /// Records and claims in one commit; where that fails, keeps everything that ends for the next run.
  private func advance(
    _ finished: [FinishedClaim], claiming room: Int, now: Timestamp, inFlight: Int
  ) throws(OutboxError) -> [Claim] {
    do throws(OutboxError) {
      return try outbox.advance(finished, claiming: room, on: terms, now: now)
    } catch {
      mayHaveLeftovers = true
      unrecorded += finished
      var missing = inFlight
      while missing > 0 {
        let landed = finishedClaims.take()
        unrecorded += landed.map(\.claim)
        missing -= landed.count
      }
      throw error
    }
  }

  private func start(_ claim: Claim, on lane: Int) {
    let (rules, finishedClaims) = (rules, finishedClaims)
    lanes[lane].deliver(claim) { outcome in
      let now = rules.clock()
      return FinishedClaim(claim, rules.judge(outcome, claim.attempt, claim.queuedAt, now), at: now)
    } done: { finished in
      finishedClaims.add(FinishedClaims.Landed(claim: finished, lane: lane))
    }
  }

  /// Says why the run ended and when the next one makes sense.
  private func conclude(
    _ report: inout DeliveryReport, _ window: inout PaceWindow, _ stop: StopFlag
  ) throws(OutboxError) {
    let now = rules.clock()
    guard let nextAttempt = try outbox.nextAttempt() else {
      report.end = stop.isRaised ? .stopped : .drained
      return
    }
    report.next = nextAttempt
    if stop.isRaised {
      report.end = .stopped
    } else if let closed = try outbox.relayState()?.closedUntil(now) {
      report.end = .relayClosed
      report.next = max(closed, nextAttempt)
    } else if nextAttempt <= now, window.allowance(now) == 0 {
      report.end = .paced
      report.next = window.opens(after: now)
    }
  }
}
