import ArgumentParser
import Foundation

/// The command line.
@main
struct Duban: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "duban",
    abstract: "Reminds owners of measures by mail: who owes what by when.",
    version: Version.text,
    subcommands: [
      RunCommand.self, DigestCommand.self, PlanCommand.self, AgendaCommand.self, ExplainCommand.self,
      PreviewCommand.self, CheckCommand.self, DoctorCommand.self, QueueCommand.self, HistoryCommand.self,
      StatusCommand.self, ImportCommand.self, LedgerCommand.self, DeadlineCommand.self, SnoozeCommand.self,
      DoneCommand.self, ReportCommand.self,
    ])

  /// Runs the command and ends with the contract's exit code.
  static func main() {
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch let failure as Failure {
      for line in failure.lines { Terminal.complain(line) }
      Foundation.exit(failure.code.rawValue)
    } catch {
      let isUsage = exitCode(for: error) == .validationFailure
      guard isUsage else { exit(withError: error) }
      Terminal.complain(fullMessage(for: error))
      Foundation.exit(Failure.Code.usage.rawValue)
    }
  }
}
