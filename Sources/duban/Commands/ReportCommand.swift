import ArgumentParser
import DubanCore
import DubanDaemon
import DubanOutbox

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
