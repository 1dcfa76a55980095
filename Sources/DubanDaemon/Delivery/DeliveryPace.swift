public import DubanCore

/// How fast mail may go to the relay; what isn't set doesn't limit.
public struct DeliveryPace: Sendable {
  /// Connections at once, at least 1.
  public var connections = 1
  /// Messages over one connection.
  public var perConnection: Int?
  /// Messages in any 60 seconds.
  public var perMinute: Int?
  /// Messages in one day.
  public var perDay: Int?
  /// Whether only so many messages may go out in some time.
  var isLimited: Bool { perMinute != nil || perDay != nil }
  /// When the day of a moment began, and when the next one will.
  public var day: @Sendable (Timestamp) -> (start: Timestamp, next: Timestamp)

  /// One connection without limits, and days that begin where `day` says.
  public init(day: @escaping @Sendable (Timestamp) -> (start: Timestamp, next: Timestamp)) { self.day = day }
}
