public import DubanCore
import DubanMail
public import DubanOutbox

/// Digests that somebody asks for, whatever the schedule says.
public struct Digests {
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

  private let inForce: InForce
  private let planner: Planner

  /// Digests of what is in force, with what people decided.
  public init(_ inForce: InForce, _ decisions: Decisions) {
    self.inForce = inForce
    planner = inForce.planner(decisions)
  }

  /// The mails for an audience, as of a moment.
  public func make(for audience: Audience, at now: Timestamp) throws -> Made {
    var made = Made()
    switch audience {
    case .contact: try contacts(at: now, &made)
    case .owners: try owners(inForce.ledgers.flatMap(\.owners), at: now, &made)
    case .named(let name):
      let named = inForce.ledgers.flatMap(\.owners).filter { $0.person == name }
      made.isUnknown = named.isEmpty
      try owners(named, at: now, &made)
    }
    return made
  }

  private func contacts(at now: Timestamp, _ made: inout Made) throws {
    let day = inForce.zone.day(of: now)
    var plans: [String: [Plan]] = [:]
    for ledger in inForce.ledgers {
      plans[ledger.plan.contact.email.lowercased(), default: []].append(ledger.plan)
    }
    for group in plans.values.sorted(by: { $0[0].contact.email < $1[0].contact.email }) {
      let contact = group[0].contact
      let mail = PlannedMail(
        on: day, kind: .digest(plans: group.map(\.key), isWeekly: false), recipient: contact.recipient,
        address: contact.email, reminders: [])
      let messages = try inForce.composer().compose(
        mail, overview: planner.overview(for: mail), at: now, utcOffset: inForce.zone.utcOffset(at: now),
        occasion: .byHand)
      made.entries += EntryMaker.entries(
        messages, of: mail, key: EntryKey.byHand(now, mail.recipient), kind: MailKind.byHand, at: now)
    }
  }

  private func owners(_ owners: [Owner], at now: Timestamp, _ made: inout Made) throws {
    let day = inForce.zone.day(of: now)
    let overview = planner.overview(on: day)
    let composer = try inForce.composer()
    var seen: Set<Recipient> = []
    for owner in owners where seen.insert(owner.recipient).inserted {
      guard let email = owner.email else {
        made.withoutAddress.append(owner.recipient)
        continue
      }
      let messages = try composer.composeOpenItems(
        of: owner, overview: overview, at: now, utcOffset: inForce.zone.utcOffset(at: now))
      guard !messages.isEmpty else {
        made.withoutItems.append(owner.recipient)
        continue
      }
      let mail = PlannedMail(
        on: day, kind: .reminders, recipient: owner.recipient, address: email, reminders: [])
      made.entries += EntryMaker.entries(
        messages, of: mail, key: EntryKey.byHand(now, owner.recipient), kind: MailKind.byHand, at: now)
    }
  }
}
