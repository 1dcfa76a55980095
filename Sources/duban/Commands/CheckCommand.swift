import ArgumentParser
import DubanCore
import DubanCourier
import DubanDaemon
import DubanInbox
import Foundation

/// `duban check`: all diagnostics at once.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Reads everything that the service will read, with its eyes; all diagnostics at once.",
    discussion: """
      Exit code 0: all is well; 1: warnings, the service runs; 66: a file can't be read; 78: errors, the service \
      doesn't start. With errors alone (--errors) 0 also stands for warnings.
      """)

  @OptionGroup var common: CommonOptions
  @Flag(help: "One JSON document: a list of diagnostics.") var json = false
  @Flag(help: "Say nothing of warnings.") var errors = false

  func run() throws {
    var (result, secret) = common.loadAsService()
    result.diagnostics += try secret + losses(result) + state(result) + unheard(result)
    if errors { result.diagnostics.removeAll { $0.severity == .warning } }
    if result.diagnostics.contains(where: { $0.severity == .error }) { result.active = nil }
    if json { try Terminal.print(json: result.diagnostics) } else { Terminal.complain(result.diagnostics) }
    guard let active = result.active else {
      throw Failure(result.isUnreadable ? .unreadable : .configuration)
    }
    common.tellRehearsal(active)
    if !json {
      for ledger in active.ledgers {
        Terminal.print("\(ledger.plan.title): \(ledger.counts)")
      }
      if result.diagnostics.isEmpty { Terminal.print(errors ? "no errors" : "all is well") }
    }
    if !result.diagnostics.isEmpty { throw Failure(.somethingWrong) }
  }

  /// The ledgers that the service won't put in force unasked; where the state can't be read, nothing is known of that.
  private func losses(_ result: Loader.Result) throws -> [Diagnostic] {
    guard let active = result.active, let outbox = try common.outboxToRead(active) else { return [] }
    return try Failure.translating {
      try LedgerArchive(outbox).review(active, at: common.clock(active.zone).now()).errors
    }
  }

  /// The service makes no state directory: whoever owns it decides whose mails can be read. systemd makes its own.
  private func state(_ result: Loader.Result) -> [Diagnostic] {
    guard let configuration = result.active?.configuration, configuration.database == nil,
      !configuration.state.hasPrefix("/var/lib/"),
      !FileManager.default.fileExists(atPath: configuration.state)
    else { return [] }
    return [
      Diagnostic(
        .warning, at: .init(file: configuration.file),
        "the state directory \(configuration.state) doesn't exist: the service won't start",
        help: "as the user that the service runs as: mkdir -m 700 \(configuration.state)")
    ]
  }

  /// A digest is answered to who it is from, an owner's mail to the contact or `replyTo: ours`: what nobody reads there has
  /// no effect, and no one is told.
  private func unheard(_ result: Loader.Result) -> [Diagnostic] {
    guard let active = result.active, case let configuration = active.configuration,
      case let logins = configuration.inboxes.compactMap({ $0.mailbox.server.user?.lowercased() }),
      !logins.isEmpty
    else { return [] }
    let contacts = active.ledgers.map(\.plan.contact.email)
    let ours = configuration.sender.map { [$0.address] } ?? contacts
    let answered = [
      ("what the contact decides goes", ours, "read that mailbox too (inbox: may be a list)"),
      (
        "what owners answer goes", configuration.answers.repliesToUs ? [] : contacts,
        "read that mailbox too, or write answers: {replyTo: ours}"
      ),
    ]
    return answered.flatMap { what, addresses, help in
      // Some servers' logins are the name without the domain.
      Set(addresses.map { $0.lowercased() }).filter { address in
        !logins.contains { $0 == address || $0 == address.prefix { $0 != "@" } }
      }.sorted().map { address in
        Diagnostic(
          .warning, at: .init(file: configuration.file), "\(what) to \(address), which no inbox: reads",
          help: "\(help), unless what comes there is forwarded to one that is read")
      }
    }
  }
}
