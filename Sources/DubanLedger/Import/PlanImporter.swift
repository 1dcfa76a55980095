public import DubanCore

/// Makes a ledger of a published plan's text. A pure function: the same text gives the same ledger.
///
/// What is certain goes into the ledger; everything else is listed with its lines. Every line of the text that
/// isn't blank is in the ledger or in that list.
public enum PlanImporter {
  /// Reads a plan.
  ///
  /// - Parameters:
  ///   - text: the document's text; wrapped lines, form feeds and page numbers are expected.
  ///   - calendar: the working days that deadlines are counted in.
  public static func plan(from text: String, calendar: WorkdayCalendar) -> ImportedPlan {
    plan(from: PlanDocument(text: text), calendar: calendar)
  }

  /// Reads a plan from a document with its tables; see ``PlanFile/document(of:)``.
  public static func plan(from document: PlanDocument, calendar: WorkdayCalendar) -> ImportedPlan {
    let reader = ParagraphReader(document)
    let header = PlanHeader(reader.paragraphs, calendar: calendar)
    let assembler = PlanAssembler(
      PlanTree(reader.paragraphs), rootName: header.title.isEmpty ? "整改措施" : header.title,
      notices: header.reportLines)
    let ledger = LedgerBuilder(
      assembler.areas, deadlines: DeadlineReader(issued: header.issued, calendar: calendar))
    let plan = Plan(
      title: header.title, number: header.number, issued: header.issued, contact: header.contact)
    var findings = reader.doubts + header.findings + assembler.findings + ledger.findings
    if ledger.areas.allSatisfy(\.measures.isEmpty) {
      findings.doubt([], "no measures found", help: "write the ledger by hand")
    }
    let accounted = header.taken.union(assembler.taken).union(
      lines(of: findings.filter { $0.kind != .doubt }))
    findings += asides(
      reader.paragraphs, behindTables: linesBehindTables(document), isAccounted: accounted.contains)
    findings += reader.leftOut + document.findings
    findings.sort { ($0.line, $0.column, $0.message) < ($1.line, $1.column, $1.message) }
    return ImportedPlan(
      ledger: Ledger(
        plan: plan, reports: header.reports, recurringReports: header.recurringReports, owners: ledger.owners,
        areas: ledger.areas),
      findings: findings, places: ledger.places, rows: document.rows)
  }

  /// The lines of these findings, each looked at once however many findings have it.
  private static func lines(of findings: [ImportFinding]) -> Set<Int> {
    var lines: Set<Int> = []
    var next = Int.min
    for finding in findings.sorted(by: { $0.line < $1.line }) where finding.lastLine >= next {
      lines.formUnion(max(finding.line, next)...finding.lastLine)
      next = finding.lastLine + 1
    }
    return lines
  }

  /// Lists the lines that nothing else accounts for: the preface, headings, page numbers, what follows the measures.
  private static func asides(
    _ paragraphs: [PlanParagraph], behindTables: Set<Int>, isAccounted: (Int) -> Bool
  ) -> [ImportFinding] {
    var findings: [ImportFinding] = []
    var run: [SourceLine] = []
    // …（责任单位：县住建局；完成时限：6月底前） may be a measure, although nothing took it for one.
    let closed = Set(
      paragraphs.filter { BracketedClosing.take(from: $0.text)?.rest.isEmpty == false }.flatMap(\.lines).map(
        \.number))
    func finish() {
      guard let first = run.first else { return }
      let text = first.text.collapsed.excerpt
      let isClosed = closed.contains(first.number)
      if run.contains(where: { behindTables.contains($0.number) }), mayBeRow(run) {
        findings.leaveOut(
          run, "“\(text)” begins a page behind a table, and may be the end of it",
          help: "add it by hand if it belongs to a measure")
      } else {
        findings.leaveOut(
          run, "“\(text)” is part of no measure", help: isClosed ? "add it by hand if it is a measure" : nil)
      }
      run = []
    }
    // A paragraph goes on behind the page number that is between its lines.
    for line in paragraphs.flatMap(\.lines).sorted(by: { $0.number < $1.number }) {
      if isAccounted(line.number) {
        finish()
      } else {
        if run.last.map({ closed.contains($0.number) != closed.contains(line.number) }) ?? false { finish() }
        run.append(line)
      }
    }
    finish()
    return findings
  }

  /// The lines that are behind a table where a page begins, whatever heads and feet of pages are between.
  private static func linesBehindTables(_ document: PlanDocument) -> Set<Int> {
    var lines: Set<Int> = []
    var (isBehindTable, startsPage) = (false, false)
    for block in document.blocks {
      guard case .line(let line) = block else {
        (isBehindTable, startsPage) = (true, false)
        continue
      }
      startsPage = startsPage || line.startsPage
      if line.place == .pageMargin { continue }
      if isBehindTable, startsPage { lines.insert(line.number) }
      isBehindTable = false
    }
    return lines
  }

  /// Whether lines have what rows of a table do and titles don't: a unit or a day among other words, a sentence's end.
  private static func mayBeRow(_ lines: [SourceLine]) -> Bool {
    lines.contains { line in
      let words = line.text.split(whereSeparator: \.isWhitespace).map(String.init)
      return line.text.contains { "。；".contains($0) }
        || words.count > 1
          && words.contains { NameList.endsAsUnit($0) || PlanDate.soundsLikeDeadline($0) }
    }
  }
}

/// Reads a plan from the kinds of files that plans are published in.
public enum PlanFile {
  /// 64 MiB: scanned PDFs are large, and what has more pages than that is no plan.
  static let limit = 64 << 20

  /// The document in a `.txt`, `.docx`, `.pdf` or `.xlsx` file, or in one that LibreOffice makes such a file of, or why it
  /// can't be read. The file's first bytes decide what it is, whatever its name says.
  ///
  /// A line is a line of a text file or of a PDF's page, a paragraph or table row of a `.docx`, or a row of a sheet.
  public static func document(of file: String) -> Result<PlanDocument, Diagnostic> {
    SourceFile.bytes(file, limit: limit).flatMap { bytes in
      // A byte order mark and blanks are nothing either.
      if bytes.allSatisfy({ [0x09, 0x0A, 0x0D, 0x20, 0xEF, 0xBB, 0xBF].contains($0) }) {
        return .failure(
          Diagnostic(
            .error, at: Diagnostic.Location(file: file), "the file is empty",
            help: "have it sent or copied again, or see whether it is the right one"))
      }
      if bytes.starts(with: Array("%PDF".utf8)) { return PDFDocument.document(of: file) }
      if let kind = OfficeDocument.Kind(bytes, name: file) {
        return OfficeDocument.converted(bytes, kind, file: file).flatMap { office($0, file: file) }
      }
      if bytes.starts(with: Array("PK".utf8)) { return office(bytes, file: file) }
      return plainText(bytes, file: file)
    }
  }

  static func office(_ bytes: [UInt8], file: String) -> Result<PlanDocument, Diagnostic> {
    isWorkbook(bytes) ? workbook(bytes, file: file) : DocxText.document(bytes, file: file)
  }

  private static func isWorkbook(_ bytes: [UInt8]) -> Bool {
    (try? ZipArchive(bytes, limits: .standard))?.contains("xl/workbook.xml") ?? false
  }

  /// The sheets one after another: what is above a sheet's headings as lines, the rest as a table.
  private static func workbook(_ bytes: [UInt8], file: String) -> Result<PlanDocument, Diagnostic> {
    let (tables, diagnostics) = TableReader.read(bytes, file: file)
    if let error = diagnostics.first(where: { $0.severity == .error }) { return .failure(error) }
    var document = PlanDocument()
    document.findings = diagnostics.map { ImportFinding(.leftOut, [], $0.message, help: $0.help) }
    var number = 0
    for table in tables {
      let header = TableHeader(table, with: PlanColumns.named)?.rows
      // The table, what is above it, and all of it, which may be forms.
      var (rows, above, all) = (DocumentTable(), [SourceLine](), DocumentTable())
      var marks: [SourceLine] = []
      for row in table.rows.indices where !table.isBlank(row) {
        number += 1
        document.rows[number] = table.location(row: row)
        let cells = (0..<table.width(row)).map { column in
          let cell = table.cell(row, column)
          let text = table.text(of: cell)
          if cell.struck == .whole, !text.isEmpty {
            marks.append(SourceLine(leftOut: (text, "is struck through"), number: number))
          }
          if cell.struck == .part {
            document.findings.doubt(
              [SourceLine(number: number, text: text)],
              "a part of the cell is struck through and left out: “\(text.collapsed.excerpt)” is read",
              help: "delete what is struck through")
          }
          return DocumentTable.Cell(
            text: cell.struck == .whole ? "" : text, continuesAbove: cell.continuesAbove,
            furtherColumns: Int(cell.furtherColumns))
        }
        let text = cells.map { $0.text.replacing("\n", with: "") }.filter { !$0.isEmpty }.joined(
          separator: "\t")
        let line = SourceLine(number: number, text: text)
        if table.hiddenLines.contains(Int(table.rows[row].line)) {
          document.findings.doubt(
            [line], "the row “\(text.excerpt)” is hidden, and read all the same",
            help: "take it out of the ledger if it no longer counts")
        }
        all.append(cells, lines: [line])
        guard row >= header?.lowerBound ?? table.rows.count else {
          above.append(line)
          continue
        }
        rows.append(cells, lines: [line])
        // Of several sheets each is an area by its name, where a person gave it one.
        if tables.count > 1, row + 1 == header?.upperBound, table.hasGivenName {
          rows.append([DocumentTable.Cell(text: table.nameOfSheet)], lines: [line])
        }
      }
      for hidden in table.covered {
        let lines = all.lines.joined().filter { document.rows[$0.number]?.line == hidden.location.line }
        document.findings.doubt(Array(lines.prefix(1)), hidden.message, help: hidden.help)
      }
      let cards = all.cards
      document.blocks += (cards ?? above).map { .line($0) }
      if cards == nil, !rows.lines.isEmpty { document.blocks.append(.table(rows)) }
      document.blocks += marks.map { .line($0) }
    }
    return .success(document)
  }

  private static func plainText(_ bytes: [UInt8], file: String) -> Result<PlanDocument, Diagnostic> {
    do throws(TextEncoding.Failure) {
      return .success(
        PlanDocument(text: String(decoding: try TextEncoding.utf8(bytes, file: file), as: UTF8.self)))
    } catch {
      return .failure(error.diagnostic)
    }
  }
}
