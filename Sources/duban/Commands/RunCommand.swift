import ArgumentParser
import Dispatch
import DubanCore
import DubanDaemon
import DubanOutbox
import Foundation

/// `duban run`: the service.
struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "The service; with --once what is due now, and then it exits.",
    discussion: "SIGHUP reloads; SIGTERM and SIGINT end it after the mail in flight.")

  @OptionGroup var common: CommonOptions
  @Flag(help: "Do what is due now, deliver it and exit.") var once = false
  @Option(help: "How events are written: systemd, plain or json.") var log: Journal.Style?

  @Flag(help: "Name recipients in the journal; without it they are hashed.") var logRecipients = false

  /// Whether a service manager, or whoever asked for a journal, keeps what goes to standard error.
  private var writesJournal: Bool {
    !logRecipients && (log != nil || ProcessInfo.processInfo.environment["JOURNAL_STREAM"] != nil)
  }

  func run() throws {
    let fresh = try common.loadToDeliver(forJournal: writesJournal)
    common.tellRehearsal(fresh, forJournal: writesJournal)
    let outbox = try common.outbox(fresh, .readWrite)
    let context: ServiceContext = try Failure.translating { try self.context(fresh, outbox) }
    let review = try Failure.translating {
      let now = context.clock.now()
      let review = try LedgerArchive(outbox).review(fresh, at: now)
      if let planner = context.host.planner {
        try LedgerArchive(planner).record(review, at: now)
      }
      return review
    }
    if once { return try runOnce(review, context) }
    try refuseSecond(outbox)
    let reloader = Reloader(review.active, losses: review.losses, loader: common.loader, context)
    Service(reloader, context, namesRecipients: logRecipients, manager: .systemd).run()
  }

  /// One service for a state directory: the one that ends first would say that none runs. Hosts that share a database know
  /// each other.
  private func refuseSecond(_ outbox: Outbox) throws {
    guard try !outbox.isShared && Failure.translating({ try Status.serviceIsRunning(outbox) }) else { return }
    throw Failure(
      .somethingWrong, "duban: the service is running already; stop it first: systemctl stop duban")
  }

  /// Everything by the database's clock, where the database has one and no other was asked for.
  private func context(_ active: ActiveConfiguration, _ outbox: Outbox) throws(OutboxError) -> ServiceContext
  {
    let databaseClock = common.now == nil ? try DatabaseClock(outbox) : nil
    let host = try Host(outbox)
    try host.renew()
    return ServiceContext(
      outbox: outbox, clock: databaseClock?.clock ?? common.clock(active.zone),
      journal: Journal(style: log, environment: ProcessInfo.processInfo.environment), host: host,
      databaseClock: databaseClock)
  }

  /// Seconds that mailboxes may take before the plan is looked at, after the mails are out, and for the message in hand.
  private static let (headStart, patience, lastWait) = (10.0, 60.0, 5.0)

  private func runOnce(_ review: LedgerArchive.Review, _ context: ServiceContext) throws {
    let progress = Progress()
    let context = ServiceContext(
      outbox: context.outbox, clock: context.clock, journal: progress.counting(context.journal),
      host: context.host)
    let reloader = Reloader(review.active, losses: review.losses, loader: common.loader, context)
    try reloader.begin()
    // What this host may do stays its own, however long mailboxes and mails take.
    let hostQueue = DispatchQueue(label: "duban.host")
    let heartbeat = try context.heartbeat(on: hostQueue) { _ in }
    let looks = LooksBeside(context.looks(reloader.active))
    // A mailbox that answers at once is read first: who has answered needs no reminder.
    for report in looks.ended(by: .now() + Self.headStart) { context.note(report, reloader.active) }
    // A ledger may have come by mail.
    if reloader.active.configuration.answers.takesLedger { _ = reloader.reloadIfChanged() }
    progress.countMails(of: try context.outbox.backlog().open)
    let planned = try context.lookAtPlan(reloader)
    progress.countMore(planned.queued.count)
    let (zone, sendAt) = (reloader.active.zone, reloader.active.configuration.policy.sendAt)
    if zone.time(of: context.clock.now()) < sendAt {
      Terminal.complain("duban: the day's mails are planned from \(sendAt) on; what waits goes out now")
    }
    let delivery = DeliveryFactory(active: reloader.active, context, namesRecipients: logRecipients)
    let loop = try delivery.make()
    var report = loop.runToTheEnd()
    let late = looks.ended(by: .now() + Self.patience) + looks.end(by: .now() + Self.lastWait)
    for look in late { context.note(look, reloader.active) }
    // What is sent in answer.
    if late.contains(where: { $0.effects > 0 }) {
      report.goesOn(with: loop.runToTheEnd())
    }
    progress.end()
    heartbeat?.cancel()
    try context.resign(behind: hostQueue)
    let publisher = StatusPublisher(reloader, context)
    publisher.publish()
    if planned.failures.isEmpty, try publisher.status().reachesRelay, let ping = publisher.ping() { ping() }
    try DeliveryEnd(report).check()
    if !planned.failures.isEmpty || !review.losses.isEmpty { throw Failure(.somethingWrong) }
  }
}
