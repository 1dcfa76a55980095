import CSystemd
import Glibc

/// What the service tells systemd about itself (sd_notify(3)); without systemd nothing happens.
public struct Supervisor: Sendable {
  private let send: @Sendable (String) -> Void

  /// A supervisor that gives each state to `send`; tests collect them.
  public init(_ send: @escaping @Sendable (String) -> Void) { self.send = send }

  /// systemd, by `$NOTIFY_SOCKET`.
  public static let systemd = Supervisor { sd_notify(0, $0) }

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
