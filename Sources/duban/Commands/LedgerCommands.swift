import ArgumentParser
import DubanCore
import DubanDaemon
import DubanLedger
import DubanOutbox
import Foundation

/// `duban ledger`: the ledger as read, and what to do with one that lost many of its measures.
struct LedgerCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ledger", abstract: "The ledger as read, with how its deadlines were read.",
    subcommands: [LedgerShow.self, LedgerAccept.self], defaultSubcommand: LedgerShow.self)
}

/// `duban ledger accept`: what is missing of a ledger was taken out on purpose.
struct LedgerAccept: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "accept", abstract: "Puts ledgers in force that have far fewer measures than before.",
    discussion: """
      A ledger that lost a fifth of its open measures, or an area, isn't put in force by itself: it may have been cut \
      off. This says that it is meant.
      """)

  @OptionGroup var common: CommonOptions

  func run() throws {
    let fresh = try common.load()
    let outbox = try common.outbox(fresh, .readWrite)
    let now = common.clock(fresh.zone).now()
    let archive = LedgerArchive(outbox)
    let review = try archive.review(fresh, at: now)
    guard !review.losses.isEmpty else { return Terminal.print("no ledger waits to be accepted") }
    try archive.accept(review, at: now)
    for loss in review.losses {
      Terminal.print(
        "\(loss.plan): accepted without \(loss.missing.count) of its \(loss.open) open measures")
    }
    Terminal.print("in force from the service's next look at the plan, or at once: systemctl reload duban")
  }
}

/// `duban ledger show`: the ledger as read.
struct LedgerShow: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "The ledger as read, with how its deadlines were read.")

  @OptionGroup var common: CommonOptions
  @Flag(help: "One JSON document; with several ledgers, one document each.") var json = false
  @Option(help: "Write the ledger as a file: yaml, csv or xlsx.") var format: Format?
  @Option(name: .shortAndLong, help: ArgumentHelp("Where to; standard output without it.", valueName: "file"))
  var output: String?
  @OptionGroup var plan: PlanChoice
  @Flag(help: "The versions of a ledger that came by mail, instead.") var versions = false
  @Option(help: ArgumentHelp("Put this one of them in force again.", valueName: "no")) var restore: Int64?

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case yaml, csv, xlsx
  }

  func validate() throws {
    if output != nil, format == nil { throw ValidationError("-o needs --format yaml, csv or xlsx") }
    if json, format != nil { throw ValidationError("--json and --format exclude each other") }
  }

  func run() throws {
    if versions { return try printVersions() }
    if let restore { return try putBack(restore) }
    if let format { return try write(format) }
    let ledgers = common.loader.ledgers { common.clock($0).now() }
    guard let readings = ledgers.readings else {
      throw Failure(common.isUnreadable ? .unreadable : .configuration, ledgers.diagnostics)
    }
    var hasErrors = false
    for reading in readings {
      hasErrors = hasErrors || reading.ledger == nil
      if json {
        try Terminal.print(json: LedgerJSON(reading))
      } else {
        Terminal.complain(reading.diagnostics)
        if let ledger = reading.ledger { Self.print(ledger) }
      }
    }
    if hasErrors { throw Failure(.configuration) }
  }

  private func printVersions() throws {
    let active = try common.loadAsFarAsRead()
    let outbox = try common.outbox(active, .readOnly)
    var table = TextTable("NO", "SINCE", "BYTES", "FROM")
    for version in try outbox.ledgerVersions() {
      table.add(
        String(version.number), active.zone.iso8601(version.at), String(version.bytes.count), version.source)
    }
    if table.isEmpty { Terminal.print("no versions: they are kept where answers: {ledger: true}") }
    for line in table.lines where !table.isEmpty { Terminal.print(line) }
  }

  private func putBack(_ number: Int64) throws {
    let active = try common.loadAsFarAsRead()
    guard active.configuration.answers.takesLedger else {
      throw Failure(.usage, "duban: versions are kept where answers: {ledger: true}")
    }
    let outbox = try common.outbox(active, .readWrite)
    guard let version = try outbox.ledgerVersion(number) else {
      throw Failure(.usage, "duban: version \(number) isn't kept; `duban ledger --versions` lists them")
    }
    let ledgers = LedgerByMail(active, outbox)
    let new = try ledgers.keep(
      version.bytes, from: "version \(number)", at: common.clock(active.zone).now())
    if let failure = try ledgers.writePending() { throw Failure(.unreadable, "duban: \(failure)") }
    Terminal.print("version \(number) is in force again, as version \(new)")
  }

  private func write(_ format: Format) throws {
    let active = try common.load()
    let ledger = active.ledgers[try plan.place(among: active.ledgers.map(\.plan))]
    if format != .yaml { Self.complainOfLosses(ledger) }
    let bytes: [UInt8]
    do throws(ExportFailure) {
      switch format {
      case .yaml: bytes = Array(LedgerYAML.text(ledger).utf8)
      case .csv: bytes = try LedgerCSV.bytes(ledger)
      case .xlsx:
        bytes = try LedgerXLSX.bytes(
          ledger, on: common.today(active), lights: active.configuration.policy.lights,
          calendar: active.calendar)
      }
    } catch { throw Failure(.somethingWrong, "duban: \(error)") }
    guard let output else { return Terminal.print(bytes: bytes) }
    try CommonOptions.refuseInput(output, of: active)
    do throws(AtomicFile.Failure) { try AtomicFile.write(bytes, to: output, replacing: true) } catch {
      throw Failure(.unreadable, "duban: \(output): \(error.reason)")
    }
  }

  /// Tables have no columns for an area's feedback and day of assignment.
  private static func complainOfLosses(_ ledger: Ledger) {
    let areas = ledger.areas.filter { $0.reports.assigned != nil || !$0.reports.feedback.isEmpty }
    guard !areas.isEmpty else { return }
    let names = areas.map { "“\($0.name)”" }.joined(separator: ", ")
    Terminal.complain(
      "duban: warning: a table has no columns for feedback: and assigned: of \(names), which are left out; keep them in YAML"
    )
  }

  private static func print(_ ledger: Ledger) {
    Terminal.print("\(ledger.plan.title)  \(ledger.plan.number)")
    Terminal.print(
      "reports: \((ledger.reports.map(\.description) + ledger.recurringReports.map(\.text)).joined(separator: ", "))"
    )
    for area in ledger.areas {
      Terminal.print("\n\(area.index)  \(area.name)")
      for measure in area.measures {
        let due = measure.deadline.dueDates.map(\.description).joined(separator: ", ")
        let date =
          due.isEmpty
          ? (measure.deadline.isStanding ? "standing" : measure.deadline.reading.status.rawValue) : due
        Terminal.print(
          "  \(measure.id)  \(DisplayWidth.truncated(measure.title, to: 60))\n"
            + "       \(measure.persons.joined(separator: "、"))  \(measure.deadline.text) (\(date))  \(measure.status.rawValue)"
        )
      }
    }
  }
}

/// `duban merge`: sheets that units filled in, back into the ledger's own file.
struct MergeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge", abstract: "Brings sheets that units filled in back into the ledger.",
    discussion: """
      The sheets are those of `duban paper ledger --unit UNIT -o FILE.xlsx`. Only 状态, 进展情况 and 申请事项 are taken, \
      the last as words at the end of 进展情况 and as a proposal that the contact decides. A row is known by its measure, \
      whatever number that has by now, and a sheet may come again as the unit goes on filling it in. Where the ledger has \
      changed meanwhile and says something else, the cell is named and the ledger's word stays, for the whole row; what \
      the unit itself said last is replaced, and an older copy is left out with a warning. A sheet of another plan is \
      refused. A measure that several units share is done once its lead unit, or every one of them, has reported it; \
      进展情况 has each unit's words under its name.
      """)

  @OptionGroup var common: CommonOptions
  @Argument(help: "The sheets (.xlsx).") var files: [String]
  @OptionGroup var plan: PlanChoice
  @Flag(help: "Say what would change, and write nothing.") var dryRun = false

  func run() throws {
    if !dryRun { try refuseAnother() }
    let active = try common.load()
    let place = try plan.place(among: active.ledgers.map(\.plan))
    let (file, ledger) = (active.configuration.ledgers[place], active.ledgers[place])
    let key = ledger.plan.key
    let said = try common.outboxToRead(active).map { outbox in
      try SheetRequests.said(ofPlan: key, outbox)
    }
    var merge = SheetMerge(into: ledger, said: said ?? [:])
    for sheet in files {
      switch SourceFile.bytes(sheet) {
      case .success(let bytes): merge.add(bytes, file: sheet)
      case .failure(let diagnostic): throw Failure(.unreadable, [diagnostic])
      }
    }
    Terminal.complain(merge.diagnostics)
    for request in merge.requests where !request.isKnown {
      Terminal.print("to decide: \(request.location): \(request.id) asks: \(request.text)")
    }
    let remembers = !dryRun && (said != nil || merge.saysAnything)
    // Before the ledger: a state that refuses would forget what its sheets said. It is opened after that, since root then
    // becomes the state directory's owner, whom the ledger isn't.
    if remembers, active.configuration.database == nil {
      try Outbox.checkWritable(active.configuration.state)
    } else if remembers, said == nil {
      _ = try common.outbox(active, .readWrite)
    }
    var target = file
    if !dryRun, !merge.changes.isEmpty {
      do throws(LedgerEditor.Failure) {
        target = try LedgerEditor.apply(merge.changes, to: file, calendar: active.calendar)
      } catch { throw Failure(.somethingWrong, "duban: \(error)") }
    }
    for change in merge.changes {
      let status = change.status.map { " status: \($0.rawValue)" } ?? ""
      let progress = change.progress.map { " progress: \($0.replacing("\n", with: " "))" } ?? ""
      Terminal.print("\(change.id):\(status)\(progress)")
    }
    Terminal.print(
      "\(target): \(dryRun ? "would change" : "changed") \(merge.changes.count.counted("measure"))")
    // After the ledger: a row that the state knows and the ledger hasn't taken would be left out for good.
    if remembers {
      do { try record(merge, active, key) } catch {
        guard let failure = Failure(error) else { throw error }
        throw Failure(
          failure.code,
          lines: failure.lines + [
            "duban: the sheets are in \(target), and the state doesn't know of it: merge them again when it can be written"
          ])
      }
    }
    if merge.diagnostics.hasErrors { throw Failure(.somethingWrong, lines: []) }
  }

  /// One merge at a time: of two that have read the same ledger, one would write over what the other takes in.
  private func refuseAnother() throws {
    // Held until the process ends. What can't be opened is named by who reads it.
    let file = open(common.config, O_RDONLY | O_CLOEXEC)
    guard file >= 0, flock(file, LOCK_EX | LOCK_NB) != 0 else { return }
    throw Failure(
      .somethingWrong, "duban: another `duban merge` is under way; try again when it has ended")
  }

  /// Proposes what units ask for, and remembers what their sheets said.
  private func record(_ merge: SheetMerge, _ active: ActiveConfiguration, _ plan: String) throws {
    let outbox = try common.outbox(active, .readWrite)
    let now = common.clock(active.zone).now()
    let count =
      merge.requests.isEmpty
      ? 0
      : try SheetRequests(try active.registered(in: outbox, at: now), outbox).record(
        merge.requests, ofPlan: plan, file: files.joined(separator: "、"), at: now)
    try SheetRequests.remember(merge.said, ofPlan: plan, outbox, at: now)
    guard count > 0 else { return }
    Terminal.print(
      "\(count.counted("request")) to decide: in the next digest under 下一步, and in `duban inbox`"
    )
  }
}
