import ArgumentParser
import DubanCore
import DubanDaemon
import DubanOutbox

/// `duban undo`: takes back what a person decided.
struct UndoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "undo", abstract: "Takes back what was decided with snooze, done or report received.",
    discussion: """
      The item is reminded of again as if nothing had been decided; who decided and who took it back stay on record \
      (`duban history --decisions`), and the contact is told of both.
      """,
    subcommands: [UndoDone.self, UndoSnooze.self, UndoReport.self])
}

/// `duban undo done`: the item isn't done after all.
struct UndoDone: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "done", abstract: "The item isn't done after all.")

  @OptionGroup var common: CommonOptions
  @Argument(help: "The item: 3.1, or 8.1#1 for a duty.") var item: String
  @Option(help: ArgumentHelp("The date that isn't done; without it every one.", valueName: "day"))
  var occurrence: CivilDate?
  @Option(help: ArgumentHelp("Who says so.", valueName: "name")) var by: String
  @Option(help: ArgumentHelp("Why.", valueName: "words")) var why = ""

  func run() throws {
    let recorder = try DecisionRecorder(common)
    let identities = recorder.identities(of: item)
    let taken = try recorder.takeBack(.done, by: by, why: why) {
      identities.contains($0.identity) && (occurrence == nil || $0.occurrence == occurrence)
    }
    guard !taken.isEmpty else { throw Failure(.usage, "duban: \(item) isn't marked as done") }
    for one in taken { Terminal.print("\(item): not done\(one.occurrence.map { " for \($0)" } ?? "")") }
  }
}

/// `duban undo snooze`: the item is reminded of again.
struct UndoSnooze: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "snooze", abstract: "Reminders of the item go on at once.")

  @OptionGroup var common: CommonOptions
  @Argument(help: "The item: 3.1, or 8.1#1 for a duty.") var item: String
  @Option(help: ArgumentHelp("Who says so.", valueName: "name")) var by: String
  @Option(help: ArgumentHelp("Why.", valueName: "words")) var why = ""

  func run() throws {
    let recorder = try DecisionRecorder(common)
    let identities = recorder.identities(of: item)
    let taken = try recorder.takeBack(.snooze, by: by, why: why) { identities.contains($0.identity) }
    guard !taken.isEmpty else { throw Failure(.usage, "duban: \(item) isn't snoozed") }
    Terminal.print("\(item): reminders go on")
  }
}

/// `duban undo report`: the unit's report didn't come in after all.
struct UndoReport: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report", abstract: "The unit's report didn't come in after all.")

  @OptionGroup var common: CommonOptions
  @Argument(help: "The unit.") var unit: String
  @Option(help: ArgumentHelp("The report date; without it the last that was marked.", valueName: "day"))
  var on: CivilDate?
  @Option(help: ArgumentHelp("Who says so.", valueName: "name")) var by = ""

  func run() throws {
    let recorder = try DecisionRecorder(common)
    let due = try on ?? recorder.standing(.reportReceived).last { $0.person == unit }?.occurrence
    let taken = try recorder.takeBack(.reportReceived, by: by, why: "") {
      $0.person == unit && $0.occurrence == due
    }
    guard let due, !taken.isEmpty else {
      throw Failure(
        .usage, "duban: no report of \(unit)\(on.map { " for \($0)" } ?? "") is marked as received")
    }
    Terminal.print("\(unit): the report of \(due) was not received")
  }
}
