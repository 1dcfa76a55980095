public import DubanCore
public import DubanMail
public import DubanOutbox

/// Digests that a person asks for, whatever the schedule says.
public struct ManualDigest {
  /// Whom they are for.
  public enum Audience: Sendable, Hashable {
    case contact
    /// Every owner with something open.
    case owners
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
  private let outbox: Outbox?
  private let issuesLinks: Bool

  /// Digests of what is in force, by what the state knows.
  ///
  /// - Parameters:
  ///   - outbox: the state; nil: there is none yet.
  ///   - issuesLinks: whether links are made for what is to be decided, which the state keeps.
  public init(
    _ active: ActiveConfiguration, _ outbox: Outbox?, issuesLinks: Bool
  ) throws(OutboxError) {
    (self.active, self.outbox, self.issuesLinks) = (active, outbox, issuesLinks)
    planner = active.planner(
      try outbox.map { (outbox) throws(OutboxError) in try DecisionReader.read(outbox) } ?? Decisions())
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
      var notices: [Notice] = []
      if let outbox {
        let links = issuesLinks ? try InboxNotices.issueLinks(active, outbox, at: now) : [:]
        notices = try active.notices(in: mail, outbox, links: links, at: now)
      }
      let messages = try active.composer().compose(
        mail, overview: planner.overview(for: mail), notices: notices, at: now,
        utcOffset: active.zone.utcOffset(at: now), occasion: .byHand)
      made.entries += EntryFactory.entries(
        messages, of: mail, key: EntryKey.byHand(now, mail.recipient), kind: MailKind.byHand, at: now)
    }
  }

  private func owners(_ owners: [Owner], at now: Timestamp, _ made: inout Made) throws {
    let day = active.zone.day(of: now)
    let overview = planner.overview(on: day)
    let composer = try active.composer(after: outbox, at: now)
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

extension ActiveConfiguration {
  /// What the next mails tell besides the reminders: today's before the send time, then those of the next day on which
  /// the office works. nil where there is nothing.
  public func news(
    _ outbox: Outbox, _ planner: Planner, at now: Timestamp
  ) throws(OutboxError) -> DayNews? {
    let today = zone.day(of: now)
    let isAhead = zone.time(of: now) <= configuration.policy.sendAt
    let day = planner.nextOpenDay(onOrAfter: isAhead ? today : today.adding(days: 1))
    let changes = try LedgerChanges.pending(planner, outbox)
    let notices =
      try Notices.pending(self, outbox, now: now) + changes.flatMap(\.notices)
    let fresh = notices.filter(\.isNew)
    let plans = ledgers.map(\.plan.key)
    let news = DayNews(
      day: day, noticesFor: Set(fresh.flatMap { $0.plan.map { [$0] } ?? plans }),
      notes: changes.flatMap(\.notes) + (try DoneNotes.pending(planner.ledgers, outbox)).flatMap(\.notes))
    return news.noticesFor.isEmpty && news.notes.isEmpty ? nil : news
  }

  /// What a digest tells its contact at that moment besides the items: the changes, and what waits for a decision. The
  /// next one tells it too.
  ///
  /// - Parameter links: the secrets of links, by proposal; without them there are no links.
  public func notices(
    in mail: PlannedMail, _ outbox: Outbox, links: [Int64: String] = [:], at now: Timestamp
  ) throws(OutboxError) -> [Notice] {
    let pending = try Notices.pending(self, outbox, links: links, now: now)
    let changes = try LedgerChanges.pending(planner(DecisionReader.read(outbox)), outbox)
    return Notices.shortened(pending + changes.flatMap(\.notices)).filter { $0.concerns(mail) }.map(\.notice)
  }
}
