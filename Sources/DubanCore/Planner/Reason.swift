/// Why a reminder goes out on its day: what `plan`, `explain` and the record of what was sent quote.
public struct Reason: Sendable, Hashable {
  /// The rung that has come.
  public var rung: Rung
  /// The date it belongs to.
  public var due: CivilDate
  /// The day of the mail; later than the rung's own day when a day was missed.
  public var on: CivilDate

  /// A reason of these parts.
  public init(rung: Rung, due: CivilDate, on: CivilDate) {
    self.rung = rung
    self.due = due
    self.on = on
  }
}

extension Reason: CustomStringConvertible {
  /// One English sentence without a full stop.
  public var description: String {
    var text: String
    switch rung.stage {
    case .advance(let span): text = "\(words(span)) before \(due) is \(rung.nominal)"
    case .due: text = "due on \(due)"
    case .overdue(let span): text = "\(words(span)) after \(due) is \(rung.nominal)"
    case .escalation(let level):
      text =
        "overdue since \(due), told to \(level == 1 ? "the unit's head" : "the contact") on \(rung.nominal)"
    }
    if rung.sendOn != rung.nominal { text += ", moved to \(rung.sendOn)" }
    if on > rung.sendOn { text += ", caught up on \(on)" }
    return text
  }

  private func words(_ span: Span) -> String {
    let unit = span.unit == .day ? "day" : "working day"
    return "\(span.count) \(unit)\(span.count == 1 ? "" : "s")"
  }
}
