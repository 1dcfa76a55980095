/// Keeps the texts of a CSV file from becoming formulas when a spreadsheet program opens it.
///
/// Such a program takes a cell that begins with one of these signs for a formula, which can run commands or send
/// data out (OWASP, "CSV Injection"). An apostrophe in front makes it text; reading takes it away again.
enum CSVGuard {
  /// `=`, `+`, `-`, `@`, tab, CR and LF.
  private static let signs: Set<UInt8> = [0x3D, 0x2B, 0x2D, 0x40, 0x09, 0x0D, 0x0A]
  /// The full-width `＝`, `＋`, `－` and `＠`, in UTF-8, which spreadsheet programs read as the plain ones.
  private static let wideSigns: [[UInt8]] = ["＝", "＋", "－", "＠"].map { Array($0.utf8) }

  /// The text with an apostrophe in front, where a spreadsheet program would take it for a formula.
  static func guarded(_ text: String) -> String {
    let bytes = Array(text.utf8)
    return isDangerous(bytes, 0..<bytes.count) ? "'" + text : text
  }

  /// Whether the text in `range` begins with an apostrophe that ``guarded(_:)`` put there.
  static func isGuarded(_ bytes: [UInt8], _ range: Range<Int>) -> Bool {
    guard let first = range.first, bytes[first] == CSVReader.guardMark else { return false }
    return isDangerous(bytes, first + 1..<range.upperBound)
  }

  /// Whether one of the signs comes first, or after apostrophes alone (so that guarding can be undone).
  private static func isDangerous(_ bytes: [UInt8], _ range: Range<Int>) -> Bool {
    guard let first = range.first(where: { bytes[$0] != CSVReader.guardMark }) else { return false }
    if signs.contains(bytes[first]) { return true }
    return bytes[first] == 0xEF
      && wideSigns.contains { bytes[first..<min(first + 3, range.upperBound)].elementsEqual($0) }
  }
}
