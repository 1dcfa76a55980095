import Dispatch
import Foundation
import Glibc
import Synchronization

/// A program that is run beside duban: pdftotext, LibreOffice.
///
/// It runs in a process group of its own, which is killed as a whole when its time is up: LibreOffice's launcher waits for
/// the process that does the work.
struct Program {
  private let url: URL

  /// How a run ended.
  enum Ending: Equatable {
    case exited(Int32)
    case crashed
    case timedOut
    /// It couldn't be started, and why.
    case notStarted(String)
  }

  /// The first of those programs that is on the search path; nil where none is installed.
  init?(_ names: String..., searchPath: String? = ProcessInfo.processInfo.environment["PATH"]) {
    let folders = (searchPath ?? "/usr/bin:/bin").split(separator: ":").map {
      URL(fileURLWithPath: String($0))
    }
    let places = names.flatMap { name in folders.map { $0.appendingPathComponent(name) } }
    guard let url = places.first(where: { FileManager.default.isExecutableFile(atPath: $0.path) }) else {
      return nil
    }
    self.url = url
  }

  /// Where it is.
  var path: String { url.path }

  /// Runs it to its end, or for so many seconds at most; `reading` empties the pipes meanwhile.
  func run(
    _ arguments: [String], seconds: Int, in directory: URL? = nil, environment: [String: String]? = nil,
    output: Any, complaints: Any, reading: (Process) -> Void = { _ in }
  ) -> Ending {
    let process = Process()
    process.executableURL = url
    process.arguments = arguments
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = complaints
    if let directory { process.currentDirectoryURL = directory }
    if let environment { process.environment = environment }
    do { try process.run() } catch { return .notStarted(SystemWords.of(error)) }
    let group = process.processIdentifier
    let isOverdue = Mutex(false)
    let watchdog = DispatchWorkItem {
      isOverdue.withLock { $0 = true }
      kill(-group, SIGKILL)
    }
    DispatchQueue.global().asyncAfter(deadline: .now() + .seconds(seconds), execute: watchdog)
    reading(process)
    process.waitUntilExit()
    watchdog.cancel()
    if isOverdue.withLock({ $0 }) { return .timedOut }
    // What its processes left behind.
    kill(-group, SIGKILL)
    return process.terminationReason == .exit ? .exited(process.terminationStatus) : .crashed
  }
}
