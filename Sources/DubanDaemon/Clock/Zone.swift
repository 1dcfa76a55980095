public import DubanCore
import Foundation

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
  /// A time that a clock change skips is the moment that the clock jumps to; of one that comes twice, the first.
  public func moment(_ day: CivilDate, _ time: CivilTime) -> Timestamp {
    let guess = Timestamp(day, time, utcOffset: utcOffset(at: Timestamp(day, time, utcOffset: 0)))
    let before = utcOffset(at: guess.adding(seconds: -86_400))
    let exact = Timestamp(day, time, utcOffset: before)
    return utcOffset(at: exact) == before ? exact : Timestamp(day, time, utcOffset: utcOffset(at: guess))
  }

  /// The moment in RFC 3339 form on the zone's clocks.
  public func iso8601(_ moment: Timestamp) -> String { moment.iso8601(utcOffset: utcOffset(at: moment)) }
}
