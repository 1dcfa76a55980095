import ArgumentParser
import DubanCore
import DubanDaemon
import DubanLedger
import DubanMail
import DubanOutbox
import Foundation

/// `duban paper`: 督办单, 通报 and 台账 as documents.
struct PaperCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "paper", abstract: "Papers of the office as .docx or .pdf: 督办单, 通报, 台账.",
    discussion: """
      A4, set as GB/T 9704 says. The file's ending decides: .docx, or .pdf by LibreOffice where it is installed. As of a \
      past day they are made of the state's record: what the ledger was then, and what was decided by then.
      """,
    subcommands: [PaperSlip.self, PaperBulletin.self, PaperLedger.self])
}

/// What every paper takes.
struct PaperOptions: ParsableArguments {
  @OptionGroup var common: CommonOptions
  @Option(help: ArgumentHelp("As of this day, today without it.", valueName: "2022-12-31")) var on: CivilDate?
  @OptionGroup var plan: PlanChoice
  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "The file to write, .docx or .pdf (a unit's sheet: .xlsx); a document to standard output without it.",
      valueName: "file"))
  var output: String?

  /// What is in force, the maker of papers and the day.
  ///
  /// - Parameter issues: whether a number is taken, which the state keeps.
  func open(issues: Bool) throws -> (active: ActiveConfiguration, maker: PaperMaker, day: CivilDate) {
    let active = try common.loadInForce()
    if let output { try CommonOptions.refuseInput(output, of: active) }
    let outbox = issues ? try common.outbox(active, .readWrite) : try common.outboxToRead(active)
    let now = common.clock(active.zone).now()
    let today = active.zone.day(of: now)
    if let on, on > today { throw Failure(.usage, "duban: --on \(on) is after today, \(today)") }
    return (active, PaperMaker(active, outbox, at: now), on ?? today)
  }

  func chosenPlan(_ active: ActiveConfiguration) throws -> Plan {
    let plans = active.ledgers.map(\.plan)
    return plans[try plan.place(among: plans)]
  }

  /// Refuses an ending that no paper has, before a number is taken.
  func checkOutput(endings: [String] = ["docx", "pdf"], instead: String = "") throws {
    guard let output else { return }
    guard endings.contains(ending(of: output)) else {
      let known = endings.map { ".\($0)" }.joined(separator: ", ")
      throw Failure(.usage, "duban: “\(output)” ends in none of \(known)\(instead)")
    }
  }

  /// Writes a paper where it is wanted, and says which it is on standard error.
  func write(_ result: PaperMaker.Result) throws {
    guard let output else { return Terminal.print(bytes: result.paper.docx) }
    var bytes = result.paper.docx
    if ending(of: output) == "pdf" {
      do throws(OfficeProgram.Failure) {
        bytes = try OfficeProgram.convert(bytes, from: "docx", to: "pdf")
      } catch { throw Failure(error.isMissing ? .unreadable : .somethingWrong, "duban: \(error)") }
    }
    try Self.write(bytes, to: output)
    Terminal.print("\(output): \(result.number.map { $0 + "  " } ?? "")\(result.summary)")
  }

  static func write(_ bytes: [UInt8], to output: String) throws {
    do throws(AtomicFile.Failure) { try AtomicFile.write(bytes, to: output, replacing: true) } catch {
      throw Failure(.unreadable, "duban: \(output): \(error.reason)")
    }
  }

  func ending(of file: String) -> String { URL(fileURLWithPath: file).pathExtension.lowercased() }

  /// Turns what the maker says into the contract's exit codes.
  static func making<Value>(_ body: () throws(PaperMaker.Failure) -> Value) throws -> Value {
    do throws(PaperMaker.Failure) { return try body() } catch {
      if case .noRecord = error { throw Failure(.usage, "duban: \(error)") }
      throw Failure(.somethingWrong, "duban: \(error)")
    }
  }
}

/// `duban paper slip`: a 督办单 for one unit or item.
struct PaperSlip: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "slip", abstract: "A 督办单 for a unit or an item, under the next number.",
    discussion: """
      Without --unit and --item it lists what is due to which unit, and writes nothing. The colour is that of the gravest \
      measure on it, by papers.levels in the configuration. The same paper keeps its number when it is made again; \
      --draft takes none.
      """)

  @OptionGroup var options: PaperOptions
  @Option(help: "The unit.") var unit: String?
  @Option(help: ArgumentHelp("Only this measure; may be repeated.", valueName: "number")) var item: [String] =
    []
  @Option(help: ArgumentHelp("Only measures of this colour, such as 红色.", valueName: "name")) var level:
    String?
  @Option(help: ArgumentHelp("Who issues it.", valueName: "name")) var by = ""
  @Flag(help: "No number, and nothing is recorded.") var draft = false

  func run() throws {
    try options.checkOutput()
    let isList = unit == nil && item.isEmpty
    let (active, maker, day) = try options.open(issues: !isList && !draft)
    let plan = try options.plan.plan == nil ? nil : options.chosenPlan(active).key
    if let level, !active.configuration.papers.levels.contains(where: { $0.name == level }) {
      // A colour may have several conditions.
      let names = active.configuration.papers.levels.map(\.name).uniqued
      throw Failure(
        .usage,
        "duban: no level is called “\(level)”; expected one of \(names.joined(separator: ", "))")
    }
    let measures = active.ledgers.flatMap(\.measures)
    if let unit, !measures.contains(where: { $0.units.contains(unit) }) {
      throw Failure(.usage, "duban: no measure is of a unit called “\(unit)”; `duban paper slip` lists them")
    }
    for number in item where !measures.contains(where: { $0.id == number }) {
      throw Failure(.usage, "duban: no measure has the number “\(number)”")
    }
    let units =
      unit.map { [$0] }
      ?? (item.isEmpty ? nil : measures.first { $0.id == item[0] }.map { Array($0.units.prefix(1)) })
    let slips = try PaperOptions.making { () throws(PaperMaker.Failure) in
      try maker.slips(to: units, items: item.isEmpty ? nil : Set(item), level: level, plan: plan, on: day)
    }
    if isList {
      for slip in slips {
        let ids = slip.lines.compactMap { $0.item.measure?.id }.joined(separator: " ")
        Terminal.print("\(slip.level.name)  \(slip.unit)  \(ids)")
      }
      return
    }
    guard let slip = slips.first else {
      throw Failure(
        .somethingWrong,
        "duban: no 督办单 is due: none of these measures has reached a level of papers.levels on \(day)")
    }
    guard slips.count == 1 else {
      throw Failure(
        .usage, "duban: choose one plan with --plan: \(slips.map(\.plan.name).joined(separator: ", "))")
    }
    try options.write(
      PaperOptions.making { () throws(PaperMaker.Failure) in try maker.paper(slip, by: by, isDraft: draft) })
  }
}

/// `duban paper bulletin`: the 通报 of a month or of the time since the last report date.
struct PaperBulletin: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bulletin",
    abstract: "A 通报: by unit and area what was due, done in time, late, overdue, reported.",
    discussion:
      "Of the month of --on up to that day, compared with the month before; made of the state's record.")

  enum Period: String, ExpressibleByArgument, CaseIterable { case month, report }

  @OptionGroup var options: PaperOptions
  @Option(help: "The month, or the time since the report date before.") var period = Period.month
  @Option(help: ArgumentHelp("Who issues it.", valueName: "name")) var by = ""
  @Flag(help: "No number, and nothing is recorded.") var draft = false

  func run() throws {
    try options.checkOutput()
    let (active, maker, day) = try options.open(issues: !draft)
    let plan = try options.chosenPlan(active)
    try options.write(
      PaperOptions.making { () throws(PaperMaker.Failure) in
        try maker.bulletin(ofPlan: plan, byReports: period == .report, on: day, by: by, isDraft: draft)
      })
  }
}

/// `duban paper ledger`: the 台账 as of a day, to print.
struct PaperLedger: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ledger", abstract: "The 台账 as of a day to print, A4 landscape; of one unit with --unit.")

  @OptionGroup var options: PaperOptions
  @Option(help: "Only the measures of this unit.") var unit: String?

  func run() throws {
    if unit == nil {
      try options.checkOutput(instead: "; for .xlsx name a --unit, or use `duban ledger --format xlsx`")
    } else {
      try options.checkOutput(endings: ["docx", "pdf", "xlsx"])
    }
    let (active, maker, day) = try options.open(issues: false)
    let plan = try options.chosenPlan(active)
    if let unit, !active.ledgers.flatMap(\.measures).contains(where: { $0.units.contains(unit) }) {
      throw Failure(.usage, "duban: no measure is of a unit called “\(unit)”")
    }
    if let unit, let output = options.output, options.ending(of: output) == "xlsx" {
      return try writeSheet(active, plan, unit, to: output)
    }
    try options.write(
      PaperOptions.making { () throws(PaperMaker.Failure) in
        try maker.ledger(ofPlan: plan, unit: unit, on: day)
      })
  }

  /// A sheet to fill in is of the ledger as it is: what comes back is compared with it.
  private func writeSheet(
    _ active: ActiveConfiguration, _ plan: Plan, _ unit: String, to output: String
  ) throws {
    guard options.on == nil else { throw Failure(.usage, "duban: a sheet to fill in is as of today") }
    guard let ledger = active.ledgers.first(where: { $0.plan.key == plan.key }) else { return }
    if FileManager.default.fileExists(atPath: output) {
      switch SourceFile.bytes(output) {
      case .success(let old) where UnitSheet.isUntouched(old): break
      case .success:
        throw Failure(
          .usage,
          "duban: “\(output)” is there already and was filled in, or is another file: `duban merge` brings it into the"
            + " ledger; write to another file")
      case .failure(let diagnostic): throw Failure(.unreadable, [diagnostic])
      }
    }
    let bytes: [UInt8]
    do throws(ExportFailure) {
      bytes = try UnitSheet.bytes(
        ledger, unit: unit, on: options.common.today(active), calendar: active.calendar)
    } catch { throw Failure(.somethingWrong, "duban: \(error)") }
    try PaperOptions.write(bytes, to: output)
    Terminal.print("\(output): \(unit), to fill in; `duban merge` brings it back")
  }
}
