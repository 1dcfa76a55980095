public import DubanCore

/// Whether mail may go to the relay now, as every process on the state directory sees it.
public struct RelayState: Sendable, Hashable {
  /// Nothing before this moment, unless a reload or a restart clears it: authentication was refused.
  public var stoppedUntil: Timestamp?
  /// Nothing before this moment: the relay asked for patience.
  public var pausedUntil: Timestamp?
  /// The relay's words.
  public var reason: String
  /// When it said so.
  public var since: Timestamp

  /// The moment from which mail may go again, or nil where it may go now.
  public func closedUntil(_ now: Timestamp) -> Timestamp? {
    [stoppedUntil, pausedUntil].compactMap { $0 }.filter { $0 > now }.max()
  }
}
