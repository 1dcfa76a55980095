/// What a plan says about when a measure is due, and how that was read.
public struct Deadline: Sendable, Hashable {
  /// The document's own words with their reading.
  public var reading: DeadlineReading
  /// A person's decision (`due:` in the ledger), which wins over the words.
  public var decided: CivilDate?

  /// A deadline as read, or as decided by a person.
  public init(reading: DeadlineReading, decided: CivilDate? = nil) {
    self.reading = reading
    self.decided = decided
  }

  /// Equal deadlines have equal words; within a document, whose date is the same for all, different readings have
  /// different ones.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(text)
    hasher.combine(decided)
  }

  /// The document's own words.
  public var text: String { reading.text }

  /// The nominal dates: a person's decision, or else the certain dates of the words. These never move.
  public var dueDates: [CivilDate] { decided.map { [$0] } ?? reading.dueDates }

  /// Whether the measure goes on without an end date and no person decided otherwise.
  public var isStanding: Bool { decided == nil && reading.isStanding }

  /// Whether a person must look at the words: nothing certain was read and nobody decided.
  public var needsDecision: Bool {
    guard decided == nil else { return false }
    switch reading.status {
    case .ambiguous, .unread, .invalid: return true
    case .none: return true
    case .read:
      return !reading.readings.contains { reading in
        switch reading {
        case .date, .range, .standing, .immediate, .recurring: true
        case .from, .relative, .event: false
        }
      }
    }
  }
}
