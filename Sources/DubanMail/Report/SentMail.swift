public import DubanCore

/// Something that happened to a measure: a mail about it, an answer, a decision, a change of the ledger.
public struct ItemEvent: Sendable, Hashable {
  /// A measure, by its plan's key and its identity.
  public struct Subject: Sendable, Hashable {
    /// The plan's key.
    public var plan: String
    /// The measure's identity.
    public var measure: String

    /// The measure of that plan.
    public init(plan: String, measure: String) { (self.plan, self.measure) = (plan, measure) }
  }

  /// The day on which it happened, in the office's zone.
  public var day: CivilDate
  /// What happened, in Chinese.
  public var text: String

  /// An event of these parts.
  public init(day: CivilDate, text: String) { (self.day, self.text) = (day, text) }
}

/// One mail of the outbox as the report page lists it: names and units, and no address.
public struct SentMail: Sendable, Hashable {
  /// Where the mail stands.
  public enum State: Sendable, Hashable, CaseIterable {
    /// Waits for its first attempt, or is being handed over.
    case waiting
    /// Tried without a final answer; goes again.
    case deferred
    /// Kept back by hand.
    case held
    /// The relay took it.
    case sent
    /// Given up.
    case failed
    /// Dropped by hand.
    case dropped
  }

  /// The day it was planned for.
  public var day: CivilDate
  /// To whom.
  public var recipient: Recipient
  /// Whether it is another person's copy of a mail to `recipient`.
  public var isCopy: Bool
  /// The subject as people read it.
  public var subject: String
  /// Where it stands.
  public var state: State
  /// When the last attempt began; nil before the first.
  public var triedAt: Timestamp?
  /// What the relay answered, or ours where it said nothing; nil before the first attempt.
  public var answer: String?

  /// A mail of these parts.
  public init(
    day: CivilDate, recipient: Recipient, isCopy: Bool = false, subject: String, state: State,
    triedAt: Timestamp? = nil, answer: String? = nil
  ) {
    self.day = day
    self.recipient = recipient
    self.isCopy = isCopy
    self.subject = subject
    self.state = state
    self.triedAt = triedAt
    self.answer = answer
  }
}
