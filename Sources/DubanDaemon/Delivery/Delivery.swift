public import DubanCore
public import DubanCourier
public import DubanOutbox

/// Hands over what is due: claims from the outbox, lets the couriers deliver, has the outcome judged, and records it.
///
/// One per process, used from one thread at a time. Each connection has one mail in flight at most; what has ended is
/// recorded while the next mails are on the wire. A kill at any moment costs at most one duplicate per connection where
/// the pace is limited, and ``mostUnrecorded`` otherwise.
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
    /// Hears of all attempts that were recorded together, once they are, for the journal.
    public var recorded: @Sendable ([FinishedClaim]) -> Void

    /// Rules of these parts.
    public init(
      pace: DeliveryPace,
      judge: @escaping @Sendable (DeliveryOutcome, Int, Timestamp, Timestamp) -> DeliveryVerdict,
      expiry: @escaping @Sendable (Claim) -> DeliveryVerdict? = { _ in nil },
      clock: @escaping @Sendable () -> Timestamp,
      recorded: @escaping @Sendable ([FinishedClaim]) -> Void = { _ in }
    ) {
      self.pace = pace
      self.judge = judge
      self.expiry = expiry
      self.clock = clock
      self.recorded = recorded
    }
  }

  /// The most mails that are claimed at a time where the pace is unlimited: so many attempts may be without a record
  /// of their outcome when the process dies, and go again. A commit takes a few milliseconds on a disk that keeps its
  /// word, in which a relay on the same machine takes a dozen mails; this is room for several such commits, and still
  /// few enough to look at one by one in `duban history`.
  static let mostUnrecorded = 64
  /// How many mails are claimed at a time for each that ended during the last commit.
  private static let claimsPerLanding = 4

  /// Seconds until the next run where the outbox couldn't be used.
  private static let waitAfterError: Int64 = 60

  private let outbox: Outbox
  private let terms: ClaimTerms
  private let rules: Rules
  private let lanes: [DeliveryLane]
  /// What ended and couldn't be recorded, and what couldn't be given back.
  private var leftovers: ClaimDesk.News
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
    leftovers = earlier?.leftovers ?? ClaimDesk.News()
    self.terms = terms
    self.rules = rules
    lanes = try (0..<max(rules.pace.connections, 1)).map { number in
      DeliveryLane(number, try makeCourier(), perConnection: rules.pace.perConnection)
    }
  }

  /// Delivers until nothing more is due, the pace or the relay says wait, or `stop` is raised; what is in flight
  /// then ends first.
  ///
  /// - Parameter arrivals: where mails are being queued meanwhile, it doesn't end before they all are.
  public func run(until stop: StopFlag, _ arrivals: Arrivals? = nil) -> DeliveryReport {
    var report = DeliveryReport()
    defer { closeConnections() }
    do throws(OutboxError) {
      try recover()
      var window = try PaceWindow(rules.pace, outbox, now: rules.clock())
      repeat {
        try deliver(&window, until: stop, &report)
      } while arrivals?.wait(whenNoneYet: closeConnections) ?? false
      try conclude(&report, &window, stop)
    } catch {
      report.end = .outbox(error)
      report.next = rules.clock().adding(seconds: Delivery.waitAfterError)
    }
    return report
  }

  private func closeConnections() { for lane in lanes { lane.close() } }

  /// Puts right what an error of the outbox or a clock that was ahead has left.
  private func recover() throws(OutboxError) {
    let now = rules.clock()
    if mayHaveLeftovers {
      _ = try outbox.advance(
        leftovers.finished, givingBack: leftovers.untried, claiming: 0, on: terms, now: now)
      rules.recorded(leftovers.finished)
      leftovers = ClaimDesk.News()
      try outbox.abandonLeases(of: terms.owner, now: now)
      mayHaveLeftovers = false
    }
    _ = try outbox.repairAfterClockChange(now: now)
  }

  private func deliver(
    _ window: inout PaceWindow, until stop: StopFlag, _ report: inout DeliveryReport
  ) throws(OutboxError) {
    let desk = ClaimDesk(lanes: lanes.count, until: stop)
    var news = ClaimDesk.News()
    repeat {
      let now = rules.clock()
      let room = min(mostClaims(after: news) - news.outstanding, window.allowance(now))
      let claims = try advance(news, claiming: stop.isRaised ? 0 : max(room, 0), now: now, desk)
      var (expired, due): ([FinishedClaim], [Claim]) = ([], [])
      for claim in claims {
        if let verdict = rules.expiry(claim) {
          expired.append(FinishedClaim(claim, verdict, at: now))
        } else {
          due.append(claim)
        }
      }
      window.count(due.count, at: now)
      for lane in desk.offer(due, at: now) { start(lane, at: desk) }
      for one in news.finished { report.count(one.verdict) }
      rules.recorded(news.finished)
      news = expired.isEmpty ? desk.news() : ClaimDesk.News(finished: expired, outstanding: desk.outstanding)
    } while !news.isEmpty
  }

  /// How many mails may be claimed at a time, and so be without a record of their outcome.
  ///
  /// Where the pace is limited, one per connection: a commit for each mail costs nothing then. Otherwise as many as
  /// keep the lanes busy during the next commit: a multiple of what ended during the last one, so that a slow relay
  /// has few at a time.
  private func mostClaims(after news: ClaimDesk.News) -> Int {
    guard !rules.pace.isLimited else { return lanes.count }
    return max(lanes.count, min(Self.claimsPerLanding * news.finished.count, Self.mostUnrecorded))
  }

  /// Records, gives back and claims in one commit; where that fails, keeps everything for the next run.
  private func advance(
    _ news: ClaimDesk.News, claiming room: Int, now: Timestamp, _ desk: ClaimDesk
  ) throws(OutboxError) -> [Claim] {
    do throws(OutboxError) {
      return try outbox.advance(news.finished, givingBack: news.untried, claiming: room, on: terms, now: now)
    } catch {
      mayHaveLeftovers = true
      leftovers.add(news)
      desk.shut()
      while true {
        let last = desk.news()
        leftovers.add(last)
        if last.outstanding == 0 { throw error }
      }
    }
  }

  private func start(_ lane: Int, at desk: ClaimDesk) {
    let rules = rules
    lanes[lane].work(at: desk, clock: rules.clock) { outcome, claim in
      let now = rules.clock()
      return FinishedClaim(claim, rules.judge(outcome, claim.attempt, claim.queuedAt, now), at: now)
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
