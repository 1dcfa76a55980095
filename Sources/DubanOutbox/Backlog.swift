public import DubanCore

/// What is left to do, in figures.
public struct Backlog: Sendable, Hashable {
  /// How many entries are in each state that isn't `sent`; absent where there is none.
  public var counts: [EntryState: Int] = [:]
  /// When the oldest entry that is neither sent nor failed was queued.
  public var oldest: Timestamp?
  /// When the next entry is due.
  public var nextAttempt: Timestamp?

  /// An empty backlog.
  public init() {}

  /// How many entries are neither sent nor failed.
  public var open: Int { counts.filter { $0.key != .failed && $0.key != .sent }.values.reduce(0, +) }
}
