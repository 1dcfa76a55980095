public import Foundation

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
