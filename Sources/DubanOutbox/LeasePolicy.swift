/// On what terms a process claims entries.
public struct LeasePolicy: Sendable, Hashable {
  /// Who claims.
  public var owner: ProcessIdentity
  /// Seconds until the lease runs out, for those who can't see whether the owner lives. Longer than the
  /// courier's time limits for one mail.
  public var lease: Int64 = 15 * 60
  /// Seconds until the next attempt when the process dies during its first one; doubles with each attempt.
  public var firstWait: Int64 = 5 * 60
  /// The longest such wait, in seconds.
  public var longestWait: Int64 = 4 * 3600

  /// The usual terms for `owner`.
  public init(owner: ProcessIdentity) { self.owner = owner }

  /// Seconds to wait after `attempts` attempts of which the last ended without a word.
  func wait(after attempts: Int) -> Int64 {
    let doublings = min(max(attempts - 1, 0), 16)
    return min(firstWait << Int64(doublings), longestWait)
  }
}
