import ArgumentParser
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

  func run() throws {
    let fresh = try common.loadToDeliver()
    common.tellRehearsal(fresh)
    let clock = common.clock(fresh.zone)
    let journal = Journal(style: log, environment: ProcessInfo.processInfo.environment)
    let outbox = try common.outbox(fresh, .readWrite)
    let review = try Failure.translating {
      let archive = LedgerArchive(outbox)
      let review = try archive.review(fresh, at: clock.now())
      try archive.record(review, read: fresh, at: clock.now())
      return review
    }
    if once { return try runOnce(review, outbox, clock, journal) }
    let context = ServiceContext(outbox: outbox, clock: clock, journal: journal)
    let reloader = Reloader(review.active, losses: review.losses, loader: common.loader, context)
    Service(reloader, context, namesRecipients: logRecipients, supervisor: .systemd).run()
  }

  private func runOnce(
    _ review: LedgerArchive.Review, _ outbox: Outbox, _ clock: Clock, _ journal: Journal
  ) throws {
    let progress = Progress()
    let context = ServiceContext(outbox: outbox, clock: clock, journal: progress.counting(journal))
    let reloader = Reloader(review.active, losses: review.losses, loader: common.loader, context)
    try reloader.begin()
    for look in context.looks(reloader.active) {
      context.note(try look.run(until: StopFlag()), reloader.active)
    }
    // A ledger may have come by mail.
    if reloader.active.configuration.answers.takesLedger { _ = reloader.reloadIfChanged() }
    progress.countMails(of: try outbox.backlog().open)
    let planned = try context.lookAtPlan(reloader)
    progress.countMore(planned.queued.count)
    let delivery = DeliveryFactory(active: reloader.active, context, namesRecipients: logRecipients)
    let report = try delivery.make().runToTheEnd()
    progress.end()
    let publisher = StatusPublisher(reloader, context)
    publisher.publish()
    if planned.failures.isEmpty, try publisher.status().reachesRelay, let ping = publisher.ping() { ping() }
    try DeliveryEnd(report).check()
    if !planned.failures.isEmpty || !review.losses.isEmpty { throw Failure(.somethingWrong) }
  }
}
