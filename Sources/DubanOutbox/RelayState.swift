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

/// An address that the relay refused for good.
public struct BadRecipient: Sendable, Hashable {
  /// The address.
  public var address: String
  /// The relay's words.
  public var answer: String
  /// When it said so.
  public var since: Timestamp
}

/// What is left to do, in figures.
public struct Backlog: Sendable, Hashable {
  /// How many entries are in each state that isn't `sent`; absent where there is none.
  public var counts: [EntryState: Int] = [:]
  /// When the oldest entry that is neither sent nor failed was queued.
  public var oldest: Timestamp?
  /// The same of those that nobody holds back.
  public var waitingSince: Timestamp?
  /// When the next entry is due.
  public var nextAttempt: Timestamp?

  /// An empty backlog.
  public init() {}

  /// How many entries are neither sent nor failed.
  public var open: Int { counts.filter { $0.key != .failed && $0.key != .sent }.values.reduce(0, +) }
}

/// Something to remember between runs, such as what a person has been told once.
public struct Fact: Sendable, Hashable {
  /// What it is about.
  public var key: String
  /// What is remembered.
  public var value: String
  /// Since when.
  public var at: Timestamp
}
