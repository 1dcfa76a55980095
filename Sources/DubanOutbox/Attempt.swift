public import DubanCore

/// One attempt to hand an entry over.
public struct Attempt: Sendable, Hashable {
  /// How an attempt ended.
  public enum Outcome: String, Sendable, Hashable, CaseIterable {
    /// The relay took it.
    case sent
    /// Not final; another attempt follows.
    case deferred
    /// Final refusal, or its lifetime was over.
    case failed
    /// The process was gone before it could say.
    case lost
  }

  /// Counts from 1 within its entry.
  public var number: Int
  /// When it began: before the relay was dialled.
  public var startedAt: Timestamp
  /// When it ended; nil while it is under way.
  public var endedAt: Timestamp?
  /// How it ended; nil while it is under way.
  public var outcome: Outcome?
  /// The relay's answer, or ours where it said nothing.
  public var answer: String?
  /// The reply code of the answer.
  public var code: Int?
  /// It may have arrived although nobody confirmed it.
  public var possiblyDelivered: Bool
}
