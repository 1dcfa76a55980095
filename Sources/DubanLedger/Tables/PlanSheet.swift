import DubanCore

/// The sheet 方案 of a workbook that is a whole ledger: the plan's header, a name and a value in each row.
enum PlanSheet {
  /// What a row of the header says, by the words in its first cell.
  enum Field: String, CaseIterable {
    case title = "方案名称"
    case number = "文号"
    case issued = "印发日期"
    case contactUnit = "联系单位"
    case contactPerson = "联系人"
    case contactPhone = "联系电话"
    case contactEmail = "联系邮箱"
    /// One date a row, as many rows as there are reports.
    case report = "报送日期"
    /// The words for reports that come again and again, one a row.
    case recurringReport = "定期报送"
    /// A report that came in, as many rows as there are: the date, a space and the unit.
    case received = "已收报送"
  }

  /// The words above the two columns, where the sheet is written by us.
  static let heading = ["项目", "内容"]

  /// Whether the table is such a sheet: it names the plan and has no third column.
  static func isPlan(_ table: Table) -> Bool {
    guard table.sheet != nil else { return false }
    let head = table.rows.indices.prefix(TableHeader.rowsSearched)
    let isPair = head.allSatisfy { row in
      (2..<max(2, table.width(row))).allSatisfy { table.isEmpty(row, $0) }
    }
    return isPair && head.contains { field(table, $0) == .title }
  }

  /// Reads the header into `draft`; says which rows aren't known.
  static func read(_ table: Table, into draft: inout LedgerDraft) -> [Diagnostic] {
    var plan = LedgerDraft.Plan(at: table.location)
    var contact: LedgerDraft.Contact?
    var seen: Set<Field> = []
    var diagnostics: [Diagnostic] = []
    for row in table.rows.indices where !table.isBlank(row) && table.text(row, 0) != heading[0] {
      guard let field = field(table, row) else {
        diagnostics.append(
          Diagnostic(
            .warning, at: table.location(row, 0), "the row “\(table.text(row, 0).excerpt)” is not read",
            help: "expected one of \(Field.allCases.map(\.rawValue).joined(separator: ", "))"))
        continue
      }
      if ![.report, .recurringReport, .received].contains(field), !seen.insert(field).inserted {
        diagnostics.append(
          Diagnostic(.error, at: table.location(row, 0), "“\(field.rawValue)” stands twice", help: "keep one")
        )
      }
      let value = LocatedText(table.text(row, 1), at: table.location(row, 1))
      if value.text.isEmpty { continue }
      let day = LocatedText(DateCell.iso(value.text), at: value.location)
      switch field {
      case .title: plan.title = value
      case .number: plan.number = value
      case .issued: plan.issued = day
      case .report: draft.reports.append(day)
      case .recurringReport: draft.recurringReports.append(value)
      case .received: draft.received.append(received(value))
      case .contactUnit, .contactPerson, .contactPhone, .contactEmail:
        var known = contact ?? LedgerDraft.Contact(at: table.location(row: row))
        switch field {
        case .contactUnit: known.unit = value
        case .contactPerson: known.person = value
        case .contactPhone: known.phone = value
        default: known.email = value
        }
        contact = known
      }
    }
    plan.contact = contact
    draft.plan = plan
    return diagnostics
  }

  /// `2022-12-27 规划建设部`; without a space, the checker says what is missing.
  private static func received(_ value: LocatedText) -> LedgerDraft.Received {
    var received = LedgerDraft.Received(at: value.location)
    let parts = value.text.split(separator: " ", maxSplits: 1).map(String.init)
    received.report = parts.first.map { LocatedText($0, at: value.location) }
    received.unit = parts.count == 2 ? LocatedText(parts[1], at: value.location) : nil
    return received
  }

  private static func field(_ table: Table, _ row: Int) -> Field? {
    Field(rawValue: Heading.plain(table.text(row, 0)))
  }
}
