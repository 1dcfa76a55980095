import Synchronization

/// Keeps a ledger's directory of owners from one use to the next: to build it takes as long as to plan a day.
final class DirectoryShelf: Sendable {
  private let kept: Mutex<OwnerDirectory?>

  init(_ directory: OwnerDirectory?) { kept = Mutex(directory) }

  func directory(of owners: [Owner]) -> OwnerDirectory {
    kept.withLock { kept in
      let directory = kept ?? OwnerDirectory(owners)
      kept = directory
      return directory
    }
  }

  func clear() { kept.withLock { $0 = nil } }
}
