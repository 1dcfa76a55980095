public import DubanCore

/// The last day for which a person was to be mailed.
public struct LastMail: Sendable, Hashable {
  /// The person.
  public var person: String
  /// Their unit.
  public var unit: String
  /// The day.
  public var day: CivilDate
}
