/// The version of a ledger that a workbook of ours carries in a hidden sheet, so that one that comes back is known.
public enum WorkbookVersion {
  static let sheetName = "督办版本"

  static func write(_ version: Int64, to workbook: WorkbookWriter) throws(ExportFailure) {
    let sheet = try workbook.sheet(sheetName)
    try sheet.write(String(version), row: 0, column: 0, workbook.format(), of: sheetName, under: sheetName)
    sheet.hide()
  }

  /// The version that a workbook carries; nil for none.
  public static func read(_ bytes: [UInt8]) -> Int64? {
    guard let archive = try? ZipArchive(bytes, limits: .standard), let workbook = try? Workbook(archive),
      let sheet = workbook.sheets.first(where: { $0.name == sheetName }),
      let shared = try? SharedStrings(archive, part: workbook.sharedStrings),
      let styles = try? CellStyles(archive, part: workbook.styles)
    else { return nil }
    let context = SheetPart.Context(
      shared: shared, styles: styles, countsFrom1904: workbook.countsFrom1904, limits: .standard)
    guard let table = try? SheetPart.table(archive, sheet: sheet, file: sheetName, context: context),
      !table.rows.isEmpty
    else { return nil }
    return Int64(table.text(0, 0))
  }
}

/// What a file that came by mail is, by its bytes.
public enum MailedFile: Sendable, Hashable {
  case workbook
  /// A workbook or document with macros: nothing is read of it.
  case macros
  /// A Word document.
  case document
  case pdf
  case other

  /// Looks at the bytes.
  public init(_ bytes: [UInt8]) {
    if bytes.starts(with: Array("%PDF".utf8)) {
      self = .pdf
      return
    }
    guard FileKind(bytes) == .zip, let archive = try? ZipArchive(bytes, limits: .standard) else {
      self = .other
      return
    }
    if ["xl/vbaProject.bin", "word/vbaProject.bin"].contains(where: archive.contains) {
      self = .macros
    } else if archive.contains("xl/workbook.xml") {
      self = .workbook
    } else {
      self = archive.contains("word/document.xml") ? .document : .other
    }
  }
}
