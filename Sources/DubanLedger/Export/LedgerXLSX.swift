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
    for (column, heading) in headings.enumerated() {
      try sheet.write(heading.title, row: 0, column: column, styles.head, of: "", under: "")
    }
    for (position, owner) in owners.enumerated() {
      let texts = LedgerTable.texts(owner)
      for (column, heading) in headings.enumerated() {
        try sheet.write(
          texts[heading] ?? "", row: position + 1, column: column, styles.text, of: owner.person,
          under: heading.title)
      }
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
    func add(_ name: String, _ value: String, _ style: WorkbookWriter.Format) throws(ExportFailure) {
      try sheet.write(name, row: row, column: 0, styles.head, of: "方案", under: name)
      try sheet.write(value, row: row, column: 1, style, of: "方案", under: name)
      row += 1
    }
    func add(_ field: PlanSheet.Field, _ value: String) throws(ExportFailure) {
      try add(field.rawValue, value, styles.text)
    }
    func add(_ field: PlanSheet.Field, _ day: CivilDate) throws(ExportFailure) {
      try sheet.write(field.rawValue, row: row, column: 0, styles.head, of: "方案", under: field.rawValue)
      try sheet.write(day, row: row, column: 1, styles.date)
      row += 1
    }
    let (plan, contact) = (ledger.plan, ledger.plan.contact)
    try add(PlanSheet.heading[0], PlanSheet.heading[1], styles.head)
    try add(.title, plan.title)
    try add(.number, plan.number)
    if let issued = plan.issued { try add(.issued, issued) } else { try add(.issued, "") }
    try add(.contactUnit, contact.unit)
    try add(.contactPerson, contact.person)
    try add(.contactPhone, contact.phone)
    try add(.contactEmail, contact.email)
    for report in ledger.reports { try add(.report, report) }
    for report in ledger.recurringReports { try add(.recurringReport, report.text) }
    for received in ledger.received { try add(.received, "\(received.report) \(received.unit)") }
    try sheet.setWidths([14, 60])
  }
}
