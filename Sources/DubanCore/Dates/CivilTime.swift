/// A time of day to the minute, without a date or a time zone.
public struct CivilTime: Sendable, Hashable, Comparable {
  /// Minutes since midnight, 0 to 1439.
  public let minuteOfDay: Int

  /// The time so many minutes after midnight; `minuteOfDay` is 0 to 1439.
  init(minuteOfDay: Int) { self.minuteOfDay = minuteOfDay }

  /// The time with these numbers, or nil outside 00:00 to 23:59.
  public init?(hour: Int, minute: Int) {
    guard (0...23).contains(hour), (0...59).contains(minute) else { return nil }
    minuteOfDay = hour * 60 + minute
  }

  /// Reads `HH:MM`, and nothing else.
  public init?(_ text: some StringProtocol) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, parts.allSatisfy({ $0.utf8.count == 2 }),
      parts.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }),
      let hour = Int(parts[0]), let minute = Int(parts[1])
    else { return nil }
    self.init(hour: hour, minute: minute)
  }

  /// The hour, 0 to 23.
  public var hour: Int { minuteOfDay / 60 }
  /// The minute, 0 to 59.
  public var minute: Int { minuteOfDay % 60 }

  /// Earlier times come first.
  public static func < (left: CivilTime, right: CivilTime) -> Bool { left.minuteOfDay < right.minuteOfDay }
}

extension CivilTime: CustomStringConvertible {
  /// `HH:MM`.
  public var description: String { "\(padded(hour, 2)):\(padded(minute, 2))" }
}

extension CivilTime {
  /// 00:00.
  public static let midnight = CivilTime(minuteOfDay: 0)
}
