import ArgumentParser
import DubanCore
import DubanDaemon
import DubanOutbox
import Foundation

/// What every command takes.
struct CommonOptions: ParsableArguments {
  /// Where the package installs the configuration.
  static let defaultConfiguration = "/etc/duban/duban.yaml"

  @Option(help: ArgumentHelp("The configuration.", valueName: "file"))
  var config = CommonOptions.defaultConfiguration

  @Option(
    help: ArgumentHelp("Set the clock, in the configuration's time zone.", valueName: "2022-12-20T08:30"))
  var now: LocalMoment?

  /// Reads everything, and knows each measure by the state where that can be read; throws the contract's failure when
  /// something is wrong.
  func load() throws -> InForce {
    let inForce = try loadFiles()
    guard let outbox = try outboxToRead(inForce) else { return inForce }
    return try Failure.translating { try inForce.identified(by: outbox) }
  }

  /// Reads everything but the state.
  private func loadFiles() throws -> InForce {
    let result = loadAll()
    guard let inForce = result.inForce else {
      throw Failure(result.isUnreadable ? .unreadable : .configuration, result.diagnostics)
    }
    return inForce
  }

  /// What reads the files.
  var loader: Loader { Loader(configuration: config, environment: ProcessInfo.processInfo.environment) }

  /// Whether the configuration is missing or closed to us, rather than wrong.
  var isUnreadable: Bool { access(config, R_OK) != 0 }

  /// Reads everything for a command that is about to deliver: with the relay's password, or not at all. A delivery
  /// that can't log in would stop the service's mails too.
  func loadToDeliver() throws -> InForce {
    var inForce = try loadFiles()
    guard inForce.configuration.delivery.mode == .smtp else { return inForce }
    let findings = inForce.configuration.relay?.secretDiagnostics() ?? []
    guard findings.isEmpty else { throw Failure(.configuration, findings) }
    do { try inForce.configuration.relay?.holdSecret() } catch {
      throw Failure(.configuration, "duban: \(error)")
    }
    return inForce
  }

  /// Reads everything and keeps what is wrong.
  func loadAll() -> Loader.Result { loader.load { clock($0).now() } }

  /// The clock: the machine's, or one that starts at `--now`.
  func clock(_ zone: Zone) -> Clock {
    now.map { Clock.starting(at: zone.moment($0.day, $0.time)) } ?? .system
  }

  /// Today in the configuration's time zone.
  func today(_ inForce: InForce) -> CivilDate { inForce.zone.day(of: clock(inForce.zone).now()) }

  /// The outbox, for a command that works without one; nil where there is none yet or it isn't ours to read.
  func outboxToRead(_ inForce: InForce) throws -> Outbox? {
    do throws(OutboxError) {
      return try Outbox(directory: inForce.configuration.state, access: .readOnly)
    } catch {
      guard error.isMissing else { throw Failure(.somethingWrong, "duban: \(error)") }
      return nil
    }
  }

  /// What people decided; nothing where the state can't be read.
  func decisions(_ inForce: InForce) throws -> Decisions {
    guard let outbox = try outboxToRead(inForce) else { return Decisions() }
    return try Failure.translating { try DecisionReader.read(outbox) }
  }

  /// The outbox, for a command that needs it. As root, the process becomes the state directory's owner first.
  func outbox(_ inForce: InForce, _ access: Outbox.Access) throws -> Outbox {
    do throws(OutboxError) {
      try StateOwner.assume(inForce.configuration.state)
      return try Outbox(directory: inForce.configuration.state, access: access)
    } catch {
      throw Failure(error.isMissing ? .unreadable : .somethingWrong, "duban: \(error)")
    }
  }
}

extension OutboxError {
  /// Whether the file simply isn't there or can't be opened, rather than being wrong.
  var isMissing: Bool {
    switch self {
    case .noDirectory, .noDatabase, .notPermitted, .notADirectory: true
    default: false
    }
  }
}
