import DubanCore
import DubanOutbox

/// What the pace still allows, counted from the record of what went out: also by other processes, and before a
/// restart.
struct PaceWindow {
  private let pace: DeliveryPace
  private var lastMinute: [Timestamp]
  private var day: (start: Timestamp, next: Timestamp)
  private var today: Int

  /// What went out until `now`, as the outbox has it.
  init(_ pace: DeliveryPace, _ outbox: Outbox, now: Timestamp) throws(OutboxError) {
    self.pace = pace
    day = pace.day(now)
    lastMinute =
      pace.perMinute == nil ? [] : try outbox.handedOver(after: now.adding(seconds: -60), through: now)
    today =
      pace.perDay == nil
      ? 0 : try outbox.handedOverCount(after: day.start.adding(seconds: -1), through: now)
  }

  /// How many messages may go out now.
  mutating func allowance(_ now: Timestamp) -> Int {
    lastMinute.removeAll { $0.adding(seconds: 60) <= now || $0 > now }
    if !(day.start..<day.next).contains(now) { (day, today) = (pace.day(now), 0) }
    return min(
      pace.perMinute.map { max($0 - lastMinute.count, 0) } ?? .max,
      pace.perDay.map { max($0 - today, 0) } ?? .max)
  }

  /// Counts messages that go out now.
  mutating func count(_ messages: Int, at now: Timestamp) {
    if pace.perMinute != nil { lastMinute += repeatElement(now, count: messages) }
    today += messages
  }

  /// When the next message may go out, where none may now.
  func opens(after now: Timestamp) -> Timestamp {
    if let perDay = pace.perDay, today >= perDay { return day.next }
    return lastMinute.min()?.adding(seconds: 60) ?? now
  }
}
