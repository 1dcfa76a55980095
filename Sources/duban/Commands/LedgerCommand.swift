import ArgumentParser
import DubanCore
import DubanDaemon
import DubanLedger

/// `duban ledger`: the ledger as read.
struct LedgerCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ledger", abstract: "The ledger as read, with how its deadlines were read.")

  @OptionGroup var common: CommonOptions
  @Flag(help: "One JSON document; with several ledgers, one document each.") var json = false

  func run() throws {
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

  private static func print(_ ledger: Ledger) {
    Terminal.print("\(ledger.plan.title)  \(ledger.plan.number)")
    Terminal.print("reports: \(ledger.reports.map(\.description).joined(separator: ", "))")
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
