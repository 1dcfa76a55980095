import DubanLedger
import Foundation

/// How the files that the service goes by look from outside: when two of these are equal, nothing was changed, neither
/// what a file says nor who may read it.
struct FileStamps: Equatable {
  /// What a ledger, a calendar, a table, a template or a configuration is called.
  private static let endings: Set<String> = ["yaml", "yml", "json", "csv", "tsv", "xlsx", "mustache"]

  private var stamps: [String: FileStamp] = [:]

  /// The stamps of every such file in these folders.
  init(folders: Set<String>) {
    for folder in folders {
      for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] {
        guard let ending = name.split(separator: ".").last, Self.endings.contains(ending.lowercased()) else {
          continue
        }
        // Spreadsheet programs and editors put files of their own beside the one they have open.
        if name.hasPrefix("~$") || name.hasPrefix(".") { continue }
        let stamp = FileStamp(folder + "/" + name)
        if stamp.exists { stamps[folder + "/" + name] = stamp }
      }
    }
  }
}
