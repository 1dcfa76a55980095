import ArgumentParser
import DubanCore
import Foundation

/// The command line.
@main
struct Duban: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "duban",
    abstract: "Reminds owners of measures by mail: who owes what by when.",
    version: Version.text,
    subcommands: [
      InitCommand.self, RunCommand.self, DigestCommand.self, PlanCommand.self, AgendaCommand.self,
      ExplainCommand.self,
      PreviewCommand.self, CheckCommand.self, DoctorCommand.self, QueueCommand.self, HistoryCommand.self,
      StatusCommand.self, ImportCommand.self, HolidaysCommand.self, LedgerCommand.self, DeadlineCommand.self,
      SnoozeCommand.self,
      DoneCommand.self, BackupCommand.self, RestoreCommand.self, StateCommand.self, ReportCommand.self,
      UndoCommand.self, InboxCommand.self, PaperCommand.self, MergeCommand.self,
    ])

  /// Runs the command and ends with the contract's exit code.
  static func main() {
    // A pipe or connection that the other side has closed fails the write, and never ends us in the middle of a mail.
    signal(SIGPIPE, SIG_IGN)
    do {
      try refuseUnknownCommand(CommandLine.arguments.dropFirst())
      var command = try parseAsRoot()
      try command.run()
    } catch {
      let isUsage = exitCode(for: error) == .validationFailure
      guard let failure = Failure(error) ?? (isUsage ? Failure(.usage, fullMessage(for: error)) : nil) else {
        exit(withError: error)
      }
      for line in failure.lines { Terminal.complain(line) }
      Foundation.exit(failure.code.rawValue)
    }
  }

  /// ArgumentParser only says that the word is unexpected; people want to know which one was meant.
  private static func refuseUnknownCommand(_ words: some Sequence<String>) throws {
    var (command, path): (any ParsableCommand.Type, String) = (self, "duban")
    for word in words {
      let subcommands = command.configuration.subcommands
      guard !word.hasPrefix("-"), !subcommands.isEmpty else { return }
      let names = subcommands.compactMap { $0.configuration.commandName }
      if let next = subcommands.first(where: { $0.configuration.commandName == word }) {
        (command, path) = (next, "\(path) \(word)")
        continue
      }
      if path == "duban", word == "help" { return }
      let nearest = Nearest.word(to: word, among: names)
      // What isn't like any of them may be meant for the one that needn't be named.
      if nearest == nil, command.configuration.defaultSubcommand != nil { return }
      throw Failure(
        .usage,
        "duban: “\(word)” is no command\(path == "duban" ? "" : " of \(path)"); "
          + (nearest.map { "did you mean “\($0)”?" } ?? "`\(path) --help` lists them"))
    }
  }
}
