import Dispatch
import DubanOutbox
import Synchronization

/// Where the lanes put what has ended, and the one thread that records it waits.
final class FinishedClaims: Sendable {
  /// A finished claim, and the lane that is free again.
  struct Landed: Sendable {
    var claim: FinishedClaim
    var lane: Int
  }

  private let landed = Mutex<[Landed]>([])
  private let arrivals = DispatchSemaphore(value: 0)

  func add(_ one: Landed) {
    landed.withLock { $0.append(one) }
    arrivals.signal()
  }

  /// Waits until there is one, and takes all there are: what ended together is recorded in one commit.
  func take() -> [Landed] {
    arrivals.wait()
    let taken = landed.withLock { landed in
      defer { landed.removeAll() }
      return landed
    }
    for _ in taken.dropFirst() { arrivals.wait() }
    return taken
  }
}
