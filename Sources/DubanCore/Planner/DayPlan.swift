/// Everything that goes out on one day.
public struct DayPlan: Sendable, Equatable {
  /// The day.
  public var day: CivilDate
  /// One mail per recipient, owners by unit and name, contacts last; empty on a day off.
  public var mails: [PlannedMail]

  /// A plan of these mails.
  public init(day: CivilDate, mails: [PlannedMail]) {
    self.day = day
    self.mails = mails
  }
}
