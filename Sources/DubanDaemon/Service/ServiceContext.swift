import DubanCore
public import DubanOutbox

/// What everything that the service does is given.
public struct ServiceContext: Sendable {
  /// The state.
  public let outbox: Outbox
  /// What everything takes the time from: the machine's, the database's, or `--now`.
  public let clock: Clock
  /// Where events go: systemd's journal, or standard error.
  public let journal: Journal
  /// This process among the hosts that share the state.
  public let host: Host
  /// The database's clock, which ``clock`` goes by; nil where it goes by the machine's.
  let databaseClock: DatabaseClock?

  package init(
    outbox: Outbox, clock: Clock, journal: Journal, host: Host, databaseClock: DatabaseClock? = nil
  ) {
    (self.outbox, self.clock, self.journal) = (outbox, clock, journal)
    (self.host, self.databaseClock) = (host, databaseClock)
  }

  /// A context of the only host; of several, one that leaves the planning to the service.
  public init(outbox: Outbox, clock: Clock, journal: Journal) throws(OutboxError) {
    let host = try Host(outbox)
    if !outbox.isShared { try host.renew() }
    self.init(outbox: outbox, clock: clock, journal: journal, host: host)
  }

  /// Looks at the plan of what is in force, queues what is due, and says in the state and the journal what came of it. On
  /// a host that doesn't plan nothing happens.
  public func lookAtPlan(_ reloader: Reloader) throws(OutboxError) -> PlanningResult {
    guard let outbox = host.planner else {
      return PlanningResult(day: reloader.active.zone.day(of: clock.now()))
    }
    try reloader.register(in: outbox)
    let active = reloader.active
    try BadAddresses.forgetUnused(active, outbox)
    let now = clock.now()
    let run = PlanningRun(active, outbox, refusal: reloader.refusal, losses: reloader.losses)
    let result = try run.run(at: now)
    try ServiceRecord(outbox: outbox).looked(
      .init(at: now, next: NextRun.after(now, active), failures: result.failures.count))
    let redactor = Redactor(active.ledgers)
    for failure in result.failures { journal.note(.failed, .error, redactor.ofFile(failure)) }
    if !result.queued.isEmpty {
      journal.note(
        .queued, .info, "queued \(result.queued.count.counted("mail")) for \(result.day)",
        fields: ["DUBAN_DAY": result.day.description, "DUBAN_COUNT": String(result.queued.count)])
    }
    return result
  }

  /// A look into each mailbox, each of which may run beside everything else.
  public func looks(_ active: ActiveConfiguration) -> [InboxLook] {
    active.configuration.inboxes.map { InboxLook($0.mailbox, active, outbox, clock: clock, host: host) }
  }

  /// Tells the journal what a look came to: no address and no name.
  public func note(_ outcome: InboxLook.Summary, _ active: ActiveConfiguration) {
    if let failure = outcome.failure {
      let words = Redactor(active.ledgers).ofFile(failure)
      journal.note(.inbox, .warning, "a mailbox can't be read: \(words)")
    }
    for refusal in outcome.refusals {
      let words = Redactor(active.ledgers).ofFile(refusal)
      journal.note(.inbox, .error, "a message can't be recorded, and is left to a person: \(words)")
    }
    if let failure = outcome.ledgerFailure {
      journal.note(.inbox, .error, "a ledger that came by mail can't be put in its file: \(failure)")
    }
    guard outcome.messages > 0 else { return }
    journal.note(
      .inbox, .info, "read \(outcome.messages) messages of a mailbox; \(outcome.effects) led to something",
      fields: ["DUBAN_COUNT": String(outcome.messages)])
  }
}

/// When the plan is looked at next.
enum NextRun {
  /// Today's send time while it is ahead, or that of the next day on which mail goes out.
  static func after(_ now: Timestamp, _ active: ActiveConfiguration) -> Timestamp {
    let (zone, sendAt) = (active.zone, active.configuration.policy.sendAt)
    let today = zone.day(of: now)
    let first = zone.moment(today, sendAt) > now ? today : today.adding(days: 1)
    let planner = Planner(ledgers: [], policy: active.configuration.policy, calendar: active.calendar)
    return zone.moment(planner.nextOpenDay(onOrAfter: first), sendAt)
  }
}

/// The marks of addresses that were refused for good.
enum BadAddresses {
  /// Forgets the marks of addresses that nothing in force names any more: the ledger was corrected, and the
  /// address would be given another chance if it came back.
  static func forgetUnused(_ active: ActiveConfiguration, _ outbox: Outbox) throws(OutboxError) {
    let used = addresses(active)
    for bad in try outbox.badRecipients() where !used.contains(bad.address.lowercased()) {
      _ = try outbox.clearBadRecipient(bad.address)
    }
  }

  /// Every address that mail may go to, in lower case.
  private static func addresses(_ active: ActiveConfiguration) -> Set<String> {
    var addresses = active.ledgers.map(\.plan.contact.email)
    for owner in active.ledgers.flatMap(\.owners) {
      addresses += owner.copies
      if let email = owner.email { addresses.append(email) }
    }
    addresses += active.configuration.policy.overrides.flatMap(\.copies)
    if let address = active.configuration.delivery.redirectAllTo { addresses.append(address) }
    return Set(addresses.map { $0.lowercased() })
  }
}
