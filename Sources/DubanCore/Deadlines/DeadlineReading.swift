/// How a deadline phrase was read, and how sure that is.
public struct DeadlineReading: Sendable, Hashable {
  /// How sure a reading is.
  public enum Status: String, Sendable, Hashable, CaseIterable {
    /// Certain.
    case read
    /// More than one meaning; ``DeadlineReading/alternatives`` lists the dates.
    case ambiguous
    /// Nothing certain.
    case unread
    /// Names a date that doesn't exist.
    case invalid
    /// Names no deadline.
    case none
  }

  /// The document's own words, unchanged.
  public var text: String
  /// How sure the reading is.
  public var status: Status
  /// What the phrase says, in its order; empty unless ``status`` is `read`.
  public var readings: [Reading]
  /// The dates that an ambiguous phrase could mean, ascending.
  public var alternatives: [CivilDate]
  /// Why the phrase isn't certain, or which repair or assumption made it so; English, nil where there is nothing to say.
  public var reason: String?

  /// A reading of these parts; see the properties.
  public init(
    text: String, status: Status, readings: [Reading] = [], alternatives: [CivilDate] = [],
    reason: String? = nil
  ) {
    self.text = text
    self.status = status
    self.readings = readings
    self.alternatives = alternatives
    self.reason = reason
  }

  /// The days on which something is due, ascending, each once: the ends of the dates and ranges read for certain.
  public var dueDates: [CivilDate] {
    guard status == .read else { return [] }
    let dates = readings.compactMap { reading -> CivilDate? in
      switch reading {
      case .date(let due, _), .range(_, let due): due
      default: nil
      }
    }
    return dates.count > 1 ? Set(dates).sorted() : dates
  }

  /// The rules that recur, where the phrase was read for certain.
  public var recurrences: [Recurrence] {
    guard status == .read else { return [] }
    return readings.compactMap { if case .recurring(let rule) = $0 { rule } else { nil } }
  }

  /// Whether the phrase says, for certain, that the measure has no end date.
  public var isStanding: Bool { status == .read && readings.contains(.standing) }
}
