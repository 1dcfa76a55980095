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
  @Option(help: ArgumentHelp("The day; today by default.", valueName: "2022-12-31")) var on: CivilDate?
  @Flag(help: "One JSON document.") var json = false

  func run() throws {
    let active = try common.loadInForceToRead()
    common.tellRehearsal(active)
    let today = common.today(active)
    let day = on ?? today
    let outbox = try common.outboxToRead(active)
    let decisions = try outbox.map { try DecisionReader.read($0) } ?? Decisions()
    let planner = active.planner(decisions)
    let history = try common.history(active, planner, outbox, before: day)
    let explanations = planner.explain(name, on: day, after: history).map { one in
      var one = one
      one.today = today
      return one
    }
    let digests = planner.explainDigest(
      name, on: day, after: history, telling: try common.news(active, planner))
    guard !explanations.isEmpty || !digests.isEmpty else {
      throw Failure(.usage, "duban: no item, person or unit is called “\(name)”; `duban agenda` lists them")
    }
    if json {
      return try Terminal.print(
        json: explanations.map { ExplanationJSON($0, on: day) } + digests.map { ExplanationJSON($0, on: day) }
      )
    }
    Terminal.print(outbox == nil ? "\(day), as if the service had run on every working day before" : "\(day)")
    for one in explanations {
      let due = (one.due.map { "due \($0)" } ?? "no date") + (one.agreedChanges.map { " (\($0))" } ?? "")
      let person = "\(one.recipient.person)（\(one.recipient.unit)）"
      Terminal.print("\(one.item.id)  \(person)  \(due): \(one)")
    }
    for digest in digests {
      Terminal.print("digest  \(digest.contact.person)（\(digest.contact.unit)）: \(digest)")
    }
    if let outbox { try printQueued(outbox, active.identities(of: name), on: day) }
  }

  /// What was really queued on that day, and where it stands.
  private func printQueued(_ outbox: Outbox, _ identities: Set<String>, on day: CivilDate) throws {
    for record in try outbox.reminders(plannedSince: day) where record.reminder.plannedOn == day {
      let reminder = record.reminder
      guard identities.contains(reminder.identity) || [reminder.person, reminder.unit].contains(name) else {
        continue
      }
      Terminal.print(
        "entry \(record.entry) (\(record.state.rawValue)): \(reminder.item) to \(reminder.person): \(reminder.reason)"
      )
    }
  }
}
