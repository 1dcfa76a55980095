public import DubanCore

/// Reads a plan from the kinds of files that plans are published in.
public enum PlanFile {
  /// 64 MiB: scanned PDFs are large, and what has more pages than that is no plan.
  static let limit = 64 << 20

  /// The document in a `.txt`, `.docx`, `.pdf` or `.xlsx` file, or why it can't be read. The file's first bytes decide
  /// what it is, whatever its name says.
  ///
  /// A line is a line of a text file or of a PDF's page, a paragraph or table row of a `.docx`, or a row of a sheet.
  public static func paper(of file: String) -> Result<Paper, Diagnostic> {
    SourceFile.bytes(file, limit: limit).flatMap { bytes in
      if bytes.starts(with: Array("%PDF".utf8)) { return PDFPaper.paper(of: file) }
      if bytes.starts(with: Array("PK".utf8)) {
        return isWorkbook(bytes) ? workbook(bytes, file: file) : DocxText.paper(bytes, file: file)
      }
      return plainText(bytes, file: file)
    }
  }

  private static func isWorkbook(_ bytes: [UInt8]) -> Bool {
    (try? ZipArchive(bytes, limits: .standard))?.contains("xl/workbook.xml") ?? false
  }

  /// The sheets one after another: what stands above a sheet's headings as lines, the rest as a table.
  private static func workbook(_ bytes: [UInt8], file: String) -> Result<Paper, Diagnostic> {
    let (tables, diagnostics) = TableReader.read(bytes, file: file)
    if let error = diagnostics.first(where: { $0.severity == .error }) { return .failure(error) }
    var paper = Paper()
    var number = 0
    for table in tables {
      let headings = TableHeader(table, with: PlanColumns.headings)?.rows.lowerBound ?? table.rows.count
      var rows = PaperTable()
      for row in table.rows.indices where !table.isBlank(row) {
        number += 1
        let cells = (0..<table.width(row)).map { column in
          PaperTable.Cell(
            text: table.text(row, column), continuesAbove: table.cell(row, column).continuesAbove)
        }
        let text = cells.map { $0.text.replacing("\n", with: "") }.filter { !$0.isEmpty }.joined(
          separator: "\t")
        let line = SourceLine(number: number, column: 1, text: text, startsPage: false)
        if row < headings { paper.blocks.append(.line(line)) } else { rows.append(cells, lines: [line]) }
      }
      if !rows.lines.isEmpty { paper.blocks.append(.table(rows)) }
    }
    return .success(paper)
  }

  private static func plainText(_ bytes: [UInt8], file: String) -> Result<Paper, Diagnostic> {
    if bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) {
      return .failure(
        Diagnostic(
          .error, at: Diagnostic.Location(file: file), "this is an old binary document (.doc, .wps)",
          help: "open it in Word, WPS or LibreOffice and save it as .docx"))
    }
    do throws(TextEncoding.Failure) {
      return .success(Paper(text: String(decoding: try TextEncoding.utf8(bytes, file: file), as: UTF8.self)))
    } catch {
      return .failure(error.diagnostic)
    }
  }
}
