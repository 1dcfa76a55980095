import ArgumentParser
import DubanCore
import DubanDaemon
import DubanOutbox

/// `duban done`: an item, or one date of it, is done though the ledger doesn't say so yet.
struct DoneCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "done", abstract: "Marks an item, or one date of it, as done; it falls silent.",
    discussion: """
      Kept in the state, never in the ledger: close the measure there too once it is confirmed. A recurring duty is \
      marked per date.
      """)

  @OptionGroup var common: CommonOptions
  @Argument(help: "The item: 3.1, or 8.1#1 for a duty.") var item: String
  @Option(
    help: ArgumentHelp("The date that is done; without it every one, or a duty's next one.", valueName: "day")
  )
  var occurrence: CivilDate?
  @Option(help: ArgumentHelp("Who says so.", valueName: "name")) var by: String
  @Option(help: ArgumentHelp("Anything to add.", valueName: "words")) var why = ""

  func run() throws {
    let recorder = try DecisionRecorder(common)
    let found = try recorder.item(item)
    if let occurrence, !recorder.dates(of: item).contains(occurrence) {
      let known = recorder.dates(of: item).map(\.description).joined(separator: ", ")
      throw Failure(.usage, "duban: \(item) isn't due on \(occurrence); its dates are \(known)")
    }
    // A duty without an end can't be done for good.
    let due = occurrence ?? (found.item.kind == .duty ? found.due : nil)
    try recorder.record(.done, found.item, occurrence: due, by: by, why: why)
    Terminal.print("\(item) \(found.title): done\(due.map { " for \($0)" } ?? "")")
  }
}
