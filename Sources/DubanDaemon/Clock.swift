import CLinux
import Dispatch
public import DubanCore
import Foundation
import Glibc

/// The only place that reads a clock.
public struct Clock: Sendable {
  private let read: @Sendable () -> Timestamp

  /// A clock that reads `read`; tests pass one that doesn't move.
  public init(_ read: @escaping @Sendable () -> Timestamp) { self.read = read }

  /// The present moment.
  public func now() -> Timestamp { read() }

  /// The machine's clock.
  public static let system = Clock { Timestamp(seconds: Int64(Date().timeIntervalSince1970.rounded(.down))) }

  /// A clock that shows `moment` now and goes on from there (`--now`).
  public static func starting(at moment: Timestamp) -> Clock {
    let start = DispatchTime.now().uptimeNanoseconds
    return Clock {
      moment.adding(seconds: Int64((DispatchTime.now().uptimeNanoseconds - start) / 1_000_000_000))
    }
  }
}

/// The configuration's time zone: what turns moments into the days and times of an office.
public struct Zone: Sendable, Equatable {
  private let timeZone: TimeZone

  /// The zone with an IANA name such as `Asia/Shanghai`; nil when there is none of that name.
  public init?(_ identifier: String) {
    guard let timeZone = TimeZone(identifier: identifier) else { return nil }
    self.timeZone = timeZone
  }

  /// The zone's IANA name.
  public var identifier: String { timeZone.identifier }

  /// Seconds that the zone's clocks are ahead of UTC at that moment.
  public func utcOffset(at moment: Timestamp) -> Int {
    timeZone.secondsFromGMT(for: Date(timeIntervalSince1970: TimeInterval(moment.seconds)))
  }

  /// The day on the zone's clocks.
  public func day(of moment: Timestamp) -> CivilDate { moment.day(utcOffset: utcOffset(at: moment)) }

  /// The time of day on the zone's clocks, to the minute.
  public func time(of moment: Timestamp) -> CivilTime {
    let minutes = moment.secondOfDay(utcOffset: utcOffset(at: moment)) / 60
    return CivilTime(hour: minutes / 60, minute: minutes % 60) ?? .defaultSendAt
  }

  /// The moment when the zone's clocks show that day and time.
  ///
  /// A time that a clock change skips comes as much later as was skipped (02:30 is 03:30); of one that comes twice,
  /// the first is meant.
  public func moment(_ day: CivilDate, _ time: CivilTime) -> Timestamp {
    // No zone is further from UTC than 14 hours, so a change of that day lies between these two.
    let near = Timestamp(day, time, utcOffset: 0)
    let before = utcOffset(at: near.adding(seconds: -86_400))
    let after = utcOffset(at: near.adding(seconds: 86_400))
    let first = Timestamp(day, time, utcOffset: before)
    let second = Timestamp(day, time, utcOffset: after)
    let isSecondOnly = utcOffset(at: first) != before && utcOffset(at: second) == after
    return isSecondOnly ? second : first
  }

  /// The moment in RFC 3339 form on the zone's clocks.
  public func iso8601(_ moment: Timestamp) -> String { moment.iso8601(utcOffset: utcOffset(at: moment)) }
}

/// Wakes the service at a moment of the wall clock, once.
///
/// Set on the queue on which its action runs. A clock that is set, or a machine that slept, moves the wake-up with the
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

  /// Ends the watch.
  func cancel() { source.cancel() }
}
