import DubanDaemon

/// How a command that delivered ends.
struct DeliveryEnd {
  let report: DeliveryReport

  init(_ report: DeliveryReport) { self.report = report }

  /// Throws when something is wrong: mail that failed, a relay that can't be reached, an outbox out of order.
  func check() throws {
    switch report.end {
    case .outbox(let error): throw Failure(.somethingWrong, "duban: \(error)")
    case .relayClosed:
      throw Failure(
        report.sent == 0 ? .unreachable : .somethingWrong,
        "duban: the relay takes no mail for now; `duban status` has its words, and what is queued goes out later"
      )
    case .drained, .paced, .stopped: break
    }
    if report.failed > 0 {
      throw Failure(
        .somethingWrong, "duban: \(report.failed) mail(s) were given up; `duban history` has the answers")
    }
    if report.deferred > 0 {
      throw Failure(
        report.sent == 0 ? .unreachable : .somethingWrong,
        "duban: \(report.deferred) mail(s) wait for another attempt; `duban queue list` has the answers")
    }
  }
}
