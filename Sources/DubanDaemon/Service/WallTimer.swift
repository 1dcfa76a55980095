import Dispatch
import DubanCore

/// Wakes the service at a moment of the wall clock, once.
///
/// Used on the queue it was made for. A clock that is set, or a machine that slept, moves the wake-up with the
/// wall clock: the kernel re-examines absolute timers whenever the clock is set (timerfd_create(2)).
final class WallTimer {
  /// The longest sleep, a day: whatever goes wrong with clocks and timers, the plan is looked at again.
  static let longestSleep: Int64 = 86_400

  private let source: any DispatchSourceTimer

  init(queue: DispatchQueue, _ wake: @escaping @Sendable () -> Void) {
    source = DispatchSource.makeTimerSource(queue: queue)
    source.setEventHandler(handler: wake)
    source.activate()
  }

  /// Sets the timer to `moment`, on the clock that now shows `now`; a moment that has passed wakes at once.
  func set(to moment: Timestamp, now: Timestamp) {
    let wait = min(max(moment.seconds - now.seconds, 0), Self.longestSleep)
    source.schedule(wallDeadline: .now() + .seconds(Int(wait)), leeway: .milliseconds(100))
  }

  func cancel() { source.cancel() }
}
