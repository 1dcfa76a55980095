import DubanCore

/// What the service says of itself in one line.
struct ServiceStatus: Sendable, Equatable {
  /// When the plan is looked at next.
  var next: Timestamp?
  /// The day of the last digest that this run queued.
  var lastDigest: CivilDate?
  /// What went wrong last, until it goes right.
  var problem: String?
  /// How many mails wait.
  var backlog = 0
  private var sent = 0

  mutating func count(_ report: DeliveryReport) { sent += report.sent }

  /// One line for `systemctl status`: next send, backlog, last error.
  func line(_ zone: Zone) -> String {
    var parts = ["\(sent) sent since the start"]
    if let next { parts.insert("next look at the plan \(zone.iso8601(next))", at: 0) }
    parts.append("\(backlog) waiting")
    if let problem { parts.append("problem: \(problem)") }
    return parts.joined(separator: "; ")
  }
}
