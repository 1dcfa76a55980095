/// Where an entry of the outbox stands.
///
/// `queued → sending → sent | deferred | failed`, and `held` by hand; ``EntryTransition`` has every step.
public enum EntryState: String, Sendable, Hashable, CaseIterable, Codable {
  /// Waits for its first attempt.
  case queued
  /// Claimed by a process that is handing it over now.
  case sending
  /// Tried without a final answer; waits for the next attempt.
  case deferred
  /// Kept back by hand until it is released.
  case held
  /// The relay took it: final.
  case sent
  /// Given up, or dropped by hand: final unless a person retries it.
  case failed
}
