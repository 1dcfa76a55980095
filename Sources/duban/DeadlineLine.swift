import DubanCore

/// A reading as one line for people: the phrase, how sure it is, what it says, and why.
enum DeadlineLine {
  /// Columns wide enough for the phrases that ledgers hold; a longer one pushes its line to the right.
  private static let phraseWidth = 32
  private static let statusWidth = 9

  static func line(_ reading: DeadlineReading) -> String {
    var meaning = reading.readings.map(describe).joined(separator: " + ")
    if reading.status == .ambiguous {
      meaning = reading.alternatives.map(\.description).joined(separator: " or ")
    }
    if let reason = reading.reason { meaning += meaning.isEmpty ? reason : "  (\(reason))" }
    let phrase = DisplayWidth.padded(reading.text, to: phraseWidth)
    let status = DisplayWidth.padded(reading.status.rawValue, to: statusWidth)
    return meaning.isEmpty ? "\(phrase)  \(reading.status.rawValue)" : "\(phrase)  \(status)  \(meaning)"
  }

  private static func describe(_ reading: Reading) -> String {
    switch reading {
    case .date(let due, let time): time.map { "\(due) \($0)" } ?? "\(due)"
    case .range(let from, let due): "\(from) to \(due)"
    case .from(let day): "from \(day)"
    case .standing: "standing"
    case .immediate: "at once"
    case .recurring(let rule): describe(rule)
    case .relative(let count, let unit, let after):
      "\(count) \(unit.rawValue)\(count == 1 ? "" : "s")" + (after.map { " after \($0)" } ?? "")
    case .event(let after): "after \(after)"
    }
  }

  private static func describe(_ rule: Recurrence) -> String {
    rule.rule + (rule.from.map { " from \($0)" } ?? "")
  }
}
