import Dispatch
public import DubanCore
import DubanMail
public import DubanOutbox

/// One look at the plan: what is due today is composed and queued, so many mails at a time.
///
/// May be repeated at any time: what is queued already isn't queued again. After a crash between two groups of mails the
/// next look queues the rest: each mail is queued with all of its reminders or not at all, and what a group holds is in
/// ``MailGroups``.
public struct Pass: Sendable {
  /// What a pass did.
  public struct Report: Sendable, Equatable {
    /// The day it was for.
    public var day: CivilDate
    /// The numbers of the entries queued now.
    public var queued: [Int64] = []
    /// What couldn't be composed, and why: a fault of a name or an address that no reader caught.
    public var failures: [String] = []
    /// Whether the contact's digest is among the entries.
    public var hasDigest = false
  }

  let inForce: InForce
  let outbox: Outbox
  /// What is wrong with files that changed and don't read.
  let refusal: [Diagnostic]
  /// The ledgers that lost too much to be put in force unasked.
  let losses: [LedgerLoss]
  /// How many mails are queued at a time.
  let mailsAtATime: Int

  /// A pass over what is in force.
  public init(
    _ inForce: InForce, _ outbox: Outbox, refusal: [Diagnostic] = [], losses: [LedgerLoss] = []
  ) {
    self.init(inForce, outbox, refusal: refusal, losses: losses, mailsAtATime: MailGroups.usualSize)
  }

  init(
    _ inForce: InForce, _ outbox: Outbox, refusal: [Diagnostic], losses: [LedgerLoss] = [], mailsAtATime: Int
  ) {
    self.inForce = inForce
    self.outbox = outbox
    self.refusal = refusal
    self.losses = losses
    self.mailsAtATime = mailsAtATime
  }

  /// Queues what is due at `now`: nothing before the day's send time, and nothing on a day off.
  public func run(at now: Timestamp) throws(OutboxError) -> Report {
    _ = try outbox.dropFromTheFuture(now: now)
    let day = inForce.zone.day(of: now)
    guard inForce.zone.time(of: now) >= inForce.configuration.policy.sendAt else { return Report(day: day) }
    // Ledgers that are new here are put on the shelf meanwhile: they have no news that anybody would look for there.
    let (ledgers, shelf) = (inForce.ledgers, SnapshotStore(outbox: outbox))
    let shelving = DispatchQueue(label: "duban.snapshot")
    // Written there alone, until the queue is done with it.
    nonisolated(unsafe) var shelved: Result<Void, OutboxError> = .success(())
    shelving.async {
      shelved = Result { () throws(OutboxError) in
        for ledger in ledgers { try shelf.putFirst(ledger, at: now) }
      }
    }
    let report = Result { () throws(OutboxError) in try look(on: day, at: now) }
    shelving.sync {}
    try shelved.get()
    return try report.get()
  }

  private func look(on day: CivilDate, at now: Timestamp) throws(OutboxError) -> Report {
    var report = Report(day: day)
    let decisions = try DecisionReader.read(outbox)
    let planner = inForce.planner(decisions)
    guard planner.officeIsOpen(on: day) else { return report }
    // Planning has use for one processor; composing would have to wait for this.
    let templates = inForce.templates
    DispatchQueue(label: "duban.templates").async { templates.prepare() }
    let history = try HistoryReader.read(outbox, today: day)
    let news = LedgerNews.tellable(try LedgerNews.pending(inForce, outbox), on: day, planner, history)
    let round = Round(
      day: day, now: now, planner: planner,
      notices: Notices.shortened(
        try Notices.pending(inForce, outbox, refusal: refusal, losses: losses, today: day)
          + news.flatMap(\.notices)),
      news: news)
    var past = history
    var known: [Reminder] = []
    // Another process may queue a reminder between our look at the history and our transaction: it is then known,
    // the mail that held it isn't queued, and the next round plans without it and all others of that mail that are
    // known. Each round leaves fewer reminders.
    while true {
      let overlaps = try queue(round, after: past, &report)
      guard !overlaps.isEmpty else { return report }
      known += overlaps
      past = try HistoryReader.read(outbox, today: day)
      // Among them may be one that is too old to be read as history.
      for reminder in known {
        past.note(reminder.stage, of: reminder.occurrence, to: reminder.recipient, on: day)
      }
    }
  }

  /// What all rounds of a pass have in common.
  private struct Round {
    let day: CivilDate
    let now: Timestamp
    let planner: Planner
    let notices: [PendingNotice]
    let news: [LedgerNews]
  }

  /// Plans the day, composes and queues its mails in groups, and returns the reminders because of which mails weren't
  /// queued: another process had queued them.
  private func queue(
    _ round: Round, after history: History, _ report: inout Report
  ) throws(OutboxError) -> [Reminder] {
    let plan = round.planner.plan(
      on: round.day, after: history, noticesFor: Set(round.notices.flatMap(plans)),
      notes: round.news.flatMap(\.notes))
    report.failures = []
    let composer: Composer
    do { composer = try inForce.composer() } catch {
      report.failures.append("no mail can be composed: \(error)")
      return []
    }
    var overlaps: [Reminder] = []
    for mails in MailGroups(plan.mails, size: mailsAtATime) {
      overlaps += try queue(mails, compose(mails, composer, round), round, &report)
    }
    return overlaps
  }

  /// Queues some mails in one transaction, and returns the same.
  private func queue(
    _ mails: ArraySlice<PlannedMail>, _ composed: [Composed], _ round: Round, _ report: inout Report
  ) throws(OutboxError) -> [Reminder] {
    var entries: [NewEntry] = []
    for (mail, result) in zip(mails, composed) {
      switch result {
      case .success(let made): entries += made
      case .failure(let error):
        report.failures.append(
          "the mail of \(mail.on) to \(mail.recipient.person) can't be composed: \(error)")
      }
    }
    let result = try outbox.enqueue(entries)
    report.queued += result.queued
    let known = Set(result.known.map(\.key))
    for mail in mails where mail.kind != .reminders {
      let key = EntryKey.scheduled(mail.on, mail.recipient)
      guard !known.contains(key), entries.contains(where: { $0.key == key }) else { continue }
      try noteDigest(mail, round, &report)
    }
    return result.known.flatMap { known -> [Reminder] in
      guard !known.reminders.isEmpty,
        let mail = mails.first(where: { EntryKey.scheduled($0.on, $0.recipient) == known.key })
      else { return [] }
      let reminders = Set(known.reminders)
      return mail.delivered.filter { reminders.contains($0.key) }
    }
  }

  /// The changes of these plans' ledgers are told now.
  private func noteDigest(
    _ mail: PlannedMail, _ round: Round, _ report: inout Report
  ) throws(OutboxError) {
    guard case .digest(let plans, _) = mail.kind else { return }
    report.hasDigest = true
    let shelf = SnapshotStore(outbox: outbox)
    for ledger in inForce.ledgers
    where plans.contains(ledger.plan.key) && round.news.contains(where: { $0.plan == ledger.plan.key }) {
      try shelf.put(ledger, at: round.now)
    }
  }

  /// The entries of a mail and its copies, or why there are none.
  private typealias Composed = Result<[NewEntry], any Error>

  private func compose(
    _ mails: ArraySlice<PlannedMail>, _ composer: Composer, _ round: Round
  ) -> [Composed] {
    let utcOffset = inForce.zone.utcOffset(at: round.now)
    return concurrentMap(Array(mails)) { mail in
      let told = round.notices.filter { concerns($0, mail) }
      return Result {
        let messages = try composer.compose(
          mail, overview: round.planner.overview(for: mail), notices: told.map(\.notice), at: round.now,
          utcOffset: utcOffset)
        return EntryMaker.entries(
          messages, of: mail, key: EntryKey.scheduled(mail.on, mail.recipient), kind: MailKind.scheduled,
          tells: told.flatMap(\.keys), at: round.now)
      }
    }
  }

  /// The plans whose contacts a notice is for.
  private func plans(_ notice: PendingNotice) -> [String] {
    notice.plan.map { [$0] } ?? inForce.ledgers.map(\.plan.key)
  }

  private func concerns(_ notice: PendingNotice, _ mail: PlannedMail) -> Bool {
    guard case .digest(let keys, _) = mail.kind else { return false }
    return plans(notice).contains(where: keys.contains)
  }
}
