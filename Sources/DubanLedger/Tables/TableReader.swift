import DubanCore

/// Reads a spreadsheet or CSV file into tables, whatever its name says it is.
enum TableReader {
  /// The file's tables, and what is wrong with it. No table comes with at least one error.
  static func read(
    _ bytes: [UInt8], file: String, limits: TableLimits = .standard
  ) -> (tables: [Table], diagnostics: [Diagnostic]) {
    switch FileKind(bytes) {
    case .zip: return XLSXReader.read(bytes, file: file, limits: limits)
    case .foreign(let words): return ([], [FileKind.refusal(words, file: file)])
    case .text: return readText(bytes, file: file)
    }
  }

  private static func readText(
    _ bytes: [UInt8], file: String
  ) -> (tables: [Table], diagnostics: [Diagnostic]) {
    do {
      let text = try TextEncoding.utf8(bytes, file: file)
      let (table, diagnostics) = CSVReader.read(text, file: file, separator: CSVSeparator.detect(text))
      return ([table], diagnostics)
    } catch {
      return ([], [error.diagnostic])
    }
  }
}
