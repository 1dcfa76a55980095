public import DubanCore
import DubanMail
public import DubanOutbox

/// One look at the plan: what is due today is composed and queued, in one transaction.
///
/// May be repeated at any time: what is queued already isn't queued again.
public struct Pass {
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

  /// A pass over what is in force.
  public init(_ inForce: InForce, _ outbox: Outbox, refusal: [Diagnostic] = []) {
    self.inForce = inForce
    self.outbox = outbox
    self.refusal = refusal
  }

  /// Queues what is due at `now`: nothing before the day's send time, and nothing on a day off.
  public func run(at now: Timestamp) throws(OutboxError) -> Report {
    let day = inForce.zone.day(of: now)
    var report = Report(day: day)
    guard inForce.zone.time(of: now) >= inForce.configuration.policy.sendAt else { return report }
    let shelf = SnapshotShelf(outbox: outbox)
    for ledger in inForce.ledgers { try shelf.putFirst(ledger, at: now) }
    let planner = inForce.planner(try DecisionReader.read(outbox))
    guard planner.officeIsOpen(on: day) else { return report }
    var history = try HistoryReader.read(outbox, today: day)
    let news = LedgerNews.tellable(try LedgerNews.pending(inForce, outbox), on: day, planner, history)
    let notices =
      try Notices.pending(inForce, outbox, refusal: refusal, today: day) + news.flatMap(\.notices)
    // Another process may queue a reminder between our look at the history and our transaction: it is then known,
    // the mail that held it isn't queued, and the next round plans without it. Each round leaves fewer reminders.
    while true {
      let plan = planner.plan(
        on: day, after: history, noticesFor: Set(notices.flatMap(plans)), notes: news.flatMap(\.notes))
      let (entries, sources) = compose(plan, planner, notices, at: now, &report)
      let result = try outbox.enqueue(entries)
      report.queued += result.queued
      let queuedKeys = Set(entries.map(\.key)).subtracting(result.known.map(\.key))
      for (key, mail) in sources where queuedKeys.contains(key) {
        history.note(mail)
        guard case .digest(let plans, _) = mail.kind else { continue }
        report.hasDigest = true
        for ledger in inForce.ledgers
        where plans.contains(ledger.plan.key) && news.contains(where: { $0.plan == ledger.plan.key }) {
          try shelf.put(ledger, at: now)
        }
      }
      let overlaps = result.known.filter { $0.reminder != nil }
      guard !overlaps.isEmpty else { return report }
      for known in overlaps {
        guard let mail = sources[known.key] else { continue }
        for reminder in mail.delivered where reminder.key == known.reminder {
          history.note(reminder.stage, of: reminder.occurrence, to: reminder.recipient, on: day)
        }
      }
    }
  }

  /// The entries of a day's plan, and by key the mail that each recipient's entry came from.
  private func compose(
    _ plan: DayPlan, _ planner: Planner, _ notices: [PendingNotice], at now: Timestamp, _ report: inout Report
  ) -> ([NewEntry], [String: PlannedMail]) {
    var entries: [NewEntry] = []
    var sources: [String: PlannedMail] = [:]
    report.failures = []
    let composer: Composer
    do { composer = try inForce.composer() } catch {
      report.failures.append("no mail can be composed: \(error)")
      return ([], [:])
    }
    let toldTo = plan.mails.map { mail in notices.filter { concerns($0, mail) } }
    let utcOffset = inForce.zone.utcOffset(at: now)
    let composed = InParallel.map(Array(zip(plan.mails, toldTo))) { mail, told in
      Result {
        try composer.compose(
          mail, overview: planner.overview(for: mail), notices: told.map(\.notice), at: now,
          utcOffset: utcOffset)
      }
    }
    for (mail, (told, result)) in zip(plan.mails, zip(toldTo, composed)) {
      switch result {
      case .success(let messages):
        let key = EntryKey.scheduled(mail.on, mail.recipient)
        entries += EntryMaker.entries(
          messages, of: mail, key: key, kind: MailKind.scheduled,
          tells: told.map(\.key), at: now)
        sources[key] = mail
      case .failure(let error):
        report.failures.append(
          "the mail of \(mail.on) to \(mail.recipient.person) can't be composed: \(error)")
      }
    }
    return (entries, sources)
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
