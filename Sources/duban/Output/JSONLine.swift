import DubanCore
import DubanDaemon
import DubanOutbox
import Foundation

/// JSON as the commands print it.
enum JSONLine {
  /// One line, keys sorted, slashes as they are.
  static func line(_ value: some Encodable) throws -> String { try encode(value, pretty: false) }

  /// A document for people and programs: indented, keys sorted.
  static func document(_ value: some Encodable) throws -> String { try encode(value, pretty: true) }

  private static func encode(_ value: some Encodable, pretty: Bool) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    if pretty { encoder.outputFormatting.insert(.prettyPrinted) }
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }
}

/// A line of the agenda as `--json` prints it.
struct AgendaJSON: Encodable {
  struct Person: Encodable {
    let person, unit: String
  }

  let plan, item, kind, title, area: String
  let due: CivilDate?
  let days: Int?
  let light, lightName: String
  let owners: [Person]
  let silent: String?

  init(_ item: AgendaItem, _ lights: LightScheme) {
    plan = item.item.plan
    self.item = item.item.id
    kind = item.item.kind.rawValue
    title = item.title
    area = item.area
    due = item.due
    days = item.daysLeft
    light = item.light.rawValue
    lightName = lights.look(item.light).name
    owners = item.owners.map { Person(person: $0.person, unit: $0.unit) }
    silent = item.noReminder?.description
  }
}

/// A person's decision as `--json` prints it; the moment in RFC 3339 form on the configuration's clock.
struct DecisionJSON: Encodable {
  let at, decision, plan, item, unit, former, by, why, evidence: String
  let date, until: CivilDate?

  init(_ decision: Decision, _ zone: Zone) {
    at = zone.iso8601(decision.at)
    self.decision = decision.kind.rawValue
    plan = decision.plan
    item = decision.item
    unit = decision.person
    (former, evidence) = (decision.former, decision.evidence)
    by = decision.by
    why = decision.why
    date = decision.occurrence
    until = decision.until
  }

  /// What was refused, or only seen to.
  init(_ proposal: Proposal, _ zone: Zone) {
    at = proposal.decidedAt.map { zone.iso8601($0) } ?? ""
    decision = proposal.state == .rejected ? "rejected" : "seen"
    (plan, item, unit) = (proposal.plan, proposal.item, proposal.unit)
    (former, evidence) = ("", proposal.messageID)
    by = proposal.decidedBy ?? ""
    why = "\(proposal.id): \(proposal.kind.rawValue)"
    (date, until) = (proposal.due, proposal.until)
  }
}

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
    route = MailRoute.digest(.isContact).description
  }
}

/// A planned mail as `duban plan --json` prints it: one object, days as `2022-12-31`.
struct MailJSON: Encodable {
  struct To: Encodable {
    let person, unit, email: String
  }

  struct Line: Encodable {
    let item, kind: String
    let due: CivilDate
    let stage: String
    /// Days to the date, or days overdue.
    let days: Int
    let reason, person, unit: String
  }

  let on: CivilDate
  let at: String
  let to: To
  let subject: String
  let reminders: [Line]

  init(_ mail: PlannedMail, sendAt: CivilTime, subject: String) {
    on = mail.on
    at = sendAt.description
    to = To(person: mail.recipient.person, unit: mail.recipient.unit, email: mail.address)
    self.subject = subject
    reminders = mail.reminders.map { reminder in
      Line(
        item: reminder.occurrence.item.id, kind: reminder.occurrence.item.kind.rawValue,
        due: reminder.occurrence.due, stage: reminder.stage.name, days: abs(reminder.daysLeft),
        reason: reminder.reason.description, person: reminder.recipient.person, unit: reminder.recipient.unit)
    }
  }
}

/// The status as `--json` prints it; moments in RFC 3339 form on the configuration's clock.
struct StatusJSON: Encodable {
  let healthy: Bool
  let nextPass: String
  let lastDigest: CivilDate?
  let backlog: [String: Int]
  let oldest, nextAttempt: String?
  let inForceSince, lastInboxLook: String?
  let hosts: [HostStatus]?
  let openProposals: Int
  let relay: RelayStatus?
  let lastError: LastError?
  let ledgers, problems, warnings, notes: [String]

  struct HostStatus: Encodable {
    let name: String
    let runs, plans: Bool
    let lastSignSeconds: Int64
  }

  struct RelayStatus: Encodable {
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
    lastInboxLook = status.lastInboxLook.map(zone.iso8601)
    openProposals = status.openProposals
    relay = status.relay.map {
      RelayStatus(
        state: $0.isStopped ? "stopped" : "paused", until: zone.iso8601($0.until), reason: $0.reason)
    }
    lastError = status.lastError.map {
      LastError(entry: $0.entry, at: zone.iso8601($0.at), answer: $0.answer)
    }
    hosts =
      status.hosts.isEmpty
      ? nil
      : status.hosts.map {
        HostStatus(name: $0.name, runs: $0.runs, plans: $0.plans, lastSignSeconds: $0.age)
      }
    ledgers = status.ledgers
    problems = status.problems
    warnings = status.warnings
    notes = status.notes
  }
}
