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
    _ inForce: InForce, loader: Loader, outbox: Outbox, clock: Clock, journal: Journal,
    namesRecipients: Bool = false
  ) {
    self.namesRecipients = namesRecipients
    self.inForce = inForce
    self.loader = loader
    self.outbox = outbox
    self.clock = clock
    self.journal = journal
    folders = inForce.folders
    stamps = FileStamps(folders: folders)
    noteWarnings()
  }

  /// Reads every file again if any has changed since it was last read, and says whether it did.
  public func reloadIfChanged() -> Bool {
    guard FileStamps(folders: folders) != stamps else { return false }
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
    guard let fresh = result.inForce else {
      refusal = result.diagnostics
      let discretion = Discretion(inForce.ledgers + (result.asFarAsRead?.ledgers ?? []))
      for diagnostic in result.diagnostics where diagnostic.severity == .error {
        journal.note(JournalEvent(.refused, .error, discretion.ofFile(diagnostic.description)))
      }
      journal.note(
        JournalEvent(.refused, .error, "what was in force stays in force; correct the files and reload"))
      leaveTrace()
      return
    }
    inForce = known(fresh)
    refusal = []
    isPresentOutdated = true
    noteWarnings()
    leaveTrace()
  }

  /// What was read with each measure's identity. Where the state can't be reached now, the next look at the plan says so
  /// and comes first.
  private func known(_ fresh: InForce) -> InForce {
    do throws(OutboxError) { return try fresh.registered(in: outbox, at: clock.now()) } catch {
      journal.note(JournalEvent(.outbox, .error, "\(error)"))
      return fresh
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

  /// What `duban status` can't ask us.
  private func leaveTrace() {
    let trace = ServiceTrace(outbox: outbox)
    do throws(OutboxError) {
      if refusal.isEmpty { try trace.accepted(at: clock.now()) } else { try trace.refused(at: clock.now()) }
    } catch {
      journal.note(JournalEvent(.outbox, .error, "\(error)"))
    }
  }

  /// A start or a reload by hand: somebody may have put the relay's login right.
  public func begin() throws(OutboxError) {
    leaveTrace()
    try outbox.clearStop()
  }

  /// Looks at the plan and queues what is due.
  public func pass() throws(OutboxError) -> Pass.Report {
    inForce = try inForce.registered(in: outbox, at: clock.now())
    try BadAddresses.forgetUnused(inForce, outbox)
    let report = try Pass(inForce, outbox, refusal: refusal).run(at: clock.now())
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

  /// How many mails wait, and what went wrong last with one of them or with the relay.
  func situation() throws(OutboxError) -> (waiting: Int, problem: String?) {
    var problem = try Status.lastError(outbox)?.answer
    if let relay = try outbox.relayState(), relay.closedUntil(clock.now()) != nil { problem = relay.reason }
    return (try outbox.backlog().open, problem.map(Discretion(inForce.ledgers).of))
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
          Status(inForce, outbox, now: now), overview, now: now, zone: inForce.zone,
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
