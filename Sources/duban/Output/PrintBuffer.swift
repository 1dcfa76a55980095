import Foundation
import Synchronization

/// Collects what is printed: the plan of a year has a million lines, and one call of the system for each would take
/// longer than making them. Written out when it is full, at the process's end, and line by line to a terminal.
final class PrintBuffer: Sendable {
  /// In bytes: what one call of the system writes.
  private static let capacity = 64 << 10

  /// Standard output. What is left in it is written when the process ends.
  static let standardOutput: PrintBuffer = {
    atexit { PrintBuffer.standardOutput.flush() }
    return PrintBuffer(STDOUT_FILENO)
  }()

  private let descriptor: Int32
  private let isTerminal: Bool
  private let bytes = Mutex<[UInt8]>([])

  init(_ descriptor: Int32) {
    self.descriptor = descriptor
    isTerminal = isatty(descriptor) == 1
  }

  /// Prints a text.
  func append(_ text: String) { append { $0.append(contentsOf: text.utf8) } }

  /// Prints what `more` appends.
  func append(_ more: (inout [UInt8]) -> Void) {
    bytes.withLock { bytes in
      more(&bytes)
      if isTerminal || bytes.count >= Self.capacity { write(&bytes) }
    }
  }

  /// Prints bytes as they are.
  func append(_ more: [UInt8]) {
    bytes.withLock { bytes in
      bytes += more
      write(&bytes)
    }
  }

  /// Writes out what is left.
  func flush() { bytes.withLock { write(&$0) } }

  /// A reader that went away ends the process, since nobody is there to print for; any other fault is told. Neither
  /// flushes again.
  private func write(_ bytes: inout [UInt8]) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      if count < 0, errno == EPIPE { _exit(0) }
      if count < 0 {
        let line = "duban: standard output can't be written: \(String(cString: strerror(errno)))\n"
        try? FileHandle.standardError.write(contentsOf: Data(line.utf8))
        _exit(Failure.Code.somethingWrong.rawValue)
      }
      rest = rest.dropFirst(count)
    }
    bytes.removeAll(keepingCapacity: true)
  }
}
