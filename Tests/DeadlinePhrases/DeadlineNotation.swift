public import DubanCore

/// A reading in one short line, as the tables of the tests write it.
///
/// `date:2022-12-31`, `range:2022-01-01/2022-12-31`, `standing + immediate`, `recurring:FREQ=…;from=2020-01-01`,
/// `relative:20 workday after 受理之日`, `ambiguous:2022-06-10|2022-06-20`, `unread`, `invalid`, `none`.
public enum DeadlineNotation {
  /// The line for a reading.
  public static func line(_ reading: DeadlineReading) -> String {
    switch reading.status {
    case .read: reading.readings.map(line).joined(separator: " + ")
    case .ambiguous: "ambiguous:" + reading.alternatives.map(\.description).joined(separator: "|")
    case .unread, .invalid, .none: reading.status.rawValue
    }
  }

  private static func line(_ reading: Reading) -> String {
    switch reading {
    case .date(let due, let time): "date:\(due)" + (time.map { "T\($0)" } ?? "")
    case .range(let from, let due): "range:\(from)/\(due)"
    case .from(let day): "from:\(day)"
    case .standing: "standing"
    case .immediate: "immediate"
    case .recurring(let rule): "recurring:\(rule.rule)" + (rule.from.map { ";from=\($0)" } ?? "")
    case .relative(let count, let unit, let after):
      "relative:\(count) \(unit.rawValue)" + (after.map { " after \($0)" } ?? "")
    case .event(let after): "event:\(after)"
    }
  }
}
