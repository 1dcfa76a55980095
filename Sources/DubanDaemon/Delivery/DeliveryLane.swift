import Dispatch
import DubanCore
import DubanCourier
import DubanMail
import DubanOutbox

/// One connection to the relay: a courier and the queue that it is used from.
///
/// `@unchecked Sendable`: the courier and the count are touched on `queue` alone, which what ends a connection checks.
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
      var wentAhead = false
      while let turn = desk.next(for: number, at: clock()) {
        handedOver += 1
        let next = isUsedUp ? nil : turn.following?.envelope
        let finished = judge(courier.deliver(turn.claim.message, before: next), turn.claim)
        wentAhead = next != nil
        if finished.verdict.relay != .goOn || isUsedUp { endConnection() }
        desk.finish(finished)
      }
      // Nothing comes to that envelope.
      if wentAhead { endConnection() }
    }
  }

  /// Whether the connection carries no more messages.
  private var isUsedUp: Bool { perConnection.map { handedOver >= $0 } ?? false }

  private func endConnection() {
    dispatchPrecondition(condition: .onQueue(queue))
    courier.close()
    handedOver = 0
  }

  /// Ends the connection once what is in flight has ended, and waits for that.
  func close() {
    queue.sync { endConnection() }
  }
}

extension Claim {
  fileprivate var envelope: Envelope { Envelope(reversePath: reversePath, recipient: recipient) }

  fileprivate var message: Message {
    Message(envelope: envelope, messageID: messageID, subject: subject, data: body)
  }
}
