/// One thing that a deadline phrase says.
public enum Reading: Sendable, Hashable {
  /// What a relative deadline counts in.
  public enum Unit: String, Sendable, Hashable {
    case day, workday, month, year
  }

  /// Done by the end of `due`, or by `time` of that day where the words name one.
  case date(due: CivilDate, time: CivilTime? = nil)
  /// Within a period whose last day is `due`.
  case range(from: CivilDate, due: CivilDate)
  /// From that day on.
  case from(CivilDate)
  /// Without an end date (长期).
  case standing
  /// At once (立行立改).
  case immediate
  /// Again and again.
  case recurring(Recurrence)
  /// So many units after something; `after` holds the words for that something, nil where the phrase has none.
  case relative(count: Int, unit: Unit, after: String?)
  /// After something whose day isn't known.
  case event(after: String)

  /// Whether it names days of its own.
  var isDate: Bool {
    switch self {
    case .date, .range: true
    default: false
    }
  }
}
