import ArgumentParser
import DubanCore
import DubanDaemon
import DubanOutbox

/// `duban queue`: what waits in the outbox.
struct QueueCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "queue", abstract: "The outbox: what waits, and what to do with it.",
    subcommands: [
      QueueList.self, QueueShow.self, QueueRetry.self, QueueHold.self, QueueRelease.self, QueueDrop.self,
      QueueForgive.self,
    ],
    defaultSubcommand: QueueList.self)
}

/// `duban queue list`: everything that isn't final.
struct QueueList: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Everything that waits, in the order it was queued.")

  @OptionGroup var common: CommonOptions
  @Flag(help: "One JSON document.") var json = false

  func run() throws {
    let active = try common.loadAsFarAsRead()
    let entries = try common.outbox(active, .readOnly).entries(.open)
    if json { return try Terminal.print(json: entries.map { EntryJSON($0, active.zone) }) }
    EntryTable.print(entries, active.zone)
  }
}

/// `duban queue show`: all that is known of one entry.
struct QueueShow: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "All that is known of one entry; with --eml the message itself.")

  @OptionGroup var common: CommonOptions
  @Argument(help: "The entry's number.") var id: Int64
  @Flag(help: "One JSON document.") var json = false
  @Flag(help: "The message as it goes out.") var eml = false

  func run() throws {
    let active = try common.loadAsFarAsRead()
    let details = try common.outbox(active, .readOnly).show(id)
    if eml {
      guard let body = details.body else {
        throw Failure(.somethingWrong, "duban: the bytes of entry \(id) were purged; the record stays")
      }
      return Terminal.print(bytes: body)
    }
    let entry = EntryJSON(details, active.zone)
    if json { return try Terminal.print(json: entry) }
    EntryTable.print(details, active.zone)
  }
}

struct EntryArguments: ParsableArguments {
  @OptionGroup var common: CommonOptions
  @Argument(help: "The numbers of entries.") var ids: [Int64]

  /// Does `action` to each entry, and says what couldn't be done.
  func each(_ word: String, _ action: (Outbox, Int64, Timestamp) throws -> Void) throws {
    let active = try common.loadAsFarAsRead()
    let outbox = try common.outbox(active, .readWrite)
    let now = common.clock(active.zone).now()
    var refusals: [String] = []
    for id in ids {
      do {
        try action(outbox, id, now)
        Terminal.print("entry \(id) \(word)")
      } catch let error as OutboxError {
        refusals.append("duban: \(error)")
      }
    }
    guard refusals.isEmpty else { throw Failure(.somethingWrong, lines: refusals) }
  }
}

/// `duban queue retry`: tries entries at once.
struct QueueRetry: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "retry", abstract: "Lets entries be tried at the service's next look, failed ones too.")
  @OptionGroup var entries: EntryArguments
  func run() throws { try entries.each("will be tried") { try $0.retry($1, now: $2) } }
}

/// `duban queue hold`: keeps entries back.
struct QueueHold: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "hold", abstract: "Keeps entries back until released.")
  @OptionGroup var entries: EntryArguments
  func run() throws { try entries.each("is held") { outbox, id, _ in try outbox.hold(id) } }
}

/// `duban queue release`: lets held entries go.
struct QueueRelease: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "release", abstract: "Lets held entries go on.")
  @OptionGroup var entries: EntryArguments
  func run() throws { try entries.each("goes on") { try $0.release($1, now: $2) } }
}

/// `duban queue drop`: gives entries up by hand.
struct QueueDrop: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "drop", abstract: "Gives entries up; the record stays.")
  @OptionGroup var entries: EntryArguments
  func run() throws { try entries.each("is dropped") { try $0.drop($1, now: $2) } }
}

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
      let all = try outbox.badRecipients()
      if all.isEmpty { Terminal.print("nothing") }
      for bad in all {
        Terminal.print("\(bad.address)  \(active.zone.iso8601(bad.since))  \(bad.answer)")
      }
      return
    }
    let outbox = try common.outbox(active, .readWrite)
    guard try outbox.clearBadRecipient(address) else {
      throw Failure(
        .somethingWrong, "duban: \(address) isn't marked as refused; `duban queue forgive` lists those")
    }
    Terminal.print("\(address) is trusted again; its failed mails go with `duban queue retry`")
  }
}

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
    let entries = try outbox.entries(filter)
    guard json else { return EntryTable.print(entries, active.zone) }
    try Terminal.print(json: entries.map { EntryJSON(try outbox.show($0.id), active.zone) })
  }

  private func printAnswers(_ outbox: Outbox, _ active: ActiveConfiguration) throws {
    let wanted = item.map(active.identities)
    let all = try outbox.proposals(openOnly: false).filter { one in
      wanted.map { $0.contains(one.identity) } ?? true
    }
    let proposals = active.renumbered(all)
    let noted = item == nil ? try outbox.notedMails() : []
    if json { return try InboxListCommand.printJSON(proposals, noted, active.zone) }
    InboxListCommand.print(proposals, active.zone)
    for one in proposals {
      for file in one.files { Terminal.print("\(one.id): " + CleanText.visible(file.line)) }
    }
    InboxListCommand.print(noted, active.zone)
  }

  private func printDecisions(_ outbox: Outbox, _ active: ActiveConfiguration) throws {
    let wanted = item.map(active.identities)
    let all = try outbox.decisions().filter { decision in
      wanted.map { $0.contains(decision.identity) } ?? true
    }
    // A refusal decides nothing about an item, and is a decision all the same.
    let ruled = try outbox.proposals(openOnly: false).filter { proposal in
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
