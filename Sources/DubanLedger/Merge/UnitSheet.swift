public import DubanCore

/// A measure's row of a sheet that a unit has filled in.
struct FilledRow: Equatable {
  /// Its number and title when the sheet was made.
  var id: String
  var title: String
  /// Its ``Measure/identity``; nil where the sheet doesn't say.
  var identity: String?
  /// What the unit wrote.
  var status: LocatedText
  var progress: LocatedText
  var request: LocatedText
  /// Who filled it in; nil where the workbook doesn't say.
  var unit: String?
  /// What the ledger said when the sheet was made; nil where the sheet doesn't say.
  var originalStatus: String?
  var originalProgress: String?
}

/// Reads the sheets that ``UnitSheet`` has made, whatever program saved them since.
enum FilledSheet {
  /// The rows in a workbook's bytes, what its notes say above the unit (the plan's title, and what the unit may have put
  /// there), the unit, and what kept any row from being read.
  static func rows(
    _ bytes: [UInt8], file: String
  ) -> (rows: [FilledRow], titles: [LocatedText], unit: String?, diagnostics: [Diagnostic]) {
    let (tables, noticed) = TableReader.read(bytes, file: file)
    var rows: [FilledRow] = []
    var diagnostics = noticed.filter { $0.severity == .error }
    var notes: (titles: [LocatedText], unit: String?)?
    for table in tables {
      let own = self.rows(table, &diagnostics)
      // Below its rows a unit may sign: 填报单位：县住建局（盖章）.
      if own.isEmpty { notes = notes ?? Self.notes(table) }
      rows += own
    }
    let (titles, unit) = notes ?? ([], nil)
    for place in rows.indices { rows[place].unit = unit }
    if rows.isEmpty, diagnostics.isEmpty {
      diagnostics.append(
        .error, at: Diagnostic.Location(file: file), "no sheet that a unit filled in was found",
        help: "expected the columns 序号, 整改措施, 状态 and 进展情况, as `duban paper ledger --unit` makes them")
    }
    return (rows, titles, unit, diagnostics)
  }

  /// What the sheet's notes begin with: the plan's title, and below it the unit.
  private static func notes(_ table: Table) -> (titles: [LocatedText], unit: String?)? {
    guard let row = table.rows.indices.first(where: { table.text($0, 0).hasPrefix(UnitSheet.unitLabel) })
    else { return nil }
    return (
      (0..<row).filter { !table.text($0, 0).isEmpty }
        .map { LocatedText(table.text($0, 0), at: table.location($0, 0)) },
      String(table.text(row, 0).dropFirst(UnitSheet.unitLabel.count)).trimmedWhitespace
    )
  }

  private static func rows(_ table: Table, _ diagnostics: inout [Diagnostic]) -> [FilledRow] {
    for header in table.rows.indices.prefix(TableHeader.rowsSearched) {
      let places = Dictionary(
        (0..<table.width(header)).map { (table.text(header, $0), $0) }
      ) { first, _ in first }
      guard let id = places["序号"], let title = places["整改措施"], let status = places["状态"],
        let progress = places["进展情况"]
      else { continue }
      return ((header + 1)..<max(header + 1, table.rows.count)).compactMap { row in
        func cell(_ column: Int?) -> LocatedText {
          LocatedText(column.map { table.text(row, $0) } ?? "", at: table.location(row, column ?? 0))
        }
        let number = table.text(row, id)
        guard !number.isEmpty else { return nil }
        let faults = [status, progress, places[UnitSheet.request]].compactMap(\.self)
          .filter { table.cell(row, $0).kind == .fault }
          .map {
            RowFields.fault(table.text(row, $0), under: table.text(header, $0), at: table.location(row, $0))
          }
        diagnostics += faults
        // Never half a row: what the other cells say may hang on this one.
        guard faults.isEmpty else { return nil }
        return FilledRow(
          id: number, title: table.text(row, title),
          identity: places[UnitSheet.identity].map { table.text(row, $0) }, status: cell(status),
          progress: cell(progress),
          request: cell(places[UnitSheet.request]),
          originalStatus: places[UnitSheet.originals.status].map { table.text(row, $0) },
          originalProgress: places[UnitSheet.originals.progress].map { table.text(row, $0) })
      }
    }
    return []
  }
}

/// A sheet for one unit to fill in: its measures with 状态, 进展情况 and 申请事项, and, hidden, what the first two were when
/// it was made and by what each measure is known. ``SheetMerge`` brings it back.
public enum UnitSheet {
  static let headings = [
    "序号", "整改措施", "完成时限", "责任人", "状态", "进展情况", "申请事项", "原状态", "原进展", "标识",
  ]
  static let unitLabel = "填报单位："
  static let request = "申请事项"
  static let originals = (status: "原状态", progress: "原进展")
  static let identity = "标识"

  /// Whether a workbook is a sheet into which nobody has written anything yet.
  public static func isUntouched(_ bytes: [UInt8]) -> Bool {
    let (rows, _, _, diagnostics) = FilledSheet.rows(bytes, file: "")
    return diagnostics.isEmpty
      && rows.allSatisfy { row in
        row.status.text == row.originalStatus && row.progress.text == row.originalProgress
          && row.request.text.isEmpty
      }
  }

  /// The workbook's bytes.
  public static func bytes(
    _ ledger: Ledger, unit: String, on day: CivilDate, calendar: WorkdayCalendar
  ) throws(ExportFailure) -> [UInt8] {
    let workbook = try WorkbookWriter(made: day)
    let styles = LedgerXLSX.Styles(workbook, LightScheme())
    let sheet = try workbook.sheet("填报")
    try sheet.write(headings, row: 0, styles.head, of: "", under: headings)
    let measures = ledger.measures.filter { $0.units.contains(unit) }
    for (place, measure) in measures.enumerated() {
      let status = measure.statusWord
      try sheet.write(
        [
          measure.id, measure.title, measure.deadline.shown, measure.persons.joined(separator: "、"), status,
          measure.progress, "", status, measure.progress, measure.identity,
        ], row: place + 1, styles.text, of: measure.id, under: headings)
    }
    if !measures.isEmpty {
      // 已销号 is the office's word; the sheet has it only where it is so already.
      try sheet.offer(
        .words(Measure.Status.allCases.map(\.chinese)), rows: 1...measures.count, column: 4)
    }
    try sheet.setWidths([8, 40, 16, 14, 12, 50, 30])
    try sheet.hide(columns: 7...9)
    try sheet.freezeHeader(rows: measures.count + 1, columns: 2, width: headings.count)
    let notes = try workbook.sheet("填报说明")
    let lines = [
      "\(ledger.plan.title)", "\(unitLabel)\(unit)",
      "请只填写“状态”“进展情况”“申请事项”三列；其他内容请勿改动，改动不会读入。",
      "完成整改的，状态选“待销号”；“已销号”由\(ledger.plan.contact.unit)确认。",
      "申请延期、移交等，请写在“申请事项”列，如：申请延期至\(day.adding(days: 60).chinese())，原因……",
      "填好后请发回\(ledger.plan.contact.unit)（\(ledger.plan.contact.email)）。",
    ]
    for (row, line) in lines.enumerated() {
      try notes.write(line, row: row, column: 0, styles.text, of: "", under: "")
    }
    try notes.setWidths([90])
    return try workbook.bytes()
  }
}
