public import DubanCore
import DubanMail
import DubanOutbox

/// What a look at the plan did.
public struct PlanningResult: Sendable, Equatable {
  /// The day it was for.
  public var day: CivilDate
  /// The numbers of the entries queued now.
  public var queued: [Int64] = []
  /// What couldn't be composed, and why: a fault of a name or an address that no reader caught.
  public var failures: [String] = []
  /// Whether the contact's digest is among the entries.
  public var hasDigest = false
}

/// What is known on a day before anything is planned.
struct KnownToday {
  let day: CivilDate
  let now: Timestamp
  let planner: Planner
  /// What composes the mails, with what was answered; or why nothing does.
  let composer: Result<Composer, any Error>
  /// What was queued before.
  var history: History
  /// Reminders that another process queued meanwhile.
  var queuedElsewhere: [Reminder] = []
  /// What the contacts have to hear, the changes among it.
  let notices: [PendingNotice]
  let changes: [LedgerChanges]

  /// What owners hear of measures that were marked as done.
  let doneNotes: [OwnerNote]

  /// What else there is to say to owners.
  var notes: [OwnerNote] { changes.flatMap(\.notes) + doneNotes }

  /// The plans whose contacts have something to hear.
  func noticesFor(_ ledgers: [Ledger]) -> Set<String> {
    let plans = ledgers.map(\.plan.key)
    return Set(notices.filter(\.isNew).flatMap { $0.plan.map { [$0] } ?? plans })
  }
}

/// What goes with a group of mails besides their text.
struct Attachments {
  /// The 督办单 for units' heads.
  var slips: [Recipient: AttachedSlips] = [:]
  /// For the week's digest, where the contact gets the ledger.
  var ledger: LedgerFile?
}

extension PlannedMail {
  fileprivate var isWeekly: Bool { if case .digest(_, isWeekly: true) = kind { true } else { false } }
}

/// The steps of a look at the plan.
extension PlanningRun {
  /// What has to be on record before the day's mails: mails of a clock that was ahead are taken back, a new ledger is
  /// kept for its first changes to be compared with, links get their secrets, and what was said of files that have
  /// changed is forgotten. Each is committed by itself, and harmless to do again.
  ///
  /// Returns the planner of the day and the links' secrets by proposal; nil where nothing is due.
  func prepare(at now: Timestamp) throws(OutboxError) -> (planner: Planner, links: [Int64: String]?)? {
    _ = try outbox.dropFromTheFuture(now: now)
    let day = active.zone.day(of: now)
    guard active.zone.time(of: now) >= active.configuration.policy.sendAt else { return nil }
    var decisions = try DecisionReader.read(outbox)
    decisions.firstDay = decisions.firstDay ?? day
    let planner = active.planner(decisions)
    let snapshots = SnapshotStore(outbox: outbox)
    for ledger in planner.ledgers { try snapshots.putFirst(ledger, at: now) }
    guard planner.officeIsOpen(on: day) else { return nil }
    try Notices.forgetOutdated(active, outbox, refusal: refusal, today: day)
    return (planner, try InboxNotices.issueLinks(active, outbox, at: now))
  }

  /// Reads what was queued before, what changed and what is to be said.
  func load(
    _ planner: Planner, _ links: [Int64: String]?, at now: Timestamp
  ) throws(OutboxError) -> KnownToday {
    let day = active.zone.day(of: now)
    let history = try HistoryReader.read(outbox, today: day)
    let changes = LedgerChanges.reportable(
      try LedgerChanges.pending(planner, outbox), on: day, planner, history)
    // Where an owner had today's mail already, owner and contact hear of it tomorrow.
    let done = try DoneNotes.pending(planner.ledgers, outbox)
    let waiting = done.filter { one in
      one.notes.contains { planner.wasMailed($0.owner.recipient, on: day, after: history) }
    }.map(\.key)
    let notices = try Notices.pending(
      active, outbox, refusal: refusal, losses: losses, links: links, now: now
    ).filter { !waiting.contains($0.keys[0]) }
    return KnownToday(
      day: day, now: now, planner: planner,
      composer: Result { try active.composer(after: outbox, at: now) }, history: history,
      notices: Notices.shortened(notices + changes.flatMap(\.notices)), changes: changes,
      // With the contact's digest, or else once more tomorrow.
      doneNotes: done.filter { !waiting.contains($0.key) }.flatMap(\.notes).filter { note in
        planner.contact(ofPlan: note.plan).map {
          !planner.wasMailed($0.recipient, on: day, after: history)
        } ?? false
      })
  }

  /// Reads what was queued before once more; one of the reminders that another process queued may be too old to be read
  /// as history.
  func lookAgain(_ known: inout KnownToday, besides reminders: [Reminder]) throws(OutboxError) {
    known.queuedElsewhere += reminders
    known.history = try HistoryReader.read(outbox, today: known.day)
    for reminder in known.queuedElsewhere {
      known.history.note(reminder.stage, of: reminder.occurrence, to: reminder.recipient, on: known.day)
    }
  }

  /// What goes with these mails: the heads' slips, and the ledger's workbook where the week's digest is among them. A
  /// mail goes without one that can't be made.
  ///
  /// A slip gets its number here, and the workbook its version: where the mail isn't queued after all, the next look of
  /// the day gives the same, and one of another day leaves the number spent. The contact hears of a slip whose mail was
  /// queued.
  func attach(to mails: [PlannedMail], _ known: KnownToday, _ result: inout PlanningResult) -> Attachments {
    var attachments = Attachments()
    // Where no mail can be composed, none needs a number.
    guard case .success = known.composer else { return attachments }
    if active.configuration.papers.attachesSlips {
      let maker = PaperMaker(active, outbox, at: known.now)
      let due = maker.dueSlips(for: mails, known.planner, on: known.day)
      for mail in mails where mail.kind == .reminders {
        do throws(PaperMaker.Failure) {
          attachments.slips[mail.recipient] = try maker.issueSlips(for: mail, of: due)
        } catch {
          result.failures.append(
            "no slip goes with the mail of \(mail.on) to \(mail.recipient.person): \(error)")
        }
      }
    }
    if active.configuration.answers.takesLedger, mails.contains(where: \.isWeekly) {
      do { attachments.ledger = try LedgerByMail(active, outbox).issue(at: known.now) } catch {
        result.failures.append("the ledger can't go out with the week's digest: \(error)")
      }
    }
    return attachments
  }

  /// The entries of these mails and their copies, composed on every core; none for a mail that can't be.
  func compose(
    _ mails: ArraySlice<(mail: PlannedMail, overview: Overview?)>, with attachments: Attachments,
    _ known: KnownToday, _ result: inout PlanningResult
  ) -> [NewEntry] {
    let composer: Composer
    do { composer = try known.composer.get() } catch {
      result.failures.append("no mail can be composed: \(error)")
      return []
    }
    let utcOffset = active.zone.utcOffset(at: known.now)
    let composed = concurrentMap(Array(mails)) { mail, overview in
      let pending = known.notices.filter { $0.concerns(mail) }
      let slips = attachments.slips[mail.recipient] ?? AttachedSlips()
      return Result {
        let shown =
          pending.isEmpty
          ? [] : try composer.included(in: mail, overview: overview, of: pending.map(\.notice))
        // Changes beyond the list are counted in it, and their ledger is the one that the next are compared with.
        let noticed = pending.filter { $0.notice.kind == .change || shown.contains($0.notice) }
        let messages = try composer.compose(
          mail, overview: overview, notices: pending.map(\.notice), at: known.now, utcOffset: utcOffset,
          ledger: mail.isWeekly ? attachments.ledger : nil,
          papers: slips.papers)
        return EntryFactory.entries(
          messages, of: mail, key: EntryKey.scheduled(mail.on, mail.recipient), kind: MailKind.scheduled,
          notices: noticed.flatMap(\.keys),
          facts: snapshots(for: mail, known).merging(slips.facts) { $1 }, at: known.now)
          + (try groupEntries(mail, overview, messages, composer, at: known.now))
      }
    }
    var entries: [NewEntry] = []
    for (one, made) in zip(mails, composed) {
      do { entries += try made.get() } catch {
        result.failures.append(
          "the mail of \(one.mail.on) to \(one.mail.recipient.person) can't be composed: \(error)")
      }
    }
    return entries
  }

  /// What the groups get beside a digest; nothing in a rehearsal.
  private func groupEntries(
    _ mail: PlannedMail, _ overview: Overview?, _ messages: [Message], _ composer: Composer,
    at now: Timestamp
  ) throws -> [NewEntry] {
    let settings = active.configuration.robots
    guard !settings.robots.isEmpty, active.configuration.delivery.redirectAllTo == nil,
      let message = messages.first,
      case .digest = mail.kind
    else { return [] }
    let text = try composer.groupText(of: mail, overview: overview, namesPeople: settings.namesPeople)
    return EntryFactory.groupEntries(
      text, of: mail, beside: message, for: settings.robots, at: now)
  }

  /// Queues mails in one transaction, and returns the reminders because of which some weren't queued: another process
  /// had queued them.
  func enqueue(
    _ entries: [NewEntry], of mails: [PlannedMail], _ known: KnownToday, _ result: inout PlanningResult
  ) throws(OutboxError) -> [Reminder] {
    let answer = try outbox.enqueue(entries)
    result.queued += answer.queued
    let refused = Set(answer.known.map(\.key))
    let digests = Set(
      mails.filter { $0.kind != .reminders }.map { EntryKey.scheduled($0.on, $0.recipient) })
    result.hasDigest =
      result.hasDigest || entries.contains { digests.contains($0.key) && !refused.contains($0.key) }
    return answer.known.flatMap { one -> [Reminder] in
      guard !one.reminders.isEmpty,
        let mail = mails.first(where: { EntryKey.scheduled($0.on, $0.recipient) == one.key })
      else { return [] }
      let reminders = Set(one.reminders)
      return mail.delivered.filter { reminders.contains($0.key) }
    }
  }

  /// The ledgers whose changes a digest tells, as they are now.
  private func snapshots(for mail: PlannedMail, _ known: KnownToday) -> [String: String] {
    guard case .digest(let plans, _) = mail.kind else { return [:] }
    let changed = Set(known.changes.map(\.plan)).intersection(plans)
    return known.planner.ledgers.filter { changed.contains($0.plan.key) }.map(SnapshotStore.facts)
      .reduce(into: [:]) { $0.merge($1) { $1 } }
  }
}

/// A day's mails in the groups in which they are composed and queued, each in one transaction: their bodies need never
/// be held all at once.
///
/// The first group has everything that tells of more than its own reminders: the digests, which say what goes out to
/// others today and what has changed in the ledger, and the mails to those who hand a measure over or take it on. So a
/// crash between two groups leaves a digest that says the whole day's truth, and a change is said to everyone or to
/// nobody. The other mails stand for themselves: the next look at the plan finds which of them are missing.
struct MailGroups: Sequence {
  /// How many mails a group has: a commit that is cheap beside composing them, and still soon over for a delivery that
  /// wants the outbox meanwhile.
  static let usualSize = 64

  /// A mail with the picture of the day that it shows, where it is a digest.
  typealias Element = ArraySlice<(mail: PlannedMail, overview: Overview?)>

  /// All mails, group after group.
  private let mails: [(mail: PlannedMail, overview: Overview?)]
  /// The place of each group among them.
  private let groups: [Range<Int>]

  init(_ all: [(mail: PlannedMail, overview: Overview?)], size: Int) {
    guard all.count > size else {
      mails = all
      groups = all.isEmpty ? [] : [all.indices]
      return
    }
    let first = all.filter { Self.tellsMore($0.mail) }
    var mails = first
    mails.reserveCapacity(all.count)
    for mail in all where !Self.tellsMore(mail.mail) { mails.append(mail) }
    self.mails = mails
    groups =
      (first.isEmpty ? [] : [first.indices])
      + stride(from: first.count, to: all.count, by: size).map { $0..<Swift.min($0 + size, all.count) }
  }

  private static func tellsMore(_ mail: PlannedMail) -> Bool {
    mail.kind != .reminders || !mail.notes.isEmpty
  }

  /// The groups, in the order in which they are queued.
  func makeIterator() -> some IteratorProtocol<Element> {
    groups.lazy.map { mails[$0] }.makeIterator()
  }
}
