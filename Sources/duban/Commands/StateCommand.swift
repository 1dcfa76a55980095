import ArgumentParser
import DubanCourier
import DubanDaemon
import DubanOutbox

/// `duban state`: the state as a whole.
struct StateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "state", abstract: "The state as a whole: moves it from one place to another.",
    subcommands: [StateCopyCommand.self])
}

/// `duban state copy`: from SQLite to PostgreSQL, or back.
struct StateCopyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "copy",
    abstract: "Copies the state between a directory and a PostgreSQL, row by row, verified.",
    discussion: """
      FROM and TO are each a state directory or postgresql://USER@HOST/DATABASE. What is in TO must be empty: it is made \
      where there is nothing. Stop the service first, on every host. Nothing is changed in FROM.
      """)

  @Argument(help: "Where the state is.") var from: String
  @Argument(help: "Where it is to be.") var to: String
  @Option(help: ArgumentHelp("The schema of the PostgreSQL.", valueName: "name")) var schema = "duban"
  @Option(help: ArgumentHelp("The file with its password; without it libpq's own ways.", valueName: "file"))
  var passwordFile: String?

  func run() throws {
    let source = try open(from, .readOnly)
    guard try !Failure.translating({ try Status.serviceIsRunning(source) }) else {
      let place = source.isShared ? ", on every host" : ""
      throw Failure(
        .somethingWrong, "duban: the service is running; stop it first\(place): systemctl stop duban")
    }
    let target = try open(to, .readWrite)
    let rows = try Failure.translating { try source.copy(to: target) }
    Terminal.print("\(to): \(rows) rows copied, each compared with what it was")
  }

  private func open(_ place: String, _ access: Outbox.Access) throws -> Outbox {
    guard PostgresAddress.isOne(place) else {
      return try Failure.translating { () throws(OutboxError) in
        try StateOwner.assume(place)
        return try Outbox(directory: place, access: access)
      }
    }
    do {
      var address = try PostgresAddress(place, schema: schema)
      if let passwordFile { address.password = .init(try SecretFile(path: passwordFile).read().value) }
      return try Failure.translating { try Outbox(address, access: access) }
    } catch let problem as PostgresAddress.Problem {
      throw Failure(.usage, "duban: \(problem)")
    } catch let problem as SecretError {
      throw Failure(.unreadable, "duban: \(problem)")
    }
  }
}
