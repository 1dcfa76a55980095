/// Why a reminder goes out on its day: what `plan`, `explain` and the record of what was sent quote.
public struct Reason: Sendable, Hashable {
  /// The step that has come.
  public var step: ReminderStep
  /// The date it belongs to.
  public var due: CivilDate
  /// The day of the mail; later than the step's own day when a day was missed.
  public var on: CivilDate

  /// A reason of these parts.
  public init(step: ReminderStep, due: CivilDate, on: CivilDate) {
    self.step = step
    self.due = due
    self.on = on
  }
}

extension Reason: CustomStringConvertible {
  /// One English sentence without a full stop.
  public var description: String {
    var text: String
    switch step.stage {
    case .advance(let span): text = "\(words(span)) before \(due) is \(step.nominal)"
    case .due: text = "due on \(due)"
    case .overdue(let span): text = "\(words(span)) after \(due) is \(step.nominal)"
    case .escalation(let level):
      text =
        "overdue since \(due), told to \(level == 1 ? "the unit's head" : "the contact") on \(step.nominal)"
    }
    if step.sendOn != step.nominal { text += ", moved to \(step.sendOn)" }
    if on > step.sendOn { text += ", caught up on \(on)" }
    return text
  }

  private func words(_ span: Span) -> String {
    let unit = span.unit == .day ? "day" : "working day"
    return "\(span.count) \(unit)\(span.count == 1 ? "" : "s")"
  }
}
