import ArgumentParser
import DubanCore
import DubanDaemon
import DubanOutbox

/// `duban explain`: why a mail was, wasn't or will be sent.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "Why a mail was, wasn't or will be sent.",
    discussion: """
      With a state directory that can be read, the answer goes by what was really sent; otherwise the service is \
      taken to have run on every working day before.
      """)

  @OptionGroup var common: CommonOptions
  @Argument(help: "An item (3.1, 8.1#1, report), a person or a unit.") var name: String
  @Option(help: ArgumentHelp("The day; today by default.", valueName: "day")) var on: CivilDate?
  @Flag(help: "One JSON document.") var json = false

  func run() throws {
    let inForce = try common.load()
    let today = common.today(inForce)
    let day = on ?? today
    let outbox = try common.outboxToRead(inForce)
    // A future day is asked as if the service went on running until then.
    let assumed = History(assumedThrough: day.adding(days: -1))
    let sent = day <= today ? try outbox.map { try HistoryReader.read($0, before: day) } : nil
    let decisions = try outbox.map { try DecisionReader.read($0) } ?? Decisions()
    let explanations = inForce.planner(decisions).explain(name, on: day, after: sent ?? assumed)
    guard !explanations.isEmpty else {
      throw Failure(.usage, "duban: no item, person or unit is called “\(name)”; `duban agenda` lists them")
    }
    if json { return try Terminal.print(json: explanations.map { ExplanationJSON($0, on: day) }) }
    Terminal.print(sent == nil ? "\(day), as if the service had run on every working day before" : "\(day)")
    for one in explanations {
      let due = one.due.map { "due \($0)" } ?? "no date"
      Terminal.print(
        "\(one.item.id)  \(one.owner.person)（\(one.owner.unit)）  \(due): \(Self.answer(one.judgement))")
    }
    if let outbox { try printQueued(outbox, on: day) }
  }

  private static func answer(_ judgement: Judgement) -> String {
    switch judgement {
    case .remind(let reminder): "a mail goes out: \(reminder.reason)"
    case .silent(let silence): "no mail: \(silence)"
    }
  }

  /// What was really queued on that day, and where it stands.
  private func printQueued(_ outbox: Outbox, on day: CivilDate) throws {
    for record in try outbox.reminders(plannedSince: day) where record.reminder.plannedOn == day {
      let reminder = record.reminder
      guard [reminder.item, reminder.person, reminder.unit].contains(name) else { continue }
      Terminal.print(
        "entry \(record.entry) (\(record.state.rawValue)): \(reminder.item) to \(reminder.person): \(reminder.reason)"
      )
    }
  }
}
