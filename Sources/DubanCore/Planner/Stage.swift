/// Why a reminder goes out now: the step of the schedule that has come.
public enum Stage: Sendable, Hashable {
  /// So long before the date.
  case advance(Span)
  /// The date itself.
  case due
  /// So long after the date.
  case overdue(Span)
  /// Overdue for so long that somebody else is told: 1 = the unit's head, 2 = the contact.
  case escalation(Int)

  /// The day that the stage stands for, before days off move it. An escalation has its own day.
  public func nominalDay(due: CivilDate, calendar: WorkdayCalendar, escalation: Escalation) -> CivilDate {
    switch self {
    case .advance(let span): span.before(due, in: calendar)
    case .due: due
    case .overdue(let span): span.after(due, in: calendar)
    case .escalation(let level):
      ((level == 1 ? escalation.head : escalation.contact) ?? Span(0)).after(due, in: calendar)
    }
  }

  /// The stage's name without its span: `advance`, `due`, `overdue` or `escalation`.
  public var name: String {
    switch self {
    case .advance: "advance"
    case .due: "due"
    case .overdue: "overdue"
    case .escalation: "escalation"
    }
  }
}

extension Stage: CustomStringConvertible {
  /// `advance:14`, `due`, `overdue:3wd`, `escalation:1`: the form that is stored and that ``init(_:)`` reads.
  public var description: String {
    switch self {
    case .advance(let span), .overdue(let span): "\(name):\(span)"
    case .due: name
    case .escalation(let level): "\(name):\(level)"
    }
  }

  /// Reads the form that ``description`` writes.
  public init?(_ text: String) {
    let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
    switch (parts.first, parts.count) {
    case ("due", 1): self = .due
    case ("advance", 2):
      guard let span = Span(parts[1]) else { return nil }
      self = .advance(span)
    case ("overdue", 2):
      guard let span = Span(parts[1]) else { return nil }
      self = .overdue(span)
    case ("escalation", 2):
      guard let level = Int(parts[1]) else { return nil }
      self = .escalation(level)
    default: return nil
    }
  }
}
