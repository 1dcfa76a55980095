import ArgumentParser
import DubanCore
import DubanDaemon

/// `duban check`: all diagnostics at once.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Reads configuration, ledger, calendars and templates; all diagnostics at once.",
    discussion: """
      Exit code 0: all is well; 1: warnings, the service runs; 66: a file can't be read; 78: errors, the service \
      doesn't start.
      """)

  @OptionGroup var common: CommonOptions
  @Flag(help: "One JSON document: a list of diagnostics.") var json = false

  func run() throws {
    let result = common.loadAll()
    if json { try Terminal.print(json: result.diagnostics) } else { Terminal.complain(result.diagnostics) }
    guard let inForce = result.inForce else {
      throw Failure(result.isUnreadable ? .unreadable : .configuration)
    }
    if !json {
      for ledger in inForce.ledgers {
        let counts = [
          Self.count(ledger.areas.count, "area"), Self.count(ledger.measureCount, "measure"),
          Self.count(ledger.owners.count, "owner"),
        ]
        Terminal.print("\(ledger.plan.title): \(counts.joined(separator: ", "))")
      }
      if result.diagnostics.isEmpty { Terminal.print("all is well") }
    }
    if !result.diagnostics.isEmpty { throw Failure(.somethingWrong) }
  }

  private static func count(_ number: Int, _ noun: String) -> String {
    "\(number) \(noun)\(number == 1 ? "" : "s")"
  }
}
