/// Why no reminder goes out for an item, a person and a day: what `explain` quotes.
public enum NoReminderReason: Sendable, Hashable {
  /// The ledger says 销号.
  case closed
  /// The ledger says that it was reported as done and waits for confirmation.
  case submitted
  /// No end date.
  case standing
  /// At once, without a date.
  case immediate
  /// No date could be read for certain and nobody decided one.
  case noDate(DeadlineReading.Status)
  /// The first step comes on that day.
  case notYet(first: CivilDate)
  /// The latest step, or a later one, was already sent on a day; the next one comes on `next`, nil for none.
  case alreadySent(Stage, on: CivilDate, next: CivilDate?)
  /// A day off or a quiet day; the next day on which mail goes out.
  case dayOff(next: CivilDate)
  /// This person was already mailed today; the next day on which mail goes out.
  case mailedToday(next: CivilDate)
  /// Put off by a person.
  case snoozed(Snooze)
  /// Marked as done by a person.
  case done
  /// The report was received.
  case received
  /// A later occurrence has taken its place, or it lies too far back to catch up.
  case past
}

extension NoReminderReason: CustomStringConvertible {
  /// One English sentence without a full stop.
  public var description: String {
    switch self {
    case .closed: "closed in the ledger (销号)"
    case .submitted: "reported as done, waiting for confirmation"
    case .standing: "standing (长期): it has no end date"
    case .immediate:
      "to be done at once (立行立改): there is no date to remind of; write due: in the ledger for one"
    case .noDate(let status): "no certain date: \(words(status)); write due: in the ledger to decide it"
    case .notYet(let first): "not due yet: the first reminder goes out on \(first)"
    case .alreadySent(let stage, let day, let next):
      "already sent (\(stage)) on \(day)"
        + (next.map { "; the next one goes out on \($0)" } ?? "; nothing follows")
    case .dayOff(let next): "a day off or a quiet day: mail goes out again on \(next)"
    case .mailedToday(let next): "this person had today's mail already: the next one goes out on \(next)"
    case .snoozed(let snooze):
      "snoozed by \(snooze.by): reminders go on from \(snooze.until)"
        + (snooze.why.isEmpty ? "" : " (\(snooze.why))")
    case .done: "marked as done"
    case .received: "the report was received"
    case .past: "past, and nothing is caught up for it any more"
    }
  }

  private func words(_ status: DeadlineReading.Status) -> String {
    switch status {
    case .read, .none: "the deadline names no day"
    case .ambiguous: "the deadline's words have more than one meaning"
    case .unread: "the deadline's words can't be read"
    case .invalid: "the deadline's words name a day that doesn't exist"
    }
  }
}
