import Foundation

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
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("duban-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    do {
      try FileManager.default.createDirectory(
        at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
      try Data(bytes).write(to: folder.appendingPathComponent("paper.\(kind)"))
    } catch { throw Failure(description: "no temporary folder: \(SystemWords.of(error))") }
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
}
