public import DubanCore

/// Reads a plan from the kinds of files that plans are published in.
public enum PlanFile {
  /// 64 MiB: scanned PDFs are large, and what has more pages than that is no plan.
  static let limit = 64 << 20

  /// The document in a `.txt`, `.docx`, `.pdf` or `.xlsx` file, or in one that LibreOffice makes such a file of, or why it
  /// can't be read. The file's first bytes decide what it is, whatever its name says.
  ///
  /// A line is a line of a text file or of a PDF's page, a paragraph or table row of a `.docx`, or a row of a sheet.
  public static func paper(of file: String) -> Result<Paper, Diagnostic> {
    SourceFile.bytes(file, limit: limit).flatMap { bytes in
      // A byte order mark and blanks are nothing either.
      if bytes.allSatisfy({ [0x09, 0x0A, 0x0D, 0x20, 0xEF, 0xBB, 0xBF].contains($0) }) {
        return .failure(
          Diagnostic(
            .error, at: Diagnostic.Location(file: file), "the file is empty",
            help: "have it sent or copied again, or see whether it is the right one"))
      }
      if bytes.starts(with: Array("%PDF".utf8)) { return PDFPaper.paper(of: file) }
      if let kind = OfficeDocument.Kind(bytes, name: file) {
        return OfficeDocument.converted(bytes, kind, file: file).flatMap { office($0, file: file) }
      }
      if bytes.starts(with: Array("PK".utf8)) { return office(bytes, file: file) }
      return plainText(bytes, file: file)
    }
  }

  static func office(_ bytes: [UInt8], file: String) -> Result<Paper, Diagnostic> {
    isWorkbook(bytes) ? workbook(bytes, file: file) : DocxText.paper(bytes, file: file)
  }

  private static func isWorkbook(_ bytes: [UInt8]) -> Bool {
    (try? ZipArchive(bytes, limits: .standard))?.contains("xl/workbook.xml") ?? false
  }

  /// The sheets one after another: what stands above a sheet's headings as lines, the rest as a table.
  private static func workbook(_ bytes: [UInt8], file: String) -> Result<Paper, Diagnostic> {
    let (tables, diagnostics) = TableReader.read(bytes, file: file)
    if let error = diagnostics.first(where: { $0.severity == .error }) { return .failure(error) }
    var paper = Paper()
    paper.findings = diagnostics.map { ImportFinding(.leftOut, [], $0.message, help: $0.help) }
    var number = 0
    for table in tables {
      let header = TableHeader(table, with: PlanColumns.named)?.rows
      // The table, what stands above it, and all of it, which may be forms.
      var (rows, above, all) = (PaperTable(), [SourceLine](), PaperTable())
      var marks: [SourceLine] = []
      for row in table.rows.indices where !table.isBlank(row) {
        number += 1
        paper.rows[number] = table.location(row: row)
        let cells = (0..<table.width(row)).map { column in
          let cell = table.cell(row, column)
          let text = table.text(of: cell)
          let isStruck = cell.struck == .whole
          if isStruck, !text.isEmpty {
            marks.append(SourceLine(leftOut: (text, "is struck through"), number: number))
          }
          return PaperTable.Cell(
            text: isStruck ? "" : text, continuesAbove: cell.continuesAbove,
            furtherColumns: Int(cell.furtherColumns))
        }
        for column in 0..<table.width(row) where table.cell(row, column).struck == .part {
          let line = SourceLine(number: number, column: 1, text: cells[column].text, startsPage: false)
          paper.findings.append(
            ImportFinding(
              .doubt, [line],
              "a part of the cell is struck through and left out: “\(cells[column].text.collapsed.excerpt)” is read",
              help: "delete what is struck through"))
        }
        let text = cells.map { $0.text.replacing("\n", with: "") }.filter { !$0.isEmpty }.joined(
          separator: "\t")
        let line = SourceLine(number: number, column: 1, text: text, startsPage: false)
        if table.hiddenLines.contains(Int(table.rows[row].line)) {
          paper.findings.append(
            ImportFinding(
              .doubt, [line], "the row “\(text.excerpt)” is hidden, and read all the same",
              help: "take it out of the ledger if it no longer counts"))
        }
        all.append(cells, lines: [line])
        guard row >= header?.lowerBound ?? table.rows.count else {
          above.append(line)
          continue
        }
        rows.append(cells, lines: [line])
        // Of several sheets each is an area by its name, where a person gave it one.
        if tables.count > 1, row + 1 == header?.upperBound, table.hasGivenName {
          rows.append([PaperTable.Cell(text: table.nameOfSheet)], lines: [line])
        }
      }
      paper.findings += table.covered.map { hidden in
        let line = all.lines.joined().first { paper.rows[$0.number]?.line == hidden.location.line }
        return ImportFinding(.doubt, [line].compactMap(\.self), hidden.message, help: hidden.help)
      }
      let cards = all.cards
      paper.blocks += (cards ?? above).map { .line($0) }
      if cards == nil, !rows.lines.isEmpty { paper.blocks.append(.table(rows)) }
      paper.blocks += marks.map { .line($0) }
    }
    return .success(paper)
  }

  private static func plainText(_ bytes: [UInt8], file: String) -> Result<Paper, Diagnostic> {
    do throws(TextEncoding.Failure) {
      return .success(Paper(text: String(decoding: try TextEncoding.utf8(bytes, file: file), as: UTF8.self)))
    } catch {
      return .failure(error.diagnostic)
    }
  }
}
