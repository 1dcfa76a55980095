public import DubanCore
import DubanCourier
import DubanMail
public import DubanOutbox
import Foundation

/// What the service does when it is awake: looks at the plan, and delivers. It holds what is in force.
///
/// Used from one queue at a time; only the ``delivery()`` that it gives may run beside the rest, on another queue.
public final class Office {
  /// What is in force.
  public private(set) var inForce: InForce
  /// What is wrong with files that changed and don't read; empty while everything in force is current.
  public private(set) var refusal: [Diagnostic] = []
  /// The ledgers that lost so much that somebody is asked; what was in force is in force in their place.
  public private(set) var losses: [LedgerLoss]

  /// The folders to look for changes in: of what is in force, and of what was refused.
  private(set) var folders: Set<String>

  private var stamps: FileStamps
  private var present: DeliveryLoop?
  private var isPresentOutdated = false
  private let loader: Loader
  private let outbox: Outbox
  private let clock: Clock
  private let journal: Journal
  private let namesRecipients: Bool

  /// An office over what was loaded.
  public init(
    _ inForce: InForce, losses: [LedgerLoss] = [], loader: Loader, outbox: Outbox, clock: Clock,
    journal: Journal, namesRecipients: Bool = false
  ) {
    self.losses = losses
    self.namesRecipients = namesRecipients
    self.inForce = inForce
    self.loader = loader
    self.outbox = outbox
    self.clock = clock
    self.journal = journal
    folders = inForce.folders
    stamps = FileStamps(folders: folders)
    noteWarnings()
    note(lossErrors)
  }

  /// Reads every file again if any has changed since it was last read, and says whether it did.
  public func reloadIfChanged() -> Bool {
    // What somebody was asked about may have been accepted, or have stayed for long enough.
    guard !losses.isEmpty || FileStamps(folders: folders) != stamps else { return false }
    reloadWhatChanged()
    return true
  }

  /// Reads every file again, however unchanged it looks: somebody asked for it. What doesn't read leaves everything as
  /// it was, and the contact is told.
  public func reload() {
    loader.forgetLedgers()
    reloadWhatChanged()
  }

  private func reloadWhatChanged() {
    let result = read()
    let isRehearsed = { (inForce: InForce) in inForce.configuration.delivery.redirectAllTo != nil }
    // A rehearsal has an outbox of its own, and this process has one open.
    let changesOutbox = result.inForce.map { isRehearsed($0) != isRehearsed(inForce) } ?? false
    guard let fresh = result.inForce, !changesOutbox else {
      refusal =
        changesOutbox
        ? [
          Diagnostic(
            .error, at: .init(file: inForce.configuration.file),
            "a rehearsal (delivery.redirectAllTo) begins and ends with a restart",
            help: "run: systemctl restart duban")
        ] : result.diagnostics
      note(refusal, and: result.asFarAsRead?.ledgers ?? [])
      journal.note(
        JournalEvent(.refused, .error, "what was in force stays in force; correct the files and reload"))
      leaveTrace()
      return
    }
    do throws(OutboxError) {
      let archive = LedgerArchive(outbox)
      let now = clock.now()
      let review = try archive.review(fresh, at: now)
      try archive.record(review, read: fresh, at: now)
      let isNew = review.losses != losses
      (inForce, losses) = (try review.inForce.registered(in: outbox, at: now), review.losses)
      if isNew { note(lossErrors, and: fresh.ledgers) }
    } catch {
      journal.note(JournalEvent(.outbox, .error, "\(error)"))
      return
    }
    refusal = []
    isPresentOutdated = true
    noteWarnings()
    leaveTrace()
  }

  private var lossErrors: [Diagnostic] {
    losses.map { $0.diagnostic(configuration: inForce.configuration.file) }
  }

  private func note(_ diagnostics: [Diagnostic], and read: [Ledger] = []) {
    let discretion = Discretion(inForce.ledgers + read)
    for diagnostic in diagnostics where diagnostic.severity == .error {
      journal.note(JournalEvent(.refused, .error, discretion.ofFile(diagnostic.description)))
    }
  }

  /// Reads everything, and once more where that led to further folders: what changes while we read is seen.
  private func read() -> Loader.Result {
    while true {
      stamps = FileStamps(folders: folders)
      let result = loader.load { _ in clock.now() }
      let kept = result.inForce == nil ? inForce.folders : []
      let found = kept.union(result.asFarAsRead?.folders ?? [])
      guard !found.isSubset(of: folders) else {
        if found != folders { (folders, stamps) = (found, FileStamps(folders: found)) }
        return result
      }
      folders.formUnion(found)
    }
  }

  private var record: ServiceRecord { ServiceRecord(outbox: outbox) }

  /// What `duban status` can't ask us.
  private func leaveTrace() {
    do throws(OutboxError) {
      if refusal.isEmpty, losses.isEmpty {
        try record.accepted(at: clock.now())
      } else {
        try record.refused(at: clock.now())
      }
    } catch {
      journal.note(JournalEvent(.outbox, .error, "\(error)"))
    }
  }

  /// This process is the service from now on, until ``ended()``.
  func started() throws(OutboxError) { try record.started(at: clock.now()) }

  /// The service has ended because it was asked to.
  func ended() throws(OutboxError) { try record.ended(at: clock.now()) }

  /// A start or a reload by hand: somebody may have put the relay's login right.
  public func begin() throws(OutboxError) {
    leaveTrace()
    try outbox.clearStop()
  }

  /// Looks at the plan and queues what is due.
  public func pass() throws(OutboxError) -> Pass.Report {
    inForce = try inForce.registered(in: outbox, at: clock.now())
    try BadAddresses.forgetUnused(inForce, outbox)
    let now = clock.now()
    let report = try Pass(inForce, outbox, refusal: refusal, losses: losses).run(at: now)
    try record.looked(.init(at: now, next: nextPass(after: now), failures: report.failures.count))
    let discretion = Discretion(inForce.ledgers)
    for failure in report.failures { journal.note(JournalEvent(.failed, .error, discretion.ofFile(failure))) }
    if !report.queued.isEmpty {
      journal.note(
        JournalEvent(
          .queued, .info,
          "queued \(report.queued.count) mail\(report.queued.count == 1 ? "" : "s") for \(report.day)",
          fields: ["DUBAN_DAY": report.day.description, "DUBAN_COUNT": String(report.queued.count)]))
    }
    return report
  }

  /// The delivery by the present configuration: the same until a reload changes that, so that a verdict which
  /// couldn't be recorded isn't forgotten. Not called while one is under way.
  public func delivery() throws(OutboxError) -> DeliveryLoop {
    if let present, !isPresentOutdated { return present }
    let delivery = try DeliveryMaker(
      inForce: inForce, outbox: outbox, clock: clock, journal: journal, namesRecipients: namesRecipients
    )
    .make(after: present)
    (present, isPresentOutdated) = (delivery, false)
    return delivery
  }

  /// How the service stands.
  public func status() throws(OutboxError) -> Status {
    try Status(
      inForce, outbox, errors: refusal.filter { $0.severity == .error } + lossErrors, now: clock.now())
  }

  /// The same in one line, which more people read than the ledger.
  func statusLine(_ status: Status, sent: Int) -> String {
    Discretion(inForce.ledgers).ofFile(status.line(sent: sent, inForce.zone))
  }

  /// Shows how the service stands, as `observe:` asks for, and forgets the bytes of mails that are old enough.
  public func show() {
    let settings = inForce.configuration.observing
    do {
      let now = clock.now()
      let keep = Int64(inForce.configuration.delivery.keepBodies) * 86_400
      while try outbox.purgeBodies(endedBefore: now.adding(seconds: -keep)) > 0 {}
      if let path = settings.metrics {
        let overview = inForce.planner(try DecisionReader.read(outbox)).overview(
          on: inForce.zone.day(of: now), extent: .numbers)
        try Metrics(
          status(), overview, now: now, zone: inForce.zone,
          sendAt: inForce.configuration.policy.sendAt
        ).write(to: path)
      }
    } catch {
      journal.note(JournalEvent(.outbox, .error, "can't show how things stand: \(error)"))
    }
    do {
      guard let directory = settings.report else { return }
      try ReportFile(inForce, outbox).write(to: directory, at: clock.now())
    } catch {
      journal.note(JournalEvent(.outbox, .error, "can't write the report page: \(error)"))
    }
  }

  /// What tells the dead-man's switch that all went well, where there is one. It may take seconds, and may run
  /// beside everything else.
  public func ping() -> (@Sendable () -> Void)? {
    guard let url = inForce.configuration.observing.ping else { return nil }
    return { [journal] in
      guard let problem = Ping.send(to: url) else { return }
      journal.note(
        JournalEvent(.lifecycle, .warning, "the dead-man's switch didn't take our ping: \(problem)"))
    }
  }

  /// When to look at the plan next after a look at `moment`: that day's send time, or that of the next day on which
  /// mail goes out.
  public func nextPass(after moment: Timestamp) -> Timestamp { NextPass.after(moment, inForce) }

  /// One round: looks at the plan, delivers, and comes back when nothing more is due.
  ///
  /// - Parameter passed: told what was queued, once all of it is.
  public func runOnce(passed: (Pass.Report) -> Void) throws(OutboxError) -> (Pass.Report, DeliveryReport) {
    let pass = try pass()
    passed(pass)
    return (pass, deliverOnce(try delivery()))
  }

  /// Delivers what is due now, on this thread, and comes back when nothing more is due. Where only the pace holds
  /// it up, it waits: who asks for one round wants it whole.
  public func deliverOnce(_ delivery: DeliveryLoop) -> DeliveryReport {
    let stop = StopFlag()
    var total = delivery.run(until: stop)
    while case .paced = total.end, let next = total.next, next.seconds - clock.now().seconds <= 60 {
      Thread.sleep(forTimeInterval: TimeInterval(max(next.seconds - clock.now().seconds, 1)))
      let more = delivery.run(until: stop)
      total.sent += more.sent
      total.deferred += more.deferred
      total.failed += more.failed
      (total.end, total.next) = (more.end, more.next)
    }
    return total
  }

  private func noteWarnings() {
    for ledger in inForce.ledgers {
      journal.note(
        JournalEvent(
          .loaded, .info,
          "in force: \(ledger.plan.title), \(ledger.measureCount) measures, \(ledger.owners.count) owners"))
    }
    let discretion = Discretion(inForce.ledgers)
    for warning in inForce.warnings {
      journal.note(JournalEvent(.diagnostic, .warning, discretion.ofFile(warning.description)))
    }
  }
}
