import ArgumentParser
import DubanCore
import DubanLedger
import Foundation

import enum DubanMail.DiagnosticWords

/// `duban import PLAN`: a published plan's text becomes a ledger.
struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Make a ledger of a published plan.",
    discussion: """
      Everything that is certain goes into the ledger; everything else is listed on standard error with its line. \
      The owners found have no addresses: add them before the ledger is used, or name a table that has them.

      Exit codes: 0 done; 1 done, and a person must look at what was listed; 2 unusable arguments; 66 the plan \
      can't be read.
      """)

  @Argument(
    help:
      "The plan: .txt, .docx, .xlsx; .pdf with pdftotext; .doc, .wps, .rtf, .odt, .xls, .et, .ods with LibreOffice."
  )
  var plan: String

  @Option(name: .shortAndLong, help: "Write the ledger to this file instead of standard output.")
  var output: String?

  @Flag(help: "Replace the output file if there is one.")
  var force = false

  @Option(
    help: "A table of persons, units and addresses (通讯录), .xlsx or .csv: fills in the owners' addresses.")
  var owners: String?

  @Flag(help: "Print the measures with their places and doubts as JSON, instead of the ledger.")
  var json = false

  @Option(
    help: ArgumentHelp(
      "Also write a web page to this file: the paper beside the ledger, in colours.", valueName: "file"))
  var report: String?

  func validate() throws {
    if json, output != nil { throw ValidationError("--json prints, and writes no file: leave out --output.") }
    if force, output == nil { throw ValidationError("--force needs --output.") }
    if let output, let ending = Self.otherEnding(output) {
      throw ValidationError(
        "--output writes YAML, and '\(output)' ends in .\(ending): name a file in .yaml. Of a ledger, `duban ledger"
          + " --format xlsx -o FILE` makes a workbook.")
    }
    if let output, !force, FileManager.default.fileExists(atPath: output) {
      throw ValidationError("'\(output)' exists already. Use --force to replace it.")
    }
  }

  func run() throws {
    let progress = Progress()
    progress.say("reading \(plan)")
    let document: PlanDocument
    switch PlanFile.document(of: plan) {
    case .success(let read): document = read
    case .failure(let diagnostic):
      progress.end()
      throw Failure(.unreadable, [diagnostic])
    }
    progress.say("finding the measures")
    // The deadlines are written in the document's own words, however they are read: no calendar matters here.
    var imported = PlanImporter.plan(from: document, calendar: WorkdayCalendar())
    progress.end()
    let ofOwners = owners.map { imported.fillAddresses(from: $0) } ?? []
    if ofOwners.hasErrors { throw Failure(.unreadable, ofOwners) }
    Terminal.complain(ofOwners)
    if let report {
      let page = ImportReport(document, imported, file: plan, translate: DiagnosticWords.chinese).html
      do { try AtomicFile.write(Array(page.utf8), to: report, replacing: true) } catch {
        throw Failure(.somethingWrong, "\(report): error: \(error.reason)")
      }
    }
    if json {
      try Terminal.print(json: ImportJSON(imported))
    } else {
      try write(LedgerYAML.text(imported.ledger))
    }
    Terminal.complain(imported.diagnostics(file: plan))
    // For a person: what duban says of a paper in Chinese is read in Chinese.
    var table = TextTable("行号", "读作", "请处理")
    for place in imported.placesToLookAt {
      let words = [place.finding.message, place.finding.help].compactMap(DiagnosticWords.chinese)
      table.add(
        place.line, place.understood, words.isEmpty ? place.finding.message : words.joined(separator: "，"))
    }
    for diagnostic in ofOwners { table.add("", "通讯录", DiagnosticWords.chinese(diagnostic)) }
    let counts = imported.counts
    // What is no part of a measure is listed too, and nobody has to do anything about it.
    let asides = imported.findings.count { $0.kind == .aside }
    if !table.isEmpty {
      for line in table.lines { Terminal.complain(line) }
      Terminal.complain(counts.words)
    }
    Terminal.complain(
      "\(plan): \(counts.read.counted("measure")) read: \(counts.sure) sure, \(counts.toLookAt) to look at; "
        + "\(counts.leftOut.counted("place")) left out that may belong into the ledger; "
        + "\(asides.counted("remark")) to read, no more")
    if imported.needsPerson || !ofOwners.isEmpty { throw Failure(.somethingWrong) }
  }

  /// The ending of a file that holds something else than text, in small letters; nil for any other.
  private static func otherEnding(_ file: String) -> String? {
    let ending = URL(fileURLWithPath: file).pathExtension.lowercased()
    return ["xlsx", "xls", "xlsm", "et", "ods", "csv", "docx", "doc", "wps", "pdf", "html", "json"].contains(
      ending)
      ? ending : nil
  }

  private func write(_ yaml: String) throws {
    guard let output else { return Terminal.print(String(yaml.dropLast())) }
    do {
      try AtomicFile.write(Array(yaml.utf8), to: output, replacing: force)
    } catch {
      throw Failure(.somethingWrong, "\(output): error: \(error.reason)")
    }
  }
}
