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

  /// Throws when there is a configuration.
  func refuseKeptConfiguration() throws {
    if FileManager.default.fileExists(atPath: configuration) {
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
    try put(Array(text.utf8), configuration)
  }

  private func makeFolder(_ folder: String) throws {
    do { try AtomicFile.makeFolder(folder) } catch {
      throw Failure(.unreadable, "duban init: \(folder): \(error.reason)")
    }
  }

  private func put(_ bytes: [UInt8], _ file: String) throws {
    do {
      try AtomicFile.write(bytes, to: file, replacing: false)
      Terminal.print("wrote \(file)")
    } catch {
      throw Failure(.unreadable, "duban init: \(file): \(error.reason)")
    }
  }
}
