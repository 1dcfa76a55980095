public import DubanCore
import Glibc

/// Reads a whole file that people keep, or says why it can't be read.
public enum SourceFile {
  /// 8 MiB: a hundred times a country's largest plan, and little enough to read into memory whole.
  public static let usualLimit = 8 << 20

  /// The file's bytes; an error located at the file when it is missing, no regular file, not readable or larger
  /// than `limit` bytes.
  public static func bytes(_ file: String, limit: Int = usualLimit) -> Result<[UInt8], Diagnostic> {
    // Non-blocking, or else opening a named pipe would wait for a writer for ever.
    let descriptor = open(file, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return .failure(refusal(file, errno)) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { return .failure(refusal(file, errno)) }
    switch status.st_mode & S_IFMT {
    case S_IFREG: break
    case S_IFDIR: return .failure(error(file, "this is a directory", help: "expected a file"))
    default: return .failure(error(file, "this is no regular file", help: "expected a file of text"))
    }
    return contents(of: descriptor, file, size: Int(status.st_size), limit: limit)
  }

  private static func contents(
    of descriptor: Int32, _ file: String, size: Int, limit: Int
  ) -> Result<[UInt8], Diagnostic> {
    var bytes: [UInt8] = []
    // Room for one byte more, so that the end of most files is seen at the second reading.
    var chunk = [UInt8](repeating: 0, count: min(max(size + 1, 4 << 10), 64 << 10))
    while true {
      let count = read(descriptor, &chunk, chunk.count)
      if count < 0, errno == EINTR { continue }
      if count < 0 { return .failure(refusal(file, errno)) }
      if count == 0 { return .success(bytes) }
      bytes += chunk[..<count]
      if bytes.count > limit {
        return .failure(
          error(
            file, "the file has more than \(limit) bytes",
            help: "at most that much is read: is it the right file?"))
      }
    }
  }

  private static func refusal(_ file: String, _ code: Int32) -> Diagnostic {
    switch code {
    case ENOENT, ENOTDIR: error(file, "there is no such file", help: "see whether the path is right")
    case EACCES: error(file, "this user may not read the file", help: access(to: file))
    default: error(file, "the file can't be read: \(String(cString: strerror(code)))", help: "")
    }
  }

  /// Who is asking, and whom the file lets read it.
  private static func access(to file: String) -> String {
    var status = stat()
    guard stat(file, &status) == 0 else { return "see the owner and the mode of its folder (ls -ld)" }
    let mode = String(status.st_mode & 0o7777, radix: 8)
    return
      "the user is \(SystemWords.user(geteuid())), the file is \(SystemWords.user(status.st_uid))'s with mode \(mode); "
      + "let the service's user read it (chmod, chgrp)"
  }

  private static func error(_ file: String, _ message: String, help: String) -> Diagnostic {
    Diagnostic(.error, at: Diagnostic.Location(file: file), message, help: help)
  }
}

/// Paths in a file are relative to that file's folder.
public enum RelativePath {
  /// `path` as seen from where `file` was named: absolute paths stay, others are put behind the file's folder.
  public static func resolve(_ path: String, from file: String) -> String {
    guard !path.hasPrefix("/"), let slash = file.lastIndex(of: "/") else { return path }
    return file[...slash] + path
  }
}

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
