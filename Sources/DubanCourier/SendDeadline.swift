import Synchronization

/// Until when a message may be completed, where another host takes over afterwards. May be moved from any thread.
///
/// It goes by a clock that also counts while the machine sleeps (`CLOCK_BOOTTIME`) and that nobody sets: no database can
/// call back what the relay has taken.
public final class SendDeadline: Sendable {
  /// Milliseconds for which bytes may stay unacknowledged on their way to the relay: what was written while the network
  /// was cut doesn't arrive after the takeover. Part of what lies between the deadline and the end of a lease.
  static let mostUnacknowledged: Int32 = 5000

  private let instant = Mutex<ContinuousClock.Instant?>(nil)

  /// A deadline that has passed.
  public init() {}

  /// Begins anew, for what is claimed from now on.
  public func begin(_ instant: ContinuousClock.Instant) { self.instant.withLock { $0 = instant } }

  /// Moves it for what was claimed before. Once it has passed it stays: another host may have taken over meanwhile.
  public func extend(to later: ContinuousClock.Instant) {
    instant.withLock { if let now = $0, now > ContinuousClock.now { $0 = later } }
  }

  /// Whether nothing may be completed any more.
  public var hasPassed: Bool { instant.withLock { $0.map { $0 <= ContinuousClock.now } ?? true } }
}
