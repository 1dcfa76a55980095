import ArgumentParser
import DubanCore
import DubanDaemon
import DubanLedger
import DubanOutbox
import Foundation

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
  @Option(help: ArgumentHelp("Which plan, where there are several: its number or title.", valueName: "plan"))
  var plan: String?
  @Flag(help: "Say what would change, and write nothing.") var dryRun = false

  func run() throws {
    if !dryRun { try refuseAnother() }
    let active = try common.load()
    let chosen = zip(active.configuration.ledgers, active.ledgers).filter { _, ledger in
      plan == nil || [ledger.plan.number, ledger.plan.title].contains(plan)
    }
    guard let (file, ledger) = chosen.first, chosen.count == 1 else {
      let names = active.ledgers.map(\.plan.name).joined(separator: ", ")
      throw Failure(.usage, "duban: choose one plan with --plan: \(names)")
    }
    let key = ledger.plan.key
    let said = try common.outboxToRead(active).map { outbox in
      try Failure.translating { try SheetRequests.said(ofPlan: key, outbox) }
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
      try Failure.translating { try Outbox.checkWritable(active.configuration.state) }
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
      do { try record(merge, active, key) } catch let failure as Failure {
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
    let count = try Failure.translating {
      let count =
        merge.requests.isEmpty
        ? 0
        : try SheetRequests(try active.registered(in: outbox, at: now), outbox).record(
          merge.requests, ofPlan: plan, file: files.joined(separator: "、"), at: now)
      try SheetRequests.remember(merge.said, ofPlan: plan, outbox, at: now)
      return count
    }
    guard count > 0 else { return }
    Terminal.print(
      "\(count.counted("request")) to decide: in the next digest under 下一步, and in `duban inbox`"
    )
  }
}
