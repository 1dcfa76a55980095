public import Foundation

/// A folder of its own among the system's temporary files, which only this user may enter: for programs and libraries that
/// read or write files alone.
public struct ScratchFolder: Sendable {
  /// Where it is.
  public let url: URL

  /// Makes it, empty.
  public init() throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent("duban-\(UUID().uuidString)")
    try FileManager.default.createDirectory(
      at: url, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
  }

  /// Removes it with all that is in it.
  public func remove() { try? FileManager.default.removeItem(at: url) }
}
