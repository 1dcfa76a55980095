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
    let listed = findings.filter { $0.kind != .doubt }
    findings += asides(reader.paragraphs) { line in
      header.taken.contains(line) || assembler.taken.contains(line)
        || listed.contains { ($0.line...$0.lastLine).contains(line) }
    }
    findings += reader.leftOut + paper.findings
    findings.sort { ($0.line, $0.column, $0.message) < ($1.line, $1.column, $1.message) }
    return ImportedPlan(
      ledger: Ledger(
        plan: plan, reports: header.reports, recurringReports: header.recurringReports, owners: ledger.owners,
        areas: ledger.areas),
      findings: findings, places: ledger.places, rows: paper.rows)
  }

  /// Lists the lines that nothing else accounts for: the preface, headings, page numbers, what follows the measures.
  private static func asides(
    _ paragraphs: [PlanParagraph], isAccounted: (Int) -> Bool
  ) -> [ImportFinding] {
    var findings: [ImportFinding] = []
    var run: [SourceLine] = []
    func finish() {
      guard let first = run.first else { return }
      findings.append(
        ImportFinding(.aside, run, "left out: “\(first.text.collapsed.excerpt)” is part of no measure"))
      run = []
    }
    // A paragraph goes on behind the page number that stands between its lines.
    for line in paragraphs.flatMap(\.lines).sorted(by: { $0.number < $1.number }) {
      if isAccounted(line.number) { finish() } else { run.append(line) }
    }
    finish()
    return findings
  }
}
