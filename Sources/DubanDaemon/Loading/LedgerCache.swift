import DubanCore
import DubanLedger
import Glibc
import Synchronization

/// Keeps what came of reading each ledger, so that a change of one among two hundred reads that one again and no other.
final class LedgerCache: Sendable {
  private struct Entry {
    let stamps: [FileStamp]
    let calendar: WorkdayCalendar
    let today: CivilDate
    let reading: LedgerReading
  }

  private let entries = Mutex<[String: Entry]>([:])

  /// The reading of a ledger: the last one, where neither its files nor anything else that it depends on has changed.
  func read(_ file: String, calendar: WorkdayCalendar, today: CivilDate) -> LedgerReading {
    if let known = entries.withLock({ $0[file] }), known.calendar == calendar, known.today == today,
      known.stamps == Self.stamps(file, known.reading)
    {
      return known.reading
    }
    let before = FileStamp(file)
    let reading = LedgerReader.read(file: file, calendar: calendar, today: today)
    let stamps = Self.stamps(file, reading)
    // A file that is missing, or that was written while we read, is read again next time. A table may have been too:
    // then its stamp is from after the reading, but so is the change that the service watches for.
    let isSettled = stamps.allSatisfy(\.exists) && stamps.first == before
    entries.withLock {
      $0[file] =
        isSettled ? Entry(stamps: stamps, calendar: calendar, today: today, reading: reading) : nil
    }
    return reading
  }

  /// Forgets all other ledgers.
  func keep(_ files: [String]) {
    entries.withLock { entries in entries = entries.filter { files.contains($0.key) } }
  }

  private static func stamps(_ file: String, _ reading: LedgerReading) -> [FileStamp] {
    ([file] + reading.tables).map(FileStamp.init)
  }
}

/// How a file looks from outside: when two of these are equal, nobody has written to it or replaced it.
struct FileStamp: Equatable {
  private let inode: UInt64
  private let size: Int64
  private let written: [Int]
  private let changed: [Int]

  /// The stamp of the file at that path.
  init(_ path: String) {
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
  var exists: Bool { size >= 0 }
}
