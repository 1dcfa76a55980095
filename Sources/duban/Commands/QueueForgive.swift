import ArgumentParser
import DubanDaemon
import DubanOutbox

/// `duban queue forgive`: trusts an address again that was refused for good.
struct QueueForgive: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "forgive",
    abstract: "Lets mail go again to an address that was refused for good; without one, lists them.",
    discussion: "An address that the ledger doesn't name any more is forgotten by itself.")

  @OptionGroup var common: CommonOptions
  @Argument(help: "The address, as `duban status` names it.") var address: String?

  func run() throws {
    let active = try common.loadAsFarAsRead()
    guard let address else {
      let outbox = try common.outbox(active, .readOnly)
      for bad in try Failure.translating({ try outbox.badRecipients() }) {
        Terminal.print("\(bad.address)  \(active.zone.iso8601(bad.since))  \(bad.answer)")
      }
      return
    }
    let outbox = try common.outbox(active, .readWrite)
    guard try Failure.translating({ try outbox.clearBadRecipient(address) }) else {
      throw Failure(
        .somethingWrong, "duban: \(address) isn't marked as refused; `duban queue forgive` lists those")
    }
    Terminal.print("\(address) is trusted again; its failed mails go with `duban queue retry`")
  }
}
