public import DubanCore

/// Writes a ledger as an .xlsx workbook that duban reads back as the same ledger, and that people can work with.
///
/// Three sheets: 整改台账 (the measures, with a frozen header, filters and lights that follow the day), 通讯录 (the owners)
/// and 方案 (the plan's header and the reports).
public enum LedgerXLSX {
  /// The workbook's bytes.
  ///
  /// - Parameters:
  ///   - ledger: what to write.
  ///   - day: the day whose days left and lights are stored; a spreadsheet program works them out anew.
  ///   - lights: their names, their colours and from when on something is due soon.
  ///   - calendar: the working days that ``LightScheme/soon`` may be counted in.
  ///   - version: the version of the ledger, for a hidden sheet; nil for none.
  ///   - remarks: what a person has to look at, by the measures' ids: marked, with a remark.
  public static func bytes(
    _ ledger: Ledger, on day: CivilDate, lights: LightScheme = LightScheme(), calendar: WorkdayCalendar,
    version: Int64? = nil, remarks: [String: String] = [:]
  ) throws(ExportFailure) -> [UInt8] {
    let workbook = try WorkbookWriter(made: day)
    let styles = Styles(workbook, lights)
    let measures = MeasureSheet(
      headings: LedgerTable.measureHeadings(ledger.areas), styles: styles, lights: lights, calendar: calendar,
      day: day, ownerCount: ledger.owners.count, remarks: remarks)
    try measures.write(LedgerTable.rows(ledger.areas), to: workbook.sheet("整改台账"))
    try writeOwners(ledger.owners, to: workbook.sheet("通讯录"), styles)
    try writePlan(ledger, to: workbook.sheet("方案"), styles)
    if let version { try WorkbookVersion.write(version, to: workbook) }
    return try workbook.bytes()
  }

  /// The looks that the sheets share.
  struct Styles {
    let head, text, date, number, marked: WorkbookWriter.Format
    let lights: [(light: Light, format: WorkbookWriter.Format)]

    init(_ workbook: WorkbookWriter, _ scheme: LightScheme) {
      head = workbook.format(isBold: true, background: 0xDDE6F0)
      text = workbook.format()
      date = workbook.format(number: "yyyy-mm-dd")
      number = workbook.format(number: "0")
      marked = workbook.format(isBold: true, background: 0xFFC7CE)
      lights = Light.allCases.map { light in
        let color = UInt32(scheme.look(light).color.dropFirst(), radix: 16) ?? 0x555555
        return (light, workbook.format(isBold: true, background: color, color: 0xFFFFFF))
      }
    }
  }

  private static func writeOwners(
    _ owners: [Owner], to sheet: SheetWriter, _ styles: Styles
  ) throws(ExportFailure) {
    let headings = LedgerTable.ownerHeadings(owners)
    let titles = headings.map(\.title)
    try sheet.write(titles, row: 0, styles.head, of: "", under: titles)
    for (position, owner) in owners.enumerated() {
      let texts = LedgerTable.texts(owner)
      try sheet.write(
        headings.map { texts[$0] ?? "" }, row: position + 1, styles.text, of: owner.person, under: titles)
    }
    try sheet.setWidths([12, 32, 32, 32, 16, 16, 12])
    if !owners.isEmpty, let head = headings.firstIndex(of: .head) {
      try sheet.offer(.words(["是"]), rows: 1...owners.count + 50, column: head)
    }
    try sheet.freezeHeader(rows: owners.count + 1, columns: 1, width: headings.count)
  }

  private static func writePlan(
    _ ledger: Ledger, to sheet: SheetWriter, _ styles: Styles
  ) throws(ExportFailure) {
    var row = 0
    func add(
      _ name: String, _ value: String, _ style: WorkbookWriter.Format, day: CivilDate? = nil
    ) throws(ExportFailure) {
      try sheet.write(name, row: row, column: 0, styles.head, of: "方案", under: name)
      if let day {
        try sheet.write(day, row: row, column: 1, styles.date)
      } else {
        try sheet.write(value, row: row, column: 1, style, of: "方案", under: name)
      }
      row += 1
    }
    func add(
      _ field: PlanSheet.Field, _ value: String = "", day: CivilDate? = nil
    ) throws(ExportFailure) {
      try add(field.rawValue, value, styles.text, day: day)
    }
    let (plan, contact) = (ledger.plan, ledger.plan.contact)
    try add(PlanSheet.heading[0], PlanSheet.heading[1], styles.head)
    try add(.title, plan.title)
    try add(.number, plan.number)
    try add(.issued, day: plan.issued)
    try add(.contactUnit, contact.unit)
    try add(.contactPerson, contact.person)
    try add(.contactPhone, contact.phone)
    try add(.contactEmail, contact.email)
    for report in ledger.reports { try add(.report, day: report) }
    for report in ledger.recurringReports { try add(.recurringReport, report.text) }
    for received in ledger.received { try add(.received, "\(received.report) \(received.unit)") }
    try sheet.setWidths([14, 60])
  }
}

/// Writes the sheet of the measures: what the ledger says, and how each measure is doing today.
struct MeasureSheet {
  let headings: [Heading]
  let styles: LedgerXLSX.Styles
  let lights: LightScheme
  let calendar: WorkdayCalendar
  let day: CivilDate
  /// How many rows the sheet of owners has.
  let ownerCount: Int
  /// What a person has to look at, by the measures' ids.
  let remarks: [String: String]

  /// Rows below the last one where a new measure finds the lists too.
  private static let spareRows = 50
  private static let widths: [Heading: Double] = [
    .id: 8, .area: 12, .problems: 24, .goal: 24, .supervisor: 12, .reports: 20, .measure: 30, .text: 60,
    .units: 24, .persons: 12,
    .deadline: 16,
    .due: 12, .duties: 20, .status: 10, .progress: 30,
  ]

  /// Writes the rows under their header.
  func write(_ rows: [LedgerTable.MeasureRow], to sheet: SheetWriter) throws(ExportFailure) {
    let names = headings.map(\.title) + Heading.derived.wordings
    try sheet.write(names, row: 0, styles.head, of: "", under: names)
    for (position, row) in rows.enumerated() { try write(row, at: position + 1, to: sheet) }
    try sheet.setWidths(headings.map { Self.widths[$0] ?? 12 } + [12, 10, 10])
    try sheet.freezeHeader(rows: rows.count + 1, columns: 2, width: names.count)
    guard !rows.isEmpty else { return }
    try highlight(rows.count, in: sheet)
    if let status = headings.firstIndex(of: .status) {
      let words = Measure.Status.allCases.map(\.chinese)
      try sheet.offer(.words(words), rows: 1...rows.count + Self.spareRows, column: status)
    }
    // Several units and persons are in one cell: the list only helps.
    for (heading, letter) in [(Heading.persons, "A"), (.units, "B")] where ownerCount > 0 {
      guard let column = headings.firstIndex(of: heading) else { continue }
      try sheet.offer(
        .cells("=通讯录!$\(letter)$2:$\(letter)$\(ownerCount + 1)"), rows: 1...rows.count + Self.spareRows,
        column: column)
    }
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
          under: heading.title)
      }
    }
    if let id = row.measure?.id, let remark = remarks[id] {
      try sheet.write(id, row: index, column: 0, styles.marked, of: id, under: "")
      try sheet.remark(remark, row: index, column: 0)
    }
    if let measure = row.measure { try writeLight(measure, at: index, to: sheet) }
  }

  /// The day that counts, the days left and the light, as formulas that go by the day on which the sheet is opened.
  private func writeLight(_ measure: Measure, at index: Int, to sheet: SheetWriter) throws(ExportFailure) {
    let first = headings.count
    let due = measure.deadline.dueDates.first
    let row = index + 1
    let (decided, date) = (
      "\(Self.letter(headings.firstIndex(of: .due) ?? 0))\(row)", "\(Self.letter(first))\(row)"
    )
    let read = measure.deadline.reading.dueDates.first
    let words = read.map { "DATE(\($0.year),\($0.month),\($0.day))" } ?? "\"\""
    let counts = "=IF(\(decided)<>\"\",\(decided),\(words))"
    let left = "=IF(\(date)=\"\",\"\",\(date)-TODAY())"
    try sheet.writeFormula(
      counts, result: due.map(SerialDay.serial), row: index, column: first, styles.date)
    try sheet.writeFormula(
      left, result: due.map { Double($0.days(since: day)) }, row: index, column: first + 1, styles.number)
    let light = lights.light(
      due: due, isClosed: measure.status == .closed, isReported: measure.status == .submitted, on: day,
      calendar: calendar)
    try sheet.writeFormula(
      formula(row: row), result: lights.look(light).name, row: index, column: first + 2, styles.text
    )
  }

  private func formula(row: Int) -> String {
    let status = Self.letter(headings.firstIndex(of: .status) ?? 0)
    let closed = "\(status)\(row)=\"\(Measure.Status.closed.chinese)\""
    let settled = "IF(\(closed),\(name(.green)),"
    let date = "\(Self.letter(headings.count))\(row)"
    // Working days without the holidays, which a workbook doesn't know.
    let soon =
      lights.soon.unit == .day ? "\(date)-\(lights.soon.count)" : "WORKDAY(\(date),-\(lights.soon.count))"
    let reported = "\(status)\(row)=\"\(Measure.Status.submitted.chinese)\""
    return "=\(settled)IF(OR(\(date)=\"\",\(reported)),\(name(.blue)),IF(TODAY()>\(date),\(name(.red)),"
      + "IF(TODAY()>=\(soon),\(name(.yellow)),\(name(.blue))))))"
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
