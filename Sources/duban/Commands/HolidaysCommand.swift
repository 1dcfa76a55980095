import ArgumentParser
import DubanLedger
import Foundation

/// `duban holidays`: the working-day calendar's files.
struct HolidaysCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "holidays", abstract: "Reads the yearly notice of holidays and working days.",
    subcommands: [Import.self])

  /// `duban holidays import NOTICE`: the State Council's notice becomes a file of the holidays directory.
  struct Import: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "import", abstract: "Make a holiday file of the State Council's notice.",
      discussion: """
        Reads 国务院办公厅关于…年部分节假日安排的通知 and checks it: each festival in its own holiday, as many days as \
        the notice says, the right days of the week, make-up days on Saturdays and Sundays. A notice that fails a \
        check writes no file.

        Exit codes: 0 done; 1 the notice contradicts itself or isn't understood; 2 unusable arguments; 66 the notice \
        can't be read.
        """)

    @Argument(help: "The notice: .txt, .docx, or .pdf (which needs pdftotext).")
    var notice: String

    @Option(
      name: .shortAndLong,
      help: "Write to this file instead of standard output; in a directory, to YEAR.json there.")
    var output: String?

    @Flag(help: "Replace the output file if there is one.")
    var force = false

    func validate() throws {
      if force, output == nil { throw ValidationError("--force needs --output.") }
    }

    func run() throws {
      let text: String
      switch PlanFile.paper(of: notice) {
      case .success(let read): text = read.text
      case .failure(let diagnostic): throw Failure(.unreadable, [diagnostic])
      }
      let (read, diagnostics) = HolidayNotice.read(text, file: notice)
      guard let read else { throw Failure(.somethingWrong, diagnostics) }
      guard let output else { return Terminal.print(String(read.json.dropLast())) }
      var isDirectory: ObjCBool = false
      _ = FileManager.default.fileExists(atPath: output, isDirectory: &isDirectory)
      let file = isDirectory.boolValue ? "\(output)/\(read.year).json" : output
      // A holiday file is found by its ending.
      guard file.hasSuffix(".json") else {
        throw Failure(
          .usage, "duban: there is no directory \(output), and a file of holidays ends in .json")
      }
      if !force, FileManager.default.fileExists(atPath: file) {
        throw Failure(.usage, "\(file): error: the file exists already; use --force to replace it")
      }
      do {
        try AtomicFile.write(Array(read.json.utf8), to: file, replacing: force)
      } catch {
        throw Failure(.somethingWrong, "\(file): error: \(error.reason)")
      }
      let off = read.days.count(where: \.isOff)
      Terminal.print("\(file): \(read.year), \(off) days off, \(read.days.count - off) make-up days")
    }
  }
}
