/// A moment, in whole seconds since 1970-01-01T00:00:00Z.
///
/// Only the daemon and the commands read a clock; everything below takes the moment as a parameter.
public struct Timestamp: Sendable, Hashable, Comparable, Codable {
  /// Seconds since 1970-01-01T00:00:00Z.
  public let seconds: Int64

  /// The moment `seconds` after 1970-01-01T00:00:00Z.
  public init(seconds: Int64) { self.seconds = seconds }

  /// The moment when a clock that is `utcOffset` seconds ahead of UTC shows this day and time.
  public init(_ day: CivilDate, _ time: CivilTime, utcOffset: Int) {
    seconds = Int64(day.dayNumber) * 86_400 + Int64(time.minuteOfDay * 60 - utcOffset)
  }

  /// The moment `seconds` later.
  public func adding(seconds: Int64) -> Timestamp { Timestamp(seconds: self.seconds + seconds) }

  /// The day on a clock that is `utcOffset` seconds ahead of UTC.
  public func day(utcOffset: Int) -> CivilDate {
    CivilDate(dayNumber: Int32(floorDivide(seconds + Int64(utcOffset), 86_400).quotient))
  }

  /// Seconds since midnight on a clock that is `utcOffset` seconds ahead of UTC.
  public func secondOfDay(utcOffset: Int) -> Int {
    Int(floorDivide(seconds + Int64(utcOffset), 86_400).remainder)
  }

  /// Earlier moments come first.
  public static func < (left: Timestamp, right: Timestamp) -> Bool { left.seconds < right.seconds }
}

extension Timestamp {
  /// `2022-12-20T08:30:00+08:00` (RFC 3339) on a clock that is `utcOffset` seconds ahead of UTC.
  public func iso8601(utcOffset: Int) -> String {
    let second = secondOfDay(utcOffset: utcOffset)
    let clock = "\(padded(second / 3600, 2)):\(padded(second / 60 % 60, 2)):\(padded(second % 60, 2))"
    let offset = abs(utcOffset) / 60
    let zone = "\(utcOffset < 0 ? "-" : "+")\(padded(offset / 60, 2)):\(padded(offset % 60, 2))"
    return "\(day(utcOffset: utcOffset))T\(clock)\(zone)"
  }
}

/// Division that rounds towards minus infinity, so that moments before 1970 fall on the right day.
private func floorDivide(_ value: Int64, _ divisor: Int64) -> (quotient: Int64, remainder: Int64) {
  let (quotient, remainder) = value.quotientAndRemainder(dividingBy: divisor)
  return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
}
