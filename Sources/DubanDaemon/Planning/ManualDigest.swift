public import DubanCore
import DubanMail
public import DubanOutbox

/// Digests that somebody asks for, whatever the schedule says.
public struct ManualDigest {
  /// Whom they are for.
  public enum Audience: Sendable, Hashable {
    /// The contact of each plan.
    case contact
    /// Every owner with something open.
    case owners
    /// Everyone of that name.
    case named(String)
  }

  /// What was made.
  public struct Made: Sendable {
    /// Ready for the outbox.
    public var entries: [NewEntry] = []
    /// Who has no address.
    public var withoutAddress: [Recipient] = []
    /// Who has nothing open.
    public var withoutItems: [Recipient] = []
    /// Whether nobody of that name exists.
    public var isUnknown = false
  }

  private let active: ActiveConfiguration
  private let planner: Planner

  /// Digests of what is in force, with what people decided.
  public init(_ active: ActiveConfiguration, _ decisions: Decisions) {
    self.active = active
    planner = active.planner(decisions)
  }

  /// The mails for an audience, as of a moment.
  public func make(for audience: Audience, at now: Timestamp) throws -> Made {
    var made = Made()
    switch audience {
    case .contact: try contacts(at: now, &made)
    case .owners: try owners(active.ledgers.flatMap(\.owners), at: now, &made)
    case .named(let name):
      let named = active.ledgers.flatMap(\.owners).filter { $0.person == name }
      made.isUnknown = named.isEmpty
      try owners(named, at: now, &made)
    }
    return made
  }

  private func contacts(at now: Timestamp, _ made: inout Made) throws {
    let day = active.zone.day(of: now)
    var plans: [String: [Plan]] = [:]
    for ledger in active.ledgers {
      plans[ledger.plan.contact.email.lowercased(), default: []].append(ledger.plan)
    }
    for group in plans.values.sorted(by: { $0[0].contact.email < $1[0].contact.email }) {
      let contact = group[0].contact
      let mail = PlannedMail(
        on: day, kind: .digest(plans: group.map(\.key), isWeekly: false), recipient: contact.recipient,
        address: contact.email, reminders: [])
      let messages = try active.composer().compose(
        mail, overview: planner.overview(for: mail), at: now, utcOffset: active.zone.utcOffset(at: now),
        occasion: .byHand)
      made.entries += EntryFactory.entries(
        messages, of: mail, key: EntryKey.byHand(now, mail.recipient), kind: MailKind.byHand, at: now)
    }
  }

  private func owners(_ owners: [Owner], at now: Timestamp, _ made: inout Made) throws {
    let day = active.zone.day(of: now)
    let overview = planner.overview(on: day)
    let composer = try active.composer()
    var seen: Set<Recipient> = []
    for owner in owners where seen.insert(owner.recipient).inserted {
      guard let email = owner.email else {
        made.withoutAddress.append(owner.recipient)
        continue
      }
      let messages = try composer.composeOpenItems(
        of: owner, overview: overview, at: now, utcOffset: active.zone.utcOffset(at: now))
      guard !messages.isEmpty else {
        made.withoutItems.append(owner.recipient)
        continue
      }
      let mail = PlannedMail(
        on: day, kind: .reminders, recipient: owner.recipient, address: email, reminders: [])
      made.entries += EntryFactory.entries(
        messages, of: mail, key: EntryKey.byHand(now, owner.recipient), kind: MailKind.byHand, at: now)
    }
  }
}
