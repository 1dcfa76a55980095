import ArgumentParser
import DubanCore
import DubanCourier
import DubanDaemon
import DubanOutbox
import Foundation

/// What every command takes.
struct CommonOptions: ParsableArguments {
  /// Where the package installs the configuration.
  static let defaultConfiguration = "/etc/duban/duban.yaml"

  @Option(help: ArgumentHelp("The configuration.", valueName: "file"))
  var config = CommonOptions.defaultConfiguration

  @Option(
    help: ArgumentHelp("Set the clock, in the configuration's time zone.", valueName: "2022-12-20T08:30"))
  var now: LocalMoment?

  /// What reads the files.
  var loader: Loader { Loader(configuration: config, environment: ProcessInfo.processInfo.environment) }

  /// Whether the configuration is missing or closed to us, rather than wrong.
  var isUnreadable: Bool { access(config, R_OK) != 0 }

  /// Reads everything and keeps what is wrong.
  func loadAll() -> Loader.Result { loader.load { clock($0).now() } }

  /// Reads everything, and knows each measure by the state where that can be read; throws the contract's failure when
  /// something is wrong.
  func load() throws -> ActiveConfiguration {
    let active = try Self.sound(loadAll())
    guard let outbox = try outboxToRead(active) else { return active }
    return try active.identified(by: outbox)
  }

  /// Reads everything as the service will, for commands that judge in its place: root becomes the state directory's
  /// owner first, who may not read what root may. The relay's password is read before that, as systemd does; what is
  /// wrong with it comes second.
  func loadAsService() -> (result: Loader.Result, secret: [Diagnostic]) {
    let environment = ProcessInfo.processInfo.environment
    let (configuration, _) = ConfigurationReader.read(config, environment: environment)
    guard let configuration else { return (loadAll(), []) }
    var relay = configuration.delivery.mode == .smtp ? configuration.relay : nil
    var inboxes = configuration.inboxes
    let findings = (relay?.secretDiagnostics() ?? []) + inboxes.flatMap { $0.server.secretDiagnostics() }
    if findings.isEmpty {
      try? relay?.holdSecret()
      for index in inboxes.indices { try? inboxes[index].server.holdSecret() }
    }
    var database = configuration.database
    try? database?.holdSecret()
    // Where there is no state yet, or root may not become its owner, root's own eyes have to do.
    try? configuration.assumeStateOwner()
    var result = loadAll()
    if let relay {
      result.active?.configuration.relay = relay
      result.asFarAsRead?.configuration.relay = relay
    }
    result.active?.configuration.database = database
    result.asFarAsRead?.configuration.database = database
    result.active?.configuration.inboxes = inboxes
    result.asFarAsRead?.configuration.inboxes = inboxes
    return (result, findings)
  }

  /// Reads everything for a command that is about to deliver: with the relay's password, or not at all. A delivery
  /// that can't log in would stop the service's mails too.
  ///
  /// - Parameter forJournal: whether what is wrong goes to the journal, which more people read than the ledger.
  func loadToDeliver(forJournal: Bool) throws -> ActiveConfiguration {
    let (result, secret) = loadAsService()
    do { return try Self.holding(secret, try Self.sound(result)) } catch let failure as Failure
      where forJournal && result.active == nil
    {
      throw Failure(
        failure.code, lines: result.journalLines + ["duban: `duban check` says the same with names and words"]
      )
    }
  }

  /// What could be read, for commands that look at the outbox alone and need no ledger to be right.
  func loadAsFarAsRead() throws -> ActiveConfiguration {
    let result = loadAll()
    guard let active = result.asFarAsRead else { return try Self.sound(result) }
    return active
  }

  /// The same with the outbox, by which each measure is known.
  func loadAsFarAsReadWithOutbox() throws -> (ActiveConfiguration, Outbox) {
    let active = try loadAsFarAsRead()
    let outbox = try outbox(active, .readOnly)
    return (try active.identified(by: outbox), outbox)
  }

  /// Refuses to write over what is in force: a paper in the ledger's place would be the ledger.
  static func refuseInput(_ output: String, of active: ActiveConfiguration) throws {
    guard active.goesBy(output) else { return }
    throw Failure(.usage, "duban: “\(output)” is what duban reads; write to another file")
  }

  /// What is in force, for commands that record what a person decided or show what holds: where a ledger doesn't
  /// read, or has lost many of its measures, the one that was in force before.
  ///
  /// - Parameter delivers: whether mail is about to go out.
  func loadInForce(delivers: Bool = false) throws -> ActiveConfiguration {
    let (result, secret) = loadAsService()
    let active = try active(result)
    return delivers ? try Self.holding(secret, active) : active
  }

  /// The same for commands that only read, with the rights of the caller.
  func loadInForceToRead() throws -> ActiveConfiguration { try active(loadAll()) }

  /// What the next mails say besides the reminders; nothing where the state can't be read.
  func news(_ active: ActiveConfiguration, _ planner: Planner) throws -> DayNews? {
    guard let outbox = try outboxToRead(active) else { return nil }
    return try active.news(outbox, planner, at: clock(active.zone).now())
  }

  /// What was really sent before a day; for a day to come, as if the service went on running from today until then.
  /// Without an outbox it is taken to have run on every working day.
  func history(
    _ active: ActiveConfiguration, _ planner: Planner, _ outbox: Outbox?, before day: CivilDate
  ) throws -> History {
    let today = today(active)
    // Farther ahead than a year nothing of the record matters.
    guard let outbox, day <= today.adding(days: 366) else {
      return History(assumedThrough: day.adding(days: -1))
    }
    guard day > today else { return try HistoryReader.read(outbox, before: day) }
    var history = try HistoryReader.read(outbox, today: today)
    for plan in planner.plan(from: today, through: day.adding(days: -1), after: history) {
      for mail in plan.mails { history.note(mail) }
    }
    return history
  }

  private func active(_ result: Loader.Result) throws -> ActiveConfiguration {
    guard let configured = result.asFarAsRead, let outbox = try outboxToRead(configured) else {
      return try Self.sound(result)
    }
    let archive = LedgerArchive(outbox)
    if let active = result.active {
      let review = try archive.review(active, at: clock(active.zone).now())
      for loss in review.losses {
        Terminal.complain(
          "duban: \(loss.missing.count) of the \(loss.open) open measures of “\(loss.plan)” are gone; this goes by the ledger in force, which has them (`duban check` tells more)"
        )
      }
      return try review.active.identified(by: outbox)
    }
    guard let active = try archive.active(result)?.identified(by: outbox) else {
      return try Self.sound(result)
    }
    Terminal.complain(result.diagnostics.filter { $0.severity == .error })
    Terminal.complain("duban: a ledger doesn't read; this goes by the one that was in force before")
    return active
  }

  /// With the relay's password in hand, where there is a login.
  private static func holding(_ findings: [Diagnostic], _ active: ActiveConfiguration) throws
    -> ActiveConfiguration
  {
    guard findings.isEmpty else { throw Failure(.configuration, findings) }
    var active = active
    do throws(SecretError) {
      if active.configuration.delivery.mode == .smtp { try active.configuration.relay?.holdSecret() }
      for index in active.configuration.inboxes.indices {
        try active.configuration.inboxes[index].server.holdSecret()
      }
    } catch {
      throw Failure(.configuration, "duban: \(error)")
    }
    return active
  }

  static func sound(_ result: Loader.Result) throws -> ActiveConfiguration {
    guard let active = result.active else {
      throw Failure(result.isUnreadable ? .unreadable : .configuration, result.diagnostics)
    }
    return active
  }

  /// The clock: the machine's, or one that starts at `--now`.
  func clock(_ zone: Zone) -> Clock {
    now.map { Clock.starting(at: zone.moment($0.day, $0.time)) } ?? .system
  }

  /// Today in the configuration's time zone.
  func today(_ active: ActiveConfiguration) -> CivilDate { active.zone.day(of: clock(active.zone).now()) }

  /// The outbox, for a command that works without one; nil where there is none yet or it isn't ours to read.
  func outboxToRead(_ active: ActiveConfiguration) throws -> Outbox? {
    let state = active.configuration.state
    let isRehearsed = active.configuration.delivery.redirectAllTo != nil && Rehearsal.isUnderWay(in: state)
    do throws(OutboxError) {
      if isRehearsed { return try Outbox(directory: Rehearsal.directory(in: state), access: .readOnly) }
      var configuration = active.configuration
      try configuration.holdDatabaseSecret()
      return try configuration.openState(.readOnly)
    } catch {
      guard error.isMissing else { throw Failure(.somethingWrong, "duban: \(error)") }
      return nil
    }
  }

  /// What people decided; nothing where the state can't be read.
  func decisions(_ active: ActiveConfiguration) throws -> Decisions {
    guard let outbox = try outboxToRead(active) else { return Decisions() }
    return try DecisionReader.read(outbox)
  }

  /// The outbox, for a command that needs it. As root, the process becomes the state directory's owner first.
  ///
  /// In a rehearsal that is the rehearsal's own, which ends with the first command that writes without it.
  func outbox(_ active: ActiveConfiguration, _ access: Outbox.Access) throws -> Outbox {
    let state = active.configuration.state
    guard let address = active.configuration.delivery.redirectAllTo else {
      let outbox = try realOutbox(active, access)
      if access == .readWrite { Rehearsal.end(in: state) }
      return outbox
    }
    guard access == .readWrite else {
      guard Rehearsal.isUnderWay(in: state) else { return try realOutbox(active, access) }
      return try Self.opening { () throws(OutboxError) in
        try StateOwner.assume(state)
        return try Outbox(directory: Rehearsal.directory(in: state), access: .readOnly)
      }
    }
    return try Self.opening { () throws(OutboxError) in
      var configuration = active.configuration
      try configuration.holdDatabaseSecret()
      try configuration.assumeStateOwner()
      return try Rehearsal.begin(in: state, of: configuration.database?.address, redirectingTo: address)
    }
  }

  /// The outbox of what is really sent and decided, also in a rehearsal.
  func realOutbox(_ active: ActiveConfiguration, _ access: Outbox.Access) throws -> Outbox {
    try Self.opening { () throws(OutboxError) in
      var configuration = active.configuration
      try configuration.holdDatabaseSecret()
      try configuration.assumeStateOwner()
      return try configuration.openState(access)
    }
  }

  /// Says on standard error that a rehearsal is in force, where one is; without the address for the journal.
  func tellRehearsal(_ active: ActiveConfiguration, forJournal: Bool = false) {
    guard let address = active.configuration.delivery.redirectAllTo else { return }
    Terminal.complain(
      "rehearsal: every mail goes to \(forJournal ? "one address" : address) (delivery.redirectAllTo), and nothing is recorded as sent to others"
    )
  }

  private static func opening(_ open: () throws(OutboxError) -> Outbox) throws -> Outbox {
    do throws(OutboxError) { return try open() } catch {
      // systemd tries again after that one, and not after `unreadable`: a database may be back in a moment.
      if case .unreachable = error { throw Failure(.unreachable, "duban: \(error)") }
      throw Failure(error.isMissing ? .unreadable : .somethingWrong, "duban: \(error)")
    }
  }
}

/// Which plan is meant, where there are several.
struct PlanChoice: ParsableArguments {
  @Option(help: ArgumentHelp("Which plan, where there are several: its number or title.", valueName: "plan"))
  var plan: String?

  /// The place of the one that is meant.
  func place(among plans: [Plan]) throws -> Int {
    let chosen = plans.indices.filter { plan == nil || [plans[$0].number, plans[$0].title].contains(plan) }
    guard let place = chosen.first, chosen.count == 1 else {
      throw Failure(
        .usage, "duban: choose one plan with --plan: \(plans.map(\.name).joined(separator: ", "))")
    }
    return place
  }
}

extension Configuration {
  func openState(_ access: Outbox.Access) throws(OutboxError) -> Outbox {
    guard let database else { return try Outbox(directory: state, access: access) }
    return try Outbox(database.address, access: access)
  }

  /// Reads the database's password, unless it is held already.
  mutating func holdDatabaseSecret() throws(OutboxError) {
    guard let address = database?.address, address.password == nil else { return }
    do throws(SecretError) { try database?.holdSecret() } catch {
      throw .unreachable(address.name, detail: error.description)
    }
  }

  /// As root, becomes the user that the state's directory belongs to. With a database there needn't be one.
  func assumeStateOwner() throws(OutboxError) {
    do throws(OutboxError) { try StateOwner.assume(state) } catch {
      if database != nil, case .noDirectory = error { return }
      throw error
    }
  }
}

extension OutboxError {
  /// Whether the file simply isn't there or can't be opened, rather than being wrong.
  var isMissing: Bool {
    switch self {
    case .noDirectory, .noDatabase, .notPermitted, .notADirectory, .unreachable: true
    default: false
    }
  }
}
