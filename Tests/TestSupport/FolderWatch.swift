internal import Foundation

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
