public import ArgumentParser
public import DubanCore
public import DubanDaemon
import DubanLedger
public import DubanOutbox
import Foundation
import Synchronization

/// What the commands print: data on standard output, diagnostics on standard error; colours only on a terminal
/// and never with `NO_COLOR` (no-color.org). A reader that went away (`duban plan | head`) isn't an error of ours.
enum Terminal {
  static func print(_ line: String) { PrintBuffer.standardOutput.append((line + "\n").utf8) }

  static func print(_ lines: [String]) { for line in lines { print(line) } }

  static func print(bytes: [UInt8]) {
    PrintBuffer.standardOutput.append(bytes)
  }

  /// What was printed before comes before, also where both go to one place.
  static func complain(_ line: String) {
    PrintBuffer.standardOutput.flush()
    do { try FileHandle.standardError.write(contentsOf: Data((line + "\n").utf8)) } catch { exit(0) }
  }

  static func complain(_ diagnostics: [Diagnostic]) {
    for diagnostic in diagnostics { complain(diagnostic.description) }
  }

  /// One JSON document; keys in a fixed order, so that outputs can be compared.
  static func print(json value: some Encodable) throws { print(try JSONLine.document(value)) }

  /// The text in a light's colour, where colours are wanted.
  static func colored(_ text: String, _ light: Light) -> String {
    guard wantsColor else { return text }
    let code =
      switch light {
      case .green: "32"
      case .blue: "34"
      case .yellow: "33"
      case .red: "31;1"
      }
    return "\u{1B}[\(code)m\(text)\u{1B}[0m"
  }

  private static let wantsColor =
    isatty(STDOUT_FILENO) == 1 && (ProcessInfo.processInfo.environment["NO_COLOR"] ?? "").isEmpty
    && ProcessInfo.processInfo.environment["TERM"] != "dumb"
}

/// Columns of text that align also where characters are two columns wide.
struct TextTable {
  private var rows: [[String]]

  init(_ heading: String...) { rows = [heading] }

  /// A row is a line, whatever is in a cell: marks that turn the direction of writing are shown by their number.
  mutating func add(_ cells: String...) { rows.append(cells.map(CleanText.visible)) }

  /// The rows as lines, two spaces between columns, nothing behind the last.
  var lines: [String] {
    let columns = rows.map(\.count).max() ?? 0
    let widths = (0..<columns).map { column in
      rows.map { column < $0.count ? DisplayWidth.of($0[column]) : 0 }.max() ?? 0
    }
    return rows.map { row in
      let cells = row.enumerated().map { index, cell in
        index == row.count - 1 ? cell : DisplayWidth.padded(cell, to: widths[index])
      }
      let line = cells.joined(separator: "  ")
      return String(line[..<(line.lastIndex { $0 != " " }.map(line.index(after:)) ?? line.startIndex)])
    }
  }

  var isEmpty: Bool { rows.count <= 1 }
}

/// Entries of the outbox as people read them.
enum EntryTable {
  static func print(_ entries: [Entry], _ zone: Zone) {
    var table = TextTable("ID", "DAY", "STATE", "TRIES", "NEXT", "TO", "SUBJECT", "ANSWER")
    for entry in entries {
      table.add(
        String(entry.id), entry.day.description, entry.state.rawValue, String(entry.attempts),
        entry.nextAttempt.map(zone.iso8601) ?? "-", "\(entry.person) <\(entry.recipient)>", entry.subject,
        (entry.answer ?? "") + (entry.possiblyDelivered ? " (a duplicate is possible)" : ""))
    }
    if table.isEmpty { Terminal.print("nothing") } else { Terminal.print(table.lines) }
  }

  static func print(_ details: EntryDetails, _ zone: Zone) {
    print([details.entry], zone)
    for reminder in details.reminders {
      Terminal.print("  \(reminder.item)  \(reminder.person)  \(reminder.reason)")
    }
    for attempt in details.attempts {
      let end =
        attempt.endedAt.map { "\(zone.iso8601($0)) \(attempt.outcome?.rawValue ?? "")" } ?? "under way"
      Terminal.print(
        "  attempt \(attempt.number), \(zone.iso8601(attempt.startedAt)): \(end): \(attempt.answer ?? "")")
    }
  }
}

/// `2022-12-20T08:30`: a moment on the configuration's clock, as `--now` takes it.
struct LocalMoment: ExpressibleByArgument {
  let day: CivilDate
  let time: CivilTime

  init?(argument: String) {
    let parts = argument.split(separator: "T", omittingEmptySubsequences: false)
    guard parts.count == 2, let day = CivilDate(parts[0]), let time = CivilTime(parts[1].prefix(5)),
      parts[1].count == 5 || parts[1].count == 8 && parts[1].hasSuffix(":00")
    else { return nil }
    (self.day, self.time) = (day, time)
  }
}

/// Who decides something, as `--by` takes it: one line with a letter or digit.
struct DeciderName: ExpressibleByArgument {
  let text: String

  init?(argument: String) {
    text = CleanText.line(argument, limit: 100)
    guard text.contains(where: { $0.isLetter || $0.isNumber }) else { return nil }
  }
}

extension CivilDate: ExpressibleByArgument {
  /// Reads `2022-12-31`.
  public init?(argument: String) { self.init(argument) }
}

extension EntryState: ExpressibleByArgument {}

extension Journal.Style: ExpressibleByArgument {}

/// How far long work is: one line on standard error that is written over, and taken away at the end. On a terminal
/// only: a file or a pipe gets nothing.
final class Progress: Sendable {
  private let isShown = isatty(STDERR_FILENO) == 1
  /// How much is done of how much; nil before and after work that is counted.
  private let count = Mutex<(done: Int, total: Int)?>(nil)

  /// What the work is at.
  func say(_ words: String) { if isShown { write(Self.clear + words + "…") } }

  /// From here on, mails are counted.
  func countMails(of total: Int) {
    count.withLock { count in
      count = (0, total)
      show(count)
    }
  }

  /// So many more mails are to be delivered.
  func countMore(_ mails: Int) {
    count.withLock { count in
      count?.total += mails
      show(count)
    }
  }

  /// A journal whose events count the mails that were tried; may be noted from any thread. Its own lines on the same
  /// terminal and ours keep out of each other's way.
  func counting(_ journal: Journal) -> Journal {
    Journal { [self] event in
      count.withLock { count in
        if isShown, count != nil { write(Self.clear) }
        journal.note(event)
        switch event.kind {
        case .sent, .failed, .deferred: count?.done += 1
        default: break
        }
        show(count)
      }
    }
  }

  /// Takes the line away.
  func end() {
    count.withLock { $0 = nil }
    if isShown { write(Self.clear) }
  }

  private static let clear = "\r\u{1B}[K"

  private func show(_ count: (done: Int, total: Int)?) {
    guard isShown, let count, count.total > 0 else { return }
    write(Self.clear + "delivering: \(count.done) of \(max(count.done, count.total))")
  }

  /// A terminal that went away doesn't stop the work.
  private func write(_ text: String) { try? FileHandle.standardError.write(contentsOf: Data(text.utf8)) }
}

/// Collects what is printed: the plan of a year has a million lines, and one call of the system for each would take
/// longer than making them. Written out when it is full, at the process's end, and line by line to a terminal.
final class PrintBuffer: Sendable {
  /// In bytes: what one call of the system writes.
  private static let capacity = 64 << 10

  /// Standard output. What is left in it is written when the process ends.
  static let standardOutput: PrintBuffer = {
    atexit { PrintBuffer.standardOutput.flush() }
    return PrintBuffer(STDOUT_FILENO)
  }()

  private let descriptor: Int32
  private let isTerminal: Bool
  private let bytes = Mutex<[UInt8]>([])

  init(_ descriptor: Int32) {
    self.descriptor = descriptor
    isTerminal = isatty(descriptor) == 1
  }

  /// Prints a text, in UTF-8.
  func append(_ text: some Sequence<UInt8>) {
    bytes.withLock { bytes in
      bytes.append(contentsOf: text)
      if isTerminal || bytes.count >= Self.capacity { write(&bytes) }
    }
  }

  /// Writes out what is left.
  func flush() { bytes.withLock { write(&$0) } }

  /// A reader that went away ends the process, since nobody is there to print for; any other fault is printed. Neither
  /// flushes again.
  private func write(_ bytes: inout [UInt8]) {
    if !AtomicFile.store(bytes, in: descriptor) {
      let problem = errno
      if problem == EPIPE { _exit(0) }
      let line = "duban: standard output can't be written: \(String(cString: strerror(problem)))\n"
      try? FileHandle.standardError.write(contentsOf: Data(line.utf8))
      _exit(Failure.Code.somethingWrong.rawValue)
    }
    bytes.removeAll(keepingCapacity: true)
  }
}
