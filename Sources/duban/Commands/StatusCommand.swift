import ArgumentParser
import DubanCore
import DubanDaemon
import DubanOutbox

/// `duban status`: next send, backlog, last error, ledger in force.
struct StatusCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "Next send, backlog, last error, ledger in force.",
    discussion: """
      Exit code 0: all is well; 1: something needs a person, also files that don't read while the service goes by \
      what it read before; 66 and 78: it can't be told.
      """)

  @OptionGroup var common: CommonOptions
  @Flag(help: "One JSON document.") var json = false

  func run() throws {
    let (result, secret) = common.loadAsService()
    var errors = result.diagnostics.filter { $0.severity == .error }
    let unusable = Failure(result.isUnreadable ? .unreadable : .configuration, result.diagnostics)
    guard var active = result.asFarAsRead else { throw unusable }
    common.tellRehearsal(active)
    guard
      let outbox = errors.isEmpty ? try common.outbox(active, .readOnly) : try common.outboxToRead(active)
    else { throw unusable }
    let now = common.clock(active.zone).now()
    let status = try Failure.translating {
      let archive = LedgerArchive(outbox)
      if errors.isEmpty {
        let review = try archive.review(active, at: now)
        (active, errors) = (review.active, review.errors)
      } else if let kept = try archive.active(result) {
        active = kept
      }
      return try Status(active, outbox, errors: errors + secret, now: now)
    }
    if json {
      try Terminal.print(json: StatusJSON(status, active.zone))
    } else {
      print(status, active.zone)
    }
    if !status.problems.isEmpty { throw Failure(.somethingWrong) }
  }

  private func print(_ status: Status, _ zone: Zone) {
    Terminal.print("next look at the plan  \(zone.iso8601(status.nextPass))")
    Terminal.print(
      "last digest            \(status.lastDigest?.description ?? (status.ledgers.isEmpty ? "not known" : "none yet"))"
    )
    let counts = EntryState.allCases.compactMap { state in
      status.backlog.counts[state].map { "\($0) \(state.rawValue)" }
    }
    Terminal.print("outbox                 \(counts.isEmpty ? "empty" : counts.joined(separator: ", "))")
    if let next = status.backlog.nextAttempt {
      Terminal.print("next attempt           \(zone.iso8601(next))")
    }
    if let oldest = status.backlog.oldest {
      Terminal.print("oldest that waits      \(zone.iso8601(oldest))")
    }
    if let relay = status.relay {
      let state = relay.isStopped ? "stopped" : "paused"
      Terminal.print("relay                  \(state) until \(zone.iso8601(relay.until)): \(relay.reason)")
    }
    if let error = status.lastError {
      Terminal.print(
        "last error             \(zone.iso8601(error.at)), entry \(error.entry): \(error.answer)")
    }
    for host in status.hosts {
      let words = host.plans ? "runs, plans" : host.runs ? "runs" : "no sign"
      Terminal.print("host                   \(host.name): \(words), last sign \(host.age) s ago")
    }
    if let look = status.lastInboxLook { Terminal.print("mailbox read           \(zone.iso8601(look))") }
    if status.openProposals > 0 {
      Terminal.print("answers                \(status.openProposals) wait for a decision: `duban inbox`")
    }
    for note in status.notes { Terminal.print("noted                  \(CleanText.visible(note))") }
    if let since = status.inForceSince {
      Terminal.print("in force since         \(zone.iso8601(since))")
    }
    for ledger in status.ledgers { Terminal.print("ledger                 \(ledger)") }
    for warning in status.warnings { Terminal.print("warning                \(warning)") }
    for problem in status.problems { Terminal.print("PROBLEM                \(problem)") }
    if status.problems.isEmpty { Terminal.print("all is well") }
  }
}
