import DubanCore
import DubanOutbox

/// What the pace still allows, counted from the record of what went out: also by other processes, and before a
/// restart.
struct PaceWindow {
  private let pace: DeliveryPace
  /// How many went out in each second of the last minute, oldest first.
  private var lastMinute: [(second: Timestamp, count: Int)] = []
  private var day: (start: Timestamp, next: Timestamp)
  private var today: Int

  /// What went out until `now`, as the outbox has it.
  init(_ pace: DeliveryPace, _ outbox: Outbox, now: Timestamp) throws(OutboxError) {
    self.pace = pace
    day = pace.day(now)
    today =
      pace.perDay == nil
      ? 0 : try outbox.handedOverCount(after: day.start.adding(seconds: -1), through: now)
    guard pace.perMinute != nil else { return }
    for moment in try outbox.handedOver(after: now.adding(seconds: -60), through: now) {
      add(1, at: moment)
    }
  }

  /// How many messages may go out now.
  mutating func allowance(_ now: Timestamp) -> Int {
    lastMinute.removeAll { $0.second.adding(seconds: 60) <= now || $0.second > now }
    if !(day.start..<day.next).contains(now) { (day, today) = (pace.day(now), 0) }
    return min(
      pace.perMinute.map { max($0 - lastMinute.reduce(0) { $0 + $1.count }, 0) } ?? .max,
      pace.perDay.map { max($0 - today, 0) } ?? .max)
  }

  /// Counts messages that go out now.
  mutating func count(_ messages: Int, at now: Timestamp) {
    today += messages
    if pace.perMinute != nil { add(messages, at: now) }
  }

  private mutating func add(_ messages: Int, at moment: Timestamp) {
    if let last = lastMinute.indices.last, lastMinute[last].second == moment {
      lastMinute[last].count += messages
    } else if messages > 0 {
      lastMinute.append((moment, messages))
    }
  }

  /// When the next message may go out, where none may now.
  func opens(after now: Timestamp) -> Timestamp {
    if let perDay = pace.perDay, today >= perDay { return day.next }
    return lastMinute.first?.second.adding(seconds: 60) ?? now
  }
}
