public import DubanCore

/// An address that the relay refused for good.
public struct BadRecipient: Sendable, Hashable {
  /// The address.
  public var address: String
  /// The relay's words.
  public var answer: String
  /// When it said so.
  public var since: Timestamp
}
