import DubanLedger
import Foundation

/// Puts a newcomer's files where they belong, without replacing anything that somebody wrote.
struct FirstFiles {
  let folder: String
  let shipped: ShippedFiles

  private var configuration: String { folder + "/duban.yaml" }
  private var ledger: String { folder + "/ledger.yaml" }

  /// Whether somebody wrote a ledger already.
  var hasLedger: Bool { FileManager.default.fileExists(atPath: ledger) }

  /// Whether there is a configuration, but only the package's own.
  private var hasOnlyShippedConfiguration: Bool {
    guard let shipped = try? shipped.configuration() else { return false }
    return FileManager.default.contents(atPath: configuration) == shipped
  }

  /// Throws when there is a configuration that somebody wrote.
  func refuseKeptConfiguration() throws {
    if FileManager.default.fileExists(atPath: configuration), !hasOnlyShippedConfiguration {
      throw Failure(.usage, "duban init: \(configuration) is there already; nothing was written")
    }
  }

  /// Writes everything; the ledger only where there is none.
  func write(_ text: String, ledger ledgerText: String?) throws {
    // The service runs as another user, and must be able to read what root writes here whatever root's umask is.
    umask(0o022)
    try makeFolder(folder + "/holidays")
    for (name, bytes) in try shipped.holidays() {
      let file = folder + "/holidays/" + name
      if !FileManager.default.fileExists(atPath: file) { try put(Array(bytes), file) }
    }
    if folder != FirstConfiguration.packageFolder { try makeFolder(folder + "/state") }
    if let ledgerText { try put(Array(ledgerText.utf8), ledger) } else { Terminal.print("kept \(ledger)") }
    try put(Array(text.utf8), configuration, replacing: hasOnlyShippedConfiguration)
  }

  private func makeFolder(_ folder: String) throws {
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw Failure(.unreadable, "duban init: \(folder) can't be made: \(error.localizedDescription)")
    }
  }

  private func put(_ bytes: [UInt8], _ file: String, replacing: Bool = false) throws {
    do {
      try AtomicFile.write(bytes, to: file, replacing: replacing)
      Terminal.print("wrote \(file)")
    } catch {
      throw Failure(.unreadable, "duban init: \(file): \(error.reason)")
    }
  }
}
