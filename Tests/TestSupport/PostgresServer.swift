import Foundation
import Glibc

/// A PostgreSQL of the tests' own, reached by a socket in its own directory, without a network; it ends with this process,
/// however that ends.
public final class PostgresServer: Sendable {
  /// Where Debian puts the server's programs.
  private static let programs: String? = {
    let root = "/usr/lib/postgresql"
    let versions = (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []
    return versions.sorted { $0.compare($1, options: .numeric) == .orderedAscending }.last.map {
      "\(root)/\($0)/bin"
    }
  }()

  /// Whether there is a server to start.
  public static let isInstalled = programs != nil

  /// The one that all tests of this process share, each in a schema of its own.
  public static let shared = Result { try PostgresServer() }

  /// Makes a cluster, or a standby of the one whose socket is in `$2`, which takes its place; says "ready" when it is up,
  /// and ends it when its input ends. It refuses to run as root.
  private static let script = """
    set -e
    if [ -z "$2" ]; then
      initdb -D "$1/data" -A trust -U duban --no-sync -E UTF8 --locale=C >/dev/null
    else
      pg_basebackup -d "host=$2 user=duban" -D "$1/data" -c fast --no-sync
      touch "$1/data/standby.signal"
    fi
    pg_ctl -D "$1/data" -w -l "$1/log" -o "-k $1 -c listen_addresses= -c fsync=off -c max_connections=200" start >/dev/null
    [ -z "$2" ] || pg_ctl -D "$1/data" -w promote >/dev/null
    echo ready
    cat >/dev/null
    pg_ctl -D "$1/data" -m immediate stop >/dev/null
    """

  /// Where its socket is.
  public let directory: ScratchDirectory
  private let input = Pipe()
  private let process = Process()

  /// A new cluster, or one that takes the place of `former`, which goes on and doesn't know.
  public init(replacing former: PostgresServer? = nil) throws {
    directory = try ScratchDirectory()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/setpriv")
    var arguments = ["bash", "-c", Self.script, "bash", directory.path, former?.directory.path ?? ""]
    if geteuid() == 0 {
      guard chown(directory.path, 65534, 65534) == 0 else { throw CocoaError(.fileWriteNoPermission) }
      arguments = ["--reuid=65534", "--regid=65534", "--clear-groups"] + arguments
    }
    process.arguments = arguments
    process.environment = ["PATH": "\(Self.programs ?? ""):/usr/bin:/bin", "LC_ALL": "C"]
    process.currentDirectoryURL = directory.url
    let output = Pipe()
    (process.standardInput, process.standardOutput) = (input, output)
    try process.run()
    guard output.fileHandleForReading.availableData == Data("ready\n".utf8) else {
      throw CocoaError(.executableLoad)
    }
  }

  // Its directory goes after it.
  deinit {
    try? input.fileHandleForWriting.close()
    process.waitUntilExit()
  }

  /// The address for libpq.
  public var uri: String { "postgresql://duban@/postgres?host=\(directory.path)" }

  /// The name of a schema that no other test has.
  public static func freshSchema() -> String {
    "t" + UUID().uuidString.replacing("-", with: "").lowercased()
  }
}

/// An engine that keeps an outbox.
public enum StoreKind: String, Sendable, CaseIterable {
  case sqlite, postgres

  /// Those that there are on this machine: PostgreSQL where its server is installed, as `.ci/run` does.
  public static let installed: [StoreKind] = PostgresServer.isInstalled ? [.sqlite, .postgres] : [.sqlite]

  /// What a configuration says to keep its state there, with a schema of its own and the directory `state`.
  public var configuration: String {
    get throws {
      guard self == .postgres else { return "state: state" }
      let (uri, schema) = (try PostgresServer.shared.get().uri, PostgresServer.freshSchema())
      return "state: {url: \"\(uri)\", schema: \(schema), directory: state}"
    }
  }
}
