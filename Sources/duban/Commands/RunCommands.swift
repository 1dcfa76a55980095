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

  /// Whether a service manager, or the one who asked for a journal, keeps what goes to standard error.
  private var writesJournal: Bool {
    !logRecipients && (log != nil || ProcessInfo.processInfo.environment["JOURNAL_STREAM"] != nil)
  }

  func run() throws {
    let fresh = try common.loadToDeliver(forJournal: writesJournal)
    common.tellRehearsal(fresh, forJournal: writesJournal)
    let outbox = try common.outbox(fresh, .readWrite)
    let context = try context(fresh, outbox)
    let now = context.clock.now()
    let review = try LedgerArchive(outbox).review(fresh, at: now)
    if let planner = context.host.planner { try LedgerArchive(planner).record(review, at: now) }
    if once { return try runOnce(review, context) }
    try refuseSecond(outbox)
    let reloader = Reloader(review.active, losses: review.losses, loader: common.loader, context)
    Service(reloader, context, namesRecipients: logRecipients, manager: .systemd).run()
  }

  /// One service for a state directory: the one that ends first would say that none runs. Hosts that share a database know
  /// each other.
  private func refuseSecond(_ outbox: Outbox) throws {
    guard try !outbox.isShared && Status.serviceIsRunning(outbox) else { return }
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
    try report.check()
    if !planned.failures.isEmpty || !review.losses.isEmpty { throw Failure(.somethingWrong) }
  }
}

/// `duban digest`: a digest now, whatever the schedule says.
struct DigestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "digest", abstract: "Sends a digest now, whatever the schedule says.",
    discussion: """
      To the contact: the whole picture. To the owners, or to one of them by name: their open items. It doesn't \
      count as the day's scheduled mail.
      """)

  @OptionGroup var common: CommonOptions
  @Option(help: ArgumentHelp("contact, owners, or a person's name.", valueName: "whom")) var to = "contact"
  @Flag(help: "Show who would get which mail; queue and send nothing.") var dryRun = false

  func run() throws {
    let active = try common.loadInForce(delivers: !dryRun)
    let clock = common.clock(active.zone)
    let outbox = dryRun ? try common.outboxToRead(active) : try common.outbox(active, .readWrite)
    let identified = try outbox.map { try active.identified(by: $0) } ?? active
    let digests = try ManualDigest(identified, outbox, issuesLinks: !dryRun).make(
      for: audience, at: clock.now())
    guard !digests.isUnknown else {
      let names = ["contact", "owners"] + identified.ledgers.flatMap { $0.owners.map(\.person) }
      let remedy =
        Nearest.word(to: to, among: names).map { "did you mean “\($0)”?" }
        ?? "expected contact, owners or a name of the ledger: \(Self.some(names.dropFirst(2)))"
      throw Failure(.usage, "duban: no owner is called “\(to)”; \(remedy)")
    }
    for person in digests.withoutAddress {
      Terminal.complain("duban: \(person.person)（\(person.unit)）has no address and gets none")
    }
    for person in digests.withoutItems {
      Terminal.complain("duban: \(person.person)（\(person.unit)）has nothing open and gets none")
    }
    if dryRun {
      for entry in digests.entries { Terminal.print("\(entry.recipient)  \(entry.subject)") }
      return
    }
    guard let outbox else { return }
    let result = try outbox.enqueue(digests.entries)
    let progress = Progress()
    let journal = progress.counting(Journal { _ in })
    let context = try ServiceContext(outbox: outbox, clock: clock, journal: journal)
    let delivery = try DeliveryFactory(active: active, context).make()
    progress.countMails(of: try outbox.backlog().open)
    let report = delivery.runToTheEnd()
    progress.end()
    for id in result.queued {
      let entry = try outbox.show(id).entry
      Terminal.print("\(entry.recipient)  \(entry.state.rawValue)  \(entry.subject)")
    }
    try report.check()
  }

  /// The first names of a list, each once.
  private static func some(_ names: some Sequence<String>) -> String {
    var seen: Set<String> = []
    let all = names.filter { seen.insert($0).inserted }
    return all.prefix(10).joined(separator: "、") + (all.count > 10 ? "…" : "")
  }

  private var audience: ManualDigest.Audience {
    switch to {
    case "contact": .contact
    case "owners": .owners
    default: .named(to)
    }
  }
}

/// How a command that delivered ends.
extension DeliveryReport {
  /// Throws when something is wrong: mail that failed, a relay that can't be reached, an outbox out of order.
  func check() throws {
    switch end {
    case .outbox(let error): throw Failure(.somethingWrong, "duban: \(error)")
    case .relayClosed:
      throw Failure(
        sent == 0 ? .unreachable : .somethingWrong,
        "duban: the relay takes no mail for now; `duban status` has its words, and what is queued goes out later"
      )
    case .drained, .paced, .stopped: break
    }
    if failed > 0 {
      throw Failure(
        .somethingWrong, "duban: \(failed) mail(s) were given up; `duban history` has the answers")
    }
    if deferred > 0 {
      throw Failure(
        sent == 0 ? .unreachable : .somethingWrong,
        "duban: \(deferred) mail(s) wait for another attempt; `duban queue list` has the answers")
    }
  }
}
