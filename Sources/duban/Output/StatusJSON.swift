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
  let ledgers, problems, warnings: [String]

  init(_ status: Status, _ zone: Zone) {
    healthy = status.problems.isEmpty
    nextPass = zone.iso8601(status.nextPass)
    lastDigest = status.lastDigest
    backlog = Dictionary(uniqueKeysWithValues: status.backlog.counts.map { ($0.key.rawValue, $0.value) })
    oldest = status.backlog.oldest.map(zone.iso8601)
    nextAttempt = status.backlog.nextAttempt.map(zone.iso8601)
    ledgers = status.ledgers
    problems = status.problems
    warnings = status.warnings
  }
}
