import ArgumentParser
import DubanCore
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
  @OptionGroup var plan: PlanChoice
  @Option(help: ArgumentHelp("The date that isn't done; without it every one.", valueName: "2022-12-31"))
  var occurrence: CivilDate?
  @Option(help: ArgumentHelp("Who says so.", valueName: "name")) var by: DeciderName
  @Option(help: ArgumentHelp("Why.", valueName: "words")) var why = ""

  func run() throws {
    let recorder = try DecisionRecorder(common)
    let taken = try recorder.takeBack(.done, of: item, plan, occurrence: occurrence, by: by.text, why: why)
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
  @OptionGroup var plan: PlanChoice
  @Option(help: ArgumentHelp("Who says so.", valueName: "name")) var by: DeciderName
  @Option(help: ArgumentHelp("Why.", valueName: "words")) var why = ""

  func run() throws {
    let recorder = try DecisionRecorder(common)
    let taken = try recorder.takeBack(.snooze, of: item, plan, by: by.text, why: why)
    guard !taken.isEmpty else { throw Failure(.usage, "duban: \(item) isn't snoozed") }
    Terminal.print("\(item): reminders go on")
  }
}

/// `duban undo report received`, or short `duban undo report`.
struct UndoReport: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report", abstract: "The unit's report didn't come in after all.",
    subcommands: [UndoReportReceived.self], defaultSubcommand: UndoReportReceived.self)
}

/// The unit's report didn't come in after all.
struct UndoReportReceived: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "received", abstract: "The unit's report didn't come in after all.")

  @OptionGroup var common: CommonOptions
  @Argument(help: "The unit.") var unit: String
  @Option(
    help: ArgumentHelp("The report date; without it the last that was marked.", valueName: "2022-12-31"))
  var on: CivilDate?
  @Option(
    help: ArgumentHelp(
      "Which report, where several of that day are marked, as in the agenda.", valueName: "item"))
  var item: String?
  @OptionGroup var plan: PlanChoice
  @Option(help: ArgumentHelp("Who says so.", valueName: "name")) var by: DeciderName?

  func run() throws {
    let recorder = try DecisionRecorder(common)
    let marked = try recorder.receivedReports(of: unit, on: on, item: item, plan)
    guard let due = marked.first?.occurrence else {
      throw Failure(
        .usage, "duban: no report of \(unit)\(on.map { " for \($0)" } ?? "") is marked as received")
    }
    guard Set(marked.map { [$0.plan, $0.identity] }).count == 1 else {
      let names = marked.map { "\($0.item) of \($0.plan)" }.joined(separator: ", ")
      throw Failure(
        .usage,
        "duban: several reports of \(unit) on \(due) are marked as received: \(names); name one with --item, or --plan"
      )
    }
    _ = try recorder.takeBack(.reportReceived, by: by?.text ?? "", why: "", marked.contains)
    Terminal.print("\(unit): the report of \(due) was not received")
  }
}
