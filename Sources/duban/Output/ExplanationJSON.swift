import DubanCore

/// An answer of `explain` as `--json` prints it.
struct ExplanationJSON: Encodable {
  let on: CivilDate
  let plan, item, kind, person, unit: String
  let due: CivilDate?
  let sends: Bool
  let stage: String?
  let reason: String

  init(_ explanation: Explanation, on day: CivilDate) {
    on = day
    plan = explanation.item.plan
    item = explanation.item.id
    kind = explanation.item.kind.rawValue
    person = explanation.owner.person
    unit = explanation.owner.unit
    due = explanation.due
    switch explanation.judgement {
    case .remind(let reminder):
      (sends, stage, reason) = (true, reminder.stage.name, reminder.reason.description)
    case .silent(let silence): (sends, stage, reason) = (false, nil, silence.description)
    }
  }
}
