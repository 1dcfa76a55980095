public import DubanCourier

/// The `robots:` section: groups that get the contact's daily summary.
public struct RobotSettings: Sendable {
  /// The robots, each with its secrets' files.
  public var robots: [Robot] = []
  /// Whether people are named in a group; otherwise their units are.
  public var namesPeople = false

  /// Settings without robots.
  public init() {}
}
