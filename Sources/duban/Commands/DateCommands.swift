import ArgumentParser
import DubanCore
import DubanLedger
import Foundation

/// `duban deadline`: how phrases are read.
struct DeadlineCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "deadline", abstract: "Shows how deadline phrases are read.",
    discussion: """
      Without TEXT, reads one phrase per line from standard input: TEXT, or TEXT<TAB>DATE where DATE is the \
      document's date. A date is YYYY-MM-DD, or YYYY where only the year is known. Working days are counted by the \
      holiday files that came with duban, unless --holidays names others.
      """)

  @Argument(help: "The phrases.")
  var text: [String] = []

  @Option(help: ArgumentHelp("The date of the document.", valueName: "date"))
  var issued: String?

  @Option(help: ArgumentHelp("The holiday files that working days are counted by.", valueName: "directory"))
  var holidays: String?

  @Flag(help: "Print one JSON object per line.")
  var json = false

  func run() throws {
    let calendar = calendar()
    let reader = try issued.map { text in
      guard let reader = Self.reader(issued: text, calendar) else {
        Terminal.complain("duban deadline: --issued “\(text)” is no date; expected 2022-09-21 or 2022")
        throw ExitCode(Failure.Code.usage.rawValue)
      }
      return reader
    }
    let common = reader ?? DeadlineReader(issued: nil, calendar: calendar)
    guard text.isEmpty else {
      for phrase in text { try show(common.read(phrase)) }
      return
    }
    if try !readLines(common, calendar) { throw ExitCode(Failure.Code.somethingWrong.rawValue) }
  }

  /// Reads standard input line by line, printing each reading at once; false when a line's date was unusable.
  private func readLines(_ common: DeadlineReader, _ calendar: WorkdayCalendar) throws -> Bool {
    var (number, isSound) = (0, true)
    while let line = readLine() {
      number += 1
      let parts = line.split(separator: "\t", maxSplits: 1, omittingEmptySubsequences: false)
      let phrase = parts.first.map(String.init) ?? ""
      guard parts.count == 2, !parts[1].isEmpty else {
        try show(common.read(phrase))
        continue
      }
      if let reader = Self.reader(issued: parts[1], calendar) {
        try show(reader.read(phrase))
      } else {
        isSound = false
        let place = Diagnostic.Location(file: "-", line: number, column: phrase.count + 2)
        let diagnostic = Diagnostic(
          .error, at: place, "“\(parts[1])” is no date", help: "expected 2022-09-21 or 2022 behind the tab")
        Terminal.complain(json ? try JSONLine.line(diagnostic) : diagnostic.description)
      }
    }
    return isSound
  }

  /// The days off that are known; what is wrong with the files is printed.
  private func calendar() -> WorkdayCalendar {
    guard let directory = holidays ?? ShippedFiles()?.holidayDirectory else { return WorkdayCalendar() }
    let (calendar, diagnostics) = HolidayReader.read(directory: directory)
    Terminal.complain(diagnostics)
    return calendar
  }

  private static func reader(issued text: some StringProtocol, _ calendar: WorkdayCalendar) -> DeadlineReader?
  {
    if let day = CivilDate(text) { return DeadlineReader(issued: day, calendar: calendar) }
    guard text.utf8.count == 4, let year = Int(text), (1949...2149).contains(year) else { return nil }
    return DeadlineReader(issuedIn: year)
  }

  private func show(_ reading: DeadlineReading) throws {
    Terminal.print(json ? try JSONLine.line(reading) : DeadlineLine.line(reading))
  }
}

/// A reading as one line for people: the phrase, how sure it is, what it says, and why.
enum DeadlineLine {
  /// Columns wide enough for the phrases that ledgers hold; a longer one pushes its line to the right.
  private static let phraseWidth = 32
  private static let statusWidth = 9

  static func line(_ reading: DeadlineReading) -> String {
    var meaning = reading.readings.map(describe).joined(separator: " + ")
    if reading.status == .ambiguous {
      meaning = reading.alternatives.map(\.description).joined(separator: " or ")
    }
    if let reason = reading.reason { meaning += meaning.isEmpty ? reason : "  (\(reason))" }
    let phrase = DisplayWidth.padded(reading.text, to: phraseWidth)
    let status = DisplayWidth.padded(reading.status.rawValue, to: statusWidth)
    return meaning.isEmpty ? "\(phrase)  \(reading.status.rawValue)" : "\(phrase)  \(status)  \(meaning)"
  }

  private static func describe(_ reading: Reading) -> String {
    switch reading {
    case .date(let due, let time): time.map { "\(due) \($0)" } ?? "\(due)"
    case .range(let from, let due): "\(from) to \(due)"
    case .from(let day): "from \(day)"
    case .standing: "standing"
    case .immediate: "at once"
    case .recurring(let rule): describe(rule)
    case .relative(let count, let unit, let after):
      "\(count) \(unit.rawValue)\(count == 1 ? "" : "s")" + (after.map { " after \($0)" } ?? "")
    case .event(let after): "after \(after)"
    }
  }

  private static func describe(_ rule: Recurrence) -> String {
    rule.rule + (rule.from.map { " from \($0)" } ?? "")
  }
}

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
      switch PlanFile.document(of: notice) {
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
