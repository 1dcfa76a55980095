import Dispatch
import Synchronization

/// Between the one who queues mails and a delivery that runs meanwhile: whether more has come, and whether more may.
public final class Arrivals: Sendable {
  private struct State {
    /// Something was queued that the delivery hasn't been told of.
    var isNew = false
    var isEnded = false
    var isAwaited = false
  }

  private let state = Mutex(State())
  private let signal = DispatchSemaphore(value: 0)

  /// Arrivals of which none has come yet.
  public init() {}

  /// Something was queued.
  public func announce() { tell { $0.isNew = true } }

  /// Nothing more will be queued; may be called again.
  public func end() { tell { $0.isEnded = true } }

  /// Waits until something was queued since the last call; false where nothing was and nothing will be.
  ///
  /// - Parameter whenNoneYet: called before it has to wait.
  func wait(whenNoneYet: () -> Void) -> Bool {
    if let isNew = take() { return isNew }
    whenNoneYet()
    while true {
      if let isNew = take() { return isNew }
      signal.wait()
    }
  }

  /// Whether something is new; nil where that isn't known yet, and is signalled.
  private func take() -> Bool? {
    state.withLock { state in
      defer { state.isNew = false }
      state.isAwaited = !state.isNew && !state.isEnded
      return state.isAwaited ? nil : state.isNew
    }
  }

  private func tell(_ change: (inout State) -> Void) {
    let isAwaited = state.withLock { state in
      change(&state)
      defer { state.isAwaited = false }
      return state.isAwaited
    }
    if isAwaited { signal.signal() }
  }
}
