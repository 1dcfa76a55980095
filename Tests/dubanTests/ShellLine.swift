import DubanDaemon
import Foundation
import TestSupport

/// A line of a document that can't be run by a test: what it names must exist all the same.
enum ShellLine {
  /// Programs of the system that documents may call.
  private static let programs: Set<String> = [
    "apt-get", "editor", "install", "mkdir", "printf", "sqlite3", "swift", "systemd-sysusers",
  ]

  /// The subcommands of `duban`, by its own help.
  static let subcommands = Result {
    let help = try Office().shell("duban --help").output
    let list = help.components(separatedBy: "SUBCOMMANDS:").last ?? ""
    return Set(list.matches(of: #/\n  ([a-z]+) /#).map { String($0.1) } + ["help"])
  }

  private static let targets = Result {
    let makefile = try String(contentsOf: RepositoryFile.url("Makefile"), encoding: .utf8)
    return Set(makefile.matches(of: #/(?m)^([a-z-]+):/#).map { String($0.1) })
  }

  /// What a line names that doesn't exist.
  static func problems(in line: String) throws -> [String] {
    let command = line.split(separator: "#").first ?? ""
    let words = command.split(separator: " ").map(String.init).drop { $0.hasPrefix("CREDENTIALS_DIRECTORY=") }
    guard let program = words.first else { return [] }
    let arguments = words.dropFirst().filter { !$0.hasPrefix("-") }
    switch program {
    case "make":
      let targets = try targets.get()
      return arguments.filter { !$0.contains("=") && !targets.contains($0) }.map { "no target \($0)" }
    case "duban":
      let subcommands = try subcommands.get()
      return arguments.first.map { subcommands.contains($0) ? [] : ["no subcommand \($0)"] } ?? []
    case "systemctl" where arguments.count == 1: return []  // daemon-reload
    case "systemctl": return arguments.last.map { unitExists($0) ? [] : ["no unit \($0)"] } ?? ["no unit"]
    case "journalctl": return arguments.flatMap(problems(inJournalField:))
    case "systemd-analyze": return arguments.dropFirst().filter { !exists($0) }.map { "no file \($0)" }
    case _ where program.hasPrefix("scripts/"): return exists(program) ? [] : ["no script \(program)"]
    default: return programs.contains(program) ? [] : ["what is \(program)?"]
    }
  }

  private static func exists(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: RepositoryFile.url(path).path)
  }

  /// `duban` is systemd/duban.service, `duban-digest@contact` an instance of systemd/duban-digest@.service.
  private static func unitExists(_ name: String) -> Bool {
    let template = name.firstIndex(of: "@").map { String(name[...$0]) } ?? name
    return exists("systemd/\(template).service")
  }

  private static func problems(inJournalField word: String) -> [String] {
    guard word.contains("=") else { return unitExists(word) ? [] : ["no unit \(word)"] }
    let parts = word.split(separator: "=").map(String.init)
    let isKnown = parts[0] == "MESSAGE_ID" && JournalEvent.Kind(rawValue: parts[1]) != nil
    return isKnown ? [] : ["no event has \(word)"]
  }
}
