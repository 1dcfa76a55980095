import Dispatch
import Glibc

/// Tells when files in some folders have changed and have been quiet for a while (inotify(7)).
///
/// Folders are watched rather than files: editors and spreadsheets replace a file instead of writing into it, and a
/// watch on the file would follow the one that was thrown away. Used on the queue it was made for.
final class FolderWatcher {
  /// Seconds without another change until the files count as finished: saving a workbook over a share takes several
  /// writes with pauses between them.
  static let quietSeconds = 2

  private static let events = UInt32(
    IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_CREATE | IN_DELETE | IN_DELETE_SELF | IN_MOVE_SELF)

  private let source: any DispatchSourceRead
  private let quiet: any DispatchSourceTimer
  private let descriptor: Int32

  /// A watcher of these folders, or nil where the system gives none; a folder that doesn't exist isn't watched.
  init?(_ folders: Set<String>, queue: DispatchQueue, changed: @escaping @Sendable () -> Void) {
    let descriptor = inotify_init1(Int32(IN_NONBLOCK | IN_CLOEXEC))
    guard descriptor >= 0 else { return nil }
    self.descriptor = descriptor
    for folder in folders { inotify_add_watch(descriptor, folder, Self.events) }
    quiet = DispatchSource.makeTimerSource(queue: queue)
    quiet.setEventHandler(handler: changed)
    quiet.activate()
    source = DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: queue)
    source.setEventHandler { [quiet] in
      Self.drain(descriptor)
      quiet.schedule(deadline: .now() + .seconds(Self.quietSeconds))
    }
    source.setCancelHandler { Glibc.close(descriptor) }
    source.activate()
  }

  func cancel() {
    quiet.cancel()
    source.cancel()
  }

  /// What happened to which name doesn't matter: the files are looked at once all is quiet.
  private static func drain(_ descriptor: Int32) {
    withUnsafeTemporaryAllocation(byteCount: 16_384, alignment: 8) { buffer in
      while let base = buffer.baseAddress, read(descriptor, base, buffer.count) > 0 {}
    }
  }
}
