public import DubanCore
public import DubanOutbox

/// What one run of the delivery did, and when the next one makes sense.
public struct DeliveryReport: Sendable, Equatable {
  /// Why it ended.
  public enum End: Sendable, Equatable {
    /// Nothing more is due.
    case drained
    /// It was asked to stop; what was in flight has ended.
    case stopped
    /// The relay is stopped or paused.
    case relayClosed
    /// As many as the pace allows went out.
    case paced
    /// The outbox couldn't be read or written; what wasn't recorded is kept and recorded by the next run.
    case outbox(OutboxError)
  }

  /// How many the relay took.
  public var sent = 0
  /// How many go again later.
  public var deferred = 0
  /// How many were given up.
  public var failed = 0
  /// Why it ended.
  public var end = End.drained
  /// When the next run makes sense; nil: when something is queued.
  public var next: Timestamp?

  /// A report of a run that had nothing to do.
  public init() {}

  mutating func count(_ verdict: DeliveryVerdict) {
    switch verdict.entry {
    case .sent: sent += 1
    case .retry: deferred += 1
    case .giveUp: failed += 1
    }
  }
}
