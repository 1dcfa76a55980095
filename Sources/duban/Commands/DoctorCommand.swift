import ArgumentParser
import DubanCore
import DubanCourier
import DubanDaemon
import DubanInbox
import DubanMail
import DubanOutbox

/// `duban doctor`: the way to the relay and into the mailboxes, step by step, without sending or reading mail.
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
