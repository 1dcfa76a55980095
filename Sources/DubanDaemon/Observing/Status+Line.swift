import DubanCore
import DubanOutbox

extension Status {
  /// One line for `systemctl status`: the next look, what waits, what needs a person.
  func line(sent: Int, _ zone: Zone) -> String {
    var parts = [
      "next look at the plan \(zone.iso8601(nextPass))", "\(sent) sent since the start",
      "\(backlog.open) waiting",
    ]
    if let problem = problems.first {
      let more = problems.count > 1 ? " (and \(problems.count - 1) more: see `duban status`)" : ""
      parts.append("problem: \(problem)\(more)")
    } else if let lastError {
      parts.append("last error: \(lastError.answer)")
    }
    return parts.joined(separator: "; ")
  }
}
