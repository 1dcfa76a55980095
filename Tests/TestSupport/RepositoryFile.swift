public import Foundation

/// Finds files of the checkout from a test, wherever the tests are started.
public enum RepositoryFile {
  /// The checkout's top folder.
  public static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// The file at `path` below the top folder.
  public static func url(_ path: String) -> URL { root.appendingPathComponent(path) }
}
