import Synchronization

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
