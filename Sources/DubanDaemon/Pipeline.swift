import Dispatch
public import DubanCore
import DubanCourier
import DubanMail
public import DubanOutbox

// duban's way from a ledger to a mailbox: two loops, with the outbox between them.
//
//   PlanningRun       prepare → load → plan → attach → compose → enqueue    at every wake past a working day's send time
//   DeliveryWorker    claim → send → judge → record                         whenever something in the outbox is due
//
// The Service (Service/Service.swift) says when: it looks at the plan at every wake, also for a reload, a changed file or
// a retry, and mostly finds nothing to queue. What is committed: a group of mails with all of their reminders and
// what they tell once, in one transaction of `enqueue`; an attempt before the relay is dialled, and its result together
// with the next claims, in one transaction of `advance`. Besides, `prepare` and `attach` commit each thing by itself. All
// of it may be done again: `prepare` then finds it done, and `attach` gives the same paper the same number, but leaves a
// number spent where its mail isn't queued that day. Load, plan and compose write nothing.

/// One look at the plan: what is due today is composed and queued.
///
/// May be repeated at any time: what is queued already isn't queued again. After a crash between two groups of mails the
/// next look queues the rest: each mail is queued with all of its reminders or not at all, and what a group holds is in
/// ``MailGroups``.
public struct PlanningRun: Sendable {
  let active: ActiveConfiguration
  let outbox: Outbox
  /// What is wrong with files that changed and don't read.
  let refusal: [Diagnostic]
  /// The ledgers that lost too much to be put in force unasked.
  let losses: [LedgerLoss]
  /// How many mails are queued at a time.
  var mailsAtATime = MailGroups.usualSize

  /// A look at the plan of what is in force.
  public init(
    _ active: ActiveConfiguration, _ outbox: Outbox, refusal: [Diagnostic] = [], losses: [LedgerLoss] = []
  ) {
    self.active = active
    self.outbox = outbox
    self.refusal = refusal
    self.losses = losses
  }

  /// Queues what is due at `now`: nothing before the day's send time, and nothing on a day off.
  public func run(at now: Timestamp) throws(OutboxError) -> PlanningResult {
    var result = PlanningResult(day: active.zone.day(of: now))
    guard let (planner, links) = try prepare(at: now) else { return result }
    var known = try load(planner, links, at: now)
    while true {
      let plan = known.planner.plan(
        on: known.day, after: known.history, noticesFor: known.noticesFor(active.ledgers), notes: known.notes)
      let mails = plan.mails.map { (mail: $0, overview: known.planner.overview(for: $0)) }
      var overlaps: [Reminder] = []
      result.failures = []
      for group in MailGroups(mails, size: mailsAtATime) {
        let attachments = attach(to: group.map(\.mail), known, &result)
        let entries = compose(group, with: attachments, known, &result)
        overlaps += try enqueue(entries, of: group.map(\.mail), known, &result)
      }
      // Another process may have queued a reminder since we looked at the history: it is known now, the mail that held
      // it wasn't queued, and the next round plans that mail without it. Each round leaves fewer reminders.
      guard !overlaps.isEmpty else { return result }
      try lookAgain(&known, besides: overlaps)
    }
  }
}

/// One connection to the relay: claim, send, judge, record, until nothing more is due.
///
/// `@unchecked Sendable`: the courier and the counts are touched on `queue` alone.
final class DeliveryWorker: @unchecked Sendable {
  /// How long a worker tries what it has claimed before it records that: a few commits' time, so that those to a relay
  /// on the same machine cost little, and a relay that isn't is asked for one mail at a time.
  private static let timeForClaims = Duration.milliseconds(100)

  private let queue: DispatchQueue
  private let courier: any Courier
  private let perConnection: Int?
  private let mostClaims: Int
  /// How many mails it claims next.
  private var claimCount = 1
  /// Until when what it claimed may be completed; nil where nobody takes over.
  private let deadline: SendDeadline?
  /// How many mails went over the present connection.
  private var handedOver = 0

  /// A worker with `courier`, which nobody else may use from now on; `perConnection` messages go over one connection,
  /// nil for any number.
  init(
    _ number: Int, _ courier: sending any Courier, perConnection: Int?, mostClaims: Int,
    deadline: SendDeadline? = nil
  ) {
    self.deadline = deadline
    queue = DispatchQueue(label: "duban.delivery.\(number)")
    self.courier = courier
    self.perConnection = perConnection
    self.mostClaims = mostClaims
  }

  /// Works off the caller's thread, as a member of `group`.
  func work(for scheduler: DeliveryScheduler, _ group: DispatchGroup) {
    queue.async(group: group) { [self] in
      var claims = next(scheduler, after: ClaimResults())  // claim: the attempt is counted here
      while !claims.isEmpty {
        let results = deliver(claims, scheduler)  // send, judge
        claims = next(scheduler, after: results)  // record, and claim the next
      }
      endConnection()
    }
  }

  private func next(_ scheduler: DeliveryScheduler, after results: ClaimResults) -> [Claim] {
    let begun = ContinuousClock.now
    let claims = scheduler.next(claimCount, after: results)
    deadline?.begin(begun + DeliveryLoop.timeToComplete)
    return claims
  }

  private func deliver(_ claim: Claim, _ scheduler: DeliveryScheduler) -> FinishedClaim {
    let rules = scheduler.rules
    if let verdict = rules.expiry(claim) { return FinishedClaim(claim, verdict, at: rules.clock()) }
    let result = courier.deliver(claim.message, until: deadline)  // send: the facts, whatever they mean
    let now = rules.clock()
    // judge: RetryPolicy, a pure function, and RefusalPattern
    var verdict = scheduler.revise(rules.judge(result, claim, now), on: result, of: claim, now: now)
    // Its time was over, which says nothing of the relay: the next claim needn't wait.
    if deadline?.hasPassed == true, result.result == .failed, case .retry = verdict.entry,
      !verdict.possiblyDelivered
    {
      verdict.entry = .retry(at: now)
    }
    let finished = FinishedClaim(claim, verdict, at: now)
    scheduler.note(finished)
    handedOver += 1
    if verdict.relay != .goOn || handedOver == perConnection { endConnection() }
    return finished
  }

  /// Tries claims one after the other, as far as the time for them goes. A relay that answers quickly gets twice as many
  /// the next time, and one that doesn't gets one.
  private func deliver(_ claims: [Claim], _ scheduler: DeliveryScheduler) -> ClaimResults {
    let begun = ContinuousClock.now
    var results = ClaimResults()
    for (index, claim) in claims.enumerated() {
      let isLate = deadline?.hasPassed == true
      guard !scheduler.isOver, !isLate, index == 0 || ContinuousClock.now - begun < Self.timeForClaims else {
        results.untried = Array(claims[index...])
        break
      }
      results.finished.append(deliver(claim, scheduler))
    }
    let isQuick = ContinuousClock.now - begun < Self.timeForClaims / 2
    claimCount = isQuick ? min(claimCount * 2, mostClaims) : 1
    return results
  }

  private func endConnection() {
    courier.close()
    handedOver = 0
  }
}

extension Claim {
  fileprivate var message: Message {
    Message(
      envelope: Envelope(reversePath: reversePath, recipient: recipient), messageID: messageID,
      subject: subject, data: body)
  }
}
