/// When the contact gets the digest: on a fixed rhythm, so that silence means a fault, and on every day with
/// something to say.
public struct DigestSchedule: Sendable, Equatable {
  /// The day of the weekly digest; on a day off it goes out on the next working day.
  public var weekday: Weekday
  /// Whether it goes out on every working day.
  public var isDaily: Bool

  /// A weekly digest on `weekday`, or one on every working day.
  public init(weekday: Weekday = .monday, isDaily: Bool = false) {
    self.weekday = weekday
    self.isDaily = isDaily
  }
}
