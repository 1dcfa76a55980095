import ArgumentParser
import DubanCore
import DubanDaemon
import DubanOutbox

/// `duban history`: what was sent, when, and the relay's answer.
struct HistoryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "history", abstract: "What was sent, when, and the relay's answer.")

  @OptionGroup var common: CommonOptions
  @Option(help: ArgumentHelp("Only mails to this person or address.", valueName: "whom")) var to: String?
  @Option(help: ArgumentHelp("Only mails with a reminder of this item.", valueName: "item")) var item: String?
  @Option(help: ArgumentHelp("Only mails of this day or later.", valueName: "2022-12-31")) var from:
    CivilDate?
  @Option(help: ArgumentHelp("Only mails of this day or earlier.", valueName: "2022-12-31")) var through:
    CivilDate?
  @Option(help: ArgumentHelp("Only this state: sent, failed, deferred, held, queued.", valueName: "state"))
  var state: [EntryState] = []
  @Option(help: ArgumentHelp("At most so many, the newest first.", valueName: "count")) var limit: Int?
  @Flag(help: "What people decided by hand instead of mails: snoozed, done, reports received.")
  var decisions = false
  @Flag(help: "What owners answered instead of mails, and what became of it.") var answers = false
  @Flag(help: "One JSON document, with each mail's reminders and attempts.") var json = false

  func run() throws {
    let (active, outbox) = try common.loadAsFarAsReadWithOutbox()
    common.tellRehearsal(active)
    if decisions { return try printDecisions(outbox, active) }
    if answers { return try printAnswers(outbox, active) }
    var filter = EntryFilter()
    filter.to = to
    filter.items = item.map(active.identities)
    filter.from = from
    filter.through = through
    filter.states = state.isEmpty ? nil : Set(state)
    filter.limit = limit
    filter.newestFirst = limit != nil
    let entries = try Failure.translating { try outbox.entries(filter) }
    guard json else { return EntryTable.print(entries, active.zone) }
    try Terminal.print(json: entries.map { EntryJSON(try outbox.show($0.id), active.zone) })
  }

  private func printAnswers(_ outbox: Outbox, _ active: ActiveConfiguration) throws {
    let wanted = item.map(active.identities)
    let all = try Failure.translating { try outbox.proposals(openOnly: false) }.filter { one in
      wanted.map { $0.contains(one.identity) } ?? true
    }
    let proposals = active.renumbered(all)
    let noted = item == nil ? try Failure.translating { try outbox.notedMails() } : []
    if json { return try InboxListCommand.printJSON(proposals, noted, active.zone) }
    InboxListCommand.print(proposals, active.zone)
    for one in proposals {
      for file in one.files { Terminal.print("\(one.id): " + CleanText.visible(AttachedFileLine.text(file))) }
    }
    InboxListCommand.print(noted, active.zone)
  }

  private func printDecisions(_ outbox: Outbox, _ active: ActiveConfiguration) throws {
    let wanted = item.map(active.identities)
    let all = try Failure.translating { try outbox.decisions() }.filter { decision in
      wanted.map { $0.contains(decision.identity) } ?? true
    }
    let decisions = active.renumbered(all)
    if json { return try Terminal.print(json: decisions.map { DecisionJSON($0, active.zone) }) }
    var table = TextTable("AT", "DECISION", "ITEM", "DATE", "UNTIL", "UNIT", "BY", "WHY")
    for decision in decisions {
      table.add(
        active.zone.iso8601(decision.at), decision.kind.rawValue, decision.item,
        decision.occurrence?.description ?? "-", decision.until?.description ?? "-",
        decision.person.isEmpty ? "-" : decision.person, decision.by.isEmpty ? "-" : decision.by, decision.why
      )
    }
    if table.isEmpty { Terminal.print("nothing") } else { Terminal.print(table.lines) }
  }
}
