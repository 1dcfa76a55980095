/// An exception from the policy for one area, measure or owner.
public struct PolicyOverride: Sendable, Equatable {
  /// What an exception is for.
  public enum Scope: Sendable, Hashable {
    /// An area, by its name.
    case area(String)
    /// A measure, by its id.
    case measure(String)
    /// A person, by name.
    case owner(String)
  }

  /// What it is for.
  public var scope: Scope
  /// Instead of the policy's lead times.
  public var advance: [Span]?
  /// Instead of the policy's overdue rhythm; `.some(nil)` for never.
  public var overdueEvery: Span??
  /// Quiet days besides the policy's.
  public var quiet: [ClosedRange<CivilDate>]
  /// More addresses that get a copy, for an owner.
  public var copies: [String]

  /// An exception of these parts.
  public init(
    _ scope: Scope, advance: [Span]? = nil, overdueEvery: Span?? = nil,
    quiet: [ClosedRange<CivilDate>] = [], copies: [String] = []
  ) {
    self.scope = scope
    self.advance = advance
    self.overdueEvery = overdueEvery
    self.quiet = quiet
    self.copies = copies
  }
}
