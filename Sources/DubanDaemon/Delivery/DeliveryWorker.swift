import Dispatch
import DubanCore
import DubanCourier
import DubanMail
import DubanOutbox

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
  /// How many mails went over the present connection.
  private var handedOver = 0

  /// A worker with `courier`, which nobody else may use from now on; `perConnection` messages go over one connection,
  /// nil for any number.
  init(_ number: Int, _ courier: sending any Courier, perConnection: Int?, mostClaims: Int) {
    queue = DispatchQueue(label: "duban.delivery.\(number)")
    self.courier = courier
    self.perConnection = perConnection
    self.mostClaims = mostClaims
  }

  /// Works off the caller's thread, as a member of `group`.
  func work(for scheduler: DeliveryScheduler, _ group: DispatchGroup) {
    queue.async(group: group) { [self] in
      var claims = scheduler.next(claimCount, after: ClaimResults())
      while !claims.isEmpty {
        let results = deliver(claims, scheduler)
        claims = scheduler.next(claimCount, after: results)
      }
      endConnection()
    }
  }

  /// Tries claims one after the other, as far as the time for them goes. A relay that answers quickly gets twice as many
  /// the next time, and one that doesn't gets one.
  private func deliver(_ claims: [Claim], _ scheduler: DeliveryScheduler) -> ClaimResults {
    let begun = ContinuousClock.now
    var results = ClaimResults()
    for (index, claim) in claims.enumerated() {
      guard !scheduler.isOver, index == 0 || ContinuousClock.now - begun < Self.timeForClaims else {
        results.untried = Array(claims[index...])
        break
      }
      results.finished.append(deliver(claim, scheduler))
    }
    let isQuick = ContinuousClock.now - begun < Self.timeForClaims / 2
    claimCount = isQuick ? min(claimCount * 2, mostClaims) : 1
    return results
  }

  private func deliver(_ claim: Claim, _ scheduler: DeliveryScheduler) -> FinishedClaim {
    let rules = scheduler.rules
    if let verdict = rules.expiry(claim) { return FinishedClaim(claim, verdict, at: rules.clock()) }
    let outcome = courier.deliver(claim.message)
    let now = rules.clock()
    let finished = FinishedClaim(
      claim, rules.judge(outcome, claim, now), at: now)
    scheduler.note(finished)
    handedOver += 1
    if finished.verdict.relay != .goOn || handedOver == perConnection { endConnection() }
    return finished
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
