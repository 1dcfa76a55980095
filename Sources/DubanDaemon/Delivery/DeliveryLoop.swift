import Dispatch
public import DubanCore
public import DubanCourier
import DubanMail
public import DubanOutbox
import Foundation
import Synchronization

/// Hands over what is due: claim, send, judge, record.
///
/// Each connection has a worker (``DeliveryWorker``) with one mail in flight; what they share is in
/// ``DeliveryScheduler``. One loop per process, used from one thread at a time. A kill at any moment costs at most one
/// duplicate per connection where the pace is limited, and ``mostUnrecorded`` otherwise.
public final class DeliveryLoop {
  /// What the loop goes by, made by ``DeliveryFactory``.
  public struct Rules: Sendable {
    /// How fast.
    public var pace: DeliveryPace
    /// What the outcome of an attempt means, now.
    public var judge: @Sendable (AttemptResult, Claim, Timestamp) -> DeliveryVerdict
    /// What becomes of a claim without an attempt; nil: it is to be tried.
    public var expiry: @Sendable (Claim) -> DeliveryVerdict? = { _ in nil }
    /// The time now; called for each attempt, from any thread.
    public var clock: @Sendable () -> Timestamp
    /// Hears of all attempts that were recorded together, once they are, for the journal. May be called from several
    /// threads at once.
    public var recorded: @Sendable ([FinishedClaim]) -> Void = { _ in }
  }

  /// The most mails that all workers together have claimed at a time where the pace is unlimited: so many attempts may
  /// be without a record of their outcome when the process dies, and go again. Few enough to look at one by one in
  /// `duban history`.
  static let mostUnrecorded = 64

  /// Seconds until the next run where the outbox couldn't be used.
  private static let waitAfterError: Int64 = 60

  /// How long after a claim, or after it was last prolonged, a mail of several hosts may be completed: the lease without
  /// the time for which bytes may be on their way to the relay, and without a few seconds for everything else.
  static let timeToComplete = Duration.seconds(Lease.seconds - 8)
  /// Seconds between two times that claims are prolonged.
  private static let timeToProlong = 6

  private let outbox: Outbox
  private let terms: LeasePolicy
  private let rules: Rules
  /// One for each worker, where other hosts take over what isn't done in time.
  private let deadlines: [SendDeadline]
  private let workers: [DeliveryWorker]
  /// What ended and couldn't be recorded, and what couldn't be given back.
  private var unrecorded: ClaimResults
  /// Claims of this process may be left that nobody works on: after an error, or of an earlier loop.
  private var mayHaveLeftovers = true

  /// A loop over `outbox`, with as many couriers as the pace has connections.
  ///
  /// - Parameter earlier: the loop that this one takes the place of, which isn't used again: what it couldn't record is
  ///   recorded by this one.
  public init(
    outbox: Outbox, terms: LeasePolicy, rules: Rules, after earlier: DeliveryLoop? = nil,
    makeCourier: () throws -> sending any Courier
  ) rethrows {
    self.outbox = outbox
    self.terms = terms
    self.rules = rules
    unrecorded = earlier?.unrecorded ?? ClaimResults()
    let connections = max(rules.pace.connections, 1)
    let most = rules.pace.isLimited ? 1 : max(Self.mostUnrecorded / connections, 1)
    let deadlines = terms.isShared ? (0..<connections).map { _ in SendDeadline() } : []
    workers = try (0..<connections).map { number in
      DeliveryWorker(
        number, try makeCourier(), perConnection: rules.pace.perConnection, mostClaims: most,
        deadline: terms.isShared ? deadlines[number] : nil)
    }
    self.deadlines = deadlines
  }

  /// Delivers until nothing more is due, the pace or the relay says wait, or `stop` is raised; what is in flight
  /// then ends first.
  public func run(until stop: StopFlag) -> DeliveryReport {
    var report = DeliveryReport()
    do throws(OutboxError) {
      try recover()
      let scheduler = DeliveryScheduler(outbox, terms, rules, until: stop)
      let working = DispatchGroup()
      for worker in workers { worker.work(for: scheduler, working) }
      while working.wait(timeout: terms.isShared ? .now() + .seconds(Self.timeToProlong) : .distantFuture)
        == .timedOut
      { prolong(scheduler) }
      report = scheduler.report
      if let error = scheduler.error {
        (unrecorded, mayHaveLeftovers) = (scheduler.unrecorded, true)
        throw error
      }
      try conclude(&report, stop)
    } catch {
      report.end = .outbox(error)
      report.next = rules.clock().adding(seconds: Self.waitAfterError)
    }
    return report
  }

  /// Delivers what is due now and comes back when nothing more is. Where only the pace holds it up, it waits: who asks
  /// for one round wants it whole.
  public func runToTheEnd() -> DeliveryReport {
    let stop = StopFlag()
    var total = run(until: stop)
    while case .paced = total.end, let next = total.next, next.seconds - rules.clock().seconds <= 60 {
      Thread.sleep(forTimeInterval: TimeInterval(max(next.seconds - rules.clock().seconds, 1)))
      total.goesOn(with: run(until: stop))
    }
    return total
  }

  /// Puts right what an error of the outbox or a clock that was ahead has left.
  private func recover() throws(OutboxError) {
    let now = rules.clock()
    if mayHaveLeftovers {
      _ = try outbox.advance(
        unrecorded.finished, givingBack: unrecorded.untried, takingBack: unrecorded.takenBack, claiming: 0,
        on: terms, now: now)
      rules.recorded(unrecorded.finished)
      unrecorded = ClaimResults()
      try outbox.abandonLeases(of: terms.owner, now: now)
      mayHaveLeftovers = false
    }
    _ = try outbox.repairAfterClockChange(now: now)
  }

  /// Prolongs what the workers have claimed, while one of them still waits for the relay.
  private func prolong(_ scheduler: DeliveryScheduler) {
    let begun = ContinuousClock.now
    do throws(OutboxError) {
      try outbox.renewClaims(on: terms, now: rules.clock())
      for deadline in deadlines { deadline.extend(to: begun + Self.timeToComplete) }
    } catch { scheduler.fail(error) }
  }

  /// Says why the run ended and when the next one makes sense.
  private func conclude(
    _ report: inout DeliveryReport, _ stop: StopFlag
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
    } else if nextAttempt <= now, let opens = try rules.pace.opens(outbox, after: now) {
      report.end = .paced
      report.next = opens
    }
  }
}

/// What one run of the delivery did, and when the next one makes sense.
public struct DeliveryReport: Sendable, Equatable {
  /// Why it ended.
  public enum End: Sendable, Equatable {
    /// Nothing more is due.
    case drained
    /// It was asked to stop; what was in flight has ended.
    case stopped
    case relayClosed
    /// As many as the pace allows went out.
    case paced
    /// The outbox couldn't be read or written; what wasn't recorded is kept and recorded by the next run.
    case outbox(OutboxError)
  }

  /// How many the relay took.
  public var sent = 0
  /// How many go again later.
  public var deferred = 0
  /// How many were given up.
  public var failed = 0
  /// Why it ended.
  public var end = End.drained
  /// When the next run makes sense; nil: when something is queued.
  public var next: Timestamp?

  /// Adds what came of a further run.
  public mutating func goesOn(with more: DeliveryReport) {
    sent += more.sent
    deferred += more.deferred
    failed += more.failed
    (end, next) = (more.end, more.next)
  }

  /// A report of a run that had nothing to do.
  public init() {}

  mutating func count(_ verdict: DeliveryVerdict) {
    switch verdict.entry {
    case .sent: sent += 1
    case .retry: if verdict.wasTried { deferred += 1 }
    case .giveUp: failed += 1
    }
  }
}

/// A wish to end, which any thread may state and nobody takes back.
public final class StopFlag: Sendable {
  private let raised = Atomic(false)

  /// A flag that isn't raised.
  public init() {}

  /// Whether it was raised.
  public var isRaised: Bool { raised.load(ordering: .acquiring) }

  /// Raises it; may be called again.
  public func raise() { raised.store(true, ordering: .releasing) }
}

/// Puts a delivery together as the configuration says: where to, how fast, and what an answer means.
public struct DeliveryFactory {
  private let active: ActiveConfiguration
  private let context: ServiceContext
  private let namesRecipients: Bool
  private var outbox: Outbox { context.outbox }

  /// A factory by what is in force.
  ///
  /// - Parameter namesRecipients: whether the journal names the recipients instead of hashing them.
  public init(active: ActiveConfiguration, _ context: ServiceContext, namesRecipients: Bool = false) {
    self.active = active
    self.context = context
    self.namesRecipients = namesRecipients
  }

  /// A delivery, to be used from one thread at a time; `earlier` is the one that it replaces.
  public func make(after earlier: DeliveryLoop? = nil) throws(OutboxError) -> DeliveryLoop {
    if let sender = active.configuration.sender,
      let mail = try? Sender(name: sender.name, address: sender.address)
    {
      // What was refused because of the sender goes out as the configuration now has it.
      _ = try outbox.adoptSender(sender.address) { Message.bytes($0, from: mail) }
    }
    let rules = DeliveryLoop.Rules(
      pace: pace, judge: judge,
      expiry: { [clock = context.clock] claim in
        Robot.kind(ofRecipient: claim.recipient).flatMap {
          RobotPolicy.postponement(of: $0, attempts: claim.attempt, now: clock.now())
        } ?? RetryPolicy.expiry(queuedAt: claim.queuedAt, lostAttemptAt: claim.lostAttemptAt)
      },
      clock: { [clock = context.clock] in clock.now() }, recorded: try recorded())
    let owner = try ProcessIdentity.current()
    let terms = outbox.isShared ? LeasePolicy.shared(owner) : LeasePolicy(owner: owner)
    let (settings, clock) = (active.configuration.delivery, context.clock)
    let relay = active.configuration.relay?.relay
    let robots = settings.redirectAllTo == nil ? active.configuration.robots.robots : []
    return DeliveryLoop(outbox: outbox, terms: terms, rules: rules, after: earlier) {
      switch (settings.mode, relay) {
      case (.maildir(let directory), _):
        RobotCourier(MaildirCourier(directory: directory), robots: robots) { clock.now() }
      case (.smtp, let relay?): RobotCourier(SMTPCourier(relay), robots: robots) { clock.now() }
      case (.smtp, nil): preconditionFailure("the configuration's reader requires a relay for mode smtp")
      }
    }
  }

  private var pace: DeliveryPace {
    let settings = active.configuration.delivery
    var pace = DeliveryPace { [zone = active.zone] moment in
      let today = zone.day(of: moment)
      return (zone.moment(today, .midnight), zone.moment(today.adding(days: 1), .midnight))
    }
    pace.connections = settings.connections
    if case .smtp = settings.mode {
      pace.perConnection = settings.perConnection
      pace.perMinute = settings.perMinute
      pace.perDay = settings.perDay
    }
    return pace
  }

  /// What an answer means: a relay's by one policy, a group's server's by the other.
  private var judge: @Sendable (AttemptResult, Claim, Timestamp) -> DeliveryVerdict {
    { [zone = active.zone] result, claim, now in
      if let kind = Robot.kind(ofRecipient: claim.recipient) {
        return RobotPolicy.verdict(
          on: result, of: kind, attempts: claim.attempt, queuedAt: claim.queuedAt, now: now)
      }
      return RetryPolicy.verdict(
        on: result, to: claim.recipient, attempts: claim.attempt, queuedAt: claim.queuedAt, now: now,
        // What was taken waits for nothing, and randomness is a call of the system.
        jitter: result.result == .accepted ? 0 : Double.random(in: 0..<1),
        utcOffset: zone.utcOffset(at: now))
    }
  }

  /// What the journal hears of attempts.
  private func recorded() throws(OutboxError) -> @Sendable ([FinishedClaim]) -> Void {
    let (redactor, recipientField) = (Redactor(active.ledgers), try recipientField())
    return { [zone = active.zone, journal = context.journal] finished in
      for one in finished {
        let answer = redactor.of(one.verdict.answer, about: one.claim.recipient)
        var event = Self.event(one, answer, zone)
        let (field, recipient) = recipientField(one.claim.recipient)
        event.fields[field] = recipient
        if !one.claim.items.isEmpty {
          event.fields["DUBAN_ITEMS"] = one.claim.items.joined(separator: " ")
        }
        journal.note(event)
      }
    }
  }

  /// The journal's field for a recipient: a hash with the installation's own salt, or the address where that was
  /// asked for.
  private func recipientField() throws(OutboxError) -> @Sendable (String) -> (name: String, value: String) {
    guard !namesRecipients else { return { ("DUBAN_RECIPIENT", $0) } }
    let key = "journal/salt"
    _ = try outbox.rememberOnce(
      key, String(UInt64.random(in: 0 ... .max), radix: 16), at: context.clock.now())
    let salt = try outbox.fact(key)?.value ?? ""
    return { ("DUBAN_RECIPIENT_HASH", Pseudonym.of($0, salt: salt)) }
  }

  /// What the journal has of an attempt: no address and no name, which the entry's number leads to.
  private static func event(_ finished: FinishedClaim, _ answer: String, _ zone: Zone) -> JournalEvent {
    let (claim, verdict) = (finished.claim, finished.verdict)
    let fields = [
      "DUBAN_ENTRY": String(claim.entry), "DUBAN_ATTEMPT": String(claim.attempt),
      "DUBAN_ANSWER": answer,
    ]
    let name = "entry \(claim.entry), attempt \(claim.attempt)"
    switch verdict.entry {
    case .sent: return JournalEvent(.sent, .info, "\(name): sent: \(answer)", fields: fields)
    case .retry(let moment):
      return JournalEvent(
        .deferred, .warning, "\(name): not before \(zone.iso8601(moment)): \(answer)", fields: fields)
    case .giveUp: return JournalEvent(.failed, .error, "\(name): given up: \(answer)", fields: fields)
    }
  }
}
