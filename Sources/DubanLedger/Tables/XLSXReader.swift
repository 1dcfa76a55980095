import DubanCore

/// Reads the visible sheets of an .xlsx workbook (ECMA-376 part 1, strict or transitional).
enum XLSXReader {
  /// A table for each visible sheet, a warning for each hidden one, or the error that kept the workbook from being
  /// read.
  static func read(
    _ bytes: [UInt8], file: String, limits: TableLimits = .standard
  ) -> (tables: [Table], diagnostics: [Diagnostic]) {
    do throws(WorkbookFailure) {
      let archive = try open(bytes, limits: limits)
      if let kind = foreignKind(archive) { return ([], [FileKind.refusal(kind, file: file)]) }
      let workbook = try Workbook(archive)
      guard workbook.sheets.count <= limits.sheets else {
        throw WorkbookFailure.tooLarge("more than \(limits.sheets) sheets", sheet: nil)
      }
      let context = SheetPart.Context(
        shared: try SharedStrings(archive, part: workbook.sharedStrings),
        styles: try CellStyles(archive, part: workbook.styles), countsFrom1904: workbook.countsFrom1904,
        limits: limits)
      var tables: [Table] = []
      var diagnostics: [Diagnostic] = []
      let isOurs = workbook.sheets.contains { $0.name == WorkbookVersion.sheetName }
      for sheet in workbook.sheets {
        var table = try SheetPart.table(archive, sheet: sheet, file: file, context: context)
        // Those of a workbook that duban wrote are its own.
        if !isOurs { table.comments = SheetComment.all(archive, of: sheet.part) }
        if !sheet.isHidden {
          tables.append(table)
        } else if !table.rows.isEmpty, sheet.name != WorkbookVersion.sheetName {
          diagnostics.append(
            Diagnostic(
              .warning, at: table.location, "the hidden sheet “\(sheet.name)” is not read",
              help: "show it if it belongs to the ledger, or delete it"))
        }
      }
      return (tables, diagnostics)
    } catch {
      return ([], [diagnostic(error, file: file)])
    }
  }

  private static func open(_ bytes: [UInt8], limits: TableLimits) throws(WorkbookFailure) -> ZipArchive {
    do { return try ZipArchive(bytes, limits: limits) } catch { throw .container(error) }
  }

  /// The words for a container of another program; nil for a workbook that can be tried.
  private static func foreignKind(_ archive: ZipArchive) -> String? {
    if archive.contains("mimetype"), let type = try? archive.read("mimetype") {
      let name = String(decoding: type.prefix(100), as: UTF8.self)
      return name.contains("opendocument") ? "an OpenDocument file (.ods)" : "a container of type “\(name)”"
    }
    if archive.contains("Index/Document.iwa") || archive.contains("Index.zip") {
      return "an Apple Numbers document"
    }
    if archive.contains("xl/workbook.bin") { return "a binary workbook (.xlsb)" }
    if archive.contains("word/document.xml") { return "a Word document (.docx)" }
    if archive.contains("ppt/presentation.xml") { return "a presentation (.pptx)" }
    return nil
  }

  private static func diagnostic(_ failure: WorkbookFailure, file: String) -> Diagnostic {
    let (message, help) = words(failure)
    let sheet: String? =
      switch failure {
      case .tooLarge(_, let sheet): sheet
      case .contradiction(_, let sheet): sheet
      default: nil
      }
    return Diagnostic(.error, at: Diagnostic.Location(file: file, sheet: sheet), message, help: help)
  }

  private static func words(_ failure: WorkbookFailure) -> (message: String, help: String) {
    let again = "open it in Excel or WPS and save it anew as .xlsx"
    let less = "keep only the ledger in the workbook: delete other sheets, rows and columns"
    return switch failure {
    case .container(.damaged(let reason)): ("the workbook's container is damaged: \(reason)", again)
    case .container(.missing(let part)): ("the workbook lacks its part “\(part)”", again)
    case .container(.encrypted): ("the workbook is encrypted", "remove the password and save it as .xlsx")
    case .container(.tooLarge(let part)):
      ("the workbook's part “\(part)” is too large, or packed too densely, to be a ledger's", less)
    case .part(let part, .malformed(let line)):
      ("line \(line) of the part “\(part)” is no well-formed XML", again)
    case .part(let part, .declaresDocumentType):
      ("the part “\(part)” declares a document type, which no workbook does", again)
    case .part(let part, .notUTF8): ("the part “\(part)” is not in UTF-8", again)
    case .part(_, .noParser): ("the workbook can't be read: memory is short", again)
    case .notAWorkbook: ("this zip container holds no workbook", again)
    case .tooLarge(let words, _): ("the workbook is too large: \(words)", less)
    case .contradiction(let words, _): ("the sheet contradicts itself: \(words)", again)
    }
  }
}
