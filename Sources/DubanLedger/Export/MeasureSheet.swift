import DubanCore

/// Writes the sheet of the measures: what the ledger says, and where each measure stands today.
struct MeasureSheet {
  let styles: LedgerXLSX.Styles
  let lights: LightScheme
  let calendar: WorkdayCalendar
  let day: CivilDate

  private static let widths: [Heading: Double] = [
    .id: 8, .area: 12, .problems: 24, .goal: 24, .measure: 30, .text: 60, .units: 24, .persons: 12,
    .deadline: 16,
    .due: 12, .duties: 20, .status: 10, .progress: 30,
  ]
  private var headings: [Heading] { LedgerTable.measureHeadings }

  /// Writes the rows under their header.
  func write(_ rows: [LedgerTable.MeasureRow], to sheet: SheetWriter) throws(ExportFailure) {
    let names = headings.map { $0.wordings[0] } + Heading.derived.wordings
    for (column, name) in names.enumerated() {
      try sheet.write(name, row: 0, column: column, styles.head, of: "", under: name)
    }
    for (position, row) in rows.enumerated() { try write(row, at: position + 1, to: sheet) }
    try sheet.setWidths(headings.map { Self.widths[$0] ?? 12 } + [12, 10, 10])
    try sheet.freezeHeader(rows: rows.count + 1, columns: 2, width: names.count)
    if !rows.isEmpty { try highlight(rows.count, in: sheet) }
  }

  private func write(
    _ row: LedgerTable.MeasureRow, at index: Int, to sheet: SheetWriter
  ) throws(ExportFailure) {
    for (column, heading) in headings.enumerated() {
      if heading == .due, let decided = row.measure?.deadline.decided {
        try sheet.write(decided, row: index, column: column, styles.date)
      } else {
        try sheet.write(
          row.texts[heading] ?? "", row: index, column: column, styles.text, of: row.texts[.id] ?? "",
          under: heading.wordings[0])
      }
    }
    if let measure = row.measure { try writeStanding(measure, at: index, to: sheet) }
  }

  /// The day that counts, the days left and the light, as formulas that go by the day on which the sheet is opened.
  private func writeStanding(_ measure: Measure, at index: Int, to sheet: SheetWriter) throws(ExportFailure) {
    let first = headings.count
    let due = measure.deadline.dueDates.first
    let isClosed = measure.status == .closed
    let row = index + 1
    if let due {
      try sheet.write(due, row: index, column: first, styles.date)
      try sheet.writeFormula(
        "=\(Self.letter(first))\(row)-TODAY()", result: due.days(since: day), row: index, column: first + 1,
        styles.number)
    } else {
      for column in [first, first + 1] {
        try sheet.write("", row: index, column: column, styles.text, of: measure.id, under: "")
      }
    }
    let light = lights.light(due: due, isClosed: isClosed, on: day, calendar: calendar)
    try sheet.writeFormula(
      formula(due: due, row: row), result: lights.look(light).name, row: index, column: first + 2, styles.text
    )
  }

  private func formula(due: CivilDate?, row: Int) -> String {
    let status = Self.letter(headings.firstIndex(of: .status) ?? 0)
    let closed = "\(status)\(row)=\"\(StatusCell.word(.closed))\""
    let settled = "IF(\(closed),\(name(.green)),"
    guard let due else { return "=\(settled)\(name(.blue)))" }
    let (year, month, day) = lights.soon.before(due, in: calendar).components
    let date = "\(Self.letter(headings.count))\(row)"
    return "=\(settled)IF(TODAY()>\(date),\(name(.red)),"
      + "IF(TODAY()>=DATE(\(year),\(month),\(day)),\(name(.yellow)),\(name(.blue)))))"
  }

  /// The light's name as a text within a formula.
  private func name(_ light: Light) -> String {
    "\"" + lights.look(light).name.replacing("\"", with: "\"\"") + "\""
  }

  /// Colours the three columns by the light's name.
  private func highlight(_ count: Int, in sheet: SheetWriter) throws(ExportFailure) {
    let columns = headings.count...headings.count + 2
    for (light, format) in styles.lights {
      try sheet.highlight(
        rows: 1...count, columns: columns, where: "=$\(Self.letter(columns.upperBound))2=\(name(light))",
        format)
    }
  }

  /// The letter of one of the first 26 columns.
  private static func letter(_ column: Int) -> String { String(UnicodeScalar(UInt8(65 + column))) }
}
