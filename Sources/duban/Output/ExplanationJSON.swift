import DubanCore

/// An answer of `explain` as `--json` prints it.
struct ExplanationJSON: Encodable {
  let on: CivilDate
  let plan, item, kind, person, unit: String
  let due: CivilDate?
  let sends: Bool
  let stage: String?
  let reason: String
  let route: String

  init(_ explanation: Explanation, on day: CivilDate) {
    on = day
    plan = explanation.item.plan
    item = explanation.item.id
    kind = explanation.item.kind.rawValue
    person = explanation.recipient.person
    unit = explanation.recipient.unit
    due = explanation.due
    route = explanation.route.description
    switch explanation.result {
    case .remind(let reminder):
      (sends, stage, reason) = (true, reminder.stage.name, reminder.reason.description)
    case .silent(let silence): (sends, stage, reason) = (false, nil, silence.description)
    }
  }
  init(_ digest: DigestExplanation, on day: CivilDate) {
    on = day
    (plan, item, kind) = ("", "", "digest")
    person = digest.contact.person
    unit = digest.contact.unit
    (due, stage) = (nil, nil)
    sends = digest.sends
    reason = digest.description
    route = Route.digest(.isContact).description
  }
}
