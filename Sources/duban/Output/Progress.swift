import Foundation
import Synchronization

/// How far long work is: one line on standard error that is written over, on a terminal only.
final class Progress: Sendable {
  private let total: Int
  private let words: String
  private let done = Mutex(0)
  private let isShown = isatty(STDERR_FILENO) == 1

  init(of total: Int, _ words: String) {
    self.total = total
    self.words = words
  }

  /// One more is done; may be called from any thread.
  func step() {
    guard isShown else { return }
    done.withLock { count in
      count += 1
      write("\r\(words): \(count) of \(total)")
    }
  }

  /// Takes the line away.
  func end() { if isShown { write("\r\u{1B}[K") } }

  /// A terminal that went away doesn't stop the work.
  private func write(_ text: String) { try? FileHandle.standardError.write(contentsOf: Data(text.utf8)) }
}
