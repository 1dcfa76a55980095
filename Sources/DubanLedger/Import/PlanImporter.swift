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
    plan(from: Paper(text: text), calendar: calendar)
  }

  /// Reads a plan from a document with its tables; see ``PlanFile/paper(of:)``.
  public static func plan(from paper: Paper, calendar: WorkdayCalendar) -> ImportedPlan {
    let reader = ParagraphReader(paper)
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
      findings.append(ImportFinding(.doubt, [], "no measures found", help: "write the ledger by hand"))
    }
    let accounted = header.taken.union(assembler.taken).union(
      lines(of: findings.filter { $0.kind != .doubt }))
    findings += asides(
      reader.paragraphs, behindTables: linesBehindTables(paper), isAccounted: accounted.contains)
    findings += reader.leftOut + paper.findings
    findings.sort { ($0.line, $0.column, $0.message) < ($1.line, $1.column, $1.message) }
    return ImportedPlan(
      ledger: Ledger(
        plan: plan, reports: header.reports, recurringReports: header.recurringReports, owners: ledger.owners,
        areas: ledger.areas),
      findings: findings, places: ledger.places, rows: paper.rows)
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
      findings.append(
        run.contains { behindTables.contains($0.number) } && mayBeRow(run)
          ? ImportFinding(
            .leftOut, run, "left out: “\(text)” begins a page behind a table, and may be the end of it",
            help: "add it by hand if it belongs to a measure")
          : ImportFinding(
            isClosed ? .leftOut : .aside, run, "left out: “\(text)” is part of no measure",
            help: isClosed ? "add it by hand if it is a measure" : ""))
      run = []
    }
    // A paragraph goes on behind the page number that stands between its lines.
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

  /// The lines that stand behind a table where a page begins, whatever heads and feet of pages stand between.
  private static func linesBehindTables(_ paper: Paper) -> Set<Int> {
    var lines: Set<Int> = []
    var (isBehindTable, startsPage) = (false, false)
    for block in paper.blocks {
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
