import DubanCore
import DubanCourier
import DubanMail
public import DubanOutbox

/// Puts a delivery together as the configuration says: where to, how fast, and what an answer means.
public struct DeliveryFactory {
  private let active: ActiveConfiguration
  private let context: ServiceContext
  private let namesRecipients: Bool
  private var outbox: Outbox { context.outbox }

  /// A factory by what is in force.
  ///
  /// - Parameter namesRecipients: whether the journal names the recipients instead of hashing them.
  public init(active: ActiveConfiguration, _ context: ServiceContext, namesRecipients: Bool = false) {
    self.active = active
    self.context = context
    self.namesRecipients = namesRecipients
  }

  /// A delivery, to be used from one thread at a time; `earlier` is the one that it replaces.
  public func make(after earlier: DeliveryLoop? = nil) throws(OutboxError) -> DeliveryLoop {
    if let sender = active.configuration.sender,
      let mail = try? Sender(name: sender.name, address: sender.address)
    {
      // What was refused because of the sender goes out as the configuration now has it.
      _ = try outbox.adoptSender(sender.address) { Message.bytes($0, from: mail) }
    }
    let rules = DeliveryLoop.Rules(
      pace: pace, judge: judge,
      expiry: { [clock = context.clock] claim in
        Robot.kind(ofRecipient: claim.recipient).flatMap {
          RobotPolicy.postponement(of: $0, attempts: claim.attempt, now: clock.now())
        } ?? RetryPolicy.expiry(queuedAt: claim.queuedAt, lostAttemptAt: claim.lostAttemptAt)
      },
      clock: { [clock = context.clock] in clock.now() }, recorded: try recorded())
    let owner = try ProcessIdentity.current()
    let terms = outbox.isShared ? LeasePolicy.shared(owner) : LeasePolicy(owner: owner)
    let (settings, clock) = (active.configuration.delivery, context.clock)
    let relay = active.configuration.relay?.relay
    let robots = settings.redirectAllTo == nil ? active.configuration.robots.robots : []
    return DeliveryLoop(outbox: outbox, terms: terms, rules: rules, after: earlier) {
      switch (settings.mode, relay) {
      case (.maildir(let directory), _):
        RobotCourier(MaildirCourier(directory: directory), robots: robots) { clock.now() }
      case (.smtp, let relay?): RobotCourier(SMTPCourier(relay), robots: robots) { clock.now() }
      case (.smtp, nil): preconditionFailure("the configuration's reader requires a relay for mode smtp")
      }
    }
  }

  private var pace: DeliveryPace {
    let settings = active.configuration.delivery
    var pace = DeliveryPace { [zone = active.zone] moment in
      let today = zone.day(of: moment)
      return (zone.moment(today, .midnight), zone.moment(today.adding(days: 1), .midnight))
    }
    pace.connections = settings.connections
    if case .smtp = settings.mode {
      pace.perConnection = settings.perConnection
      pace.perMinute = settings.perMinute
      pace.perDay = settings.perDay
    }
    return pace
  }

  /// What an answer means: a relay's by one policy, a group's server's by the other.
  private var judge: @Sendable (AttemptResult, Claim, Timestamp) -> DeliveryVerdict {
    { [zone = active.zone] outcome, claim, now in
      if let kind = Robot.kind(ofRecipient: claim.recipient) {
        return RobotPolicy.verdict(
          on: outcome, of: kind, attempts: claim.attempt, queuedAt: claim.queuedAt, now: now)
      }
      return RetryPolicy.verdict(
        on: outcome, to: claim.recipient, attempts: claim.attempt, queuedAt: claim.queuedAt, now: now,
        // What was taken waits for nothing, and randomness is a call of the system.
        jitter: outcome.result == .accepted ? 0 : Double.random(in: 0..<1),
        utcOffset: zone.utcOffset(at: now))
    }
  }

  /// What the journal hears of attempts.
  private func recorded() throws(OutboxError) -> @Sendable ([FinishedClaim]) -> Void {
    let (redactor, recipientField) = (Redactor(active.ledgers), try recipientField())
    return { [zone = active.zone, journal = context.journal] finished in
      for one in finished {
        let answer = redactor.of(one.verdict.answer, about: one.claim.recipient)
        var event = Self.event(one, answer, zone)
        let (field, recipient) = recipientField(one.claim.recipient)
        event.fields[field] = recipient
        if !one.claim.items.isEmpty {
          event.fields["DUBAN_ITEMS"] = one.claim.items.joined(separator: " ")
        }
        journal.note(event)
      }
    }
  }

  /// The journal's field for a recipient: a hash with the installation's own salt, or the address where that was
  /// asked for.
  private func recipientField() throws(OutboxError) -> @Sendable (String) -> (name: String, value: String) {
    guard !namesRecipients else { return { ("DUBAN_RECIPIENT", $0) } }
    let key = "journal/salt"
    _ = try outbox.rememberOnce(
      key, String(UInt64.random(in: 0 ... .max), radix: 16), at: context.clock.now())
    let salt = try outbox.fact(key)?.value ?? ""
    return { ("DUBAN_RECIPIENT_HASH", Pseudonym.of($0, salt: salt)) }
  }

  /// What the journal is told of an attempt: no address and no name, which the entry's number leads to.
  private static func event(_ finished: FinishedClaim, _ answer: String, _ zone: Zone) -> JournalEvent {
    let (claim, verdict) = (finished.claim, finished.verdict)
    let fields = [
      "DUBAN_ENTRY": String(claim.entry), "DUBAN_ATTEMPT": String(claim.attempt),
      "DUBAN_ANSWER": answer,
    ]
    let name = "entry \(claim.entry), attempt \(claim.attempt)"
    switch verdict.entry {
    case .sent: return JournalEvent(.sent, .info, "\(name): sent: \(answer)", fields: fields)
    case .retry(let moment):
      return JournalEvent(
        .deferred, .warning, "\(name): not before \(zone.iso8601(moment)): \(answer)", fields: fields)
    case .giveUp: return JournalEvent(.failed, .error, "\(name): given up: \(answer)", fields: fields)
    }
  }
}
