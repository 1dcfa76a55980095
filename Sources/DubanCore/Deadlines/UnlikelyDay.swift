/// Why a day isn't taken for a new deadline without asking: it is rather a slip of the pen.
public enum UnlikelyDay: Sendable, Hashable {
  /// It isn't after today.
  case past
  /// It isn't after the deadline.
  case early
  /// It is more than a year after both.
  case far

  /// What is wrong with a day to which a deadline would move; nil where nothing is.
  ///
  /// - Parameters:
  ///   - due: the deadline; nil where it isn't known.
  ///   - today: when it was asked for, or is decided; nil where that isn't known.
  public init?(_ until: CivilDate, due: CivilDate?, today: CivilDate?) {
    if let today, until <= today {
      self = .past
    } else if let due, until <= due {
      self = .early
    } else if let last = [due, today].compactMap(\.self).max(), until.days(since: last) > Self.furthest {
      self = .far
    } else {
      return nil
    }
  }

  /// A year, in days.
  private static let furthest = 366
}
