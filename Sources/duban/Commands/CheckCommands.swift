import ArgumentParser
import DubanCore
import DubanCourier
import DubanDaemon
import DubanInbox
import DubanMail
import DubanOutbox
import Foundation

/// `duban check`: all diagnostics at once.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Reads everything that the service will read, with its eyes; all diagnostics at once.",
    discussion: """
      Exit code 0: all is well; 1: warnings, the service runs; 66: a file can't be read; 78: errors, the service \
      doesn't start. With errors alone (--errors) 0 also means warnings.
      """)

  @OptionGroup var common: CommonOptions
  @Flag(help: "One JSON document: a list of diagnostics.") var json = false
  @Flag(help: "Say nothing of warnings.") var errors = false

  func run() throws {
    var (result, secret) = common.loadAsService()
    result.diagnostics += try secret + losses(result) + state(result) + unheard(result)
    if errors { result.diagnostics.removeAll { $0.severity == .warning } }
    if result.diagnostics.contains(where: { $0.severity == .error }) { result.active = nil }
    if json { try Terminal.print(json: result.diagnostics) } else { Terminal.complain(result.diagnostics) }
    guard let active = result.active else {
      throw Failure(result.isUnreadable ? .unreadable : .configuration)
    }
    common.tellRehearsal(active)
    if !json {
      for ledger in active.ledgers {
        Terminal.print("\(ledger.plan.title): \(ledger.counts)")
      }
      if result.diagnostics.isEmpty { Terminal.print(errors ? "no errors" : "all is well") }
    }
    if !result.diagnostics.isEmpty { throw Failure(.somethingWrong) }
  }

  /// The ledgers that the service won't put in force unasked; where the state can't be read, nothing is known of that.
  private func losses(_ result: Loader.Result) throws -> [Diagnostic] {
    guard let active = result.active, let outbox = try common.outboxToRead(active) else { return [] }
    return try LedgerArchive(outbox).review(active, at: common.clock(active.zone).now()).errors
  }

  /// The service makes no state directory: its owner decides whose mails can be read. systemd makes its own.
  private func state(_ result: Loader.Result) -> [Diagnostic] {
    guard let configuration = result.active?.configuration, configuration.database == nil,
      !configuration.state.hasPrefix("/var/lib/"),
      !FileManager.default.fileExists(atPath: configuration.state)
    else { return [] }
    return [
      Diagnostic(
        .warning, at: .init(file: configuration.file),
        "the state directory \(configuration.state) doesn't exist: the service won't start",
        help: "as the user that the service runs as: mkdir -m 700 \(configuration.state)")
    ]
  }

  /// A digest is answered to who it is from, an owner's mail to the contact or `replyTo: ours`: what nobody reads there has
  /// no effect, and nobody notices.
  private func unheard(_ result: Loader.Result) -> [Diagnostic] {
    guard let active = result.active, case let configuration = active.configuration,
      case let logins = configuration.inboxes.compactMap({ $0.mailbox.server.user?.lowercased() }),
      !logins.isEmpty
    else { return [] }
    let contacts = active.ledgers.map(\.plan.contact.email)
    let ours = configuration.sender.map { [$0.address] } ?? contacts
    let answered = [
      ("what the contact decides goes", ours, "read that mailbox too (inbox: may be a list)"),
      (
        "what owners answer goes", configuration.answers.repliesToUs ? [] : contacts,
        "read that mailbox too, or write answers: {replyTo: ours}"
      ),
    ]
    return answered.flatMap { what, addresses, help in
      // Some servers' logins are the name without the domain.
      Set(addresses.map { $0.lowercased() }).filter { address in
        !logins.contains { $0 == address || $0 == address.prefix { $0 != "@" } }
      }.sorted().map { address in
        Diagnostic(
          .warning, at: .init(file: configuration.file), "\(what) to \(address), which no inbox: reads",
          help: "\(help), unless what comes there is forwarded to one that is read")
      }
    }
  }
}

/// `duban status`: next send, backlog, last error, ledger in force.
struct StatusCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "Next send, backlog, last error, ledger in force.",
    discussion: """
      Exit code 0: all is well; 1: something needs a person, also files that don't read while the service goes by \
      what it read before; 66 and 78: it can't be told.
      """)

  @OptionGroup var common: CommonOptions
  @Flag(help: "One JSON document.") var json = false

  func run() throws {
    let (result, secret) = common.loadAsService()
    var errors = result.diagnostics.filter { $0.severity == .error }
    let unusable = Failure(result.isUnreadable ? .unreadable : .configuration, result.diagnostics)
    guard var active = result.asFarAsRead else { throw unusable }
    common.tellRehearsal(active)
    guard
      let outbox = errors.isEmpty ? try common.outbox(active, .readOnly) : try common.outboxToRead(active)
    else { throw unusable }
    let now = common.clock(active.zone).now()
    let archive = LedgerArchive(outbox)
    if errors.isEmpty {
      let review = try archive.review(active, at: now)
      (active, errors) = (review.active, review.errors)
    } else if let kept = try archive.active(result) {
      active = kept
    }
    let status = try Status(active, outbox, errors: errors + secret, now: now)
    if json {
      try Terminal.print(json: StatusJSON(status, active.zone))
    } else {
      print(status, active.zone)
    }
    if !status.problems.isEmpty { throw Failure(.somethingWrong) }
  }

  private func print(_ status: Status, _ zone: Zone) {
    Terminal.print("next look at the plan  \(zone.iso8601(status.nextPass))")
    Terminal.print(
      "last digest            \(status.lastDigest?.description ?? (status.ledgers.isEmpty ? "not known" : "none yet"))"
    )
    let counts = EntryState.allCases.compactMap { state in
      status.backlog.counts[state].map { "\($0) \(state.rawValue)" }
    }
    Terminal.print("outbox                 \(counts.isEmpty ? "empty" : counts.joined(separator: ", "))")
    if let next = status.backlog.nextAttempt {
      Terminal.print("next attempt           \(zone.iso8601(next))")
    }
    if let oldest = status.backlog.oldest {
      Terminal.print("oldest that waits      \(zone.iso8601(oldest))")
    }
    if let relay = status.relay {
      let state = relay.isStopped ? "stopped" : "paused"
      Terminal.print("relay                  \(state) until \(zone.iso8601(relay.until)): \(relay.reason)")
    }
    if let error = status.lastError {
      Terminal.print(
        "last error             \(zone.iso8601(error.at)), entry \(error.entry): \(error.answer)")
    }
    for host in status.hosts {
      let words = host.plans ? "runs, plans" : host.runs ? "runs" : "no sign"
      Terminal.print("host                   \(host.name): \(words), last sign \(host.age) s ago")
    }
    if let look = status.lastInboxLook { Terminal.print("mailbox read           \(zone.iso8601(look))") }
    if status.openProposals > 0 {
      Terminal.print("answers                \(status.openProposals) wait for a decision: `duban inbox`")
    }
    for note in status.notes { Terminal.print("noted                  \(CleanText.visible(note))") }
    if let since = status.inForceSince {
      Terminal.print("in force since         \(zone.iso8601(since))")
    }
    for ledger in status.ledgers { Terminal.print("ledger                 \(ledger)") }
    for warning in status.warnings { Terminal.print("warning                \(warning)") }
    for problem in status.problems { Terminal.print("PROBLEM                \(problem)") }
    if status.problems.isEmpty { Terminal.print("all is well") }
  }
}

/// `duban doctor`: relay and mailboxes are tried step by step, without sending or reading mail.
struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract:
      "Reaches the relay and the mailboxes: TLS, login, sender accepted; sends nothing unless asked to.",
    discussion:
      "Exit code 0: mail would be taken; 1: something to look at; 69: the relay can't be reached or refuses us."
  )

  @OptionGroup var common: CommonOptions
  @Flag(help: "One JSON document: a list of steps.") var json = false
  @Option(help: ArgumentHelp("If all goes well, send one test mail there.", valueName: "address")) var send:
    String?

  func run() throws {
    let (result, _) = common.loadAsService()
    let active = try CommonOptions.sound(result)
    guard let relay = active.configuration.relay?.relay, let sender = active.configuration.sender else {
      throw Failure(
        .configuration, "duban: \(common.config) names no relay to examine; add relay: with url and from")
    }
    let now = common.clock(active.zone).now()
    let test = try send.map { address in
      do {
        return try active.composer().composeTest(
          to: address, at: now, utcOffset: active.zone.utcOffset(at: now))
      } catch { throw Failure(.usage, "duban: --send: \(error)") }
    }
    var steps = Doctor(
      relay, sender: sender.address, recipient: active.ledgers.first?.plan.contact.email
    ).examine(now: now)
    if let test, steps.allSatisfy(\.isOK) {
      let courier = SMTPCourier(relay)
      steps.append(DoctorStep(courier.deliver(test), of: test))
      courier.close()
    }
    let relayEnd = steps.last?.step
    for robot in active.configuration.robots.robots { steps.append(DoctorStep(examining: robot, at: now)) }
    if active.configuration.database != nil { steps.append(databaseStep(active)) }
    for inbox in active.configuration.inboxes { steps += MailboxDoctor.examine(inbox.mailbox) }
    if json {
      try Terminal.print(json: steps.map(StepJSON.init))
    } else {
      for step in steps { Terminal.print(step.description) }
    }
    guard steps.allSatisfy(\.isOK) else {
      let reached = [.quit, .test].contains(relayEnd)
      throw Failure(reached ? .somethingWrong : .unreachable)
    }
  }
}

extension DoctorCommand {
  /// Opens the state as the service does, which makes or upgrades the tables.
  private func databaseStep(_ active: ActiveConfiguration) -> DoctorStep {
    do {
      let outbox = try common.realOutbox(active, .readWrite)
      guard let server = try outbox.serverSummary() else { return DoctorStep(.database, isOK: true, "") }
      return DoctorStep(
        .database, isOK: server.closedTables.isEmpty, server.description,
        remedy: server.closedTables.isEmpty ? "" : "grant the role all rights on the tables of its schema")
    } catch let failure as Failure {
      return DoctorStep(.database, isOK: false, failure.lines.joined(separator: "; "))
    } catch {
      return DoctorStep(.database, isOK: false, "\(error)")
    }
  }
}

/// A step of the examination as `--json` prints it.
private struct StepJSON: Encodable {
  let step, detail, remedy: String
  let ok: Bool

  init(_ step: DoctorStep) {
    self.step = step.step.rawValue
    detail = step.detail
    remedy = step.remedy
    ok = step.isOK
  }
}
