import DubanCore
import Foundation

/// What the commands print: data on standard output, diagnostics on standard error; colours only on a terminal
/// and never with `NO_COLOR` (no-color.org). A reader that went away (`duban plan | head`) isn't an error of ours.
enum Terminal {
  static func print(_ line: String) { PrintBuffer.standardOutput.append(line + "\n") }

  static func print(_ lines: [String]) { for line in lines { print(line) } }

  /// Bytes as they are.
  static func print(bytes: [UInt8]) {
    PrintBuffer.standardOutput.append(bytes)
  }

  /// What was printed before comes before, also where both go to one place.
  static func complain(_ line: String) {
    PrintBuffer.standardOutput.flush()
    do { try FileHandle.standardError.write(contentsOf: Data((line + "\n").utf8)) } catch { exit(0) }
  }

  static func complain(_ diagnostics: [Diagnostic]) {
    for diagnostic in diagnostics { complain(diagnostic.description) }
  }

  /// One JSON document; keys in a fixed order, so that outputs can be compared.
  static func print(json value: some Encodable) throws { print(try JSONLine.document(value)) }

  /// The text in a light's colour, where colours are wanted.
  static func colored(_ text: String, _ light: Light) -> String {
    guard wantsColor else { return text }
    let code =
      switch light {
      case .green: "32"
      case .blue: "34"
      case .yellow: "33"
      case .red: "31;1"
      }
    return "\u{1B}[\(code)m\(text)\u{1B}[0m"
  }

  private static let wantsColor =
    isatty(STDOUT_FILENO) == 1 && (ProcessInfo.processInfo.environment["NO_COLOR"] ?? "").isEmpty
    && ProcessInfo.processInfo.environment["TERM"] != "dumb"
}
