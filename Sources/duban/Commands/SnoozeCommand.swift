import ArgumentParser
import DubanCore
import DubanDaemon
import DubanOutbox

/// `duban snooze`: no reminders of an item until a day.
struct SnoozeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "snooze", abstract: "No reminders of an item until a day; who decided and why is kept.",
    discussion: """
      Kept in the state, never in the ledger, whose own status wins. A snooze past the due date is shown to the \
      contact in every digest.
      """)

  @OptionGroup var common: CommonOptions
  @Argument(help: "The item: 3.1, or 8.1#1 for a duty.") var item: String
  @Option(help: ArgumentHelp("Reminders go on from this day.", valueName: "day")) var until: CivilDate
  @Option(help: ArgumentHelp("Who decided.", valueName: "name")) var by: String
  @Option(help: ArgumentHelp("Why.", valueName: "words")) var why: String

  func run() throws {
    let recorder = try DecisionRecorder(common)
    let found = try recorder.item(item)
    guard until > recorder.today else {
      throw Failure(.usage, "duban: --until \(until) isn't after today, \(recorder.today)")
    }
    try recorder.record(.snooze, found.item, until: until, by: by, why: why)
    Terminal.print("\(item) \(found.title): no reminders before \(until)")
    if let due = found.due, until > due {
      Terminal.complain("duban: that is after its due date \(due); the contact sees it in every digest")
    }
  }
}
