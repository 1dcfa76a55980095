import CLinux
import CSystemd
import Dispatch
import DubanCore
import Glibc

/// The service manager, and what the service tells it about itself (sd_notify(3)); without systemd nothing happens.
public struct ServiceManager: Sendable {
  private let send: @Sendable (String) -> Void

  /// A manager that gets each state to `send`; tests collect them.
  public init(_ send: @escaping @Sendable (String) -> Void) { self.send = send }

  /// systemd, by `$NOTIFY_SOCKET`.
  public static let systemd = ServiceManager { sd_notify(0, $0) }

  /// The service is up, or has finished a reload.
  public func ready(status: String) { send("READY=1\nSTATUS=\(status)") }

  /// The service reads its files again. systemd 253's `Type=notify-reload` wants the moment on the monotonic
  /// clock; 252 ignores it.
  public func reloading() {
    var now = timespec()
    clock_gettime(CLOCK_MONOTONIC, &now)
    send("RELOADING=1\nMONOTONIC_USEC=\(now.tv_sec * 1_000_000 + now.tv_nsec / 1000)")
  }

  /// One line for `systemctl status`.
  public func status(_ text: String) { send("STATUS=\(text)") }

  /// The service is on its way out.
  public func stopping() { send("STOPPING=1") }

  /// The scheduler is alive.
  public func aliveUntilNextTime() { send("WATCHDOG=1") }

  /// Half of the time within which systemd wants to hear from us, in nanoseconds; nil without a watchdog.
  public static var watchdogInterval: UInt64? {
    var microseconds: UInt64 = 0
    return sd_watchdog_enabled(0, &microseconds) > 0 ? microseconds * 1000 / 2 : nil
  }
}

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

/// Tells when the machine's clock was set, or shows another time after the machine slept (timerfd_create(2)).
///
/// A timer alone doesn't notice a clock that is set back: a machine that started with a clock years ahead, and then
/// got it right from the network, would sleep those years. Used on the queue it was made for.
final class ClockWatcher {
  private let source: any DispatchSourceRead

  /// A watcher, or nil where the system gives none.
  init?(queue: DispatchQueue, changed: @escaping @Sendable () -> Void) {
    let descriptor = duban_clock_alarm()
    guard descriptor >= 0 else { return nil }
    source = DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: queue)
    source.setEventHandler {
      // Each change ends one read with ECANCELED, and the next is waited for; the alarm itself never goes off.
      var expirations: UInt64 = 0
      if read(descriptor, &expirations, MemoryLayout.size(ofValue: expirations)) < 0, errno == ECANCELED {
        changed()
      }
    }
    source.setCancelHandler { close(descriptor) }
    source.activate()
  }

  /// Ends the watch; nothing is told any more.
  func cancel() { source.cancel() }
}
