public import Foundation

/// A scratch directory with everything that `duban` needs: the shipped ledger and holidays, a configuration, a state
/// directory, and the built program to run over them.
public final class Office {
  /// How one command went.
  public struct Run: Sendable {
    /// The exit code.
    public var status: Int32
    /// What it printed on standard output.
    public var output: String
    /// What it printed on standard error.
    public var complaints: String
  }

  /// Where everything lies: `duban.yaml`, `ledger.yaml`, `holidays/`, `state/`.
  public let url: URL
  private let scratch: ScratchDirectory

  /// An office whose mails go to the SMTP server on this port of 127.0.0.1; into the Maildir `mail` without one.
  public init(port: Int? = nil, more: String = "") throws {
    scratch = try ScratchDirectory()
    url = scratch.url
    let etc = RepositoryFile.url("etc")
    for name in ["ledger.yaml", "holidays"] {
      try FileManager.default.copyItem(
        at: etc.appendingPathComponent(name), to: url.appendingPathComponent(name))
    }
    try FileManager.default.createDirectory(
      at: url.appendingPathComponent("state"), withIntermediateDirectories: false)
    let way =
      port.map { "relay: {url: \"smtp://127.0.0.1:\($0)\", from: 区营商服务中心 <duban@example.org>}" }
      ?? "delivery: {mode: maildir, directory: mail}"
    let pace = port == nil ? "" : "delivery: {perMinute: 6000, perDay: 100000}\n"
    try write(
      "ledger: ledger.yaml\nholidays: holidays\nstate: state\n\(way)\n\(pace)\(more)", to: "duban.yaml")
  }

  /// Puts a text into a file of the office.
  public func write(_ text: String, to name: String) throws {
    try Data(text.utf8).write(to: url.appendingPathComponent(name))
  }

  /// The text of a file of the office.
  public func read(_ name: String) throws -> String {
    try String(contentsOf: url.appendingPathComponent(name), encoding: .utf8)
  }

  /// Replaces a text in a file of the office.
  public func replace(_ old: String, _ new: String, in name: String = "ledger.yaml") throws {
    let text = try read(name)
    precondition(text.contains(old), "\(name) has no “\(old)”")
    try write(text.replacingOccurrences(of: old, with: new), to: name)
  }

  /// How many mails lie in the Maildir.
  public var mailCount: Int {
    (try? FileManager.default.contentsOfDirectory(atPath: url.appendingPathComponent("mail/new").path).count)
      ?? 0
  }

  /// Runs `duban` here and waits for its end.
  public func duban(_ arguments: String...) throws -> Run { try duban(arguments: arguments) }

  /// The same, with a list of arguments.
  public func duban(arguments: [String]) throws -> Run {
    try run(BuiltProducts.duban.path, arguments + ["--config", "duban.yaml"])
  }

  /// Runs a line of the shell here, with `duban` on the path.
  public func shell(_ line: String) throws -> Run { try run("/bin/bash", ["-c", line]) }

  /// The plain texts of the Maildir's mails whose To line has these words, as Python reads them, without white space.
  public func texts(to words: String) throws -> String {
    let said = try shell(
      """
      python3 - '\(words)' <<'END'
      import email, email.policy, glob, sys
      for path in glob.glob("mail/new/*"):
          mail = email.message_from_binary_file(open(path, "rb"), policy=email.policy.default)
          if sys.argv[1] in mail["to"]: print(mail.get_body(("plain",)).get_content())
      END
      """)
    return said.output.filter { !$0.isWhitespace }
  }

  /// Starts `duban` here, to run beside the test.
  public func start(_ arguments: String..., environment: [String: String] = [:]) throws -> RunningService {
    let process = prepare(BuiltProducts.duban.path, arguments + ["--config", "duban.yaml"])
    process.environment?.merge(environment) { $1 }
    return try RunningService(process)
  }

  private func prepare(_ program: String, _ arguments: [String]) -> Process {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.currentDirectoryURL = url
    process.standardInput = FileHandle.nullDevice
    var environment = ProcessInfo.processInfo.environment
    environment["PATH"] = BuiltProducts.folder.path + ":" + (environment["PATH"] ?? "/usr/bin:/bin")
    environment["LC_ALL"] = "C.UTF-8"
    process.environment = environment
    return process
  }

  /// Files take the streams, so that no pipe can fill up.
  private func run(_ program: String, _ arguments: [String]) throws -> Run {
    let process = prepare(program, arguments)
    let streams = try ScratchDirectory()
    let urls = ["out", "err"].map { streams.url.appendingPathComponent($0) }
    for url in urls { try Data().write(to: url) }
    process.standardOutput = try FileHandle(forWritingTo: urls[0])
    process.standardError = try FileHandle(forWritingTo: urls[1])
    try process.run()
    process.waitUntilExit()
    let texts = try urls.map { String(decoding: try Data(contentsOf: $0), as: UTF8.self) }
    return Run(status: process.terminationStatus, output: texts[0], complaints: texts[1])
  }
}
