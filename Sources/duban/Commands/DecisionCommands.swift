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
      (`duban history --decisions`), and the digest says both.
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

/// `duban report`: the picture as a web page, and which reports came in.
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report", abstract: "The whole picture as a web page, and the reports that the units owe.",
    subcommands: [ReportPageCommand.self, ReportReceived.self], defaultSubcommand: ReportPageCommand.self)
}

/// `duban report received`: a unit's report came in; its owners aren't reminded of it any more.
struct ReportReceived: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "received",
    abstract: "Marks a unit's report as received; its owners aren't reminded any more.")

  @OptionGroup var common: CommonOptions
  @Argument(help: "The unit.") var unit: String
  @Option(help: ArgumentHelp("The report date; without it the one that is due now.", valueName: "2022-12-31"))
  var on: CivilDate?
  @Option(
    help: ArgumentHelp(
      "Which report, where the unit owes several that day, as in the agenda.", valueName: "item"))
  var item: String?
  @OptionGroup var plan: PlanChoice
  @Option(help: ArgumentHelp("Who says so.", valueName: "name")) var by: DeciderName?

  func run() throws {
    let recorder = try DecisionRecorder(common)
    let owed = try recorder.reports(of: unit, plan).filter { item == nil || $0.item.id == item }
    guard !recorder.units.isEmpty, recorder.units.contains(unit) else {
      throw Failure(
        .usage, "duban: no unit is called “\(unit)”; expected one of \(recorder.units.joined(separator: "、"))"
      )
    }
    let marks = try recorder.received(from: unit, item: item, plan)
    let due = on ?? recorder.dueReport(owed.compactMap(\.due) + marks.compactMap(\.occurrence))
    let line = due.flatMap { due in owed.first { $0.due == due } }
    if let due, line == nil, let mark = marks.last(where: { $0.occurrence == due }) {
      return Terminal.print(
        "\(unit): the report of \(due) was recorded as received already, \(recorder.origin(mark))")
    }
    guard let due, let line else {
      let dates = owed.compactMap { $0.due?.description }.joined(separator: ", ")
      throw Failure(
        .usage,
        "duban: \(unit) owes no report \(on.map { "on \($0)" } ?? "that is due now"); "
          + (dates.isEmpty ? "it owes none" : "it owes those of \(dates): name one with --on"))
    }
    let same = owed.filter { $0.due == due }.map(\.item)
    guard Set(same).count == 1 else {
      let names = same.map { "\($0.id) of \($0.plan)" }.joined(separator: ", ")
      throw Failure(
        .usage, "duban: \(unit) owes several reports on \(due): \(names); name one with --item, or --plan")
    }
    try recorder.record(
      .reportReceived, line.item, occurrence: due, person: unit, by: by?.text ?? "", why: "")
    Terminal.print("\(unit): the report of \(due) was received")
  }
}

/// `duban report --html DIR`: the picture of the contact's digest as one static page, `DIR/index.html`.
struct ReportPageCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "page",
    abstract: "Writes the whole picture as one static web page, index.html.",
    discussion: """
      Without an outbox to read, the page says that it has no history. The service writes the same page after \
      every pass where the configuration says “observe: {report: DIR}”.
      """)

  @OptionGroup var common: CommonOptions
  @Option(help: ArgumentHelp("The directory to write index.html into.", valueName: "directory"))
  var html: String
  @Option(help: "The page of this unit alone, which names nobody of others.") var unit: String?

  func run() throws {
    let active = try common.loadInForce()
    if let unit, !active.ledgers.flatMap(\.measures).contains(where: { $0.units.contains(unit) }) {
      throw Failure(.usage, "duban: no measure is of a unit called “\(unit)”")
    }
    let report = ReportFile(active, try common.outboxToRead(active), unit: unit)
    do {
      Terminal.print(try report.write(to: html, at: common.clock(active.zone).now()))
    } catch let error as ReportFile.Failure {
      throw Failure(.somethingWrong, "duban: \(error)")
    }
  }
}

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
  @OptionGroup var plan: PlanChoice
  @Option(
    help: ArgumentHelp(
      "The date that is done; without it every one, or a duty's next one.", valueName: "2022-12-31")
  )
  var occurrence: CivilDate?
  @Option(help: ArgumentHelp("Who says so.", valueName: "name")) var by: DeciderName
  @Option(help: ArgumentHelp("Anything to add.", valueName: "words")) var why = ""

  func run() throws {
    let recorder = try DecisionRecorder(common)
    if let mark = try recorder.mark(ofDone: item, occurrence: occurrence, plan) {
      let isDuty = occurrence == nil && mark.occurrence != nil
      Terminal.print(
        "\(item): recorded as done\(mark.occurrence.map { " for \($0)" } ?? "") already, \(recorder.origin(mark))"
          + (isDuty ? "; another date of it: --occurrence" : ""))
      return
    }
    let found = try recorder.item(item, plan)
    if let occurrence, !recorder.dates(of: item).contains(occurrence) {
      let known = recorder.dates(of: item).map(\.description).joined(separator: ", ")
      throw Failure(.usage, "duban: \(item) isn't due on \(occurrence); its dates are \(known)")
    }
    // A duty without an end can't be done for good.
    let due = occurrence ?? (found.item.kind == .duty ? found.due : nil)
    try recorder.record(.done, found.item, occurrence: due, by: by.text, why: why)
    Terminal.print("\(item) \(found.title): done\(due.map { " for \($0)" } ?? "")")
    guard found.item.kind != .duty else { return }
    for duty in recorder.duties(of: found.item) {
      Terminal.print("its duty \(duty) goes on: duban done '\(duty)'")
    }
  }
}

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
  @OptionGroup var plan: PlanChoice
  @Option(help: ArgumentHelp("Reminders go on from this day.", valueName: "2022-12-31")) var until: CivilDate
  @Option(help: ArgumentHelp("Who decided.", valueName: "name")) var by: DeciderName
  @Option(help: ArgumentHelp("Why.", valueName: "words")) var why: String

  func run() throws {
    let recorder = try DecisionRecorder(common)
    let found = try recorder.item(item, plan)
    guard until > recorder.today else {
      throw Failure(.usage, "duban: --until \(until) isn't after today, \(recorder.today)")
    }
    if let before = try recorder.snooze(of: found, until: until, why: why) {
      Terminal.print("\(item): recorded as snoozed until \(until) already, \(recorder.origin(before))")
      return
    }
    try recorder.record(.snooze, found.item, until: until, by: by.text, why: why)
    Terminal.print("\(item) \(found.title): no reminders before \(until)")
    if let due = found.due, until > due {
      Terminal.complain("duban: that is after its due date \(due); the contact sees it in every digest")
    }
  }
}
