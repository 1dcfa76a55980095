import DubanCore
import DubanDaemon
import DubanOutbox

/// An entry of the outbox as `--json` prints it; moments in RFC 3339 form on the configuration's clock.
struct EntryJSON: Encodable {
  struct Line: Encodable {
    let plan, kind, item: String
    let due: CivilDate
    let stage, person, unit, reason: String
  }

  struct AttemptJSON: Encodable {
    let number: Int
    let startedAt: String
    let endedAt, outcome, answer: String?
    let code: Int?
    let duplicatePossible: Bool
  }

  let id: Int64
  let kind, state, person, unit, recipient, subject, messageID: String
  let day: CivilDate
  let queuedAt: String
  let attempts: Int
  let nextAttempt, endedAt, answer: String?
  let code: Int?
  let duplicatePossible, dropped: Bool
  var reminders: [Line]?
  var log: [AttemptJSON]?

  init(_ entry: Entry, _ zone: Zone) {
    id = entry.id
    kind = entry.kind
    state = entry.state.rawValue
    person = entry.person
    unit = entry.unit
    recipient = entry.recipient
    subject = entry.subject
    messageID = entry.messageID
    day = entry.day
    queuedAt = zone.iso8601(entry.queuedAt)
    attempts = entry.attempts
    nextAttempt = entry.nextAttempt.map(zone.iso8601)
    endedAt = entry.endedAt.map(zone.iso8601)
    answer = entry.answer
    code = entry.code
    duplicatePossible = entry.possiblyDelivered
    dropped = entry.dropped
  }

  init(_ details: EntryDetails, _ zone: Zone) {
    self.init(details.entry, zone)
    reminders = details.reminders.map {
      Line(
        plan: $0.plan, kind: $0.kind, item: $0.item, due: $0.due, stage: $0.stage, person: $0.person,
        unit: $0.unit,
        reason: $0.reason)
    }
    log = details.attempts.map {
      AttemptJSON(
        number: $0.number, startedAt: zone.iso8601($0.startedAt), endedAt: $0.endedAt.map(zone.iso8601),
        outcome: $0.outcome?.rawValue, answer: $0.answer, code: $0.code,
        duplicatePossible: $0.possiblyDelivered)
    }
  }
}
