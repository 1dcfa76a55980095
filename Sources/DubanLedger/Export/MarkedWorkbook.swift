public import DubanCore

/// A workbook given back with its faults marked: the texts of its sheets as they were read, red cells with a remark where
/// something is wrong. What it looked like is lost, and so is whatever no ledger is made of.
public enum MarkedWorkbook {
  /// The marked workbook; nil where the one that came can't be opened, or its texts can't be written.
  ///
  /// - Parameters:
  ///   - bytes: the workbook as it came.
  ///   - marks: what is wrong, and where.
  ///   - day: the day that it says it was made.
  public static func bytes(
    of bytes: [UInt8], marks: [(place: Diagnostic.Location, text: String)], on day: CivilDate
  ) -> [UInt8]? {
    let tables = TableReader.read(bytes, file: "").tables
    guard !tables.isEmpty else { return nil }
    do throws(ExportFailure) {
      let workbook = try WorkbookWriter(made: day)
      let (plain, marked) = (workbook.format(), workbook.format(isBold: true, background: 0xFFC7CE))
      for table in tables {
        let sheet = try workbook.sheet(table.sheet ?? "工作表")
        let own = marks.filter { $0.place.sheet == table.sheet }
        var remarks: [[Int]: [String]] = [:]
        for mark in own {
          guard let line = mark.place.line else { continue }
          remarks[[line, mark.place.column ?? 1], default: []].append(mark.text)
        }
        for row in table.rows.indices {
          let line = Int(table.rows[row].line)
          for column in 0..<table.width(row) {
            let remark = remarks.removeValue(forKey: [line, column + 1])
            try sheet.write(
              table.cell(row, column).continuesAbove ? "" : table.text(row, column), row: line - 1,
              column: column,
              remark == nil ? plain : marked, of: "", under: "")
            if let remark { try sheet.remark(remark.joined(separator: "\n"), row: line - 1, column: column) }
          }
        }
        // Cells behind a row's end, where something is missing.
        for (place, remark) in remarks.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
          try sheet.write("", row: place[0] - 1, column: place[1] - 1, marked, of: "", under: "")
          try sheet.remark(remark.joined(separator: "\n"), row: place[0] - 1, column: place[1] - 1)
        }
        try sheet.setWidths(
          Array(repeating: 18, count: min(20, table.rows.indices.map(table.width).max() ?? 1)))
      }
      if let version = WorkbookVersion.read(bytes) { try WorkbookVersion.write(version, to: workbook) }
      return try workbook.bytes()
    } catch { return nil }
  }
}

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
