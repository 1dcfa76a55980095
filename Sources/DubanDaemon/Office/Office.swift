public import DubanCore
import DubanCourier
import DubanMail
public import DubanOutbox
import Foundation

/// What the service does when it is awake: looks at the plan, and delivers. It holds what is in force.
///
/// Used from one queue at a time; only ``deliver(until:)`` may run beside the rest, on a queue of its own.
public final class Office {
  /// What is in force.
  public private(set) var inForce: InForce
  /// What is wrong with files that changed and don't read; empty while everything in force is current.
  public private(set) var refusal: [Diagnostic] = []

  private var stamps: FileStamps
  private let loader: Loader
  private let outbox: Outbox
  private let clock: Clock
  private let journal: Journal

  /// An office over what was loaded.
  public init(_ inForce: InForce, loader: Loader, outbox: Outbox, clock: Clock, journal: Journal) {
    self.inForce = inForce
    self.loader = loader
    self.outbox = outbox
    self.clock = clock
    self.journal = journal
    stamps = FileStamps(folders: inForce.folders)
    noteWarnings()
  }

  /// Reads every file again if any has changed since it was last read, and says whether it did.
  public func reloadIfChanged() -> Bool {
    guard FileStamps(folders: inForce.folders) != stamps else { return false }
    reload()
    return true
  }

  /// Reads every file again. What doesn't read leaves everything as it was, and the contact is told.
  public func reload() {
    // Taken before reading: what changes meanwhile is read again.
    stamps = FileStamps(folders: inForce.folders)
    let result = loader.load { _ in clock.now() }
    guard let fresh = result.inForce else {
      refusal = result.diagnostics
      for diagnostic in result.diagnostics where diagnostic.severity == .error {
        journal.note(JournalEvent(.refused, .error, diagnostic.description))
      }
      journal.note(
        JournalEvent(.refused, .error, "what was in force stays in force; correct the files and reload"))
      return
    }
    if fresh.folders != inForce.folders { stamps = FileStamps(folders: fresh.folders) }
    inForce = fresh
    refusal = []
    noteWarnings()
  }

  /// Somebody may have put the relay's login right.
  public func reopenRelay() throws(OutboxError) { try outbox.clearStop() }

  /// Looks at the plan and queues what is due.
  public func pass() throws(OutboxError) -> Pass.Report {
    let report = try Pass(inForce, outbox, refusal: refusal).run(at: clock.now())
    for failure in report.failures { journal.note(JournalEvent(.failed, .error, failure)) }
    if !report.queued.isEmpty {
      journal.note(
        JournalEvent(
          .queued, .info,
          "queued \(report.queued.count) mail\(report.queued.count == 1 ? "" : "s") for \(report.day)",
          fields: ["DUBAN_DAY": report.day.description, "DUBAN_COUNT": String(report.queued.count)]))
    }
    return report
  }

  /// A delivery by the present configuration; it is used from one thread at a time.
  public func delivery() throws(OutboxError) -> Delivery {
    try DeliveryMaker(inForce: inForce, outbox: outbox, clock: clock, journal: journal).make()
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
          on: inForce.zone.day(of: now))
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

  /// When to look at the plan next: today's send time, or that of the next day on which mail goes out.
  public func nextPass() -> Timestamp { NextPass.after(clock.now(), inForce) }

  /// Delivers what is due now, on this thread, and comes back when nothing more is due. Where only the pace holds
  /// it up, it waits: who asks for one round wants it whole.
  public func deliverOnce(_ delivery: Delivery) -> DeliveryReport {
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
          "in force: \(ledger.plan.title), \(ledger.measures.count) measures, \(ledger.owners.count) owners"))
    }
    for warning in inForce.warnings {
      journal.note(JournalEvent(.diagnostic, .warning, warning.description))
    }
  }
}
