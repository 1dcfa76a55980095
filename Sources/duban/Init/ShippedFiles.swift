import Foundation

/// Where the files lie that `duban init` copies from: `share/duban` beside the installed executable's `bin`, or `etc`
/// of the checkout that the executable was built in.
struct ShippedFiles {
  private let folder: URL

  /// Looks upwards from the executable; nil when nothing was shipped with it.
  init?(executable: String = "/proc/self/exe") {
    var ancestor = URL(fileURLWithPath: executable).resolvingSymlinksInPath().deletingLastPathComponent()
    while ancestor.path != "/" {
      for name in ["share/duban", "etc"] {
        let folder = ancestor.appendingPathComponent(name)
        if FileManager.default.fileExists(atPath: folder.appendingPathComponent("presets").path) {
          self.folder = folder
          return
        }
      }
      ancestor.deleteLastPathComponent()
    }
    return nil
  }

  /// The text of a preset.
  func text(of preset: Preset) throws -> String {
    try String(contentsOf: folder.appendingPathComponent("presets/\(preset.rawValue).yaml"), encoding: .utf8)
  }

  /// The directory of holiday files.
  var holidayDirectory: String { folder.appendingPathComponent("holidays").path }

  /// The files of holidays, by name.
  func holidays() throws -> [(name: String, bytes: Data)] {
    let holidays = URL(fileURLWithPath: holidayDirectory)
    return try FileManager.default.contentsOfDirectory(atPath: holidays.path).filter { $0.hasSuffix(".json") }
      .sorted().map { ($0, try Data(contentsOf: holidays.appendingPathComponent($0))) }
  }
}
