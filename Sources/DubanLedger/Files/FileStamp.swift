import Glibc

/// How a file looks from outside: when two of these are equal, nobody has written to it or replaced it.
public struct FileStamp: Sendable, Equatable {
  private let inode: UInt64
  private let size: Int64
  private let written: [Int]
  private let changed: [Int]

  /// The stamp of the file at that path.
  public init(_ path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else {
      (inode, size, written, changed) = (0, -1, [], [])
      return
    }
    inode = UInt64(status.st_ino)
    size = Int64(status.st_size)
    written = [status.st_mtim.tv_sec, status.st_mtim.tv_nsec]
    changed = [status.st_ctim.tv_sec, status.st_ctim.tv_nsec]
  }

  /// Whether the file was there.
  public var exists: Bool { size >= 0 }
}
