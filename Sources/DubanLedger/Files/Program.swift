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
  enum Termination: Equatable {
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

  var path: String { url.path }

  /// Runs it to its end, or for so many seconds at most; `reading` empties the pipes meanwhile.
  func run(
    _ arguments: [String], seconds: Int, in directory: URL? = nil, environment: [String: String]? = nil,
    output: Any, complaints: Any, reading: (Process) -> Void = { _ in }
  ) -> Termination {
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

/// LibreOffice, where it is installed: turns a document into another kind.
public enum OfficeProgram {
  /// Why a document wasn't converted.
  public struct Failure: Error, Sendable, CustomStringConvertible {
    /// One English sentence without a full stop.
    public var description: String
    /// Whether the program isn't installed.
    public var isMissing = false
  }

  /// A document of some hundred pages takes seconds; the first start of the program on a slow machine half a minute.
  private static let mostSeconds = 180

  /// The document in `bytes`, of a kind such as `docx`, as one of another kind, such as `pdf`.
  ///
  /// The program works in a folder and with a profile of its own, without a display, and is ended with all that it has
  /// started when it takes too long.
  public static func convert(_ bytes: [UInt8], from kind: String, to other: String) throws(Failure) -> [UInt8]
  {
    let scratch: ScratchFolder
    do { scratch = try ScratchFolder() } catch { throw noFolder(error) }
    defer { scratch.remove() }
    let folder = scratch.url
    do { try Data(bytes).write(to: folder.appendingPathComponent("paper.\(kind)")) } catch {
      throw noFolder(error)
    }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    // timeout(1) makes a process group and ends the whole of it.
    process.arguments = [
      "timeout", "--kill-after=5", String(mostSeconds), "soffice", "--headless", "--norestore",
      "--nolockcheck",
      "-env:UserInstallation=file://\(folder.path)/profile", "--convert-to", other, "--outdir", folder.path,
      folder.appendingPathComponent("paper.\(kind)").path,
    ]
    process.currentDirectoryURL = folder
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    do { try process.run() } catch {
      throw Failure(description: "LibreOffice can't be started: \(SystemWords.of(error))")
    }
    process.waitUntilExit()
    switch process.terminationStatus {
    case 127:
      throw Failure(
        description: "LibreOffice isn't installed (as root: apt-get install libreoffice-writer)",
        isMissing: true)
    case 124, 137: throw Failure(description: "LibreOffice took longer than \(mostSeconds) seconds")
    default: break
    }
    // It ends with 0 also where it couldn't read the document.
    guard let data = try? Data(contentsOf: folder.appendingPathComponent("paper.\(other)")), !data.isEmpty
    else {
      throw Failure(description: "LibreOffice couldn't convert the document")
    }
    return Array(data)
  }

  private static func noFolder(_ error: any Error) -> Failure {
    Failure(description: "no temporary folder: \(SystemWords.of(error))")
  }
}

/// Errors of the system and of Foundation, in words that a person can act on.
public enum SystemWords {
  /// What a number of `errno` means.
  public static func of(_ code: Int32) -> String {
    switch code {
    case ENOTDIR: "a part of the path is a file, not a folder"
    case EEXIST: "there is a file of that name already"
    case EACCES, EPERM: "permission denied to the user \(user(geteuid()))"
    default: String(cString: strerror(code))
    }
  }

  /// The same of an error that Foundation throws: the system's own number is somewhere beneath it.
  public static func of(_ error: any Error) -> String {
    var next: NSError? = error as NSError
    while let error = next {
      if error.domain == NSPOSIXErrorDomain { return of(Int32(error.code)) }
      next = error.userInfo[NSUnderlyingErrorKey] as? NSError
    }
    switch (error as? CocoaError)?.code {
    case .fileWriteOutOfSpace: return of(ENOSPC)
    case .fileWriteVolumeReadOnly: return of(EROFS)
    case .fileWriteNoPermission, .fileReadNoPermission: return of(EACCES)
    case .fileWriteFileExists: return of(EEXIST)
    case .fileNoSuchFile, .fileReadNoSuchFile: return of(ENOENT)
    default:
      let error = error as NSError
      return "the system refuses (\(error.domain) \(error.code))"
    }
  }

  /// The name of a user, or its number where it has none.
  static func user(_ number: uid_t) -> String {
    getpwuid(number).map { String(cString: $0.pointee.pw_name) } ?? String(number)
  }
}
