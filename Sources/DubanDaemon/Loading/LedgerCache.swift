import DubanCore
import DubanLedger
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
    // Each stamp is from before its file was opened: what is written while we read is read again next time.
    let stamps = [before] + reading.tableStamps
    let isKept = stamps.allSatisfy(\.exists)
    entries.withLock {
      $0[file] = isKept ? Entry(stamps: stamps, calendar: calendar, today: today, reading: reading) : nil
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
