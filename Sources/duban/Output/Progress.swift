import DubanDaemon
import Foundation
import Synchronization

/// How far long work is: one line on standard error that is written over, and taken away at the end. On a terminal
/// only: a file or a pipe gets nothing.
final class Progress: Sendable {
  private let isShown = isatty(STDERR_FILENO) == 1
  /// How much is done of how much; nil before and after work that is counted.
  private let count = Mutex<(done: Int, total: Int)?>(nil)

  /// What the work is at.
  func say(_ words: String) { if isShown { write(Self.clear + words + "…") } }

  /// From here on, mails are counted.
  func countMails(of total: Int) {
    count.withLock { count in
      count = (0, total)
      show(count)
    }
  }

  /// So many more mails are to be delivered.
  func countMore(_ mails: Int) {
    count.withLock { count in
      count?.total += mails
      show(count)
    }
  }

  /// A journal whose events count the mails that were tried; may be told from any thread. Its own lines on the same
  /// terminal and ours keep out of each other's way.
  func counting(_ journal: Journal) -> Journal {
    Journal { [self] event in
      count.withLock { count in
        if isShown, count != nil { write(Self.clear) }
        journal.note(event)
        switch event.kind {
        case .sent, .failed, .deferred: count?.done += 1
        default: break
        }
        show(count)
      }
    }
  }

  /// Takes the line away.
  func end() {
    count.withLock { $0 = nil }
    if isShown { write(Self.clear) }
  }

  private static let clear = "\r\u{1B}[K"

  private func show(_ count: (done: Int, total: Int)?) {
    guard isShown, let count, count.total > 0 else { return }
    write(Self.clear + "delivering: \(count.done) of \(max(count.done, count.total))")
  }

  /// A terminal that went away doesn't stop the work.
  private func write(_ text: String) { try? FileHandle.standardError.write(contentsOf: Data(text.utf8)) }
}
