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
  @Option(help: ArgumentHelp("Only mails in this state.", valueName: "state"))
  var state: [EntryState] = []
  @Option(help: ArgumentHelp("At most so many, the newest first.", valueName: "count")) var limit: Int?
  @Flag(
    help: "What people decided by hand instead of mails: snoozed, done, reports received, requests refused.")
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
    // A refusal decides nothing about an item, and is a decision all the same.
    let ruled = try Failure.translating { try outbox.proposals(openOnly: false) }.filter { proposal in
      proposal.wasRuledAlone(all) && wanted.map { $0.contains(proposal.identity) } ?? true
    }
    let lines =
      (active.renumbered(all).map { ($0.at, DecisionJSON($0, active.zone)) }
      + active.renumbered(ruled).map { ($0.decidedAt ?? $0.at, DecisionJSON($0, active.zone)) })
      .sorted { $0.0 < $1.0 }.map(\.1)
    if json { return try Terminal.print(json: lines) }
    var table = TextTable("AT", "DECISION", "ITEM", "DATE", "UNTIL", "UNIT", "BY", "WHY")
    func shown(_ text: String) -> String { text.isEmpty ? "-" : text }
    for line in lines {
      table.add(
        line.at, line.decision, shown(line.item), line.date?.description ?? "-",
        line.until?.description ?? "-", shown(line.unit), shown(line.by), line.why)
    }
    if table.isEmpty { Terminal.print("nothing") } else { Terminal.print(table.lines) }
  }
}
