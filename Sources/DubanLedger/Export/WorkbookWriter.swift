import CXlsxWriter
import DubanCore
import Foundation

/// Builds one .xlsx workbook with libxlsxwriter.
///
/// Belongs to the one thread that made it. The library writes files alone, so the workbook takes shape in a temporary
/// folder of its own.
final class WorkbookWriter {
  /// How cells look.
  struct Format {
    /// The workbook's own, freed with it.
    fileprivate let pointer: UnsafeMutablePointer<lxw_format>?
  }

  private let folder: ScratchFolder
  /// Freed by `workbook_close`, which is called once.
  private let workbook: UnsafeMutablePointer<lxw_workbook>
  private var isClosed = false

  /// An empty workbook that says it was made on that day.
  init(made day: CivilDate) throws(ExportFailure) {
    let folder: ScratchFolder
    do { folder = try ScratchFolder() } catch {
      throw .workbook("no temporary folder: \(SystemWords.of(error))")
    }
    var options = lxw_workbook_options()
    let workbook = folder.url.path.withCString { path in
      duban_set_tmpdir(&options, path)
      return workbook_new_opt(folder.url.appendingPathComponent("ledger.xlsx").path, &options)
    }
    guard let workbook else {
      folder.remove()
      throw .workbook("memory is short")
    }
    (self.folder, self.workbook) = (folder, workbook)
    // Without a time of its own the library would take the clock's.
    var properties = lxw_doc_properties()
    properties.created = Int(day.dayNumber) * 86_400
    workbook_set_properties(workbook, &properties)
  }

  deinit {
    if !isClosed { workbook_close(workbook) }
    folder.remove()
  }

  func sheet(_ name: String) throws(ExportFailure) -> SheetWriter {
    guard let sheet = workbook_add_worksheet(workbook, name) else { throw .workbook("no sheet “\(name)”") }
    return SheetWriter(sheet)
  }

  /// A look for cells: text at the top, wrapped, with thin borders.
  func format(
    isBold: Bool = false, background: UInt32? = nil, color: UInt32? = nil, number: String? = nil
  ) -> Format {
    let format = workbook_add_format(workbook)
    format_set_text_wrap(format)
    format_set_align(format, UInt8(LXW_ALIGN_VERTICAL_TOP.rawValue))
    format_set_border(format, UInt8(LXW_BORDER_THIN.rawValue))
    if isBold { format_set_bold(format) }
    if let background { format_set_bg_color(format, background) }
    if let color { format_set_font_color(format, color) }
    if let number { format_set_num_format(format, number) }
    return Format(pointer: format)
  }

  /// The finished workbook.
  func bytes() throws(ExportFailure) -> [UInt8] {
    isClosed = true
    let result = workbook_close(workbook)
    guard result == LXW_NO_ERROR else { throw .workbook(String(cString: lxw_strerror(result))) }
    do {
      return Array(try Data(contentsOf: folder.url.appendingPathComponent("ledger.xlsx")))
    } catch {
      throw .workbook(SystemWords.of(error))
    }
  }
}

/// One sheet of a workbook that is being built. Rows and columns count from 0.
struct SheetWriter {
  /// The workbook's own, freed with it.
  private let sheet: UnsafeMutablePointer<lxw_worksheet>

  fileprivate init(_ sheet: UnsafeMutablePointer<lxw_worksheet>) { self.sheet = sheet }

  /// Writes a text; an empty one leaves a cell that has the format alone.
  func write(
    _ text: String, row: Int, column: Int, _ format: WorkbookWriter.Format, of id: String,
    under heading: String
  ) throws(ExportFailure) {
    if text.unicodeScalars.contains(where: { $0.value == 0 || $0.value == 0xFFFE || $0.value == 0xFFFF }) {
      throw .unwritable(id: id, column: heading)
    }
    let result =
      text.isEmpty
      ? worksheet_write_blank(sheet, UInt32(row), UInt16(column), format.pointer)
      : worksheet_write_string(
        sheet, UInt32(row), UInt16(column), EscapedText.escaped(text), format.pointer)
    if result == LXW_ERROR_MAX_STRING_LENGTH_EXCEEDED { throw .textTooLong(id: id, column: heading) }
    try check(result)
  }

  /// Writes a row's texts from the first column on.
  func write(
    _ texts: [String], row: Int, _ format: WorkbookWriter.Format, of id: String, under headings: [String]
  ) throws(ExportFailure) {
    for (column, text) in texts.enumerated() {
      try write(text, row: row, column: column, format, of: id, under: headings[column])
    }
  }

  /// Writes a day as a real date.
  func write(_ day: CivilDate, row: Int, column: Int, _ format: WorkbookWriter.Format) throws(ExportFailure) {
    try check(
      worksheet_write_number(sheet, UInt32(row), UInt16(column), SerialDay.serial(day), format.pointer))
  }

  /// Writes a formula with the result that it has now.
  func writeFormula(
    _ formula: String, result: String, row: Int, column: Int, _ format: WorkbookWriter.Format
  ) throws(ExportFailure) {
    try check(
      worksheet_write_formula_str(sheet, UInt32(row), UInt16(column), formula, format.pointer, result))
  }

  /// Writes a formula with the number that it gives now; nil for an empty text.
  func writeFormula(
    _ formula: String, result: Double?, row: Int, column: Int, _ format: WorkbookWriter.Format
  ) throws(ExportFailure) {
    guard let result else { return try writeFormula(formula, result: "", row: row, column: column, format) }
    try check(
      worksheet_write_formula_num(sheet, UInt32(row), UInt16(column), formula, format.pointer, result))
  }

  /// What a cell's list offers.
  enum Choice {
    /// These, and nothing else may be written.
    case words([String])
    /// What is in these cells; anything else may be written too.
    case cells(String)
  }

  /// Lets cells of a column be chosen from a list.
  func offer(_ choice: Choice, rows: ClosedRange<Int>, column: Int) throws(ExportFailure) {
    let (formula, isStrict): (String, Int32) =
      switch choice {
      case .words(let words): ("\"\(words.joined(separator: ","))\"", 1)
      case .cells(let formula): (formula, 0)
      }
    try check(
      duban_offer(
        sheet, UInt32(rows.lowerBound), UInt32(rows.upperBound), UInt16(column), formula, isStrict))
  }

  /// Puts a remark at a cell, which a spreadsheet program shows beside it.
  func remark(_ text: String, row: Int, column: Int) throws(ExportFailure) {
    try check(worksheet_write_comment(sheet, UInt32(row), UInt16(column), text))
  }

  /// Keeps the sheet from being shown.
  func hide() { worksheet_hide(sheet) }

  /// Makes the columns so many characters wide, from the first on.
  func setWidths(_ widths: [Double]) throws(ExportFailure) {
    for (column, width) in widths.enumerated() {
      try check(worksheet_set_column(sheet, UInt16(column), UInt16(column), width, nil))
    }
  }

  /// Hides columns, which keep their cells.
  func hide(columns: ClosedRange<Int>) throws(ExportFailure) {
    var options = lxw_row_col_options()
    options.hidden = 1
    try check(
      worksheet_set_column_opt(
        sheet, UInt16(columns.lowerBound), UInt16(columns.upperBound), 10, nil, &options))
  }

  /// Keeps the first row and `columns` in view and puts filters on the first row, which is also printed on every page.
  func freezeHeader(rows: Int, columns: Int, width: Int) throws(ExportFailure) {
    worksheet_freeze_panes(sheet, 1, UInt16(columns))
    try check(worksheet_autofilter(sheet, 0, 0, UInt32(max(1, rows - 1)), UInt16(width - 1)))
    try check(worksheet_repeat_rows(sheet, 0, 0))
    worksheet_set_landscape(sheet)
    // A4, as every office here prints.
    worksheet_set_paper(sheet, 9)
    worksheet_fit_to_pages(sheet, 1, 0)
  }

  /// Shows cells in `format` where the formula holds for them.
  func highlight(
    rows: ClosedRange<Int>, columns: ClosedRange<Int>, where formula: String, _ format: WorkbookWriter.Format
  ) throws(ExportFailure) {
    var rule = lxw_conditional_format()
    rule.type = UInt8(LXW_CONDITIONAL_TYPE_FORMULA.rawValue)
    rule.format = format.pointer
    let result = formula.withCString { formula in
      // The library copies the formula before it returns.
      duban_set_formula(&rule, formula)
      return worksheet_conditional_format_range(
        sheet, UInt32(rows.lowerBound), UInt16(columns.lowerBound), UInt32(rows.upperBound),
        UInt16(columns.upperBound), &rule)
    }
    try check(result)
  }

  private func check(_ result: lxw_error) throws(ExportFailure) {
    if result != LXW_NO_ERROR { throw .workbook(String(cString: lxw_strerror(result))) }
  }
}
