import DubanCore
import DubanDaemon
import DubanOutbox

/// The status as `--json` prints it; moments in RFC 3339 form on the configuration's clock.
struct StatusJSON: Encodable {
  let healthy: Bool
  let nextPass: String
  let lastDigest: CivilDate?
  let backlog: [String: Int]
  let oldest, nextAttempt: String?
  let inForceSince: String?
  let relay: Relay?
  let lastError: LastError?
  let ledgers, problems, warnings: [String]

  /// What keeps mail from the relay.
  struct Relay: Encodable {
    let state, until, reason: String
  }

  /// What went wrong with a mail that hasn't gone out since.
  struct LastError: Encodable {
    let entry: Int64
    let at, answer: String
  }

  init(_ status: Status, _ zone: Zone) {
    healthy = status.problems.isEmpty
    nextPass = zone.iso8601(status.nextPass)
    lastDigest = status.lastDigest
    backlog = Dictionary(uniqueKeysWithValues: status.backlog.counts.map { ($0.key.rawValue, $0.value) })
    oldest = status.backlog.oldest.map(zone.iso8601)
    nextAttempt = status.backlog.nextAttempt.map(zone.iso8601)
    inForceSince = status.inForceSince.map(zone.iso8601)
    relay = status.relay.map {
      Relay(state: $0.isStopped ? "stopped" : "paused", until: zone.iso8601($0.until), reason: $0.reason)
    }
    lastError = status.lastError.map {
      LastError(entry: $0.entry, at: zone.iso8601($0.at), answer: $0.answer)
    }
    ledgers = status.ledgers
    problems = status.problems
    warnings = status.warnings
  }
}
