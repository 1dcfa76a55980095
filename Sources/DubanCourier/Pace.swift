public import DubanCore

/// How fast mails may go out, and so when the next may. Pure: knows only the moments of past sends.
public struct Pace: Sendable, Hashable {
  /// Mails within any 60 seconds, at least 1; nil for no limit.
  public let perMinute: Int?
  /// Mails within a calendar day of the office's clock, at least 1; nil for no limit.
  public let perDay: Int?
  /// Mails over one connection, at least 1; nil for no limit.
  public let perConnection: Int?

  /// Gentle enough for 126.com and 163.com, which publish no numbers.
  public static let gentle = Pace(unchecked: 10, 300, 20)

  /// A pace of these limits, or nil where one is below 1.
  public init?(perMinute: Int?, perDay: Int?, perConnection: Int?) {
    guard [perMinute, perDay, perConnection].allSatisfy({ $0.map { $0 >= 1 } ?? true }) else { return nil }
    self.init(unchecked: perMinute, perDay, perConnection)
  }

  private init(unchecked perMinute: Int?, _ perDay: Int?, _ perConnection: Int?) {
    (self.perMinute, self.perDay, self.perConnection) = (perMinute, perDay, perConnection)
  }

  /// The earliest moment for the next mail, not before `now`.
  ///
  /// - Parameters:
  ///   - sends: the moments of past sends, in any order: those of `now`'s day and of the minute before suffice.
  ///     A send that seems to lie ahead (the clock was set back) counts for its day, not for the minute.
  ///   - utcOffset: seconds that the office's clock is ahead of UTC.
  public func earliest(after sends: [Timestamp], now: Timestamp, utcOffset: Int) -> Timestamp {
    let today = now.day(utcOffset: utcOffset)
    if let perDay, sends.count(where: { $0.day(utcOffset: utcOffset) == today }) >= perDay {
      return now.adding(seconds: Int64(86_400 - now.secondOfDay(utcOffset: utcOffset)))
    }
    guard let perMinute else { return now }
    let minute = sends.filter { $0 <= now && now.seconds - $0.seconds < 60 }.sorted()
    guard minute.count >= perMinute else { return now }
    return minute[minute.count - perMinute].adding(seconds: 60)
  }

  /// Whether the next mail needs a new connection, after so many over the present one.
  public func needsNewConnection(after sent: Int) -> Bool { perConnection.map { sent >= $0 } ?? false }
}
