import DubanCore
import DubanDaemon
import DubanOutbox

/// A person's decision as `--json` prints it; the moment in RFC 3339 form on the configuration's clock.
struct DecisionJSON: Encodable {
  let at, decision, plan, item, unit, by, why: String
  let date, until: CivilDate?

  init(_ decision: Decision, _ zone: Zone) {
    at = zone.iso8601(decision.at)
    self.decision = decision.kind.rawValue
    plan = decision.plan
    item = decision.item
    unit = decision.person
    by = decision.by
    why = decision.why
    date = decision.occurrence
    until = decision.until
  }
}
