public import DubanCore

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
    func write(_ texts: [String], _ row: Int, _ format: WorkbookWriter.Format, of id: String)
      throws(ExportFailure)
    {
      for (column, text) in texts.enumerated() {
        try sheet.write(text, row: row, column: column, format, of: id, under: headings[column])
      }
    }
    try write(headings, 0, styles.head, of: "")
    let measures = ledger.measures.filter { $0.units.contains(unit) }
    for (place, measure) in measures.enumerated() {
      let status = measure.statusWord
      try write(
        [
          measure.id, measure.title, measure.deadline.shown, measure.persons.joined(separator: "、"), status,
          measure.progress, "", status, measure.progress, measure.identity,
        ], place + 1, styles.text, of: measure.id)
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
