// Whether `timespec` is Glibc's, CLinux's or CSystemd's depends on which of the target's files the compiler reads first.
import CLinux
import CSystemd
import Foundation
import Glibc

/// How the files that the service goes by look from outside: when two of these are equal, nothing was changed.
struct FileStamps: Equatable {
  private struct Stamp: Equatable {
    let inode: UInt64
    let size: Int64
    let changed: Int
    let changedNanoseconds: Int
  }

  /// What a ledger, a calendar, a table, a template or a configuration is called.
  private static let endings: Set<String> = ["yaml", "yml", "json", "csv", "tsv", "xlsx", "mustache"]

  private var stamps: [String: Stamp] = [:]

  /// The stamps of every such file in these folders.
  init(folders: Set<String>) {
    for folder in folders {
      for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] {
        guard let ending = name.split(separator: ".").last, Self.endings.contains(ending.lowercased()) else {
          continue
        }
        // Spreadsheet programs and editors put files of their own beside the one they have open.
        if name.hasPrefix("~$") || name.hasPrefix(".") { continue }
        var status = stat()
        let path = folder + "/" + name
        guard stat(path, &status) == 0 else { continue }
        stamps[path] = Stamp(
          inode: UInt64(status.st_ino), size: Int64(status.st_size), changed: status.st_mtim.tv_sec,
          changedNanoseconds: status.st_mtim.tv_nsec)
      }
    }
  }
}
