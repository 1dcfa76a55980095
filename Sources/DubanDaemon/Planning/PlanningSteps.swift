import Dispatch
public import DubanCore
import DubanMail
import DubanOutbox
import Foundation
import Synchronization

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
  /// What was queued before.
  var history: History
  /// Reminders that another process queued meanwhile.
  var queuedElsewhere: [Reminder] = []
  /// What the contacts have to be told, the changes among it.
  let notices: [PendingNotice]
  let changes: [LedgerChanges]

  /// What owners are told of measures that somebody marked as done.
  let doneNotes: [OwnerNote]

  /// What else there is to say to owners.
  var notes: [OwnerNote] { changes.flatMap(\.notes) + doneNotes }

  /// The plans whose contacts have something to be told.
  func noticesFor(_ ledgers: [Ledger]) -> Set<String> {
    let plans = ledgers.map(\.plan.key)
    return Set(notices.filter(\.isNew).flatMap { $0.plan.map { [$0] } ?? plans })
  }
}

/// The steps of a look at the plan.
extension PlanningRun {
  /// Reads what people decided, what changed and what is to be told; nil where nothing is due.
  func load(at now: Timestamp) throws(OutboxError) -> KnownToday? {
    _ = try outbox.dropFromTheFuture(now: now)
    let day = active.zone.day(of: now)
    guard active.zone.time(of: now) >= active.configuration.policy.sendAt else { return nil }
    var decisions = try DecisionReader.read(outbox)
    decisions.firstDay = decisions.firstDay ?? day
    let planner = active.planner(decisions)
    let snapshots = SnapshotStore(outbox: outbox)
    for ledger in planner.ledgers { try snapshots.putFirst(ledger, at: now) }
    guard planner.officeIsOpen(on: day) else { return nil }
    let history = try HistoryReader.read(outbox, today: day)
    let changes = LedgerChanges.reportable(
      try LedgerChanges.pending(planner, outbox), on: day, planner, history)
    // Where an owner had today's mail already, owner and contact are told tomorrow.
    let done = try DoneNotes.pending(planner.ledgers, outbox)
    let waiting = done.filter { one in
      one.notes.contains { planner.wasMailed($0.owner.recipient, on: day, after: history) }
    }.map(\.key)
    let notices = try Notices.pending(active, outbox, refusal: refusal, losses: losses, now: now)
      .filter { !waiting.contains($0.keys[0]) }
    try Notices.forgetOutdated(active, outbox, refusal: refusal, today: day)
    return KnownToday(
      day: day, now: now, planner: planner, history: history,
      notices: Notices.shortened(notices + changes.flatMap(\.notices)), changes: changes,
      // Told with the contact's digest, or else once more tomorrow.
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

  /// The entries of these mails and their copies, composed on every core; none for a mail that can't be.
  func compose(
    _ mails: ArraySlice<(mail: PlannedMail, overview: Overview?)>, _ known: KnownToday,
    _ result: inout PlanningResult
  ) -> [NewEntry] {
    let composer: Composer
    do { composer = try active.composer(after: outbox, at: known.now) } catch {
      result.failures.append("no mail can be composed: \(error)")
      return []
    }
    let utcOffset = active.zone.utcOffset(at: known.now)
    let ledger = ledgerFile(for: mails.map(\.mail), known, &result)
    let slips = slips(for: mails.map(\.mail), known, &result)
    let composed = concurrentMap(Array(mails)) { mail, overview in
      let pending = known.notices.filter { $0.concerns(mail) }
      return Result {
        let shown =
          pending.isEmpty
          ? [] : try composer.included(in: mail, overview: overview, of: pending.map(\.notice))
        // Changes beyond the list are counted in it, and their ledger is taken as told.
        let told = pending.filter { $0.notice.kind == .change || shown.contains($0.notice) }
        let messages = try composer.compose(
          mail, overview: overview, notices: pending.map(\.notice), at: known.now, utcOffset: utcOffset,
          ledger: isWeekly(mail) ? ledger : nil, papers: slips[mail.recipient] ?? [])
        return EntryFactory.entries(
          messages, of: mail, key: EntryKey.scheduled(mail.on, mail.recipient), kind: MailKind.scheduled,
          notices: told.flatMap(\.keys), facts: snapshots(toldIn: mail, known), at: known.now)
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

  /// What the groups are told beside a digest; nothing in a rehearsal.
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

  /// The 督办单 for units' heads, where they go with the mail. A mail goes without one that can't be made.
  private func slips(
    for mails: [PlannedMail], _ known: KnownToday, _ result: inout PlanningResult
  ) -> [Recipient: [Paper]] {
    guard active.configuration.papers.attachesSlips else { return [:] }
    let maker = PaperMaker(active, outbox, at: known.now)
    var slips: [Recipient: [Paper]] = [:]
    for mail in mails where mail.kind == .reminders {
      do throws(PaperMaker.Failure) {
        slips[mail.recipient] = try maker.slips(for: mail, known.planner)
      } catch {
        result.failures.append(
          "no slip goes with the mail of \(mail.on) to \(mail.recipient.person): \(error)")
      }
    }
    return slips
  }

  private func isWeekly(_ mail: PlannedMail) -> Bool {
    if case .digest(_, isWeekly: true) = mail.kind { true } else { false }
  }

  /// The ledger's workbook, where it goes out with one of these mails.
  private func ledgerFile(
    for mails: [PlannedMail], _ known: KnownToday, _ result: inout PlanningResult
  ) -> LedgerFile? {
    guard active.configuration.answers.takesLedger, mails.contains(where: isWeekly) else { return nil }
    do { return try LedgerByMail(active, outbox).file(at: known.now) } catch {
      result.failures.append("the ledger can't go out with the week's digest: \(error)")
      return nil
    }
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
  private func snapshots(toldIn mail: PlannedMail, _ known: KnownToday) -> [String: String] {
    guard case .digest(let plans, _) = mail.kind else { return [:] }
    let told = Set(known.changes.map(\.plan)).intersection(plans)
    return known.planner.ledgers.filter { told.contains($0.plan.key) }.map(SnapshotStore.facts)
      .reduce(into: [:]) { $0.merge($1) { $1 } }
  }
}

/// A day's mails in the groups in which they are composed and queued, each in one transaction: their bodies need never
/// be held all at once.
///
/// The first group has everything that tells of more than its own reminders: the digests, which say what goes out to
/// others today and what has changed in the ledger, and the mails to those who hand a measure over or take it on. So a
/// crash between two groups leaves a digest that says the whole day's truth, and a change is told to everyone or to
/// nobody. The other mails stand for themselves: the next look at the plan finds which of them are missing.
struct MailGroups: Sequence {
  /// How many mails a group has: a commit that is cheap beside composing them, and still soon over for a delivery that
  /// wants the outbox meanwhile.
  static let usualSize = 64

  /// A mail with the picture of the day that it shows, where it is a digest.
  typealias Element = ArraySlice<(mail: PlannedMail, overview: Overview?)>

  /// All mails, group after group.
  private let mails: [(mail: PlannedMail, overview: Overview?)]
  /// Where each group stands among them.
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

/// What `transform` makes of each element, in the elements' order, on every core.
///
/// By serial queues, whose threads are their own: Dispatch watches the pool behind `concurrentPerform` with a timer
/// that, once it was used, wakes the process every second for the rest of its life.
func concurrentMap<Element: Sendable, Made: Sendable>(
  _ elements: [Element], _ transform: @escaping @Sendable (Element) -> Made
) -> [Made] {
  let workers = min(ProcessInfo.processInfo.activeProcessorCount, elements.count)
  guard workers > 1 else { return elements.map(transform) }
  let next = Mutex(0)
  let made = Mutex([Made?](repeating: nil, count: elements.count))
  let group = DispatchGroup()
  for _ in 0..<workers {
    DispatchQueue(label: "duban.map").async(group: group) {
      while true {
        let place = next.withLock { place in
          defer { place += 1 }
          return place
        }
        guard place < elements.count else { return }
        let one = transform(elements[place])
        made.withLock { $0[place] = one }
      }
    }
  }
  group.wait()
  return made.withLock { $0.compactMap(\.self) }
}
