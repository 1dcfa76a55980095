import ArgumentParser
import DubanCourier
import DubanDaemon
import DubanOutbox
import Foundation

/// `duban backup`: the state in one file.
struct BackupCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup", abstract: "Copies the state into a file, whole and verified.",
    discussion: "The service may run meanwhile. The file is new, and only its owner may read it.")

  @OptionGroup var common: CommonOptions
  @Argument(help: "The file to write.") var file: String

  func run() throws {
    let active = try common.loadAsFarAsRead()
    // Opened with the caller's rights, before root becomes the state directory's owner.
    let target = try FileOfCaller(file, O_WRONLY | O_CREAT | O_EXCL)
    let outbox = try common.realOutbox(active, .readOnly)
    let copy = active.configuration.state + "/duban.sqlite.copy"
    unlink(copy)
    defer { unlink(copy) }
    do {
      try outbox.backup(to: copy)
      try target.takeAll(of: try FileOfCaller(copy, O_RDONLY))
    } catch {
      // A piece of a backup is none, and would be in the next one's way.
      unlink(file)
      throw error
    }
    Terminal.print("\(file): the state, verified")
  }
}

/// `duban restore`: a backup in the state's place.
struct RestoreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "restore", abstract: "Puts a backup in the place of the state, verified.",
    discussion: """
      Stop the service first. What was there stays beside it as duban.sqlite.before-restore, or with a number behind \
      that where there is one already. Mails that went out since the backup was made may go out again.
      """)

  @OptionGroup var common: CommonOptions
  @Argument(help: "The file that duban backup wrote.") var file: String

  func run() throws {
    let active = try common.loadAsFarAsRead()
    let state = active.configuration.state
    if let database = active.configuration.database {
      throw Failure(
        .usage,
        "duban: the state is \(database.address.name): unpack the backup into a directory of its own as duban.sqlite,"
          + " and copy it with duban state copy DIRECTORY \(database.address.uri) into an empty schema")
    }
    let source = try FileOfCaller(file, O_RDONLY)
    try StateOwner.assume(state)
    if let outbox = try? Outbox(directory: state, access: .readOnly) {
      if try Status.serviceIsRunning(outbox) {
        throw Failure(.somethingWrong, "duban: the service is running; stop it first: systemctl stop duban")
      }
    } else if Outbox.isOpenElsewhere(state) {
      // A copy that was laid over it under the service doesn't open, and the service still writes into it.
      throw Failure(
        .somethingWrong,
        "duban: another process has the state open; stop the service first: systemctl stop duban")
    }
    let copy = state + "/duban.sqlite.copy"
    unlink(copy)
    defer { unlink(copy) }
    try FileOfCaller(copy, O_WRONLY | O_CREAT | O_EXCL).takeAll(of: source)
    do throws(OutboxError) { try Outbox.restore(copy, into: state) } catch {
      let detail: String
      switch error {
      case .damaged(copy, let why): detail = why
      case .foreign(copy): detail = "another program's database"
      case .newer(copy): detail = "a newer version's"
      default: throw error
      }
      throw Failure(
        .unreadable,
        "duban: \(file): no sound backup (\(detail)); the state is as it was: take another backup")
    }
    Terminal.print("\(state): restored from \(file); start the service again: systemctl start duban")
  }
}

/// A file that was opened with the rights that the process had then.
private struct FileOfCaller {
  let path: String
  let handle: FileHandle

  init(_ path: String, _ flags: Int32) throws {
    // A pipe that nobody writes to would be waited for without an end.
    let descriptor = open(path, flags | O_CLOEXEC | O_NONBLOCK, 0o600)
    guard descriptor >= 0 else {
      let remedy = errno == EEXIST ? "; name a file that isn't there yet" : ""
      throw Failure(.unreadable, "duban: \(path): \(String(cString: strerror(errno)))\(remedy)")
    }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      throw Failure(.unreadable, "duban: \(path): no plain file")
    }
    self.path = path
    handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
  }

  /// Writes everything that the other file holds, durably.
  func takeAll(of other: FileOfCaller) throws {
    do {
      while let chunk = try other.handle.read(upToCount: 1 << 20), !chunk.isEmpty {
        try handle.write(contentsOf: chunk)
      }
      try handle.synchronize()
    } catch {
      throw Failure(
        .somethingWrong, "duban: \(path): \(String(cString: strerror(errno))); the file isn't whole")
    }
  }
}

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
    guard try !Status.serviceIsRunning(source) else {
      let place = source.isShared ? ", on every host" : ""
      throw Failure(
        .somethingWrong, "duban: the service is running; stop it first\(place): systemctl stop duban")
    }
    let target = try open(to, .readWrite)
    let rows = try source.copy(to: target)
    Terminal.print("\(to): \(rows) rows copied, each compared with what it was")
  }

  private func open(_ place: String, _ access: Outbox.Access) throws -> Outbox {
    guard PostgresAddress.isOne(place) else {
      try StateOwner.assume(place)
      return try Outbox(directory: place, access: access)
    }
    do {
      var address = try PostgresAddress(place, schema: schema)
      if let passwordFile { address.password = .init(try SecretFile(path: passwordFile).read().value) }
      return try Outbox(address, access: access)
    } catch let problem as PostgresAddress.Problem {
      throw Failure(.usage, "duban: \(problem)")
    } catch let problem as SecretError {
      throw Failure(.unreadable, "duban: \(problem)")
    }
  }
}
