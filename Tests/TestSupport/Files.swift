public import Foundation

/// Where `swift build` put the programs of this package.
public enum BuiltProducts {
  /// The folder of the programs: beside the tests themselves. `swift test` runs them in a helper, whose argument
  /// names the test bundle.
  public static let folder: URL = {
    if let bundle = CommandLine.arguments.first(where: { $0.hasSuffix(".xctest") }) {
      return URL(fileURLWithPath: bundle).deletingLastPathComponent()
    }
    return URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
  }()

  /// The built `duban`.
  public static let duban = folder.appendingPathComponent("duban")
}

/// Finds files of the checkout from a test, wherever the tests are started.
public enum RepositoryFile {
  /// The checkout's top folder.
  public static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// The file at `path` below the top folder.
  public static func url(_ path: String) -> URL { root.appendingPathComponent(path) }
}

/// An empty directory of its own for one test, removed when the test lets go of it.
public final class ScratchDirectory: Sendable {
  /// Where it is.
  public let url: URL
  /// Where it is, as text.
  public var path: String { url.path }

  /// Makes the directory.
  public init() throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent("duban-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: false)
  }

  // A directory that can't be removed is left to the system's own cleaning of temporary files.
  deinit { try? FileManager.default.removeItem(at: url) }
}

/// Waits for files to arrive in a folder, without looking again and again: the kernel tells (inotify).
public struct FolderWatch {
  private let folder: String
  private let descriptor: Int32

  /// Watches this folder, which must exist.
  public init(_ folder: String) throws {
    self.folder = folder
    descriptor = inotify_init1(Int32(IN_CLOEXEC))
    guard inotify_add_watch(descriptor, folder, UInt32(IN_MOVED_TO | IN_CREATE | IN_CLOSE_WRITE)) >= 0 else {
      throw CocoaError(.fileReadNoSuchFile)
    }
  }

  /// The files' paths once there are `count` of them, or those that are there when nothing has come for half a minute.
  public func files(count: Int) throws -> [String] {
    while true {
      let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
      var poll = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      if names.count >= count || Glibc.poll(&poll, 1, 30_000) <= 0 { return names.map { "\(folder)/\($0)" } }
      var events = [UInt8](repeating: 0, count: 4_096)
      _ = read(descriptor, &events, events.count)
    }
  }

  /// Ends the watch.
  public func end() { close(descriptor) }
}
