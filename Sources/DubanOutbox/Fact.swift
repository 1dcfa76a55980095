public import DubanCore

/// Something to remember between runs, such as what a person has been told once.
public struct Fact: Sendable, Hashable {
  /// What it is about.
  public var key: String
  /// What is remembered.
  public var value: String
  /// Since when.
  public var at: Timestamp
}
