public import DubanCore
public import DubanOutbox

/// How the service stands, worked out from its files: true also when it isn't running.
public struct Status: Sendable {
  /// When the plan is looked at next.
  public var nextPass: Timestamp
  /// The day of the contact's last scheduled digest; with several contacts, the oldest of theirs.
  public var lastDigest: CivilDate?
  /// What waits.
  public var backlog: Backlog
  /// The ledgers, one line each.
  public var ledgers: [String]
  /// What needs a person; empty when all is well.
  public var problems: [String]
  /// What is worth a look and stops nothing: the warnings of the files in force.
  public var warnings: [String]

  /// Two weekly digests missed and a holiday week between: something is wrong for sure.
  static let digestOverdueDays = 16

  /// The status at a moment.
  public init(_ inForce: InForce, _ outbox: Outbox, now: Timestamp) throws(OutboxError) {
    let zone = inForce.zone
    let today = zone.day(of: now)
    nextPass = NextPass.after(now, inForce)
    backlog = try outbox.backlog()
    ledgers = inForce.ledgers.map {
      "\($0.plan.title): \($0.areas.count) areas, \($0.measures.count) measures, \($0.owners.count) owners"
    }
    problems = []
    warnings = []
    let lastMails = try outbox.lastMailDays(kinds: [MailKind.scheduled])
    let contacts = inForce.ledgers.map(\.plan.contact)
    let digests = contacts.map { contact in
      lastMails.first { $0.person == contact.person && $0.unit == contact.unit }?.day
    }
    lastDigest = digests.contains(nil) ? nil : digests.compactMap { $0 }.min()
    if let lastDigest, today.days(since: lastDigest) > Self.digestOverdueDays {
      problems.append("the contact's last digest was on \(lastDigest): is the service running?")
    }
    if let relay = try outbox.relayState(), let until = relay.closedUntil(now) {
      problems.append("nothing goes to the relay before \(zone.iso8601(until)): \(relay.reason)")
    }
    problems += try Self.undelivered(outbox, contacts)
    if let oldest = backlog.oldest, now.seconds - oldest.seconds > 86_400 {
      problems.append("the oldest mail has waited since \(zone.iso8601(oldest))")
    }
    warnings += inForce.warnings.map(\.description)
  }

  /// A failed mail to the contact is the worst: nobody else would hear of it.
  private static func undelivered(_ outbox: Outbox, _ contacts: [Contact]) throws(OutboxError) -> [String] {
    var filter = EntryFilter()
    filter.states = [.failed]
    return try outbox.entries(filter).filter { !$0.dropped }.map { entry in
      let isContact = contacts.contains { $0.email == entry.recipient }
      return "entry \(entry.id) of \(entry.day) was given up\(isContact ? ", to the contact itself" : ""): "
        + (entry.answer ?? "no answer")
    }
  }
}
