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
    IN_CLOSE_WRITE | IN_MODIFY | IN_MOVED_TO | IN_MOVED_FROM | IN_CREATE | IN_DELETE | IN_DELETE_SELF
      | IN_MOVE_SELF | IN_ATTRIB)
  /// What tells that a folder is made again in the one above it.
  private static let arrivals = UInt32(IN_CREATE | IN_MOVED_TO)

  private let folders: Set<String>
  private let source: any DispatchSourceRead
  private let quiet: any DispatchSourceTimer
  private let descriptor: Int32
  /// Something has changed, and the files haven't been quiet for long enough.
  private(set) var isWaitingForQuiet = false

  /// A watcher of these folders, or nil where the system gives none. One that doesn't exist, or that is deleted, is
  /// watched once it is made.
  init?(_ folders: Set<String>, queue: DispatchQueue, changed: @escaping @Sendable () -> Void) {
    let descriptor = inotify_init1(Int32(IN_NONBLOCK | IN_CLOEXEC))
    guard descriptor >= 0 else { return nil }
    self.descriptor = descriptor
    self.folders = folders
    quiet = DispatchSource.makeTimerSource(queue: queue)
    source = DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: queue)
    quiet.setEventHandler { [weak self] in
      self?.isWaitingForQuiet = false
      self?.watchFolders()
      changed()
    }
    source.setEventHandler { [weak self] in self?.noticed() }
    source.setCancelHandler { Glibc.close(descriptor) }
    watchFolders()
    quiet.activate()
    source.activate()
  }

  /// Ends the watch; nothing is told any more.
  func cancel() {
    quiet.cancel()
    source.cancel()
  }

  private func noticed() {
    drain()
    isWaitingForQuiet = true
    quiet.schedule(deadline: .now() + .seconds(Self.quietSeconds))
  }

  /// Watches every folder; watching one again changes nothing. In place of a missing one, the nearest above it.
  private func watchFolders() {
    for folder in folders where inotify_add_watch(descriptor, folder, Self.events) < 0 {
      var above = folder
      repeat {
        above = Self.parent(of: above)
      } while inotify_add_watch(descriptor, above, Self.arrivals | UInt32(IN_MASK_ADD)) < 0
        && above != "/" && above != "."
    }
  }

  private static func parent(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// What happened to which name doesn't matter: the files are looked at once all is quiet. What is more than a few
  /// reads wakes the queue again, so that a busy writer doesn't keep it from everything else.
  private func drain() {
    withUnsafeTemporaryAllocation(byteCount: 16_384, alignment: 8) { buffer in
      for _ in 0..<4 {
        guard let base = buffer.baseAddress, read(descriptor, base, buffer.count) > 0 else { return }
      }
    }
  }
}
