public import Dispatch
import Foundation

/// A `duban` that runs beside the test, and what it writes on standard error.
public final class RunningService {
  private let process: Process
  private let pipe = Pipe()
  private var rest = Data()

  init(_ process: Process) throws {
    self.process = process
    process.standardError = pipe
    try process.run()
  }

  deinit { if process.isRunning { kill(process.processIdentifier, SIGKILL) } }

  /// Waits for a line that contains `words`; false when the service ends without one.
  public func says(_ words: String) -> Bool {
    while let line = line() { if line.contains(words) { return true } }
    return false
  }

  /// Everything that was read so far.
  public private(set) var log = ""

  /// Sends a signal.
  public func signal(_ number: Int32) { kill(process.processIdentifier, number) }

  /// Waits for the end, and gives the exit code.
  public func end() -> Int32 {
    while line() != nil {}
    if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    process.waitUntilExit()
    return process.terminationStatus
  }

  private func line() -> String? {
    while true {
      if let end = rest.firstIndex(of: 0x0A) {
        let line = String(decoding: rest[..<end], as: UTF8.self)
        rest.removeSubrange(...end)
        log += line + "\n"
        return line
      }
      // A service that says nothing for half a minute has nothing to say: the test fails rather than hangs.
      var poll = pollfd(fd: pipe.fileHandleForReading.fileDescriptor, events: Int16(POLLIN), revents: 0)
      guard Glibc.poll(&poll, 1, 30_000) > 0 else { return nil }
      let more = pipe.fileHandleForReading.availableData
      guard !more.isEmpty else { return nil }
      rest.append(more)
    }
  }
}

extension DispatchSemaphore {
  /// Waits for the signal; false where half a minute passes without it, so that a test fails rather than hangs.
  ///
  /// A test's own time limit won't do: it counts while the test waits for its turn behind all others.
  public var comes: Bool { wait(timeout: .now() + 30) == .success }
}
