import Dispatch
import DubanCore
import DubanCourier
import DubanMail
import DubanOutbox

/// One connection to the relay: a courier and the queue that it is used from.
///
/// `@unchecked Sendable`: the courier and the count are touched on `queue` alone, which every method that does so
/// checks.
final class DeliveryLane: @unchecked Sendable {
  private let number: Int
  private let queue: DispatchQueue
  private let courier: any Courier
  private let perConnection: Int?
  private var handedOver = 0

  /// A lane over `courier`, which nobody else may use from now on; `perConnection` messages go over one
  /// connection, nil for any number.
  init(_ number: Int, _ courier: sending any Courier, perConnection: Int?) {
    self.number = number
    queue = DispatchQueue(label: "duban.delivery.\(number)")
    self.courier = courier
    self.perConnection = perConnection
  }

  /// Tries what waits at the desk, off the caller's thread, until nothing does.
  func work(
    at desk: ClaimDesk, clock: @escaping @Sendable () -> Timestamp,
    judge: @escaping @Sendable (DeliveryOutcome, Claim) -> FinishedClaim
  ) {
    queue.async { [self] in
      while let claim = desk.next(for: number, at: clock()) {
        let outcome = courier.deliver(
          Message(
            envelope: Envelope(reversePath: claim.reversePath, recipient: claim.recipient),
            messageID: claim.messageID, subject: claim.subject, data: claim.body))
        let finished = judge(outcome, claim)
        renewConnection(after: finished.verdict)
        desk.finish(finished)
      }
    }
  }

  private func renewConnection(after verdict: DeliveryVerdict) {
    dispatchPrecondition(condition: .onQueue(queue))
    handedOver += 1
    if verdict.relay != .goOn || perConnection.map({ handedOver >= $0 }) ?? false {
      courier.close()
      handedOver = 0
    }
  }

  /// Ends the connection once what is in flight has ended, and waits for that.
  func close() {
    queue.sync {
      courier.close()
      handedOver = 0
    }
  }
}
