import ArgumentParser
import DubanCourier
import DubanDaemon

/// `duban doctor`: the way to the relay, step by step, without sending.
struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor", abstract: "Reaches the relay: TLS, login, sender accepted, without sending.",
    discussion:
      "Exit code 0: mail would be taken; 1: something to look at; 69: the relay can't be reached or refuses us."
  )

  @OptionGroup var common: CommonOptions
  @Flag(help: "One JSON document: a list of steps.") var json = false

  func run() throws {
    let inForce = try common.load()
    guard let relay = inForce.configuration.relay?.relay, let sender = inForce.configuration.sender else {
      throw Failure(
        .configuration, "duban: \(common.config) names no relay to examine; add relay: with url and from")
    }
    let steps = Doctor(relay, sender: sender.address).examine(now: common.clock(inForce.zone).now())
    if json {
      try Terminal.print(json: steps.map(StepJSON.init))
    } else {
      for step in steps { Terminal.print(step.description) }
    }
    guard steps.allSatisfy(\.isOK) else {
      let reached = steps.last?.step == .quit
      throw Failure(reached ? .somethingWrong : .unreachable)
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
